//! What must hold for any URL and any address.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::Url;

use super::address::is_public;
use super::request::FetchPolicy;
use super::target::Target;

/// Whether the text passes as a URL of a plugin with two granted hosts. What passes goes by https
/// to one of them, without credentials, and means the same when it is read again.
pub(crate) fn passes_only_to_granted_hosts(text: &str) -> bool {
    let allowed = ["api.example.com", "*.shop.example"]
        .iter()
        .map(|host| host.parse().expect("a host pattern"))
        .collect();
    let policy = FetchPolicy { allowed, ..FetchPolicy::default() };
    let Ok(target) = Target::check(text, &policy) else { return false };
    let granted = target.host == "api.example.com"
        || target.host.strip_suffix(".shop.example").is_some_and(|left| !left.is_empty());
    assert!(granted && target.port == 443, "{text:?} -> {target:?}");
    let again = Url::parse(target.url.as_str()).expect("a URL reads again");
    let host = again.host_str().unwrap_or_default();
    assert!(host.trim_end_matches('.').eq_ignore_ascii_case(&target.host), "{text:?} -> {again}");
    assert_eq!(again.scheme(), "https", "{text:?}");
    assert!(again.username().is_empty() && again.password().is_none(), "{text:?}");
    assert!(host.parse::<IpAddr>().is_err(), "{text:?}");
    true
}

/// Judges the first 16 bytes as an address: the standard library's judgements and the forms that
/// carry an IPv4 address agree with ours.
pub(crate) fn judges_addresses_alike(bytes: &[u8]) {
    let Some(octets) = bytes.first_chunk::<16>() else { return };
    let v6 = Ipv6Addr::from(*octets);
    let v4 = Ipv4Addr::new(octets[12], octets[13], octets[14], octets[15]);
    let special = v4.is_private()
        || v4.is_loopback()
        || v4.is_link_local()
        || v4.is_multicast()
        || v4.is_broadcast()
        || v4.is_documentation()
        || v4.is_unspecified();
    assert!(!(special && is_public(IpAddr::V4(v4))), "{v4}");
    let mapped = IpAddr::V6(v4.to_ipv6_mapped());
    assert_eq!(is_public(mapped), is_public(IpAddr::V4(v4)), "{mapped}");
    let special = v6.is_loopback()
        || v6.is_multicast()
        || v6.is_unspecified()
        || v6.is_unique_local()
        || v6.is_unicast_link_local();
    assert!(!(special && is_public(IpAddr::V6(v6))), "{v6}");
}

//! Hosts: which the code calls, which the manifest grants.

use crate::check::flow::HOLE;
use crate::model::Manifest;
use crate::model::permission::{ApiGrant, HostPattern};

/// Host, port and whether it is HTTPS, of the text of a URL; nothing when the host is not known.
pub(in crate::check) fn of(text: &str) -> Option<(String, u16, bool)> {
    let (scheme, rest) = text.split_once("://")?;
    let end = rest.find(['/', '?', '#'])?;
    let end = if end == 0 { return None } else { end };
    parse(scheme, &rest[..end])
}

fn parse(scheme: &str, authority: &str) -> Option<(String, u16, bool)> {
    if authority.contains(HOLE) || scheme.contains(HOLE) {
        return None;
    }
    let authority = authority.rsplit('@').next()?;
    let is_https = scheme.eq_ignore_ascii_case("https");
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (authority, if is_https { 443 } else { 80 }),
    };
    Some((host.to_ascii_lowercase(), port, is_https))
}

/// Whether an address is one of the page's own shop: `/api/…`.
pub(in crate::check) fn is_relative(text: &str) -> bool {
    text.starts_with('/') && !text.starts_with("//")
}

/// The hosts that a grant stands for.
pub(in crate::check) fn patterns(manifest: &Manifest, grant: &ApiGrant) -> Vec<HostPattern> {
    match grant {
        ApiGrant::Host(host) => vec![host.clone()],
        ApiGrant::Name(name) => {
            manifest.apis.get(name).map(|a| a.hosts.clone()).unwrap_or_default()
        }
    }
}

/// All hosts that the manifest grants.
pub(in crate::check) fn granted(manifest: &Manifest) -> Vec<HostPattern> {
    manifest.permissions.api.iter().flat_map(|grant| patterns(manifest, grant)).collect()
}

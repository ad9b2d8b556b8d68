//! Where a request goes: a URL that passed its checks, which only [`Target::check`] can make.

use url::{Host, Url};

use super::{FetchError, FetchPolicy};

/// A URL a plugin may ask for.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// The URL as the plugin sees it.
    pub url: Url,
    /// Host name, lower-case, without a final dot.
    pub host: String,
    /// Port.
    pub port: u16,
    /// The test's own server that answers for the host.
    pub mock: Option<Url>,
}

impl Target {
    /// Checks the form of the URL, then the host against the grants.
    pub(super) fn check(text: &str, policy: &FetchPolicy) -> Result<Self, FetchError> {
        if text.len() > 16 * 1024 {
            return Err(FetchError::TooLarge { what: "the URL", limit: 16 * 1024 });
        }
        let url = Url::parse(text).map_err(|error| {
            let shown: String = text.chars().take(120).collect();
            FetchError::Request(format!("`{shown}` is not an absolute URL: {error}"))
        })?;
        Self::check_url(url, policy)
    }

    /// As [`Target::check`], for a URL that is parsed already.
    pub(super) fn check_url(mut url: Url, policy: &FetchPolicy) -> Result<Self, FetchError> {
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(&url, "it carries a user name or a password"));
        }
        if url.scheme() != "https" {
            return Err(refused(&url, "only https is allowed"));
        }
        let host = match url.host() {
            Some(Host::Domain(name)) => name.trim_end_matches('.').to_ascii_lowercase(),
            Some(Host::Ipv4(_) | Host::Ipv6(_)) => {
                return Err(refused(&url, "an address cannot be granted, only a host name"));
            }
            None => return Err(refused(&url, "it names no host")),
        };
        let port = url.port().unwrap_or(443);
        if host.is_empty() {
            return Err(refused(&url, "it names no host"));
        }
        let granted = policy.allowed.iter().any(|pattern| pattern.matches(&host, port));
        if let Some(witness) = &policy.witness {
            witness.tell(&host, port, granted);
        }
        if !granted {
            let shown = if port == 443 { host } else { format!("{host}:{port}") };
            return Err(FetchError::Denied { permission: format!("\"{shown}\""), host: shown });
        }
        url.set_fragment(None);
        let mock = policy.mocks.get(&format!("{host}:{port}"));
        let mock = mock.map(|base| mock_url(base, &url)).transpose()?;
        Ok(Self { url, host, port, mock })
    }

    /// Whether both are the same server.
    pub(super) fn has_origin_of(&self, other: &Self) -> bool {
        self.host == other.host && self.port == other.port
    }

    /// Host for the `Host` header: with the port unless it is 443.
    pub(super) fn authority(&self) -> String {
        if self.port == 443 { self.host.clone() } else { format!("{}:{}", self.host, self.port) }
    }
}

fn refused(url: &Url, reason: &'static str) -> FetchError {
    let mut shown = url.clone();
    let _ = shown.set_username("");
    let _ = shown.set_password(None);
    let shown: String = shown.as_str().chars().take(200).collect();
    FetchError::Url { url: shown, reason }
}

/// The mock's address with path and query of the URL asked for.
fn mock_url(base: &str, asked: &Url) -> Result<Url, FetchError> {
    let wrong = || FetchError::Mock(base.chars().take(120).collect());
    let mut url = Url::parse(base).map_err(|_| wrong())?;
    let on_loopback = match url.host() {
        Some(Host::Ipv4(v4)) => v4.is_loopback(),
        Some(Host::Ipv6(v6)) => v6.is_loopback(),
        _ => false,
    };
    if url.scheme() != "http" || !on_loopback {
        return Err(wrong());
    }
    url.set_path(asked.path());
    url.set_query(asked.query());
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(hosts: &[&str]) -> FetchPolicy {
        let allowed = hosts.iter().map(|h| h.parse().unwrap()).collect();
        FetchPolicy { allowed, ..FetchPolicy::default() }
    }

    /// Whatever passes goes by https to exactly a granted host, without credentials, and means the
    /// same when it is read again.
    #[test]
    fn mutated_urls_pass_only_to_granted_hosts() {
        const SEEDS: &[&str] = &[
            "https://api.example.com/v1/charges?x=1#y",
            "https://a.shop.example:443/",
            "https://user:pw@api.example.com/",
            "https://127.0.0.1/",
            "https://[::ffff:169.254.169.254]/",
            "https://api.example.com.evil.example/",
            "https://xn--bcher-kva.example/",
        ];
        const WORDS: &[&str] = &[
            "@",
            "\\",
            "//",
            "https:",
            "http:",
            "%40",
            "%2e",
            "\u{3002}",
            "\u{ff0e}",
            "api.example.com",
            ".shop.example",
            "evil.example",
            "localhost",
            ":8443",
            ":0",
            "\t",
            "\n",
            "\u{ad}",
            "①",
            "ß",
            "169.254.169.254",
            "0x7f.1",
            "[::1]",
            "?",
            "#",
            ";",
            " ",
            "..",
            "xn--",
        ];
        let mut passed = 0_u64;
        crate::sys::mutate::repeat(|mutator| {
            let seed = mutator.pick(SEEDS);
            let text = mutator.vary_text(seed, WORDS);
            passed += u64::from(super::super::passes_only_to_granted_hosts(&text));
        });
        assert!(passed > 0, "nothing passed");
    }

    #[test]
    fn addresses_are_refused_in_every_spelling() {
        let policy = policy(&["api.example.com"]);
        for url in [
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://127.1/",
            "https://①②⑦.0.0.1/",
            "https://0x7f000001/",
            "https://1.1.1.1/",
        ] {
            let error = Target::check(url, &policy).unwrap_err();
            assert!(matches!(error, FetchError::Url { .. }), "{url}: {error:?}");
        }
    }

    #[test]
    fn only_https_without_credentials_to_a_granted_host() {
        let policy = policy(&["api.example.com", "*.shop.example", "alt.example.com:8443"]);
        for good in [
            "https://api.example.com",
            "https://API.example.com./x?y#z",
            "https://a.shop.example/",
            "https://alt.example.com:8443/",
            "https://api.example.com:443/",
        ] {
            assert!(Target::check(good, &policy).is_ok(), "{good}");
        }
        for bad in [
            "http://api.example.com/",
            "ftp://api.example.com/",
            "file:///etc/passwd",
            "data:,x",
            "https://user@api.example.com/",
            "https://:pw@api.example.com/",
            "/relative",
            "",
            "https://api.example.com:8443/",
            "https://alt.example.com/",
            "https://shop.example/",
            "https://api.example.com@evil.example/",
            "https://api.example.com.evil.example/",
            "https://evil.example/?api.example.com",
            "https://api.example.com%00.evil.example/",
            "https://evil.example\\@api.example.com/",
            "https://localhost/",
            "https://./",
        ] {
            assert!(Target::check(bad, &policy).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_denial_names_the_line_to_add() {
        let error = Target::check("https://x.example:8443/", &policy(&[])).unwrap_err();
        let expected = FetchError::Denied {
            host: "x.example:8443".into(),
            permission: "\"x.example:8443\"".into(),
        };
        assert_eq!(error, expected);
    }

    #[test]
    fn a_mock_stands_on_loopback_only() {
        for (base, good) in [
            ("http://127.0.0.1:9", true),
            ("http://[::1]:9", true),
            ("http://10.0.0.1:9", false),
            ("https://127.0.0.1:9", false),
            ("http://localhost:9", false),
            ("x", false),
        ] {
            let mut policy = policy(&["api.example.com"]);
            policy.mocks.insert("api.example.com:443".into(), base.into());
            let checked = Target::check("https://api.example.com/a?b=c", &policy);
            assert_eq!(checked.is_ok(), good, "{base}");
            if let Ok(target) = checked {
                assert!(target.mock.unwrap().as_str().ends_with(":9/a?b=c"));
            }
        }
    }
}

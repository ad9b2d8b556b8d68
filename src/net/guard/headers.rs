//! Headers of a plugin's request: what it may set, and what survives a redirect to another host.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

use super::{FetchError, FetchLimits};

/// Headers that frame the message or speak to proxies; ours to set.
const FORBIDDEN: &[&str] = &[
    "host",
    "connection",
    "content-length",
    "transfer-encoding",
    "te",
    "trailer",
    "upgrade",
    "keep-alive",
    "expect",
    "cookie2",
    "via",
    "http2-settings",
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-real-ip",
];

/// Headers that may follow a redirect to another host. Everything else may be a credential.
const HARMLESS: &[&str] = &[
    "accept",
    "accept-language",
    "accept-encoding",
    "content-type",
    "content-language",
    "user-agent",
    "range",
    "if-none-match",
    "if-modified-since",
    "cache-control",
];

/// Checks what the plugin wants to send.
pub(super) fn checked(
    headers: &[(String, String)],
    limits: &FetchLimits,
) -> Result<HeaderMap, FetchError> {
    let bytes: usize = headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    if headers.len() > limits.header_count || bytes > limits.header_bytes {
        let limit = limits.header_bytes as u64;
        return Err(FetchError::TooLarge { what: "the request's headers", limit });
    }
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let shown: String = name.chars().take(60).collect();
        let wrong = |_| FetchError::Request(format!("`{shown}` is not a header that can be sent"));
        let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|e| wrong(e.to_string()))?;
        if FORBIDDEN.contains(&parsed.as_str()) || parsed.as_str().starts_with("proxy-") {
            return Err(FetchError::Request(format!("the header `{shown}` cannot be set")));
        }
        let value = HeaderValue::from_str(value).map_err(|e| wrong(e.to_string()))?;
        map.append(parsed, value);
    }
    Ok(map)
}

/// Keeps what may go to another host.
pub(super) fn for_other_host(headers: &HeaderMap) -> HeaderMap {
    headers
        .iter()
        .filter(|(name, _)| HARMLESS.contains(&name.as_str()))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

/// The answer's headers as text, one byte to one character when they are not UTF-8.
pub(super) fn received(
    headers: &HeaderMap,
    limits: &FetchLimits,
) -> Result<Vec<(String, String)>, FetchError> {
    let bytes: usize = headers.iter().map(|(n, v)| n.as_str().len() + v.len()).sum();
    if headers.len() > limits.header_count || bytes > limits.header_bytes {
        let limit = limits.header_bytes as u64;
        return Err(FetchError::TooLarge { what: "the answer's headers", limit });
    }
    let text = |value: &HeaderValue| match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => value.as_bytes().iter().map(|b| char::from(*b)).collect(),
    };
    Ok(headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, value: &str) -> bool {
        checked(&[(name.into(), value.into())], &FetchLimits::default()).is_err()
    }

    #[test]
    fn framing_and_proxy_headers_are_ours() {
        for name in ["Host", "connection", "Content-Length", "Proxy-Authorization", "Cookie2", "TE"]
        {
            assert!(refused(name, "x"), "{name}");
        }
        for (name, value) in
            [("a b", "x"), ("a\r\nb", "x"), ("", "x"), ("x", "a\r\nHost: b"), ("x", "\0")]
        {
            assert!(refused(name, value), "{name:?}: {value:?}");
        }
        assert!(!refused("Authorization", "Bearer x"));
        assert!(refused("x", &"y".repeat(70_000)));
    }

    #[test]
    fn credentials_stay_with_their_host() {
        let given =
            [("Authorization", "s"), ("Cookie", "s"), ("X-Api-Key", "s"), ("Accept", "text/*")];
        let given: Vec<_> = given.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
        let kept = for_other_host(&checked(&given, &FetchLimits::default()).unwrap());
        assert_eq!(kept.keys().map(HeaderName::as_str).collect::<Vec<_>>(), ["accept"]);
    }
}

//! Our own HTTP client, for registries.
//!
//! Every answer is bounded; a read that stalls ends; a redirect stays on its scheme, so a registry
//! cannot lead from https to http; proxies come from the environment (`HTTPS_PROXY`, `NO_PROXY`)
//! and are never asked for an address of this machine itself.
//! Requests that may be repeated are, three times in all, when the connection fails or the server
//! says "later".

use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use reqwest::{Method, redirect};

use super::{NetError, retry, tls};

/// How the client behaves.
#[derive(Debug, Clone)]
pub(crate) struct HttpOptions {
    /// Longest time to connect. Default 10 s.
    pub connect: Duration,
    /// Longest time without a byte. Default 30 s.
    pub idle: Duration,
    /// Whether the network is switched off.
    pub offline: bool,
}

impl Default for HttpOptions {
    fn default() -> Self {
        let (connect, idle) = (Duration::from_secs(10), Duration::from_secs(30));
        Self { connect, idle, offline: false }
    }
}

/// The client. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Http {
    client: reqwest::Client,
    /// For this machine itself: never by way of a proxy.
    local: reqwest::Client,
    options: HttpOptions,
}

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Send {
    method: Method,
    url: url::Url,
    headers: HeaderMap,
    body: bytes::Bytes,
    limit: u64,
}

/// One answer, whole in memory.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    /// HTTP status.
    pub status: u16,
    /// The body, at most the request's limit.
    pub body: Vec<u8>,
    headers: HeaderMap,
}

impl Send {
    /// A GET with an answer of at most `limit` bytes.
    pub(crate) fn get(url: url::Url, limit: u64) -> Self {
        Self::new(Method::GET, url, limit)
    }

    /// A PUT of `body`, which the server takes any number of times for one.
    pub(crate) fn put(url: url::Url, body: Vec<u8>, limit: u64) -> Self {
        Self { body: body.into(), ..Self::new(Method::PUT, url, limit) }
    }

    /// Where it goes.
    pub(crate) fn url(&self) -> &url::Url {
        &self.url
    }

    fn new(method: Method, url: url::Url, limit: u64) -> Self {
        Self { method, url, headers: HeaderMap::new(), body: bytes::Bytes::new(), limit }
    }

    /// Adds a header. A value that cannot be sent is an error.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Result<Self, NetError> {
        let parsed = HeaderValue::from_str(value).map_err(|_| NetError::Protocol {
            url: self.url.to_string(),
            reason: format!("the value for the header `{name}` cannot be sent"),
        })?;
        self.headers.insert(name, parsed);
        Ok(self)
    }

    /// Adds a bearer token, which is never logged.
    pub(crate) fn bearer(self, token: Option<&str>) -> Result<Self, NetError> {
        let Some(token) = token else { return Ok(self) };
        let mut send = self.header(reqwest::header::AUTHORIZATION, &format!("Bearer {token}"))?;
        if let Some(value) = send.headers.get_mut(reqwest::header::AUTHORIZATION) {
            value.set_sensitive(true);
        }
        Ok(send)
    }
}

impl Reply {
    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

impl Http {
    /// A client.
    pub(crate) fn new(options: HttpOptions) -> Result<Self, NetError> {
        let build = || {
            reqwest::Client::builder()
                .user_agent(concat!("daino-pdk/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(options.connect)
                .read_timeout(options.idle)
                .redirect(redirect::Policy::custom(same_scheme))
                .referer(false)
                .http2_max_header_list_size(64 * 1024)
        };
        let failed = |e: reqwest::Error| NetError::Client(e.to_string());
        let client = tls::build(build).map_err(failed)?;
        let local = tls::build(|| build().no_proxy()).map_err(failed)?;
        Ok(Self { client, local, options })
    }

    /// Sends a request, again when that may help, and reads the whole answer. `on_bytes` hears how
    /// many bytes of the body have arrived.
    pub(crate) async fn send(
        &self,
        send: Send,
        on_bytes: &(dyn Fn(u64) + Sync),
    ) -> Result<Reply, NetError> {
        if self.options.offline {
            return Err(NetError::Offline(send.url.to_string()));
        }
        let mut attempt = 1;
        loop {
            let result = self.once(&send, on_bytes).await;
            let wait = match &result {
                Ok(reply) if retry::is_temporary(reply.status) => {
                    let seconds = reply.headers.get(RETRY_AFTER);
                    let seconds = seconds.and_then(|v| v.to_str().ok()?.parse().ok());
                    retry::wait(attempt, seconds.map(Duration::from_secs))
                }
                Err(NetError::Connect { .. }) => retry::wait(attempt, None),
                _ => return result,
            };
            if attempt == retry::ATTEMPTS {
                return result;
            }
            attempt += 1;
            tokio::time::sleep(wait).await;
        }
    }

    async fn once(&self, send: &Send, on_bytes: &(dyn Fn(u64) + Sync)) -> Result<Reply, NetError> {
        let idle = self.options.idle.as_secs();
        let explain = |e: reqwest::Error| NetError::explain(&e, send.url.as_str(), idle);
        let client = if is_this_machine(&send.url) { &self.local } else { &self.client };
        let request = client.request(send.method.clone(), send.url.clone());
        let request = request.headers(send.headers.clone()).body(send.body.clone());
        let mut response = request.send().await.map_err(explain)?;
        let too_large = || NetError::TooLarge { url: send.url.to_string(), limit: send.limit };
        if response.content_length().is_some_and(|length| length > send.limit) {
            return Err(too_large());
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(explain)? {
            if (body.len() + chunk.len()) as u64 > send.limit {
                return Err(too_large());
            }
            body.extend_from_slice(&chunk);
            on_bytes(body.len() as u64);
        }
        let headers = std::mem::take(response.headers_mut());
        Ok(Reply { status: response.status().as_u16(), body, headers })
    }
}

/// Follows at most five redirects, none of them to another scheme.
fn same_scheme(attempt: redirect::Attempt<'_>) -> redirect::Action {
    let left = attempt.previous().last().map(|url| url.scheme().to_owned());
    if left.as_deref() != Some(attempt.url().scheme()) {
        return attempt.error("it redirects to another scheme");
    }
    if attempt.previous().len() > 5 {
        return attempt.error("it redirects too often");
    }
    attempt.follow()
}

/// Whether the address is this machine's own.
pub(crate) fn is_this_machine(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_this_machine() {
        for (url, own) in [
            ("http://127.0.0.1:8", true),
            ("http://127.9.9.9", true),
            ("http://[::1]:8", true),
            ("http://localhost", true),
            ("http://localhost.evil.example", false),
            ("http://10.0.0.1", false),
            ("http://0.0.0.0", false),
            ("http://registry.example", false),
        ] {
            assert_eq!(is_this_machine(&url.parse().unwrap()), own, "{url}");
        }
    }
}

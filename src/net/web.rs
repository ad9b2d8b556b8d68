//! A client for addresses that a person typed, with an answer that is read piece by piece.
//!
//! The address itself may be anywhere, also in a company's own network. Where it *redirects* to is
//! the server's word: another host must be reached by https and be on the public internet, at
//! every address its name resolves to. What was sent to be recognised does not go along.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, LOCATION};
use reqwest::{Method, redirect};
use url::{Host, Url};

use super::guard::is_public;
use super::guard::resolver::{CheckingResolver, SystemLookup};
use super::{HttpOptions, NetError, is_this_machine, tls};

/// Most redirects that are followed.
const REDIRECTS: usize = 5;

/// The client. Cheap to clone.
#[derive(Debug, Clone)]
pub(crate) struct Web {
    typed: reqwest::Client,
    /// For this machine itself: never by way of a proxy.
    local: reqwest::Client,
    /// For hosts that a server led to.
    led: reqwest::Client,
    options: HttpOptions,
}

/// What is asked.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    method: Method,
    url: Url,
    /// What a person typed, when a server led from there to `url` before.
    typed: Option<Url>,
    headers: HeaderMap,
    body: Bytes,
}

/// An answer whose body is still to be read.
#[derive(Debug)]
pub(crate) struct Answer {
    /// HTTP status.
    pub status: u16,
    /// Where it came from in the end.
    pub url: Url,
    headers: HeaderMap,
    response: reqwest::Response,
    idle: Duration,
}

impl Question {
    /// A GET; redirects are followed.
    pub(crate) fn get(url: Url) -> Self {
        let (headers, body) = (HeaderMap::new(), Bytes::new());
        Self { method: Method::GET, url, typed: None, headers, body }
    }

    /// A request with a body; a redirect is handed back.
    pub(crate) fn send(method: Method, url: Url, body: impl Into<Bytes>) -> Self {
        Self { method, url, typed: None, headers: HeaderMap::new(), body: body.into() }
    }

    /// Says what a person typed: a server of another address is not trusted more than a redirect.
    pub(crate) fn typed(self, typed: Url) -> Self {
        Self { typed: Some(typed), ..self }
    }

    /// Adds a header. A value that cannot be sent is an error.
    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Result<Self, NetError> {
        let mut value = HeaderValue::from_str(value).map_err(|_| NetError::Protocol {
            url: self.url.to_string(),
            reason: format!("the value for the header `{name}` cannot be sent"),
        })?;
        value.set_sensitive(name == AUTHORIZATION);
        self.headers.insert(name, value);
        Ok(self)
    }
}

impl Answer {
    /// A header as text.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// The next piece of the body, before `deadline`.
    pub(crate) async fn piece(&mut self, deadline: Instant) -> Result<Option<Bytes>, NetError> {
        let (url, idle) = (self.url.as_str(), self.idle.as_secs());
        let late = || NetError::Timeout { url: self.url.to_string(), seconds: idle };
        match tokio::time::timeout_at(deadline.into(), self.response.chunk()).await {
            Ok(piece) => piece.map_err(|error| NetError::explain(&error, url, idle)),
            Err(_) => Err(late()),
        }
    }

    /// The whole body, of at most `limit` bytes.
    pub(crate) async fn whole(
        mut self,
        limit: u64,
        deadline: Instant,
    ) -> Result<Vec<u8>, NetError> {
        if self.response.content_length().is_some_and(|length| length > limit) {
            return Err(NetError::TooLarge { url: self.url.to_string(), limit });
        }
        let mut body = Vec::new();
        while let Some(piece) = self.piece(deadline).await? {
            if (body.len() + piece.len()) as u64 > limit {
                return Err(NetError::TooLarge { url: self.url.to_string(), limit });
            }
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }
}

impl Web {
    /// A client.
    pub(crate) fn new(options: HttpOptions) -> Result<Self, NetError> {
        let build = || {
            reqwest::Client::builder()
                .user_agent(concat!("daino-pdk/", env!("CARGO_PKG_VERSION")))
                .connect_timeout(options.connect)
                .read_timeout(options.idle)
                .redirect(redirect::Policy::none())
                .referer(false)
                .http2_max_header_list_size(64 * 1024)
        };
        let failed = |e: reqwest::Error| NetError::Client(e.to_string());
        let resolver = Arc::new(CheckingResolver::new(Arc::new(SystemLookup), is_public));
        Ok(Self {
            typed: tls::build(build).map_err(failed)?,
            local: tls::build(|| build().no_proxy()).map_err(failed)?,
            led: tls::build(|| build().no_proxy().dns_resolver(Arc::clone(&resolver)))
                .map_err(failed)?,
            options,
        })
    }

    /// Asks, and gives the answer once its head is there.
    pub(crate) async fn ask(
        &self,
        question: Question,
        deadline: Instant,
    ) -> Result<Answer, NetError> {
        let start = question.typed.clone().unwrap_or_else(|| question.url.clone());
        if self.options.offline {
            return Err(NetError::Offline(start.to_string()));
        }
        let Question { method, mut url, mut headers, body, .. } = question;
        if !is_same_server(&url, &start) {
            require_public(&start, &url)?;
            headers.remove(AUTHORIZATION);
        }
        for _ in 0..=REDIRECTS {
            let is_start = is_same_server(&url, &start);
            let client = match is_start {
                true if is_this_machine(&url) => &self.local,
                true => &self.typed,
                false => &self.led,
            };
            let idle = self.options.idle;
            let request = client.request(method.clone(), url.clone()).headers(headers.clone());
            let sent = request.body(body.clone()).send();
            let mut response = match tokio::time::timeout_at(deadline.into(), sent).await {
                Ok(sent) => {
                    sent.map_err(|e| NetError::explain(&e, url.as_str(), idle.as_secs()))?
                }
                Err(_) => {
                    let seconds = idle.as_secs();
                    return Err(NetError::Timeout { url: url.to_string(), seconds });
                }
            };
            let status = response.status().as_u16();
            let location = response.headers().get(LOCATION).filter(|_| method == Method::GET);
            let Some(location) =
                location.filter(|_| (301..=308).contains(&status) && status != 304)
            else {
                let headers = std::mem::take(response.headers_mut());
                return Ok(Answer { status, url, headers, response, idle });
            };
            let next = next(&url, &start, location)?;
            if !is_same_server(&next, &url) {
                headers.remove(AUTHORIZATION);
            }
            url = next;
        }
        let reason = format!("it redirects more than {REDIRECTS} times");
        Err(NetError::Protocol { url: start.to_string(), reason })
    }
}

fn is_same_server(one: &Url, other: &Url) -> bool {
    one.scheme() == other.scheme()
        && one.host() == other.host()
        && one.port_or_known_default() == other.port_or_known_default()
}

/// Where a redirect leads, when one may go there.
fn next(from: &Url, start: &Url, location: &HeaderValue) -> Result<Url, NetError> {
    let wrong = |reason: String| NetError::Protocol { url: from.to_string(), reason };
    let text = String::from_utf8_lossy(location.as_bytes());
    let url = from.join(&text).map_err(|_| wrong("it redirects to no address".to_owned()))?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("it redirects to an address with a user name".to_owned()));
    }
    if !is_same_server(&url, start) {
        require_public(from, &url)?;
    }
    Ok(url)
}

/// Refuses a server that `from` led to, unless it is reached by https and not by a private address.
fn require_public(from: &Url, url: &Url) -> Result<(), NetError> {
    let wrong = |reason: String| NetError::Protocol { url: from.to_string(), reason };
    let shown: String = url.as_str().chars().take(200).collect();
    if url.scheme() != "https" {
        return Err(wrong(format!("it redirects to `{shown}`, which is not https")));
    }
    let address = match url.host() {
        Some(Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
        Some(Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
        _ => None,
    };
    match address {
        Some(address) if !is_public(address) => {
            Err(wrong(format!("it redirects to `{shown}`, which is not a public address")))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn led(from: &str, to: &str) -> Result<Url, NetError> {
        let from: Url = from.parse().unwrap();
        next(&from, &from, &HeaderValue::from_str(to).unwrap())
    }

    #[test]
    fn a_redirect_leads_to_the_same_server_or_to_the_public_internet() {
        for good in ["/other", "https://git.example/x", "https://other.example/", "//b.example/x"] {
            assert!(led("https://git.example/a", good).is_ok(), "{good}");
        }
        assert!(led("http://10.0.0.5/a", "/b").is_ok());
        for bad in [
            "http://git.example/x",
            "https://127.0.0.1/",
            "https://10.1.2.3/",
            "https://[::1]/",
            "https://169.254.169.254/latest",
            "https://2130706433/",
            "https://u:p@other.example/",
            "file:///etc/passwd",
            "https://",
        ] {
            assert!(led("https://git.example/a", bad).is_err(), "{bad}");
        }
        assert!(led("http://127.0.0.1:81/", "http://127.0.0.1:82/").is_err());
    }

    #[tokio::test]
    async fn a_question_after_a_redirect_is_trusted_no_more() {
        let web = Web::new(HttpOptions::default()).unwrap();
        let soon = Instant::now() + Duration::from_secs(10);
        let typed: Url = "https://git.example/a".parse().unwrap();
        for bad in ["http://git.example/a", "https://10.0.0.1/a", "http://127.0.0.1:1/a"] {
            let question = Question::send(Method::POST, bad.parse().unwrap(), "x");
            let error = web.ask(question.typed(typed.clone()), soon).await.unwrap_err();
            assert!(matches!(error, NetError::Protocol { .. }), "{bad}: {error:?}");
        }
        let question = Question::send(Method::POST, "https://localhost:1/".parse().unwrap(), "x");
        let error = web.ask(question.typed(typed), soon).await.unwrap_err().to_string();
        assert!(error.contains("not a public address"), "{error}");
    }

    #[tokio::test]
    async fn a_name_that_leads_to_a_private_address_is_not_followed() {
        let web = Web::new(HttpOptions::default()).unwrap();
        let soon = Instant::now() + Duration::from_secs(10);
        let request = web.led.get("https://localhost:1/").send();
        let error = tokio::time::timeout_at(soon.into(), request).await.unwrap().unwrap_err();
        let told = format!("{:?}", error);
        assert!(told.contains("Refused"), "{told}");
    }
}

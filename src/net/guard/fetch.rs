//! Sends a plugin's request and follows redirects itself, so that every hop passes the gate.

use std::error::Error;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};

use reqwest::header::{CONTENT_TYPE, HOST, HeaderMap, HeaderValue, LOCATION};
use reqwest::{Method, StatusCode};

use super::resolver::{CheckingResolver, Lookup, ResolveError, SystemLookup};
use super::target::Target;
use super::{FetchError, FetchLimits, FetchPolicy, FetchRequest, FetchResponse, Redirect, headers};
use crate::net::tls;

/// Carries out one request of a plugin under `policy`.
pub(crate) async fn fetch(
    request: FetchRequest,
    policy: &FetchPolicy,
) -> Result<FetchResponse, FetchError> {
    static SHARED: OnceLock<Result<Gate, String>> = OnceLock::new();
    let gate = SHARED.get_or_init(|| Gate::new(Arc::new(SystemLookup), super::is_public));
    match gate {
        Ok(gate) => gate.fetch(request, policy).await,
        Err(reason) => Err(FetchError::Connection { host: request.url, reason: reason.clone() }),
    }
}

/// A client whose every connection is checked. Tests make their own, with a hostile name server.
struct Gate {
    client: reqwest::Client,
}

/// One hop on the way.
struct Hop {
    method: Method,
    target: Target,
    headers: HeaderMap,
    body: bytes::Bytes,
}

impl Gate {
    fn new(lookup: Arc<dyn Lookup>, permits: fn(IpAddr) -> bool) -> Result<Self, String> {
        let resolver = Arc::new(CheckingResolver::new(lookup, permits));
        let limits = FetchLimits::default();
        let build = || {
            reqwest::Client::builder()
                .dns_resolver(Arc::clone(&resolver))
                .redirect(reqwest::redirect::Policy::none())
                .no_proxy()
                .referer(false)
                .connect_timeout(std::time::Duration::from_secs(10))
                .pool_idle_timeout(std::time::Duration::from_secs(20))
                .http1_max_headers(limits.header_count)
                .http2_max_header_list_size(limits.header_bytes as u32)
                .retry(reqwest::retry::never())
        };
        tls::build(build).map(|client| Self { client }).map_err(|e| e.to_string())
    }

    async fn fetch(
        &self,
        request: FetchRequest,
        policy: &FetchPolicy,
    ) -> Result<FetchResponse, FetchError> {
        let hop = first_hop(&request, policy)?;
        let (host, limit) = (hop.target.host.clone(), policy.limits.time);
        let work = self.follow(hop, request.redirect, policy);
        match tokio::time::timeout(limit, work).await {
            Ok(result) => result,
            Err(_) => Err(FetchError::Timeout { host, limit }),
        }
    }

    async fn follow(
        &self,
        mut hop: Hop,
        redirect: Redirect,
        policy: &FetchPolicy,
    ) -> Result<FetchResponse, FetchError> {
        let mut followed = 0;
        loop {
            let response = self.send(&hop).await?;
            let location = is_redirect(response.status()).then(|| location(&response)).flatten();
            let stop = |reason: &str| FetchError::Redirect {
                from: hop.target.url.to_string(),
                reason: reason.to_owned(),
            };
            match (location, redirect) {
                (Some(_), Redirect::Error) => return Err(stop("the request says so")),
                (Some(location), Redirect::Follow) => {
                    if followed == policy.limits.redirects {
                        return Err(stop("there are too many"));
                    }
                    followed += 1;
                    hop = next_hop(hop, response.status(), &location, policy)?;
                }
                _ => return read(response, &hop.target, followed > 0, &policy.limits).await,
            }
        }
    }

    async fn send(&self, hop: &Hop) -> Result<reqwest::Response, FetchError> {
        let mut headers = hop.headers.clone();
        let url = match &hop.target.mock {
            Some(mock) => {
                let authority = HeaderValue::from_str(&hop.target.authority())
                    .map_err(|_| FetchError::Mock(mock.to_string()))?;
                headers.insert(HOST, authority);
                mock.clone()
            }
            None => hop.target.url.clone(),
        };
        let mut request = self.client.request(hop.method.clone(), url).headers(headers);
        if !hop.body.is_empty() || hop.method == Method::POST || hop.method == Method::PUT {
            request = request.body(hop.body.clone());
        }
        request.send().await.map_err(|error| explain(&error, &hop.target))
    }
}

fn first_hop(request: &FetchRequest, policy: &FetchPolicy) -> Result<Hop, FetchError> {
    let target = Target::check(&request.url, policy)?;
    let name = request.method.to_ascii_uppercase();
    if !matches!(name.as_str(), "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") {
        let shown: String = request.method.chars().take(40).collect();
        return Err(FetchError::Request(format!("the method `{shown}` is not allowed")));
    }
    let method = Method::from_bytes(name.as_bytes())
        .map_err(|_| FetchError::Request(format!("the method `{name}` is not allowed")))?;
    if matches!(method, Method::GET | Method::HEAD) && !request.body.is_empty() {
        return Err(FetchError::Request(format!("a {name} request has no body")));
    }
    if request.body.len() as u64 > policy.limits.request_bytes {
        let limit = policy.limits.request_bytes;
        return Err(FetchError::TooLarge { what: "the request's body", limit });
    }
    let headers = headers::checked(&request.headers, &policy.limits)?;
    Ok(Hop { method, target, headers, body: request.body.clone().into() })
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
}

fn location(response: &reqwest::Response) -> Option<String> {
    response.headers().get(LOCATION).map(|l| String::from_utf8_lossy(l.as_bytes()).into_owned())
}

/// The hop a redirect asks for: as a browser does it, and through the gate again.
fn next_hop(
    hop: Hop,
    status: StatusCode,
    location: &str,
    policy: &FetchPolicy,
) -> Result<Hop, FetchError> {
    let url = hop.target.url.join(location).map_err(|_| FetchError::Redirect {
        from: hop.target.url.to_string(),
        reason: "its target is not a URL".to_owned(),
    })?;
    let target = Target::check_url(url, policy)?;
    let becomes_get = match status.as_u16() {
        303 => hop.method != Method::HEAD,
        301 | 302 => hop.method == Method::POST,
        _ => false,
    };
    let mut headers = hop.headers;
    if !target.has_origin_of(&hop.target) {
        headers = headers::for_other_host(&headers);
    }
    let (mut method, mut body) = (hop.method, hop.body);
    if becomes_get {
        (method, body) = (Method::GET, bytes::Bytes::new());
        headers.remove(CONTENT_TYPE);
    }
    Ok(Hop { method, target, headers, body })
}

async fn read(
    mut response: reqwest::Response,
    target: &Target,
    redirected: bool,
    limits: &FetchLimits,
) -> Result<FetchResponse, FetchError> {
    let limit = limits.response_bytes;
    let too_large = || FetchError::TooLarge { what: "the answer", limit };
    let headers = headers::received(response.headers(), limits)?;
    let status = response.status();
    if response.content_length().is_some_and(|length| length > limit) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|e| explain(&e, target))? {
        if (body.len() + chunk.len()) as u64 > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    Ok(FetchResponse {
        status: status.as_u16(),
        status_text: status.canonical_reason().unwrap_or_default(),
        url: target.url.to_string(),
        redirected,
        headers,
        body,
    })
}

/// Finds the reason in the chain of causes.
fn explain(error: &reqwest::Error, target: &Target) -> FetchError {
    let host = target.authority();
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    let mut last = error.to_string();
    while let Some(cause) = next {
        match cause.downcast_ref::<ResolveError>() {
            Some(ResolveError::Refused(address)) => {
                return FetchError::Address { host, address: *address };
            }
            Some(ResolveError::Nothing) => return FetchError::Resolve(host),
            None => {}
        }
        if let Some(tls) = tls::inside(cause) {
            return FetchError::Tls { host, reason: tls.to_string() };
        }
        last = cause.to_string();
        next = cause.source();
    }
    FetchError::Connection { host, reason: last }
}

#[cfg(test)]
mod tests;

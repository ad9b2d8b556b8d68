//! HTTP of the local shop: the page and its interface below `/-/`, DainoStore's own routes, hooks,
//! webhooks.
//!
//! Only this machine gets in, and of it only who may: the listener is on loopback; a `Host` that is
//! not this address is refused, so a name that an attacker points at 127.0.0.1 leads nowhere; a
//! request that a browser makes for another site is refused by its `Origin` or `Sec-Fetch-Site`;
//! there are no CORS headers; what changes something below `/-/` needs the token of the page.

mod api;
mod exec;
mod page;
mod stream;

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use serde_json::json;
use subtle::ConstantTimeEq;

use super::Dev;

/// Header with the token of the page.
const TOKEN: &str = "x-daino-token";
/// Largest body that is taken, bytes.
const LARGEST_BODY: usize = 5 * 1024 * 1024;

/// Serves until it is dropped.
pub(super) async fn serve(listener: tokio::net::TcpListener, dev: Arc<Dev>) -> std::io::Result<()> {
    axum::serve(listener, router(dev)).await
}

fn router(dev: Arc<Dev>) -> Router {
    Router::new()
        .route("/", get(page::index))
        .route("/-/page/{file}", get(page::file))
        .route("/-/state", get(api::state))
        .route("/-/events", get(stream::events))
        .route("/-/calls/{call}", get(api::made))
        .route("/-/calls/{call}/replay", post(api::replay))
        .route("/-/data/{plugin}", get(api::data))
        .route("/-/findings/{plugin}", get(api::findings))
        .route("/-/parts/{plugin}", get(api::parts))
        .route("/-/frame/{plugin}/{kind}/{id}", get(api::frame))
        .route("/-/plugins/{plugin}/call", post(api::call))
        .route("/-/plugins/{plugin}/webhook", post(api::webhook))
        .route("/-/plugins/{plugin}/reload", post(api::reload))
        .route("/-/samples/{hook}", get(api::sample))
        .route("/hooks/{name}", post(exec::fire))
        .route("/webhooks/{plugin}", post(exec::webhook))
        .route("/api/plugins/{plugin}/exec", any(exec::root))
        .route("/api/plugins/{plugin}/exec/{*path}", any(exec::route))
        .fallback(nothing_here)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(Arc::clone(&dev), guard))
        .with_state(dev)
}

/// Lets in who may come in.
async fn guard(State(dev): State<Arc<Dev>>, request: Request<Body>, next: Next) -> Response {
    if let Err(why) = check(&request, dev.address, &dev.token) {
        return refuse(StatusCode::FORBIDDEN, why);
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // A frame brings its own, narrower ones.
    let mut put = |name, value| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "no-referrer");
    put(header::CONTENT_SECURITY_POLICY, page::POLICY);
    response
}

fn check(request: &Request<Body>, address: SocketAddr, token: &str) -> Result<(), &'static str> {
    let headers = request.headers();
    let text = |name: header::HeaderName| headers.get(name).and_then(|v| v.to_str().ok());
    let host = text(header::HOST).unwrap_or_default();
    if !is_own_host(host, address.port()) {
        return Err("this address answers only as 127.0.0.1 or localhost");
    }
    if let Some(origin) = text(header::ORIGIN) {
        let own = origin.strip_prefix("http://").is_some_and(|o| is_own_host(o, address.port()));
        if !own {
            return Err("requests from other sites are refused");
        }
    }
    let is_navigation = request.method() == Method::GET
        && headers.get("sec-fetch-mode").is_some_and(|mode| mode == "navigate");
    let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
    if matches!(site, Some(b"cross-site" | b"same-site")) && !is_navigation {
        return Err("requests from other sites are refused");
    }
    let is_change = !matches!(*request.method(), Method::GET | Method::HEAD);
    if is_change && request.uri().path().starts_with("/-/") && !has_token(headers, token) {
        return Err("the token of the page is missing; open the page again");
    }
    Ok(())
}

fn is_own_host(host: &str, port: u16) -> bool {
    let Some((name, given)) = host.rsplit_once(':') else { return false };
    matches!(name, "127.0.0.1" | "localhost" | "[::1]") && given == port.to_string()
}

fn has_token(headers: &HeaderMap, token: &str) -> bool {
    let given = headers.get(TOKEN).map(HeaderValue::as_bytes).unwrap_or_default();
    given.ct_eq(token.as_bytes()).into()
}

/// An answer of ours that says no.
fn refuse(status: StatusCode, why: &str) -> Response {
    (status, axum::Json(json!({ "success": false, "error": why }))).into_response()
}

async fn nothing_here() -> Response {
    refuse(
        StatusCode::NOT_FOUND,
        "nothing is here; the page is at /, routes are below /api/plugins/<slug>/exec/",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, path: &str, headers: &[(&str, &str)]) -> Result<(), &'static str> {
        let mut builder = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            builder = builder.header(*name, *value);
        }
        let address = SocketAddr::from(([127, 0, 0, 1], 4747));
        check(&builder.body(Body::empty()).unwrap(), address, "token-1")
    }

    #[test]
    fn a_name_that_points_here_is_not_this_address() {
        for host in ["127.0.0.1:4747", "localhost:4747", "[::1]:4747"] {
            assert!(request("GET", "/", &[("host", host)]).is_ok(), "{host}");
        }
        for host in
            ["evil.example:4747", "127.0.0.1", "127.0.0.1:80", "localhost.evil.example:4747", ""]
        {
            assert!(request("GET", "/", &[("host", host)]).is_err(), "{host}");
        }
    }

    #[test]
    fn other_sites_are_refused_and_tools_are_not() {
        let host = ("host", "127.0.0.1:4747");
        assert!(request("POST", "/hooks/order.complete", &[host]).is_ok());
        let own = ("origin", "http://127.0.0.1:4747");
        assert!(request("POST", "/hooks/order.complete", &[host, own]).is_ok());
        for origin in
            ["http://evil.example", "null", "https://127.0.0.1:4747", "http://localhost:1"]
        {
            let other = ("origin", origin);
            assert!(request("POST", "/hooks/order.complete", &[host, other]).is_err(), "{origin}");
        }
        let cross = ("sec-fetch-site", "cross-site");
        assert!(request("GET", "/-/state", &[host, cross]).is_err());
        let link = ("sec-fetch-mode", "navigate");
        assert!(request("GET", "/", &[host, cross, link]).is_ok(), "a link to the page works");
        assert!(request("POST", "/hooks/x", &[host, cross, link]).is_err());
    }

    #[test]
    fn changes_need_the_token() {
        let host = ("host", "127.0.0.1:4747");
        let path = "/-/plugins/acme/reload";
        assert!(request("POST", path, &[host]).is_err());
        assert!(request("POST", path, &[host, (TOKEN, "token-2")]).is_err());
        assert!(request("POST", path, &[host, (TOKEN, "token-1")]).is_ok());
        assert!(request("GET", "/-/state", &[host]).is_ok());
    }
}

//! What holds for every request: its id, its rate, the form of a refusal, the headers, the log.

use std::convert::Infallible;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request, Response, header};
use futures_util::FutureExt;
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;

use super::app::App;
use super::caller::{self, Caller};
use super::problem::{self, Problem};
use super::rates::network;
use crate::model::event::Tell;

/// Longest address, path and query together.
const MAX_ADDRESS: usize = 2048;
/// Longest address in the log.
const SHOWN_ADDRESS: usize = 200;

static REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Headers of every answer. What the service gives is data: no browser shall make anything else of
/// it.
static HEADERS: [(HeaderName, HeaderValue); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'; sandbox"),
    ),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
];

/// Answers every request of a server.
#[derive(Clone)]
pub(super) struct Answerer {
    app: Arc<App>,
    routes: TowerToHyperService<Router>,
    ids: Arc<Ids>,
}

/// Makes request ids: a part of this start of the server, and a count.
struct Ids {
    start: String,
    next: AtomicU64,
}

impl Answerer {
    pub(super) fn new(app: Arc<App>, routes: Router) -> Self {
        let start = uuid::Uuid::new_v4().simple().to_string()[..8].to_owned();
        let ids = Arc::new(Ids { start, next: AtomicU64::new(1) });
        Self { app, routes: TowerToHyperService::new(routes), ids }
    }

    /// Answers one request of `peer`.
    pub(super) async fn answer<B>(
        self,
        peer: IpAddr,
        request: Request<B>,
    ) -> Result<Response<Body>, Infallible>
    where
        B: axum::body::HttpBody<Data = bytes::Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let number = self.ids.next.fetch_add(1, Ordering::Relaxed);
        let id: Arc<str> = format!("{}-{number:x}", self.ids.start).into();
        let behind_proxy = self.app.config.behind_proxy;
        let address = caller::address(peer, request.headers(), behind_proxy);
        let line = self.app.config.log_requests.then(|| Line::new(address, &request));

        let mut response = match self.refuse(address, &request) {
            Some(problem) => problem.answer(&id),
            None => self.route(request, Caller { address, request: id.clone() }).await,
        };
        let headers = response.headers_mut();
        for (name, value) in &HEADERS {
            headers.insert(name.clone(), value.clone());
        }
        if let Ok(value) = HeaderValue::from_str(&id) {
            headers.insert(REQUEST_ID.clone(), value);
        }
        if let Some(line) = line {
            self.app.log().detail(line.finish(&response, &id));
        }
        Ok(response)
    }

    /// Refuses what no route needs to see.
    fn refuse<B>(&self, address: IpAddr, request: &Request<B>) -> Option<Problem> {
        let uri = request.uri();
        if uri.path_and_query().is_some_and(|asked| asked.as_str().len() > MAX_ADDRESS) {
            let detail = format!("an address has at most {MAX_ADDRESS} characters");
            return Some(Problem::new(&problem::ADDRESS_TOO_LONG, detail));
        }
        if !uri.path().starts_with("/api/") {
            return None;
        }
        let wait = self.app.requests.take(network(address), Instant::now()).err()?;
        let detail = "too many requests came from this address";
        Some(Problem::new(&problem::TOO_MANY_REQUESTS, detail).later(wait))
    }

    async fn route<B>(&self, mut request: Request<B>, caller: Caller) -> Response<Body>
    where
        B: axum::body::HttpBody<Data = bytes::Bytes> + Send + 'static,
        B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let id = caller.request.clone();
        request.extensions_mut().insert(caller);
        let answered = AssertUnwindSafe(self.routes.call(request)).catch_unwind().await;
        let (problem, allow) = match answered {
            Ok(Ok(mut response)) => match response.extensions_mut().remove::<Problem>() {
                None => return response,
                Some(problem) => (problem, response.headers_mut().remove(header::ALLOW)),
            },
            Ok(Err(never)) => match never {},
            Err(_) => (Problem::internal("the handler of a request panicked"), None),
        };
        if let Some(secret) = &problem.secret {
            self.app.log().warn(format!("request {id}: {secret}"));
        }
        let mut response = problem.answer(&id);
        if let Some(allow) = allow {
            response.headers_mut().insert(header::ALLOW, allow);
        }
        response
    }
}

/// One line of the request log.
struct Line {
    start: Instant,
    head: String,
}

impl Line {
    fn new<B>(address: IpAddr, request: &Request<B>) -> Self {
        let asked = request.uri().path_and_query().map_or("", |asked| asked.as_str());
        let shown: String = asked.chars().take(SHOWN_ADDRESS).collect();
        let head = format!("{address} {} {shown}", request.method());
        Self { start: Instant::now(), head }
    }

    fn finish(self, response: &Response<Body>, id: &str) -> String {
        let micros = self.start.elapsed().as_micros();
        format!("{} {} {micros}us {id}", self.head, response.status().as_u16())
    }
}

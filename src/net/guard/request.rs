//! What a plugin asks for, under which rules, and what it gets.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use crate::model::permission::HostPattern;

/// What to do with a redirect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Redirect {
    /// Follow it, each hop checked as if it were asked for.
    #[default]
    Follow,
    /// Hand the redirect itself to the plugin.
    Manual,
    /// Fail.
    Error,
}

/// One request of a plugin, as it came out of the sandbox; nothing in it is believed.
#[derive(Debug, Clone, Default)]
pub(crate) struct FetchRequest {
    /// `GET`, `POST` and so on; any case.
    pub method: String,
    /// Absolute URL.
    pub url: String,
    /// Header names and values, in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty for none.
    pub body: Vec<u8>,
    /// What to do with a redirect.
    pub redirect: Redirect,
}

/// What the plugin gets.
#[derive(Debug, Clone)]
pub(crate) struct FetchResponse {
    /// HTTP status.
    pub status: u16,
    /// The status' usual words.
    pub status_text: &'static str,
    /// Where it came from in the end.
    pub url: String,
    /// Whether redirects were followed.
    pub redirected: bool,
    /// Header names, lower-case, and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// Bounds of one request, redirects included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FetchLimits {
    /// Most bytes of the answer's body. Default 5 MB.
    pub response_bytes: u64,
    /// Most bytes of the request's body. Default 5 MB.
    pub request_bytes: u64,
    /// Most bytes of header names and values, each way. Default 64 KB.
    pub header_bytes: usize,
    /// Most headers, each way. Default 100.
    pub header_count: usize,
    /// Most redirects followed. Default 5.
    pub redirects: usize,
    /// Wall clock for everything together. Default 30 s.
    pub time: Duration,
}

impl Default for FetchLimits {
    fn default() -> Self {
        Self {
            response_bytes: 5 * 1024 * 1024,
            request_bytes: 5 * 1024 * 1024,
            header_bytes: 64 * 1024,
            header_count: 100,
            redirects: 5,
            time: Duration::from_secs(30),
        }
    }
}

/// The rules one plugin's requests stand under.
#[derive(Debug, Clone, Default)]
pub(crate) struct FetchPolicy {
    /// Hosts granted; none means that every request is refused.
    pub allowed: Vec<HostPattern>,
    /// Granted hosts that a test answers itself: `host:port` -> `http://127.0.0.1:PORT`.
    pub mocks: BTreeMap<String, String>,
    /// Bounds.
    pub limits: FetchLimits,
    /// Who is told of every host a request comes to, and whether it is granted.
    pub witness: Option<Witness>,
}

/// Is told of each hop: host, port, and whether it is granted.
#[derive(Clone)]
pub(crate) struct Witness(Arc<dyn Fn(&str, u16, bool) + Send + Sync>);

impl Witness {
    /// A witness that calls `tell`.
    pub(crate) fn new(tell: impl Fn(&str, u16, bool) + Send + Sync + 'static) -> Self {
        Self(Arc::new(tell))
    }

    /// Tells of a hop.
    pub(super) fn tell(&self, host: &str, port: u16, granted: bool) {
        (self.0)(host, port, granted);
    }
}

impl std::fmt::Debug for Witness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Witness")
    }
}

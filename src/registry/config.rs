//! What a registry is started with.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::rates::Rate;
use crate::model::Observer;
use crate::model::event::Silent;
use crate::sys::clock::{Clock, SystemClock};

/// Settings of one registry.
#[derive(Clone)]
pub struct Config {
    /// The data directory; made when it is not there.
    pub data: PathBuf,
    /// Where to listen; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The name it tells clients.
    pub name: String,
    /// Whether the last address of `X-Forwarded-For` is the client's: only behind a proxy that
    /// sets it.
    pub behind_proxy: bool,
    /// Whether each request gives a line of detail.
    pub log_requests: bool,
    /// Whether a release has to pass the checks. Only tests of other things turn it off.
    pub judges: bool,
    /// Bounds of what clients may use up.
    pub limits: Limits,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Hears what happens.
    pub log: Arc<dyn Observer>,
}

impl Config {
    /// A registry in `data` on a free port of this machine, which tells nobody anything.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        Self {
            data: data.into(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            name: "daino".to_owned(),
            behind_proxy: false,
            log_requests: false,
            judges: true,
            limits: Limits::default(),
            clock: Arc::new(SystemClock),
            log: Arc::new(Silent),
        }
    }
}

/// Bounds of what clients may use up.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Connections at once. Default 1,024; more wait.
    pub connections: usize,
    /// Time for a whole request head, and for an idle connection. Default 20 s.
    pub head: Duration,
    /// Time without a byte of an upload. Default 15 s.
    pub idle_upload: Duration,
    /// Time for a whole upload. Default 5 min.
    pub whole_upload: Duration,
    /// Time after which a connection on which nothing moves is dropped. Default 60 s.
    pub stalled: Duration,
    /// Uploads at once; more are told to come back. Default 8.
    pub uploads: usize,
    /// Releases checked at once; more wait. Default 2.
    pub checks: usize,
    /// Time that requests under way have when the service stops. Default 10 s.
    pub drain: Duration,
    /// Requests to `/api/` of one address. Default 100 at once, 20 a second.
    pub requests: Rate,
    /// Changes with one token. Default 60 at once, one a second.
    pub changes: Rate,
    /// Bytes of index pages kept in memory. Default 64 MB.
    pub pages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1024,
            head: Duration::from_secs(20),
            idle_upload: Duration::from_secs(15),
            whole_upload: Duration::from_secs(300),
            stalled: Duration::from_secs(60),
            uploads: 8,
            checks: 2,
            drain: Duration::from_secs(10),
            requests: Rate { burst: 100, per_second: 20.0 },
            changes: Rate { burst: 60, per_second: 1.0 },
            pages: 64 * 1024 * 1024,
        }
    }
}

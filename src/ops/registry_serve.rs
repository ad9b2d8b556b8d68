//! Serves a registry until it is asked to stop.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use tokio::sync::mpsc::{Receiver, Sender, channel};

use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::{Event, ExitCode, Observer};
use crate::registry::{Config, RegistryError, Server};
use crate::sys::stop::StopSignal;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NAME, &SIGNAL];

static NAME: ErrorCode = ErrorCode {
    id: "registry.name",
    exit: ExitCode::Usage,
    meaning: "The name of a registry has 1 to 100 characters and no control characters.",
    remedy: "Give another one with `--name`.",
};
static SIGNAL: ErrorCode = ErrorCode {
    id: "registry.signal",
    exit: ExitCode::Bug,
    meaning: "The program cannot hear when it is asked to stop.",
    remedy: "Check the limits of this account (`ulimit -a`).",
};

/// Longest name, in characters.
const MAX_NAME: usize = 100;
/// Events that wait to be shown; more are left out, so that a slow terminal never holds up the
/// service.
const WAITING_EVENTS: usize = 4096;

/// What to serve, and where.
#[derive(Debug)]
pub struct RegistryServeRequest {
    /// The data directory.
    pub data: PathBuf,
    /// Where to listen; port 0 takes any free one.
    pub listen: SocketAddr,
    /// The name it tells clients.
    pub name: String,
    /// Whether a proxy in front names the client in `X-Forwarded-For`.
    pub behind_proxy: bool,
    /// Whether to tell of each request.
    pub log_requests: bool,
}

/// Where the registry is.
#[derive(Debug, Serialize)]
pub struct RegistryServeOutcome {
    /// Base of its addresses.
    pub url: String,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its name.
    pub name: String,
    /// Its data directory.
    pub data: PathBuf,
}

/// A registry that is being served.
pub struct RunningRegistry {
    /// Where it is.
    pub outcome: RegistryServeOutcome,
    server: Server,
    events: Receiver<Event>,
    stop: StopSignal,
}

/// Passes events on to the thread that may write.
struct Relay(Sender<Event>);

impl Observer for Relay {
    fn observe(&self, event: Event) {
        let _ = self.0.try_send(event);
    }
}

/// Starts serving. From when it returns, the registry answers and can be stopped by a signal.
pub async fn start(
    request: RegistryServeRequest,
    talk: &dyn Observer,
) -> Result<RunningRegistry, Failure> {
    let length = request.name.chars().count();
    if length == 0 || length > MAX_NAME || request.name.chars().any(char::is_control) {
        return Err(Failure::new(&NAME, format!("`{}` cannot name a registry", request.name)));
    }
    let stop = StopSignal::new()
        .map_err(|e| Failure::new(&SIGNAL, "cannot listen for signals").caused_by(&e))?;
    let (sender, events) = channel(WAITING_EVENTS);
    let server = Server::start(Config {
        listen: request.listen,
        name: request.name.clone(),
        behind_proxy: request.behind_proxy,
        log_requests: request.log_requests,
        log: Arc::new(Relay(sender)),
        ..Config::new(&request.data)
    })
    .await?;
    advise(&server, &request, talk)?;
    let (url, address) = (server.url(), server.address());
    let outcome = RegistryServeOutcome { url, address, name: request.name, data: request.data };
    Ok(RunningRegistry { outcome, server, events, stop })
}

/// Says what is still to be done.
fn advise(
    server: &Server,
    request: &RegistryServeRequest,
    talk: &dyn Observer,
) -> Result<(), RegistryError> {
    if server.tokens().list()?.is_empty() {
        talk.note(format!(
            "Nobody can publish yet. Make a token: `daino-pdk registry token create --data {} \
             --namespace NAME`",
            request.data.display()
        ));
    }
    if !server.address().ip().is_loopback() {
        talk.warn(
            "other machines can reach this address, and the registry speaks plain HTTP: tokens \
             can be read on the way. Put a proxy with TLS before it (docs/registry.md).",
        );
    }
    Ok(())
}

impl RunningRegistry {
    /// Serves until the process is asked to stop, then lets requests end. Asked once more, it
    /// ends at once.
    pub async fn run(mut self, talk: &dyn Observer) {
        loop {
            tokio::select! {
                Some(event) = self.events.recv() => talk.observe(event),
                () = self.stop.wait() => break,
            }
        }
        talk.note("Stopping: requests under way are answered first.");
        tokio::select! {
            () = self.server.shutdown() => {}
            () = self.stop.wait() => {}
        }
        while let Ok(event) = self.events.try_recv() {
            talk.observe(event);
        }
    }
}

//! The database server of a shop: found or fetched, started, shared, stopped.
//!
//! The first process that needs it starts it and holds `server.lock` while it runs; others use the
//! same server and hold `users.lock` shared. Who started it stops it, after waiting a moment for
//! the others; the kernel stops it (`SIGINT`) when that process is killed. A process whose server
//! went away starts it again at its next connection.

pub(super) mod bundle;
pub(super) mod cluster;
pub(super) mod lock;
pub(super) mod postmaster;
pub(super) mod source;
mod unpack;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use super::connect::Endpoint;
use super::error::StoreError;
use super::place::Layout;
use crate::model::event::Tell;
use crate::model::{Observer, Stage};
use lock::FileLock;
use postmaster::{Launch, Postmaster};
use source::Binaries;

/// Longest wait for another process that starts or stops the server.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long the owner waits for others before it stops the server under them.
const COURTESY: Duration = Duration::from_secs(10);
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(10);

/// What a private server is made of.
#[derive(Debug, Clone)]
pub(super) struct Private {
    /// Files of the shop.
    pub layout: Layout,
    /// PostgreSQL's own files.
    pub cluster: PathBuf,
    /// The programs; found once.
    pub binaries: Binaries,
    /// Whether what is committed must survive a power cut. Off for tests only.
    pub durable: bool,
}

/// A server to connect to.
pub(super) struct Server {
    kind: Kind,
}

enum Kind {
    Remote(Endpoint),
    Private { spec: Box<Private>, state: Mutex<State> },
}

/// What this process holds of a private server.
#[derive(Default)]
struct State {
    /// That we use it. Released last.
    user: Option<FileLock>,
    /// That we run it.
    owner: Option<(FileLock, Postmaster)>,
    closed: bool,
}

impl Server {
    /// A server somebody else runs.
    pub(super) fn remote(endpoint: Endpoint) -> Self {
        Self { kind: Kind::Remote(endpoint) }
    }

    /// A private server; not started yet.
    pub(super) fn private(spec: Private) -> Self {
        Self { kind: Kind::Private { spec: Box::new(spec), state: Mutex::default() } }
    }

    /// Starts the server if nobody has, and says so.
    pub(super) async fn start(&self, observer: &dyn Observer) -> Result<(), StoreError> {
        observer.start(Stage::StartDatabase, "PostgreSQL");
        self.endpoint().await?;
        observer.finish(
            Stage::StartDatabase,
            self.private_parts().map(|(version, _)| version).unwrap_or_default(),
        );
        Ok(())
    }

    /// Version and files of a private server.
    pub(super) fn private_parts(&self) -> Option<(String, &Path)> {
        match &self.kind {
            Kind::Remote(_) => None,
            Kind::Private { spec, .. } => {
                Some((spec.binaries.version.to_string(), spec.cluster.as_path()))
            }
        }
    }

    /// Where to connect to, with the server running.
    pub(super) async fn endpoint(&self) -> Result<Endpoint, StoreError> {
        match &self.kind {
            Kind::Remote(endpoint) => Ok(endpoint.clone()),
            Kind::Private { spec, state } => {
                let mut state = state.lock().await;
                if state.closed {
                    return Err(StoreError::Connect("the shop was closed".to_owned()));
                }
                spec.running(&mut state).await
            }
        }
    }

    /// Stops a server that has nothing durable as if it had: its files can be copied afterwards.
    pub(super) async fn close_cleanly(&self) {
        let Kind::Private { state, .. } = &self.kind else { return };
        let mut state = state.lock().await;
        state.closed = true;
        if let Some((_lock, mut postmaster)) = state.owner.take() {
            postmaster.must_last();
            postmaster.stop().await;
        }
    }

    /// Stops the server if this process started it. Others get a moment to finish.
    pub(super) async fn close(&self, observer: &dyn Observer) {
        let Kind::Private { spec, state } = &self.kind else { return };
        let mut state = state.lock().await;
        state.closed = true;
        state.user = None;
        let Some((lock, postmaster)) = state.owner.take() else { return };
        let alone = spec.wait_for_others(observer).await;
        postmaster.stop().await;
        let _ = std::fs::remove_file(spec.layout.server_file());
        drop((lock, alone));
    }
}

impl Private {
    /// The endpoint of the running server, started or taken over when nobody runs it.
    async fn running(&self, state: &mut State) -> Result<Endpoint, StoreError> {
        if let Some((_, postmaster)) = &mut state.owner {
            if postmaster.is_alive() {
                return Ok(postmaster.endpoint());
            }
            // It was killed or it crashed: PostgreSQL recovers at its next start.
            state.owner = None;
        }
        let until = Instant::now() + PATIENCE;
        loop {
            if state.user.is_none() {
                state.user = FileLock::shared(&self.layout.users_lock())?;
            }
            if state.user.is_some() {
                if let Some(lock) = FileLock::exclusive(&self.layout.server_lock())? {
                    let postmaster = Postmaster::start(&self.launch(), until).await?;
                    let endpoint = postmaster.endpoint();
                    state.owner = Some((lock, postmaster));
                    return Ok(endpoint);
                }
                if let Some(endpoint) = postmaster::running_endpoint(&self.launch()) {
                    return Ok(endpoint);
                }
            }
            if Instant::now() > until {
                let who = "another process starts or stops the shop's server and does not finish";
                return Err(StoreError::Connect(who.to_owned()));
            }
            tokio::time::sleep(PAUSE).await;
        }
    }

    fn launch(&self) -> Launch {
        Launch {
            binaries: self.binaries.clone(),
            data: self.cluster.clone(),
            state: self.layout.server_file(),
            log: self.layout.log_file(),
            durable: self.durable,
        }
    }

    /// Waits until no other process uses the server; then keeps new ones out.
    async fn wait_for_others(&self, observer: &dyn Observer) -> Option<FileLock> {
        let until = Instant::now() + COURTESY;
        let mut told = false;
        while Instant::now() < until {
            match FileLock::exclusive(&self.layout.users_lock()) {
                Ok(Some(lock)) => return Some(lock),
                Ok(None) => {}
                Err(_) => return None,
            }
            if !told {
                observer.detail("waiting for another command that uses the shop");
                told = true;
            }
            tokio::time::sleep(PAUSE).await;
        }
        None
    }
}

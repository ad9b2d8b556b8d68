//! What every request can reach.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use tokio::sync::Semaphore;

use super::blobs::Blobs;
use super::data_dir::Lock;
use super::log::Log;
use super::pages::Pages;
use super::problem::Problem;
use super::rates::Rates;
use super::rows::Database;
use super::{Config, DataDir, RegistryError, Tokens, reconcile};
use crate::model::Observer;

/// An open registry.
pub(super) struct App {
    pub config: Config,
    pub database: Arc<Database>,
    pub blobs: Blobs,
    pub pages: Pages,
    /// The transparency log.
    pub transparency: Log,
    pub tokens: Tokens,
    /// Requests of each address.
    pub requests: Rates<IpAddr>,
    /// Changes with each token.
    pub changes: Rates<String>,
    /// Places for uploads.
    pub uploads: Arc<Semaphore>,
    /// Places for checking releases, which takes memory and time.
    pub checks: Arc<Semaphore>,
    /// Held while the public files follow the database, so that they follow in its order.
    pub publishing: Mutex<()>,
    /// Given back with the last piece of work on this registry.
    _lock: Lock,
}

impl App {
    /// Opens the registry in a data directory, and puts right what a crash left.
    pub(super) fn open(config: Config, data: &DataDir, lock: Lock) -> Result<Self, RegistryError> {
        let database = Arc::new(Database::open(data)?);
        let app = Self {
            blobs: Blobs::new(data.clone()),
            transparency: Log::open(data)?,
            pages: Pages::new(data.clone(), config.limits.pages),
            tokens: Tokens::of(database.clone(), config.clock.clone()),
            requests: Rates::new(config.limits.requests),
            changes: Rates::new(config.limits.changes),
            uploads: Arc::new(Semaphore::new(config.limits.uploads)),
            checks: Arc::new(Semaphore::new(config.limits.checks)),
            publishing: Mutex::default(),
            _lock: lock,
            database,
            config,
        };
        reconcile::run(&app, data)?;
        Ok(app)
    }

    /// Runs work that waits for the disk or takes long, on a thread for such work. It goes on to
    /// its end when the client is gone.
    pub(super) async fn blocking<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let app = self.clone();
        match tokio::task::spawn_blocking(move || work(&app)).await {
            Ok(result) => result,
            Err(error) => Err(Problem::internal(error.to_string())),
        }
    }

    /// Who hears what happens.
    pub(super) fn log(&self) -> &dyn Observer {
        &*self.config.log
    }
}

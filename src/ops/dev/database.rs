//! The database of the local shop: opened when the first plugin needs it, made when it is not there.

use std::path::PathBuf;
use std::sync::Arc;

use serde_json::{Value, json};
use tokio::sync::Mutex;

use super::journal::{Journal, What};
use super::problem::Problem;
use crate::error::Failure;
use crate::model::Frame;
use crate::model::{Event, FileSet, Manifest, Observer};
use crate::store::workbench::{self, TableView};
use crate::store::{
    InitOptions, PluginAccess, PluginParts, Shop, ShopPlace, StoreError, migrations,
};

/// A shop that is opened at its first use.
pub(crate) struct Data {
    place: ShopPlace,
    /// Whether it may be used at all.
    enabled: bool,
    shop: Mutex<Option<Arc<Shop>>>,
    journal: Arc<Journal>,
}

/// Tells the journal what takes its time: fetching and starting PostgreSQL.
struct Teller<'a>(&'a Journal);

impl Observer for Teller<'_> {
    fn observe(&self, event: Event) {
        let text = match event {
            Event::Started { subject, .. } => subject,
            Event::Note { text } | Event::Warning { text } => text,
            _ => return,
        };
        self.0.add("shop", None, What::Told { text });
    }
}

impl Data {
    /// The shop in `home`, not opened yet.
    pub(crate) fn new(home: PathBuf, enabled: bool, offline: bool, journal: Arc<Journal>) -> Self {
        let place = ShopPlace { dir: home, url: None, offline };
        Self { place, enabled, shop: Mutex::new(None), journal }
    }

    /// Whether a plugin needs the database: it has tables, or is granted some.
    pub(crate) fn is_needed_by(&self, manifest: &Manifest, files: &FileSet) -> bool {
        let has_tables = !migrations(files).is_empty();
        self.enabled && (has_tables || !manifest.permissions.database.is_empty())
    }

    /// Gives a plugin its tables and its parts.
    pub(crate) async fn prepare(
        &self,
        manifest: &Manifest,
        files: &FileSet,
    ) -> Result<PluginParts, Problem> {
        let shop = self.open().await.map_err(|error| {
            let mut problem = Problem::of(&Failure::from(error), files);
            problem
                .hints
                .push("go on without a database: `daino-pdk dev --no-database`".to_owned());
            problem
        })?;
        let access = PluginAccess {
            slug: manifest.slug.clone(),
            permissions: manifest.permissions.clone(),
            limits: manifest.resource_limits.clone(),
        };
        let prepared = workbench::prepare(&shop, &access, files).await;
        let prepared = prepared.map_err(|failed| problem_of(failed, files))?;
        for text in prepared.notes {
            self.journal.add(manifest.slug.as_str(), None, What::Told { text });
        }
        Ok(prepared.parts)
    }

    /// The shop, if it was opened.
    pub(crate) async fn opened(&self) -> Option<Arc<Shop>> {
        self.shop.lock().await.clone()
    }

    /// `ctx.store` of the opened shop.
    pub(crate) async fn store(&self) -> Option<Value> {
        self.opened().await.map(|shop| json!(shop.info()))
    }

    /// The plugin's tables and keys in the opened shop.
    pub(crate) async fn look(
        &self,
        manifest: &Manifest,
    ) -> Option<Result<(Vec<TableView>, Vec<(String, Value)>), StoreError>> {
        let shop = self.opened().await?;
        Some(workbench::look(&shop, &manifest.slug).await)
    }

    async fn open(&self) -> Result<Arc<Shop>, StoreError> {
        let mut opened = self.shop.lock().await;
        if let Some(shop) = &*opened {
            return Ok(Arc::clone(shop));
        }
        let teller = Teller(&self.journal);
        let shop = match Shop::open(&self.place, &teller).await {
            Err(StoreError::NoShop(_)) => {
                let options = InitOptions {
                    name: "Local shop".to_owned(),
                    currency: "EUR".to_owned(),
                    timezone: "UTC".to_owned(),
                    sample_data: true,
                };
                Shop::init(&self.place, &options, &teller).await?
            }
            other => other?,
        };
        let shop = Arc::new(shop);
        *opened = Some(Arc::clone(&shop));
        Ok(shop)
    }

    /// Closes the shop, if it was opened.
    pub(crate) async fn close(&self) {
        if let Some(shop) = self.shop.lock().await.take().and_then(Arc::into_inner) {
            shop.close(&Teller(&self.journal)).await;
        }
    }
}

/// A migration that does not run, with its line.
fn problem_of(failed: workbench::Unprepared, files: &FileSet) -> Problem {
    let line = match &failed.error {
        StoreError::MigrationFailed { line, .. } | StoreError::MigrationRefused { line, .. } => {
            usize::try_from(*line).ok()
        }
        _ => None,
    };
    let mut problem = Problem::of(&Failure::from(failed.error), files);
    if let Some(path) = &failed.migration {
        problem.frame = line.and_then(|line| Frame::at(files, path.as_str(), line, 1));
        problem.message = format!("`{path}`: {}", problem.message);
    }
    problem
}

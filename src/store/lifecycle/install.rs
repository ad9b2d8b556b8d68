//! Installs a plugin: a plan first, then journaled steps of which one transaction decides.
//!
//! The plugin starts for the first time inside that transaction: `onEnable` and `healthCheck` see tables
//! that nobody else sees yet, and what they change is undone with everything else.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use tokio_postgres::Transaction;

use super::change::Change;
use super::code::CodeFolder;
use super::migrations::{self, Migration};
use super::rehearsal::{rehearse, remember_schema};
use super::requirements::{self, Coming};
use super::together::Place;
use super::{LifecycleError, history, objects, records, running};
use crate::model::config_schema;
use crate::model::consent;
use crate::model::install_plan::{InstallChange, InstallPlan, PlannedSecret};
use crate::model::installed::{
    CodeCheck, InstalledCode, InstalledPlugin, PluginSource, PluginState,
};
use crate::model::operation::{Operation, OperationKind, Phase};
use crate::model::update_plan::DownCheck;
use crate::model::{Manifest, PluginSlug};
use crate::package::Package;
use crate::sandbox::LogSink;
use crate::store::journal::Journal;
use crate::store::{create_role, grant, lend, take_over};
use crate::sys::clock::{Clock, SystemClock};
use crate::sys::kill_point::kill_point;

/// A release and what is given to it.
#[derive(Debug, Clone)]
pub(crate) struct Installation {
    /// The release.
    pub package: Package,
    /// Where it came from.
    pub source: PluginSource,
    /// Id of the key that signed it.
    pub publisher: Option<String>,
    /// Whether its publisher withdrew it.
    pub yanked: bool,
    /// Settings that were given, as text: `--set key=value`.
    pub set: Vec<(String, String)>,
    /// Settings that were given as a file.
    pub config: Map<String, Value>,
    /// Secrets that were given.
    pub secrets: BTreeMap<String, String>,
}

impl Installation {
    /// The plugin.
    pub(super) fn slug(&self) -> &PluginSlug {
        &self.package.manifest.slug
    }
    fn gives_settings(&self) -> bool {
        !self.set.is_empty() || !self.config.is_empty()
    }
}

/// A plan, and what it was made from.
pub(crate) struct Planned {
    /// What people see.
    pub plan: InstallPlan,
    config: Map<String, Value>,
    migrations: Vec<Migration>,
    previous: Option<InstalledPlugin>,
}

impl Planned {
    /// The settings to be.
    pub(crate) fn config(&self) -> Value {
        Value::Object(self.config.clone())
    }

    /// Tries the migrations in a schema of their own: whether their down scripts lead back. One that
    /// cannot be tried, or not on its own, is left out.
    pub(crate) async fn rehearse(
        &self,
        change: &Change<'_>,
        manifest: &Manifest,
    ) -> Result<Vec<DownCheck>, LifecycleError> {
        let has_downs = self.migrations.iter().any(|migration| migration.down.is_some());
        if self.plan.change != InstallChange::New || !has_downs {
            return Ok(Vec::new());
        }
        let rehearsal = rehearse(change.shop, manifest, &self.migrations).await?;
        Ok(rehearsal.map(|rehearsal| rehearsal.downs).unwrap_or_default())
    }

    /// The record before, and the settings to be.
    pub(super) fn into_settings(self) -> (Option<InstalledPlugin>, Value) {
        (self.previous, Value::Object(self.config))
    }
}

/// Decides what an installation will do, or why it will not be done.
pub(crate) async fn plan(
    change: &Change<'_>,
    wanted: &Installation,
    coming: &Coming,
) -> Result<Planned, LifecycleError> {
    let sql = change.client();
    let package = &wanted.package;
    let manifest = &package.manifest;
    requirements::check_manifest(manifest)?;
    let previous = records::find(sql, wanted.slug()).await?;
    requirements::refuse_other_version(wanted, previous.as_ref())?;
    requirements::check_dependencies(sql, manifest, coming).await?;
    let applied = records::migrations(sql, wanted.slug()).await?;
    let migrations = migrations::new_ones(migrations::of(&package.files)?, &applied)?;
    let config = settings(wanted, previous.as_ref())?;
    let what = what_changes(wanted, previous.as_ref(), &config);
    let held = records::secret_names(sql, wanted.slug()).await?;
    if let Some(unknown) = wanted.secrets.keys().find(|name| !manifest.secrets.contains(name)) {
        return Err(LifecycleError::UnknownSecret {
            name: unknown.clone(),
            known: manifest.secrets.clone(),
        });
    }
    let secrets = manifest.secrets.iter().map(|name| PlannedSecret {
        name: name.clone(),
        is_set: wanted.secrets.contains_key(name) || held.contains(name),
    });
    let plan = InstallPlan {
        slug: manifest.slug.clone(),
        version: manifest.version.clone(),
        name: manifest.name.clone(),
        kind: manifest.kind,
        change: what,
        source: wanted.source.clone(),
        publisher: wanted.publisher.clone(),
        yanked: wanted.yanked,
        archive: package.archive,
        files: package.files.len(),
        bytes: package.files.total_bytes(),
        permissions: consent::asks(manifest),
        downs: Vec::new(),
        applied: applied.into_iter().map(|migration| migration.name).collect(),
        migrations: migrations.iter().map(Migration::planned).collect(),
        secrets: secrets.collect(),
    };
    Ok(Planned { plan, config, migrations, previous })
}

fn what_changes(
    wanted: &Installation,
    previous: Option<&InstalledPlugin>,
    config: &Map<String, Value>,
) -> InstallChange {
    match previous {
        None => InstallChange::New,
        Some(previous) if !previous.state.is_installed() => InstallChange::TakesOver,
        Some(previous) => {
            let gives_other =
                wanted.gives_settings() && previous.config.as_object() != Some(config);
            match gives_other || !wanted.secrets.is_empty() {
                true => InstallChange::Settings,
                false => InstallChange::Nothing,
            }
        }
    }
}

/// The settings: kept ones, then the file's, then `--set`; checked, with defaults.
fn settings(
    wanted: &Installation,
    previous: Option<&InstalledPlugin>,
) -> Result<Map<String, Value>, LifecycleError> {
    let schema = wanted.package.manifest.config_schema.as_ref();
    let mut given = previous.and_then(|p| p.config.as_object().cloned()).unwrap_or_default();
    given.extend(wanted.config.clone());
    for (key, text) in &wanted.set {
        given.insert(key.clone(), config_schema::read_value(schema, key, text));
    }
    config_schema::check(schema, given).map_err(LifecycleError::Config)
}

/// An installation that is ready to be announced.
pub(super) struct Ready {
    wanted: Installation,
    migrations: Vec<Migration>,
    /// The record to be.
    pub(super) plugin: InstalledPlugin,
    /// The journal's entry.
    pub(super) operation: Operation,
}

impl Ready {
    /// From a plan; nothing is changed yet.
    pub(super) fn new(
        change: &Change<'_>,
        wanted: Installation,
        planned: Planned,
    ) -> Result<Self, LifecycleError> {
        let package = &wanted.package;
        let slug = wanted.slug().clone();
        let folder = CodeFolder::of(change.shop.dir(), &slug);
        let name = CodeFolder::name(&package.manifest.version, &package.content);
        let code = InstalledCode {
            dir: Some(name.clone()),
            archive: package.archive,
            content: package.content,
            files: package.listing.files.clone(),
        };
        let is_there = folder.has(&name);
        if is_there && folder.check(&code) != CodeCheck::Intact {
            return Err(LifecycleError::CodeOccupied(folder.path(&name)));
        }
        let old = planned.previous.as_ref().and_then(|previous| previous.code.dir.clone());
        let kind = OperationKind::Install {
            code: (!is_there).then(|| name.clone()),
            superseded: old.filter(|old| *old != name),
        };
        let plugin = InstalledPlugin {
            slug: slug.clone(),
            version: package.manifest.version.clone(),
            state: PluginState::Enabled,
            manifest: package.manifest.clone(),
            source: wanted.source.clone(),
            publisher: wanted.publisher.clone(),
            code,
            config: Value::Object(planned.config),
            installed_at: SystemClock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        };
        let operation = Journal::operation(&slug, kind);
        Ok(Self { wanted, migrations: planned.migrations, plugin, operation })
    }

    /// Puts the code in its place.
    pub(super) fn stage(&self, change: &Change<'_>) -> Result<(), LifecycleError> {
        if let OperationKind::Install { code: Some(name), .. } = &self.operation.kind {
            let folder = CodeFolder::of(change.shop.dir(), &self.plugin.slug);
            folder.put(name, &self.wanted.package.files, self.operation.id)?;
        }
        Ok(())
    }

    /// Role, rights, tables, record and first start, in the transaction that decides.
    pub(super) async fn decide(
        &self,
        place: &Place<'_>,
        tx: &Transaction<'_>,
        log: Arc<dyn LogSink>,
    ) -> Result<(), LifecycleError> {
        let (plugin, slug, sql) = (&self.plugin, &self.plugin.slug, tx.client());
        let kept = objects::recorded(sql, slug).await?;
        create_role(tx, slug, &plugin.manifest.resource_limits).await?;
        take_over(tx, slug, &objects::for_take_over(&kept.own)).await?;
        records::recount_storage(sql, slug).await?;
        grant(tx, slug, &plugin.manifest.permissions).await?;
        records::save(sql, plugin).await?;
        kill_point("install.record-written");
        for migration in &self.migrations {
            migration.run(tx, slug).await?;
            kill_point("install.migrated");
        }
        records::set_secrets(sql, slug, &self.wanted.secrets).await?;
        self.start(place, tx, log).await?;
        kill_point("install.started");
        remember_schema(tx, slug).await?;
        let mut done = history::entry(slug, "install", None, Some(&plugin.version));
        let given: Vec<String> =
            consent::asks(&plugin.manifest).iter().map(consent::Ask::short).collect();
        done.details =
            json!({ "source": plugin.source, "publisher": plugin.publisher, "permissions": given });
        history::add(sql, &done).await?;
        Journal::advance(sql, &self.operation, Phase::Finished).await?;
        kill_point("install.decided");
        Ok(())
    }

    /// Starts the plugin for the first time: `onEnable`, then `healthCheck`.
    async fn start(
        &self,
        place: &Place<'_>,
        tx: &Transaction<'_>,
        log: Arc<dyn LogSink>,
    ) -> Result<(), LifecycleError> {
        let (plugin, shop) = (&self.plugin, place.shop);
        let secrets = records::secrets(tx.client(), &plugin.slug).await?;
        let files = self.wanted.package.files.clone();
        lend(tx, place.budget.clone(), &running::access(plugin), async |parts| {
            let start = running::start_with(shop, plugin, files, parts, secrets, log, None);
            running::prove(&plugin.slug, start).await
        })
        .await?
    }
}

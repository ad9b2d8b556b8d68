//! Installs a plugin: a plan first, then journaled steps of which one transaction decides.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::change::Change;
use super::code::CodeFolder;
use super::migrations::{self, Migration};
use super::rehearsal::{rehearse, remember_schema};
use super::requirements::{self, Coming};
use super::{LifecycleError, history, objects, records, recovery, running};
use crate::model::config_schema;
use crate::model::consent;
use crate::model::event::Tell;
use crate::model::install_plan::{InstallChange, InstallPlan, PlannedSecret};
use crate::model::installed::{
    AppliedMigration, CodeCheck, InstalledCode, InstalledPlugin, PluginSource, PluginState,
};
use crate::model::operation::{Operation, OperationKind, Phase};
use crate::model::update_plan::DownCheck;
use crate::model::{Manifest, PluginSlug, Stage};
use crate::package::Package;
use crate::sandbox::LogSink;
use crate::store::backup::{self, BackupSource};
use crate::store::error::StoreError;
use crate::store::journal::Journal;
use crate::store::{create_role, grant, run_migration, take_over};
use crate::sys::clock::{Clock, SystemClock};
use crate::sys::kill_point::kill_point;
use crate::sys::private;

/// Folder of the snapshot that undoing an installation over kept data needs.
pub(super) const BEFORE: &str = "before";

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
        given_before: previous
            .iter()
            .flat_map(|before| consent::asks(&before.manifest))
            .map(|asked| asked.short())
            .collect(),
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

/// Carries a plan out. After a failure the shop is as it was.
pub(crate) async fn apply(
    change: &mut Change<'_>,
    wanted: &Installation,
    planned: Planned,
    log: Arc<dyn LogSink>,
) -> Result<InstalledPlugin, LifecycleError> {
    let slug = wanted.slug().clone();
    match planned.plan.change {
        InstallChange::Nothing => {
            return planned.previous.ok_or_else(|| LifecycleError::NotInstalled(slug.to_string()));
        }
        InstallChange::Settings => {
            return super::settings::apply(change, wanted, planned, log).await;
        }
        InstallChange::New | InstallChange::TakesOver => {}
    }
    change.observer.start(Stage::Install, slug.as_str());
    let (plugin, operation) = prepare(change, wanted, &planned)?;
    change.journal.begin(&change.sql, &operation).await?;
    let done = carry_out(change, wanted, &planned, &plugin, &operation, log).await;
    if let Err(error) = done {
        let undone = recovery::undo_install(change, &operation).await;
        recovery::tell_if_not_undone(change.observer, undone);
        return Err(error);
    }
    recovery::finish_install(change, &operation).await?;
    change.observer.finish(Stage::Install, planned.plan.version.to_string());
    Ok(InstalledPlugin { state: PluginState::Enabled, ..plugin })
}

/// The record to be, and the journal's entry.
fn prepare(
    change: &Change<'_>,
    wanted: &Installation,
    planned: &Planned,
) -> Result<(InstalledPlugin, Operation), LifecycleError> {
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
        state: PluginState::Starting,
        manifest: package.manifest.clone(),
        source: wanted.source.clone(),
        publisher: wanted.publisher.clone(),
        code,
        config: Value::Object(planned.config.clone()),
        installed_at: SystemClock.now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    Ok((plugin, Journal::operation(&slug, kind)))
}

async fn carry_out(
    change: &mut Change<'_>,
    wanted: &Installation,
    planned: &Planned,
    plugin: &InstalledPlugin,
    operation: &Operation,
    log: Arc<dyn LogSink>,
) -> Result<(), LifecycleError> {
    if let Some(previous) = &planned.previous {
        keep_before(change, previous, operation).await?;
    }
    if let OperationKind::Install { code: Some(name), .. } = &operation.kind {
        let folder = CodeFolder::of(change.shop.dir(), &plugin.slug);
        folder.put(name, &wanted.package.files, operation.id)?;
    }
    enter(change, wanted, planned, plugin, operation).await?;
    kill_point("install.committed");
    running::first_start(change.shop, &change.sql, plugin, log).await?;
    kill_point("install.started");
    let tx = change.sql.transaction().await?;
    records::set_state(tx.client(), &plugin.slug, PluginState::Enabled).await?;
    let mut done = history::entry(&plugin.slug, "install", None, Some(&plugin.version));
    let given: Vec<String> =
        consent::asks(&plugin.manifest).iter().map(consent::Ask::short).collect();
    done.details =
        json!({ "source": plugin.source, "publisher": plugin.publisher, "permissions": given });
    history::add(tx.client(), &done).await?;
    Journal::advance(tx.client(), operation, Phase::Finished).await?;
    tx.commit().await?;
    kill_point("install.enabled");
    Ok(())
}

/// Keeps what an earlier installation left, so that it can be put back exactly.
async fn keep_before(
    change: &mut Change<'_>,
    previous: &InstalledPlugin,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    let workplace = change.journal.workplace(operation.id);
    private::create_dir(&workplace).map_err(StoreError::file("make", &workplace))?;
    let slug = &previous.slug;
    let sql = &change.sql;
    let source = BackupSource {
        plugin: previous.clone(),
        code: None,
        migrations: records::migrations(sql, slug).await?,
        objects: objects::recorded(sql, slug).await?.own,
        secrets: records::secret_names(sql, slug).await?,
    };
    backup::write(&mut change.sql, source, &workplace.join(BEFORE)).await?;
    kill_point("install.snapshot");
    let secrets = records::secrets(&change.sql, slug).await?;
    Journal::keep_for_undo(&change.sql, operation, &json!({ "secrets": secrets })).await
}

/// The transaction that decides: role, grants, tables, record.
async fn enter(
    change: &mut Change<'_>,
    wanted: &Installation,
    planned: &Planned,
    plugin: &InstalledPlugin,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    let slug = &plugin.slug;
    let tx = change.sql.transaction().await?;
    let sql = tx.client();
    let kept = objects::recorded(sql, slug).await?;
    create_role(&tx, slug, &plugin.manifest.resource_limits).await?;
    objects::lock(&tx, &kept.tables()).await?;
    take_over(&tx, slug, &objects::for_take_over(tx.client(), &kept.own)).await?;
    records::recount_storage(sql, slug).await?;
    grant(&tx, slug, &plugin.manifest.permissions).await?;
    records::save(sql, plugin).await?;
    kill_point("install.record-written");
    for migration in &planned.migrations {
        let made = run_migration(&tx, slug, &migration.sql)
            .await
            .map_err(|source| LifecycleError::Migration { name: migration.name.clone(), source })?;
        records::add_objects(sql, slug, &objects::of_migration(&made)).await?;
        let applied = AppliedMigration {
            name: migration.name.clone(),
            checksum: migration.checksum,
            applied_at: None,
        };
        records::add_migration(sql, slug, &applied).await?;
        kill_point("install.migrated");
    }
    records::set_secrets(sql, slug, &wanted.secrets).await?;
    remember_schema(&tx, slug).await?;
    Journal::advance(sql, operation, Phase::Committed).await?;
    tx.commit().await?;
    Ok(())
}

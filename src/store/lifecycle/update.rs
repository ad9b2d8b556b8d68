//! Puts a newer release in the place of the installed one.
//!
//! One transaction decides: new rights, migrations, the plugin's own migration of its settings and its
//! health check all happen inside it, before anybody else sees any of it. Until it is committed the
//! old release is what runs; when anything fails, nothing has happened. Code on disk and the backup
//! are made before and removed when it fails.

use std::sync::Arc;

use serde_json::json;
use tokio_postgres::Transaction;

use super::change::Change;
use super::install::Installation;
use super::migrations::{self, Migration};
use super::rehearsal::{self, remember_schema};
use super::replace_error::ReplaceError;
use super::requirements::{self, Coming};
use super::together::Place;
use super::trial::Trial;
use super::{CodeFolder, LifecycleError, history, records, replace, running, uninstall};
use crate::model::PluginSlug;
use crate::model::difference::{Level, Surface, compare};
use crate::model::install_plan::PlannedSecret;
use crate::model::installed::{CodeCheck, InstalledCode, InstalledPlugin};
use crate::model::operation::{Operation, OperationKind, Phase, Replacement};
use crate::model::update_plan::UpdatePlan;
use crate::sandbox::LogSink;
use crate::store::journal::Journal;
use crate::store::{grant, lend, set_limits};
use crate::sys::kill_point::kill_point;

/// A plan, and what it was made from.
pub(crate) struct UpdatePlanned {
    /// What people see; `None` when this very release is installed.
    pub plan: Option<UpdatePlan>,
    /// The installed plugin.
    pub previous: InstalledPlugin,
    migrations: Vec<Migration>,
}

/// Decides what an update will do, or why it will not be done. Nothing of the plugin's is changed; its
/// code is started without anything that it could reach.
pub(crate) async fn plan(
    change: &Change<'_>,
    wanted: &Installation,
    coming: &Coming,
    log: Arc<dyn LogSink>,
) -> Result<UpdatePlanned, LifecycleError> {
    let (sql, package) = (change.client(), &wanted.package);
    let (manifest, slug) = (&package.manifest, wanted.slug());
    let previous = installed(change, slug).await?;
    if previous.code.content == package.content {
        return Ok(UpdatePlanned { plan: None, previous, migrations: Vec::new() });
    }
    requirements::check_manifest(manifest)?;
    refuse_version(change, &previous, &manifest.version, coming).await?;
    requirements::check_dependencies(sql, manifest, coming).await?;
    let applied = records::migrations(sql, slug).await?;
    let new = migrations::new_ones(migrations::of(&package.files)?, &applied)?;
    let held = records::secret_names(sql, slug).await?;
    if let Some(unknown) = wanted.secrets.keys().find(|name| !manifest.secrets.contains(name)) {
        let known = manifest.secrets.clone();
        return Err(LifecycleError::UnknownSecret { name: unknown.clone(), known });
    }
    let secrets = manifest.secrets.iter().map(|name| PlannedSecret {
        name: name.clone(),
        is_set: wanted.secrets.contains_key(name) || held.contains(name),
    });
    let mut plan = UpdatePlan {
        slug: slug.clone(),
        from: previous.version.clone(),
        to: manifest.version.clone(),
        source: wanted.source.clone(),
        publisher: wanted.publisher.clone(),
        yanked: wanted.yanked,
        promised: Level::promised(&previous.version, &manifest.version),
        found: Level::Patch,
        differences: Vec::new(),
        migrations: new.iter().map(Migration::planned).collect(),
        downs: Vec::new(),
        secrets: secrets.collect(),
        drift: rehearsal::drift(change.shop, slug).await?,
        not_compared: Vec::new(),
    };
    look_for_differences(change, &previous, wanted, &new, &mut plan, log).await?;
    Ok(UpdatePlanned { plan: Some(plan), previous, migrations: new })
}

/// The plugin, when it is installed.
pub(super) async fn installed(
    change: &Change<'_>,
    slug: &PluginSlug,
) -> Result<InstalledPlugin, LifecycleError> {
    let found = records::find(change.client(), slug).await?;
    found
        .filter(|plugin| plugin.state.is_installed())
        .ok_or_else(|| LifecycleError::NotInstalled(slug.to_string()))
}

/// Refuses to go back, and to leave the range in which others need the plugin.
async fn refuse_version(
    change: &Change<'_>,
    previous: &InstalledPlugin,
    wanted: &semver::Version,
    coming: &Coming,
) -> Result<(), LifecycleError> {
    let slug = &previous.slug;
    if *wanted < previous.version {
        let (installed, wanted) = (previous.version.clone(), wanted.clone());
        return Err(ReplaceError::Older { slug: slug.clone(), installed, wanted }.into());
    }
    if *wanted == previous.version {
        return Err(LifecycleError::OtherVersion {
            slug: slug.clone(),
            installed: previous.version.to_string(),
            wanted: format!("{wanted} with other content"),
        });
    }
    refuse_out_of_range(change, slug, wanted, coming).await
}

/// Refuses a version that a plugin which needs this one does not accept, unless that one changes, too.
pub(super) async fn refuse_out_of_range(
    change: &Change<'_>,
    slug: &PluginSlug,
    wanted: &semver::Version,
    coming: &Coming,
) -> Result<(), LifecycleError> {
    for plugin in records::all(change.client()).await? {
        let range = plugin.manifest.dependencies.get(slug.as_str());
        if let Some(range) =
            range.filter(|_| plugin.state.is_installed() && !coming.contains_key(&plugin.slug))
            && !range.matches(wanted)
        {
            return Err(ReplaceError::DependentRange {
                slug: slug.clone(),
                dependent: plugin.slug,
                range: range.to_string(),
                wanted: wanted.clone(),
            }
            .into());
        }
    }
    Ok(())
}

/// Compares both releases: manifests, methods, and the tables that the migrations lead to.
async fn look_for_differences(
    change: &Change<'_>,
    previous: &InstalledPlugin,
    wanted: &Installation,
    new: &[Migration],
    plan: &mut UpdatePlan,
    log: Arc<dyn LogSink>,
) -> Result<(), LifecycleError> {
    let manifest = &wanted.package.manifest;
    let old_files = running::load(change.shop, previous);
    let old_methods = match &old_files {
        Ok(files) => {
            let config = &previous.config;
            let read = running::methods(&previous.manifest, files, config, log.clone()).await;
            read.map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
    };
    let files = &wanted.package.files;
    let new_methods = running::methods(manifest, files, &previous.config, log).await;
    let new_methods = new_methods.map_err(|error| error.to_string());
    for (which, methods) in [("installed", &old_methods), ("new", &new_methods)] {
        if let Err(why) = methods {
            plan.not_compared.push(format!("methods of the {which} release: {why}"));
        }
    }
    let rehearsal = rehearsal::rehearse(change.shop, manifest, new).await?;
    if rehearsal.is_none() {
        let why = "tables: a migration names the schema `public`, so it cannot be tried beside it";
        plan.not_compared.push(why.to_owned());
    }
    plan.differences = compare(
        Surface {
            manifest: &previous.manifest,
            methods: old_methods.as_ref().ok(),
            tables: rehearsal.as_ref().map(|rehearsal| &rehearsal.before),
        },
        Surface {
            manifest,
            methods: new_methods.as_ref().ok(),
            tables: rehearsal.as_ref().map(|rehearsal| &rehearsal.after),
        },
    );
    plan.found = plan.differences.iter().map(|d| d.level).max().unwrap_or(Level::Patch);
    plan.downs = rehearsal.map(|rehearsal| rehearsal.downs).unwrap_or_default();
    Ok(())
}

/// An update that is ready to be announced.
pub(super) struct Ready {
    wanted: Installation,
    previous: InstalledPlugin,
    /// The record to be; its settings are still the old ones.
    pub(super) plugin: InstalledPlugin,
    migrations: Vec<Migration>,
    plan: UpdatePlan,
    /// The journal's entry.
    pub(super) operation: Operation,
    /// What it replaces.
    pub(super) what: Replacement,
}

impl Ready {
    /// From a plan; nothing is changed yet.
    pub(super) fn new(
        change: &Change<'_>,
        wanted: Installation,
        planned: UpdatePlanned,
    ) -> Result<Self, LifecycleError> {
        let UpdatePlanned { plan, previous, migrations } = planned;
        let plan = plan.ok_or_else(|| LifecycleError::NotInstalled(previous.slug.to_string()))?;
        let package = &wanted.package;
        let name = CodeFolder::name(&plan.to, &package.content);
        let plugin = InstalledPlugin {
            version: plan.to.clone(),
            manifest: package.manifest.clone(),
            source: wanted.source.clone(),
            publisher: wanted.publisher.clone(),
            code: InstalledCode {
                dir: Some(name.clone()),
                archive: package.archive,
                content: package.content,
                files: package.listing.files.clone(),
            },
            ..previous.clone()
        };
        let folder = CodeFolder::of(change.shop.dir(), &plan.slug);
        let is_there = folder.has(&name);
        if is_there && folder.check(&plugin.code) != CodeCheck::Intact {
            return Err(LifecycleError::CodeOccupied(folder.path(&name)));
        }
        let (operation, what) =
            replace::announce(&previous, &plugin, is_there, OperationKind::Update);
        Ok(Self { wanted, previous, plugin, migrations, plan, operation, what })
    }

    /// Makes the backup, and puts the code in its place.
    pub(super) async fn stage(&self, change: &mut Change<'_>) -> Result<(), LifecycleError> {
        uninstall::back_up(change, &self.previous, &self.what.backup).await?;
        kill_point("replace.backed-up");
        if let Some(name) = &self.what.code {
            let folder = CodeFolder::of(change.shop.dir(), &self.plan.slug);
            folder.put(name, &self.wanted.package.files, self.operation.id)?;
        }
        Ok(())
    }

    /// Everything that the database has of it, in the transaction that decides.
    pub(super) async fn decide(
        &self,
        place: &Place<'_>,
        tx: &Transaction<'_>,
        log: Arc<dyn LogSink>,
    ) -> Result<(), LifecycleError> {
        let (plugin, slug, sql) = (&self.plugin, &self.plugin.slug, tx.client());
        set_limits(tx, slug, &plugin.manifest.resource_limits).await?;
        grant(tx, slug, &plugin.manifest.permissions).await?;
        records::save(sql, plugin).await?;
        kill_point("update.record-written");
        for migration in &self.migrations {
            migration.run(tx, slug).await?;
            kill_point("update.migrated");
        }
        replace::forget_gone(sql, slug).await?;
        records::recount_storage(sql, slug).await?;
        records::set_secrets(sql, slug, &self.wanted.secrets).await?;
        let trial = Trial {
            shop: place.shop,
            plugin,
            previous: &self.previous,
            wanted: &self.wanted,
            secrets: records::secrets(sql, slug).await?,
            log,
        };
        let (access, budget) = (running::access(plugin), place.budget.clone());
        let config = lend(tx, budget, &access, async |parts| trial.run(parts).await).await??;
        kill_point("update.tried");
        let plugin = InstalledPlugin { config, ..plugin.clone() };
        records::save(sql, &plugin).await?;
        remember_schema(tx, slug).await?;
        let (what, plan) = (&self.what, &self.plan);
        let mut done = history::entry(slug, "update", Some(&what.from), Some(&what.to));
        let differences = plan.wider().chain(plan.breaking());
        let agreed =
            differences.map(|d| json!({ "area": d.area, "name": d.name, "words": d.words }));
        done.details = json!({
            "backup": what.backup,
            "promised": plan.promised,
            "found": plan.found,
            "source": plugin.source,
            "publisher": plugin.publisher,
            "agreed": agreed.collect::<Vec<_>>(),
        });
        history::add(sql, &done).await?;
        Journal::advance(sql, &self.operation, Phase::Finished).await?;
        kill_point("update.decided");
        Ok(())
    }
}

//! Removes a plugin: disable, verified backup, data, tables, code, record.
//!
//! One transaction does all of it but the code: until it is committed nothing has happened, whatever the
//! plugin did when it was told. It checks, with the tables locked, that they are what was backed up, and
//! drops only what the shop recorded as made by the plugin and is still its own.

use std::sync::Arc;

use crate::store::sql::{Client, Transaction};

use super::change::Change;
use super::objects::Recorded;
use super::together::Place;
use super::{CodeFolder, LifecycleError, history, objects, records, running};
use crate::model::backup::BackupManifest;
use crate::model::event::Tell;
use crate::model::installed::{CodeCheck, InstalledPlugin, ObjectKind, PluginState};
use crate::model::operation::{Operation, OperationKind, Phase};
use crate::model::uninstall_plan::{UninstallChoices, UninstallPlan, UninstallReport};
use crate::model::{Observer, PluginSlug, Stage};
use crate::package;
use crate::sandbox::LogSink;
use crate::store::backup::{self, BackupSource};
use crate::store::journal::Journal;
use crate::store::{Shop, drop_role, lend, set_login};
use crate::sys::kill_point::kill_point;

/// What of a plugin is there, and who needs it.
pub(crate) async fn plan(
    change: &Change<'_>,
    slug: &PluginSlug,
) -> Result<UninstallPlan, LifecycleError> {
    let sql = change.client();
    let plugin = records::find(sql, slug)
        .await?
        .ok_or_else(|| LifecycleError::NotInstalled(slug.to_string()))?;
    let recorded = objects::recorded(sql, slug).await?;
    let tables = objects::sizes(sql, &recorded.tables()).await?;
    let words = |o: &crate::model::backup::BackupObject| format!("{} {}", o.kind.as_str(), o.name);
    let mut foreign = objects::needed_by(sql, &recorded.own).await?;
    foreign.extend(objects::rows_pointing_at(sql, &recorded.own).await?);
    let code = plugin.code.dir.clone();
    Ok(UninstallPlan {
        slug: slug.clone(),
        version: plugin.version.clone(),
        state: plugin.state,
        tables,
        other_objects: recorded
            .own
            .iter()
            .filter(|object| object.kind != ObjectKind::Table)
            .map(words)
            .collect(),
        not_owned: recorded.foreign.iter().map(words).collect(),
        data_rows: records::data_rows(sql, slug).await?,
        settings: plugin.config.as_object().map_or(0, serde_json::Map::len),
        secrets: records::secret_names(sql, slug).await?,
        code_files: code.as_ref().map_or(0, |_| plugin.code.files.len()),
        schedules: match plugin.state.is_installed() {
            true => plugin.manifest.cron.iter().map(|job| job.name.clone()).collect(),
            false => Vec::new(),
        },
        code_bytes: match code.is_some() {
            true => plugin.code.files.iter().map(|file| file.size).sum(),
            false => 0,
        },
        code,
        dependents: dependents(sql, slug).await?,
        foreign,
    })
}

/// Installed plugins that need `slug`.
pub(super) async fn dependents(
    sql: &crate::store::sql::Client,
    slug: &PluginSlug,
) -> Result<Vec<PluginSlug>, LifecycleError> {
    let all = records::all(sql).await?;
    Ok(all
        .into_iter()
        .filter(|plugin| plugin.state.is_installed())
        .filter(|plugin| plugin.manifest.dependencies.contains_key(slug.as_str()))
        .map(|plugin| plugin.slug)
        .collect())
}

/// Refuses what `--force` would permit.
pub(crate) fn refuse(
    plan: &UninstallPlan,
    choices: &UninstallChoices,
) -> Result<(), LifecycleError> {
    if choices.force {
        return Ok(());
    }
    if !plan.dependents.is_empty() {
        let (slug, dependents) = (plan.slug.clone(), plan.dependents.clone());
        return Err(LifecycleError::Dependents { slug, dependents });
    }
    if choices.remove_tables && !plan.foreign.is_empty() {
        return Err(LifecycleError::Foreign(plan.foreign.clone()));
    }
    Ok(())
}

/// An uninstallation that is ready to be announced.
pub(super) struct Ready {
    plugin: InstalledPlugin,
    choices: UninstallChoices,
    backup: Option<String>,
    /// The journal's entry.
    pub(super) operation: Operation,
}

impl Ready {
    /// From a plan; nothing is changed yet.
    pub(super) async fn new(
        change: &Change<'_>,
        plan: &UninstallPlan,
        choices: UninstallChoices,
    ) -> Result<Self, LifecycleError> {
        refuse(plan, &choices)?;
        let plugin = records::find(change.client(), &plan.slug)
            .await?
            .ok_or_else(|| LifecycleError::NotInstalled(plan.slug.to_string()))?;
        let code = plugin.code.dir.clone().filter(|_| choices.remove_code);
        let kind = |backup| OperationKind::Uninstall {
            was: plugin.state,
            choices,
            code: code.clone(),
            backup,
        };
        let mut operation = Journal::operation(&plugin.slug, kind(None));
        let backup = choices.create_backup.then(|| backup_name(&plugin, &operation));
        operation.kind = kind(backup.clone());
        Ok(Self { plugin, choices, backup, operation })
    }

    /// Disables the plugin, backs it up and removes it, in the transaction that decides. Its tables are
    /// locked from the moment it was told, so what is removed is what was backed up.
    pub(super) async fn decide(
        &self,
        place: &Place<'_>,
        tx: &mut Transaction<'_>,
        log: Arc<dyn LogSink>,
    ) -> Result<UninstallReport, LifecycleError> {
        self.disable(place, tx, log).await?;
        kill_point("uninstall.disabled");
        let own = objects::recorded(tx.client(), &self.plugin.slug).await?;
        objects::lock(tx, &own.tables()).await?;
        let backup = match &self.backup {
            Some(name) => Some(self.back_up(place, tx, name).await?),
            None => None,
        };
        kill_point("uninstall.backed-up");
        let report = self.remove(tx, &own, backup.as_ref()).await?;
        kill_point("uninstall.decided");
        Ok(report)
    }

    /// Tells the plugin, then shuts it out. What it says to that is a warning.
    async fn disable(
        &self,
        place: &Place<'_>,
        tx: &Transaction<'_>,
        log: Arc<dyn LogSink>,
    ) -> Result<(), LifecycleError> {
        let (plugin, slug, sql) = (&self.plugin, &self.plugin.slug, tx.client());
        let has_role = records::role(sql, slug).await?.is_some();
        if plugin.state == PluginState::Enabled && has_role {
            let (shop, secrets) = (place.shop, records::secrets(sql, slug).await?);
            let access = running::access(plugin);
            let told = lend(tx, place.budget.clone(), &access, async |parts| {
                let files = running::load(shop, plugin)?;
                let start = running::start_with(shop, plugin, files, parts, secrets, log, None);
                let instance = start.await?;
                let told = running::lifecycle(&instance, "onDisable", Vec::new()).await;
                instance.stop().await;
                told.map(drop).map_err(LifecycleError::from)
            });
            if let Err(error) = told.await? {
                place.observer.warn(format!("`onDisable` of `{slug}` failed: {error}"));
            }
            // What it left to be checked at the end is checked now: a table with open checks is not dropped.
            tx.batch_execute("SET CONSTRAINTS ALL IMMEDIATE").await?;
        }
        kill_point("uninstall.told");
        if plugin.state.is_installed() {
            records::set_state(sql, slug, PluginState::Disabled).await?;
            if has_role {
                set_login(tx, slug, false).await?;
            }
        }
        Ok(())
    }

    async fn back_up(
        &self,
        place: &Place<'_>,
        tx: &mut Transaction<'_>,
        name: &str,
    ) -> Result<BackupManifest, LifecycleError> {
        place.observer.start(Stage::Backup, self.plugin.slug.as_str());
        let target = place.shop.dir().join("backups").join(name);
        let source = source_of(place.shop, tx.client(), place.observer, &self.plugin).await?;
        let manifest = backup::write_in(tx.transaction().await?, source, &target).await?;
        place.observer.finish(Stage::Backup, "verified");
        Ok(manifest)
    }

    /// Removes what was chosen, and writes down what was done.
    async fn remove(
        &self,
        tx: &Transaction<'_>,
        own: &Recorded,
        backup: Option<&BackupManifest>,
    ) -> Result<UninstallReport, LifecycleError> {
        let (plugin, choices, sql) = (&self.plugin, self.choices, tx.client());
        let slug = &plugin.slug;
        let (mut removed, mut kept) = (Vec::new(), Vec::new());
        let tables = own.tables();
        if let Some(manifest) = backup {
            if choices.remove_tables
                && let Some(table) =
                    backup::changed_table(sql, manifest, sql.schemas().shop()).await?
            {
                return Err(LifecycleError::ChangedSinceBackup(format!("the table `{table}`")));
            }
            if choices.remove_data && backup::changed_data(sql, slug, manifest).await? {
                return Err(LifecycleError::ChangedSinceBackup(
                    "the plugin's own store".to_owned(),
                ));
            }
        }
        let sizes = objects::sizes(sql, &tables).await?;
        let place = if choices.remove_tables { &mut removed } else { &mut kept };
        place.extend(
            sizes.iter().map(|table| format!("table {} ({} rows)", table.name, table.rows)),
        );
        let rows = records::data_rows(sql, slug).await?;
        let secrets = records::secret_names(sql, slug).await?;
        let settings = plugin.config.as_object().map_or(0, serde_json::Map::len);
        let place = if choices.remove_data { &mut removed } else { &mut kept };
        let counted = [(rows as usize, "rows of its own store"), (settings, "settings")];
        place.extend(counted.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
        place.extend(secrets.iter().map(|name| format!("secret {name}")));
        if let Some(dir) = &plugin.code.dir {
            let place = if choices.remove_code { &mut removed } else { &mut kept };
            place.push(format!("code {slug}/{dir}"));
        }
        if choices.remove_tables {
            objects::drop_all(tx, &own.own, choices.force).await?;
            kill_point("uninstall.tables-dropped");
            records::forget_schema(sql, slug).await?;
        }
        if choices.remove_data {
            records::forget_data(sql, slug).await?;
            records::forget_secrets(sql, slug).await?;
            kill_point("uninstall.data-removed");
        }
        if records::role(sql, slug).await?.is_some() {
            drop_role(tx, slug).await?;
            removed.push("database role".to_owned());
        }
        let record = after(plugin, &choices);
        if kept.is_empty() {
            records::forget(sql, slug).await?;
            removed.push("record".to_owned());
        } else {
            records::save(sql, &record).await?;
            kept.push("record, so that the rest can be taken over or removed later".to_owned());
        }
        let report = UninstallReport {
            slug: slug.clone(),
            version: plugin.version.clone(),
            choices,
            backup: self.backup.clone(),
            removed,
            kept,
            leftovers: Vec::new(),
        };
        records::add_uninstall(sql, &report).await?;
        history::set_pin(sql, slug, None).await?;
        let mut done = history::entry(slug, "uninstall", Some(&plugin.version), None);
        done.details = serde_json::json!({ "removed": report.removed, "kept": report.kept });
        history::add(sql, &done).await?;
        Journal::advance(sql, &self.operation, Phase::Committed).await?;
        Ok(report)
    }
}

/// The name of the backup that an operation makes.
pub(super) fn backup_name(plugin: &InstalledPlugin, operation: &Operation) -> String {
    let at: String = operation.began_at.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let id = operation.id.simple().to_string();
    format!("{}-{}-{at}-{}", plugin.slug, plugin.version, &id[..6])
}

/// Makes a verified backup of a plugin as it is at this moment.
pub(super) async fn back_up(
    change: &mut Change<'_>,
    plugin: &InstalledPlugin,
    name: &str,
) -> Result<BackupManifest, LifecycleError> {
    change.observer.start(Stage::Backup, plugin.slug.as_str());
    let target = change.shop.dir().join("backups").join(name);
    let source = source_of(change.shop, change.client(), change.observer, plugin).await?;
    let manifest = backup::write(&mut change.sql, source, &target).await?;
    change.observer.finish(Stage::Backup, "verified");
    Ok(manifest)
}

/// Everything of the plugin that a backup holds beside its rows.
async fn source_of(
    shop: &Shop,
    sql: &Client,
    observer: &dyn Observer,
    plugin: &InstalledPlugin,
) -> Result<BackupSource, LifecycleError> {
    let folder = CodeFolder::of(shop.dir(), &plugin.slug);
    let code = match folder.load(&plugin.code) {
        Ok(files) => Some(package::pack(&files, &plugin.manifest)?.tar),
        Err(CodeCheck::Changed { why }) => {
            observer.warn(format!(
                "the code of `{}` is not what was installed ({why}), so the backup is without it",
                plugin.slug
            ));
            None
        }
        Err(_) => None,
    };
    Ok(BackupSource {
        plugin: plugin.clone(),
        code,
        migrations: records::migrations(sql, &plugin.slug).await?,
        objects: objects::recorded(sql, &plugin.slug).await?.own,
        secrets: records::secret_names(sql, &plugin.slug).await?,
    })
}

/// The record of what is kept.
fn after(plugin: &InstalledPlugin, choices: &UninstallChoices) -> InstalledPlugin {
    let mut record = plugin.clone();
    record.state = PluginState::Removed;
    if choices.remove_code {
        record.code.dir = None;
    }
    if choices.remove_data {
        record.config = serde_json::json!({});
    }
    record
}

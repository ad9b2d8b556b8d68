//! Removes a plugin: disable, verified backup, data, tables, code, record.
//!
//! Up to the transaction that decides, nothing is lost by stopping. That transaction checks, with
//! the tables locked, that they are what was backed up, and drops only what the shop recorded as
//! made by the plugin and is still its own.

use super::change::Change;
use super::{CodeFolder, LifecycleError, history, leftovers, objects, records, recovery, running};
use crate::model::backup::BackupManifest;
use crate::model::event::Tell;
use crate::model::installed::{CodeCheck, InstalledPlugin, ObjectKind, PluginState};
use crate::model::operation::{Operation, OperationKind, Phase};
use crate::model::uninstall_plan::{UninstallChoices, UninstallPlan, UninstallReport};
use crate::model::{PluginSlug, Stage};
use crate::package;
use crate::sandbox::LogSink;
use crate::store::backup::{self, BackupSource};
use crate::store::journal::Journal;
use crate::store::{drop_role, set_login};
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
        foreign: objects::needed_by(sql, &recorded.own).await?,
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

/// Carries the uninstallation out. After a failure the plugin is what it was.
pub(crate) async fn apply(
    change: &mut Change<'_>,
    plan: &UninstallPlan,
    choices: UninstallChoices,
    log: std::sync::Arc<dyn LogSink>,
) -> Result<UninstallReport, LifecycleError> {
    let slug = plan.slug.clone();
    refuse(plan, &choices)?;
    change.observer.start(Stage::Uninstall, slug.as_str());
    let plugin = records::find(change.client(), &slug)
        .await?
        .ok_or_else(|| LifecycleError::NotInstalled(slug.to_string()))?;
    let operation = announce(&plugin, choices);
    change.journal.begin(&change.sql, &operation).await?;
    let report = match carry_out(change, &plugin, choices, &operation, log).await {
        Ok(report) => report,
        Err(error) => {
            let undone = recovery::undo_uninstall(change, &operation).await;
            recovery::tell_if_not_undone(change.observer, undone);
            return Err(error);
        }
    };
    kill_point("uninstall.committed");
    recovery::finish_uninstall(change, &operation).await?;
    let leftovers = leftovers::scan(change, &slug, &choices).await?;
    change.observer.finish(Stage::Uninstall, "done");
    Ok(UninstallReport { leftovers, ..report })
}

/// The journal's entry.
fn announce(plugin: &InstalledPlugin, choices: UninstallChoices) -> Operation {
    let code = plugin.code.dir.clone().filter(|_| choices.remove_code);
    let mut operation = Journal::operation(
        &plugin.slug,
        OperationKind::Uninstall { was: plugin.state, choices, code: code.clone(), backup: None },
    );
    let backup = choices.create_backup.then(|| backup_name(plugin, &operation));
    operation.kind = OperationKind::Uninstall { was: plugin.state, choices, code, backup };
    operation
}

/// The name of the backup that an operation makes.
pub(super) fn backup_name(plugin: &InstalledPlugin, operation: &Operation) -> String {
    let at: String = operation.began_at.chars().filter(|c| !matches!(c, '-' | ':')).collect();
    let id = operation.id.simple().to_string();
    format!("{}-{}-{at}-{}", plugin.slug, plugin.version, &id[..6])
}

async fn carry_out(
    change: &mut Change<'_>,
    plugin: &InstalledPlugin,
    choices: UninstallChoices,
    operation: &Operation,
    log: std::sync::Arc<dyn LogSink>,
) -> Result<UninstallReport, LifecycleError> {
    disable(change, plugin, log).await?;
    kill_point("uninstall.disabled");
    let OperationKind::Uninstall { backup: name, .. } = &operation.kind else {
        return Err(LifecycleError::NotInstalled(plugin.slug.to_string()));
    };
    let backup = match name {
        Some(name) => Some(back_up(change, plugin, name).await?),
        None => None,
    };
    kill_point("uninstall.backed-up");
    let report = decide(change, plugin, choices, operation, backup.as_ref()).await?;
    Ok(UninstallReport { backup: name.clone(), ..report })
}

/// Tells the plugin, then shuts it out. What it says to that is a warning.
async fn disable(
    change: &mut Change<'_>,
    plugin: &InstalledPlugin,
    log: std::sync::Arc<dyn LogSink>,
) -> Result<(), LifecycleError> {
    if plugin.state == PluginState::Enabled {
        let told = async {
            let instance = running::start(change.shop, &change.sql, plugin, log).await?;
            let told = running::lifecycle(&instance, "onDisable", Vec::new()).await;
            instance.stop().await;
            told.map(drop).map_err(LifecycleError::from)
        };
        if let Err(error) = told.await {
            change.observer.warn(format!("`onDisable` of `{}` failed: {error}", plugin.slug));
        }
    }
    kill_point("uninstall.told");
    if plugin.state.is_installed() {
        let tx = change.sql.transaction().await?;
        records::set_state(tx.client(), &plugin.slug, PluginState::Disabled).await?;
        if records::role(tx.client(), &plugin.slug).await?.is_some() {
            set_login(&tx, &plugin.slug, false).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

/// Makes the verified backup.
pub(super) async fn back_up(
    change: &mut Change<'_>,
    plugin: &InstalledPlugin,
    name: &str,
) -> Result<BackupManifest, LifecycleError> {
    change.observer.start(Stage::Backup, plugin.slug.as_str());
    let target = change.shop.dir().join("backups").join(name);
    let source = source_of(change, plugin).await?;
    let manifest = backup::write(&mut change.sql, source, &target).await?;
    change.observer.finish(Stage::Backup, "verified");
    Ok(manifest)
}

/// Everything of the plugin that a backup holds beside its rows.
pub(super) async fn source_of(
    change: &Change<'_>,
    plugin: &InstalledPlugin,
) -> Result<BackupSource, LifecycleError> {
    let folder = CodeFolder::of(change.shop.dir(), &plugin.slug);
    let code = match folder.load(&plugin.code) {
        Ok(files) => Some(package::pack(&files, &plugin.manifest)?.tar),
        Err(CodeCheck::Changed { why }) => {
            change.observer.warn(format!(
                "the code of `{}` is not what was installed ({why}), so the backup is without it",
                plugin.slug
            ));
            None
        }
        Err(_) => None,
    };
    let sql = change.client();
    Ok(BackupSource {
        plugin: plugin.clone(),
        code,
        migrations: records::migrations(sql, &plugin.slug).await?,
        objects: objects::recorded(sql, &plugin.slug).await?.own,
        secrets: records::secret_names(sql, &plugin.slug).await?,
    })
}

/// The transaction that decides.
async fn decide(
    change: &mut Change<'_>,
    plugin: &InstalledPlugin,
    choices: UninstallChoices,
    operation: &Operation,
    backup: Option<&BackupManifest>,
) -> Result<UninstallReport, LifecycleError> {
    let slug = &plugin.slug;
    let tx = change.sql.transaction().await?;
    let sql = tx.client();
    let (mut removed, mut kept) = (Vec::new(), Vec::new());
    let own = objects::recorded(sql, slug).await?;
    let tables = own.tables();
    objects::lock(&tx, &tables).await?;
    if let Some(manifest) = backup {
        if choices.remove_tables
            && let Some(table) = backup::changed_table(sql, manifest, sql.schemas().shop()).await?
        {
            return Err(LifecycleError::ChangedSinceBackup(format!("the table `{table}`")));
        }
        if choices.remove_data && backup::changed_data(sql, slug, manifest).await? {
            return Err(LifecycleError::ChangedSinceBackup("the plugin's own store".to_owned()));
        }
    }
    let sizes = objects::sizes(sql, &tables).await?;
    let place = if choices.remove_tables { &mut removed } else { &mut kept };
    place.extend(sizes.iter().map(|table| format!("table {} ({} rows)", table.name, table.rows)));
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
        objects::drop_all(&tx, &own.own, choices.force).await?;
        kill_point("uninstall.tables-dropped");
        records::forget_schema(sql, slug).await?;
    }
    if choices.remove_data {
        records::forget_data(sql, slug).await?;
        records::forget_secrets(sql, slug).await?;
        kill_point("uninstall.data-removed");
    }
    if records::role(sql, slug).await?.is_some() {
        drop_role(&tx, slug).await?;
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
        backup: None,
        removed,
        kept,
        leftovers: Vec::new(),
    };
    records::add_uninstall(sql, &report).await?;
    history::set_pin(sql, slug, None).await?;
    let mut done = history::entry(slug, "uninstall", Some(&plugin.version), None);
    done.details = serde_json::json!({ "removed": report.removed, "kept": report.kept });
    history::add(sql, &done).await?;
    Journal::advance(sql, operation, Phase::Committed).await?;
    tx.commit().await?;
    Ok(report)
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

//! Puts a plugin back from a backup: code, tables, rows, own store, settings. Secrets are not in a
//! backup. Nothing of the plugin runs.

use std::path::Path;

use crate::store::sql::Transaction;

use super::change::Change;
use super::rehearsal::remember_schema;
use super::{CodeFolder, LifecycleError, history, objects, records, recovery};
use crate::model::Stage;
use crate::model::backup::BackupManifest;
use crate::model::event::Tell;
use crate::model::installed::{InstalledPlugin, PluginSource};
use crate::model::operation::{Operation, OperationKind, Phase};
use crate::store::backup::{self, BackupError};
use crate::store::journal::{Interrupted, Journal};
use crate::store::{create_role, drop_role, grant, run_migration};
use crate::sys::kill_point::kill_point;

/// Restores the backup in `dir`.
pub(crate) async fn restore(
    change: &mut Change<'_>,
    dir: &Path,
) -> Result<InstalledPlugin, LifecycleError> {
    let manifest = backup::open(dir)?;
    let package = backup::code(dir, &manifest)?;
    let slug = manifest.slug.clone();
    change.observer.start(Stage::Install, slug.as_str());
    refuse_occupied(change, &manifest).await?;
    let folder = CodeFolder::of(change.shop.dir(), &slug);
    let mut plugin = manifest.plugin.clone();
    plugin.source = PluginSource::Backup { name: shown(dir) };
    plugin.code.dir =
        package.as_ref().map(|_| CodeFolder::name(&plugin.version, &plugin.code.content));
    let new = plugin.code.dir.clone().filter(|name| !folder.has(name));
    if let (Some(package), Some(_)) = (&package, &plugin.code.dir) {
        plugin.code.files = package.listing.files.clone();
    }
    let kind = OperationKind::Restore { code: new.clone() };
    let operation = Journal::operation(&slug, kind);
    change.journal.begin(&change.sql, &operation).await?;
    let done = async {
        if let (Some(name), Some(package)) = (&new, &package) {
            folder.put(name, &package.files, operation.id)?;
        }
        decide(change, dir, &manifest, &plugin, &operation).await
    };
    if let Err(error) = done.await {
        let interrupted = Interrupted { operation, phase: Some(Phase::Begun) };
        let undone = recovery::recover(change, interrupted).await;
        recovery::tell_if_not_undone(change.observer, undone.map(drop));
        return Err(error);
    }
    kill_point("restore.committed");
    change.journal.close(&change.sql, &operation).await?;
    change.observer.finish(Stage::Install, plugin.version.to_string());
    Ok(plugin)
}

/// Whether the backup could be restored: whole, and nothing that it brings is there. Changes nothing.
pub(crate) async fn check(
    change: &Change<'_>,
    dir: &Path,
) -> Result<BackupManifest, LifecycleError> {
    let manifest = backup::open(dir)?;
    backup::code(dir, &manifest)?;
    refuse_occupied(change, &manifest).await?;
    Ok(manifest)
}

fn shown(dir: &Path) -> String {
    dir.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Nothing that the backup brings may be there.
async fn refuse_occupied(
    change: &Change<'_>,
    manifest: &BackupManifest,
) -> Result<(), LifecycleError> {
    let (sql, slug) = (change.client(), &manifest.slug);
    let occupied = |what: String| Err(BackupError::Occupied(what).into());
    if let Some(plugin) = records::find(sql, slug).await? {
        if plugin.state.is_installed() {
            return occupied(format!("the plugin `{slug}` {}", plugin.version));
        }
        let kept = objects::recorded(sql, slug).await?;
        if let Some(object) = kept.own.first() {
            return occupied(format!("the {} `{}`", object.kind.as_str(), object.name));
        }
    }
    if records::data_rows(sql, slug).await? > 0 {
        return occupied(format!("data of `{slug}` in plugin_data"));
    }
    for object in &manifest.objects {
        let row = sql
            .query_one(
                "SELECT to_regclass(quote_ident($1)) IS NOT NULL
                     OR to_regtype(quote_ident($1)) IS NOT NULL",
                &[&object.name],
            )
            .await?;
        if row.try_get(0)? {
            return occupied(format!("the {} `{}`", object.kind.as_str(), object.name));
        }
    }
    Ok(())
}

async fn decide(
    change: &mut Change<'_>,
    dir: &Path,
    manifest: &BackupManifest,
    plugin: &InstalledPlugin,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    let tx = change.sql.transaction().await?;
    enter(&tx, dir, manifest, plugin.clone()).await?;
    if plugin.state.is_installed() {
        grant(&tx, &plugin.slug, &plugin.manifest.permissions).await?;
    } else {
        drop_role(&tx, &plugin.slug).await?;
    }
    let mut done = history::entry(&plugin.slug, "restore", None, Some(&plugin.version));
    done.details = serde_json::json!({ "backup": shown(dir) });
    history::add(tx.client(), &done).await?;
    Journal::advance(tx.client(), operation, Phase::Committed).await?;
    tx.commit().await?;
    Ok(())
}

/// Brings record, tables, rows and own store of a backup into the database; the plugin's new role
/// owns them. Its definitions pass the gate that every migration passes.
pub(super) async fn enter(
    tx: &Transaction<'_>,
    dir: &Path,
    manifest: &BackupManifest,
    plugin: InstalledPlugin,
) -> Result<(), LifecycleError> {
    let (sql, slug) = (tx.client(), &manifest.slug);
    create_role(tx, slug, &plugin.manifest.resource_limits).await?;
    records::save(sql, &plugin).await?;
    let definitions = backup::definitions(dir, manifest)?;
    let run = async |statements: &[String]| {
        let text: String = statements.iter().flat_map(|s| [s.as_str(), ";\n"]).collect();
        run_migration(tx, slug, &text)
            .await
            .map_err(|source| LifecycleError::Migration { name: "schema.json".to_owned(), source })
    };
    run(&definitions.before_rows).await?;
    backup::restore_tables(sql, dir, manifest, sql.schemas().shop()).await?;
    run(&definitions.after_rows).await?;
    backup::restore_data(sql, dir, manifest).await?;
    records::recount_storage(sql, slug).await?;
    records::add_objects(sql, slug, &manifest.objects).await?;
    for migration in &manifest.migrations {
        records::add_migration(sql, slug, migration).await?;
    }
    if let Some(table) = backup::changed_table(sql, manifest, sql.schemas().shop()).await? {
        return Err(BackupError::Unverified(format!("`{table}` came out differently")).into());
    }
    if backup::changed_data(sql, slug, manifest).await? {
        let message = "the plugin's own store came out differently".to_owned();
        return Err(BackupError::Unverified(message).into());
    }
    remember_schema(tx, slug).await
}

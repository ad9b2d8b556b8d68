//! Goes back to an earlier release: its code and settings from a backup, its tables by down scripts or
//! from the backup, too. Nothing of the plugin runs.
//!
//! One transaction decides; a backup of how things are now is made before. A rehearsal happens in a
//! scratch copy.

use std::path::PathBuf;

use crate::store::sql::Transaction;
use serde_json::json;

use super::change::Change;
use super::rehearsal::remember_schema;
use super::replace_error::ReplaceError;
use super::{
    CodeFolder, LifecycleError, history, migrations, objects, records, replace, restore, running,
    scratch, update,
};
use crate::model::backup::BackupManifest;
use crate::model::event::Tell;
use crate::model::installed::{AppliedMigration, CodeCheck, InstalledPlugin, PluginState};
use crate::model::operation::{OperationKind, Phase};
use crate::model::rollback_plan::{DataChoice, RollbackPlan};
use crate::model::{PluginSlug, Stage};
use crate::package::Package;
use crate::store::backup;
use crate::store::journal::Journal;
use crate::store::{grant, run_migration, set_limits, set_login};
use crate::sys::kill_point::kill_point;

/// Where to go back to, and how.
#[derive(Debug, Clone)]
pub(crate) struct Wanted {
    /// A version, or the name of a backup; the release before the installed one when it is absent.
    pub to: Option<String>,
    /// What becomes of rows written since; decided by whether there are down scripts when absent.
    pub data: Option<DataChoice>,
    /// Drop what others built on the plugin's tables.
    pub force: bool,
}

/// A plan, and what it was made from.
pub(crate) struct RollbackPlanned {
    /// What people see.
    pub plan: RollbackPlan,
    dir: PathBuf,
    manifest: BackupManifest,
    package: Package,
    previous: InstalledPlugin,
    /// Down scripts in the order in which they run, with the migrations they take back.
    downs: Vec<(String, String)>,
    force: bool,
}

/// Decides how to go back, or why it will not be done.
pub(crate) async fn plan(
    change: &Change<'_>,
    slug: &PluginSlug,
    wanted: &Wanted,
) -> Result<RollbackPlanned, LifecycleError> {
    let sql = change.client();
    let previous = update::installed(change, slug).await?;
    let dir = target(change, &previous, wanted)?;
    let manifest = backup::open(&dir)?;
    let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let package = backup::code(&dir, &manifest)?.ok_or(ReplaceError::NoCode(name.clone()))?;
    update::refuse_out_of_range(change, slug, &manifest.version, &Default::default()).await?;
    let applied = records::migrations(sql, slug).await?;
    let (downs, undone, without_down) =
        way_back(change, &previous, &applied, &manifest.migrations)?;
    let data = match wanted.data {
        Some(DataChoice::Keep) | None if !without_down.is_empty() => {
            return Err(ReplaceError::NoWayBack(without_down).into());
        }
        Some(data) => data,
        None => DataChoice::Keep,
    };
    let own = objects::recorded(sql, slug).await?;
    let mut foreign = objects::needed_by(sql, &own.own).await?;
    foreign.extend(objects::rows_pointing_at(sql, &own.own).await?);
    if data == DataChoice::Restore && !foreign.is_empty() && !wanted.force {
        return Err(ReplaceError::PointedAt(foreign).into());
    }
    let held = records::secret_names(sql, slug).await?;
    let mut secrets_missing = manifest.plugin.manifest.secrets.clone();
    secrets_missing.retain(|name| !held.contains(name));
    let plan = RollbackPlan {
        slug: slug.clone(),
        from: previous.version.clone(),
        to: manifest.version.clone(),
        backup: name,
        backed_up_at: manifest.created_at.clone(),
        data,
        undone,
        without_down,
        tables: objects::sizes(sql, &own.tables()).await?,
        backup_rows: manifest.tables.iter().map(|table| table.rows).sum(),
        foreign,
        secrets_missing,
    };
    Ok(RollbackPlanned { plan, dir, manifest, package, previous, downs, force: wanted.force })
}

/// The backup to go back to: by name, by version, or the newest of another version.
fn target(
    change: &Change<'_>,
    plugin: &InstalledPlugin,
    wanted: &Wanted,
) -> Result<PathBuf, LifecycleError> {
    let mut found = Vec::new();
    for dir in backup::list(&change.shop.dir().join("backups"))? {
        // A backup that cannot be read is none to go back to; `backup list` says what is wrong.
        let Ok(manifest) = backup::peek(&dir) else { continue };
        if manifest.slug != plugin.slug {
            continue;
        }
        let is_it = match wanted.to.as_deref() {
            None => manifest.version != plugin.version,
            Some(to) => {
                manifest.version.to_string() == to
                    || dir.file_name().is_some_and(|name| name.to_string_lossy() == to)
            }
        };
        if is_it {
            found.push(((manifest.position, manifest.created_at), dir));
        }
    }
    let newest = found.into_iter().max().map(|(_, dir)| dir);
    newest.ok_or_else(|| {
        ReplaceError::NoTarget { slug: plugin.slug.clone(), wanted: wanted.to.clone() }.into()
    })
}

type WayBack = (Vec<(String, String)>, Vec<String>, Vec<String>);

/// Down scripts, newest first; what they take back; and what cannot be taken back.
fn way_back(
    change: &Change<'_>,
    plugin: &InstalledPlugin,
    now: &[AppliedMigration],
    then: &[AppliedMigration],
) -> Result<WayBack, LifecycleError> {
    let is_same = |(a, b): &(&AppliedMigration, &AppliedMigration)| {
        a.name == b.name && a.checksum == b.checksum
    };
    let common = now.iter().zip(then).take_while(is_same).count();
    // What the backup had and the shop has not cannot come from a down script.
    let mut without: Vec<String> = then[common..].iter().map(|m| m.name.clone()).collect();
    let undone: Vec<&AppliedMigration> = now[common..].iter().rev().collect();
    let known = match running::load(change.shop, plugin) {
        Ok(files) => migrations::of(&files)?,
        Err(_) => Vec::new(),
    };
    let mut downs = Vec::new();
    for migration in &undone {
        let script = known.iter().find(|m| m.name == migration.name);
        match script.and_then(|m| m.down.clone()) {
            Some(down) => downs.push((migration.name.clone(), down)),
            None => without.push(migration.name.clone()),
        }
    }
    Ok((downs, undone.into_iter().map(|m| m.name.clone()).collect(), without))
}

/// Goes back. After a failure the plugin is what it was. With `verify` everything is done and rolled
/// back again, and nothing is left of it.
pub(crate) async fn apply(
    change: &mut Change<'_>,
    planned: RollbackPlanned,
    verify: bool,
) -> Result<(), LifecycleError> {
    let slug = planned.plan.slug.clone();
    let mut plugin = planned.manifest.plugin.clone();
    let name = CodeFolder::name(&plugin.version, &plugin.code.content);
    plugin.state = planned.previous.state;
    plugin.code.dir = Some(name.clone());
    plugin.code.files = planned.package.listing.files.clone();
    let folder = CodeFolder::of(change.shop.dir(), &slug);
    let is_there = folder.has(&name);
    if is_there && folder.check(&plugin.code) != CodeCheck::Intact {
        return Err(LifecycleError::CodeOccupied(folder.path(&name)));
    }
    change.observer.start(Stage::Install, format!("{slug} {}", plugin.version));
    if verify {
        let tx = change.sql.transaction().await?;
        rehearse(&tx, &planned, &plugin).await?;
        tx.rollback().await?;
        change.observer.finish(Stage::Install, "rehearsed");
        return Ok(());
    }
    let previous = planned.previous.clone();
    let (operation, what) =
        replace::announce(&previous, &plugin, is_there, OperationKind::Rollback);
    replace::journaled(change, &previous, &operation, &what, async |change| {
        if let Some(name) = &what.code {
            folder.put(name, &planned.package.files, operation.id)?;
        }
        let tx = change.sql.transaction().await?;
        go_back(&tx, &planned, &plugin).await?;
        let mut done = history::entry(&slug, "rollback", Some(&what.from), Some(&what.to));
        done.details = json!({
            "to_backup": planned.plan.backup, "data": planned.plan.data, "backup": what.backup,
        });
        history::add(tx.client(), &done).await?;
        Journal::advance(tx.client(), &operation, Phase::Finished).await?;
        kill_point("rollback.decided");
        tx.commit().await?;
        Ok(())
    })
    .await?;
    change.observer.finish(Stage::Install, what.to.to_string());
    Ok(())
}

/// Tries the way back in a scratch copy. Scripts that name the shop's schema cannot run in a copy, so
/// they run over the real tables, which are locked until all of it is rolled back.
async fn rehearse(
    tx: &Transaction<'_>,
    planned: &RollbackPlanned,
    plugin: &InstalledPlugin,
) -> Result<(), LifecycleError> {
    let (dir, manifest) = (&planned.dir, &planned.manifest);
    match planned.plan.data {
        DataChoice::Restore => scratch::try_restore(tx, plugin, dir, manifest).await,
        DataChoice::Keep if scratch::names_schema(&planned.downs) => {
            go_back(tx, planned, plugin).await
        }
        DataChoice::Keep => {
            let then = backup::definitions(dir, manifest)?;
            scratch::try_downs(tx, plugin, &planned.downs, &then).await
        }
    }
}

/// Everything that the database has of it.
async fn go_back(
    tx: &Transaction<'_>,
    planned: &RollbackPlanned,
    plugin: &InstalledPlugin,
) -> Result<(), LifecycleError> {
    let (sql, slug) = (tx.client(), &plugin.slug);
    let own = objects::recorded(sql, slug).await?;
    objects::lock(tx, &own.tables()).await?;
    match planned.plan.data {
        DataChoice::Keep => {
            for (name, down) in &planned.downs {
                let made = run_migration(tx, slug, down)
                    .await
                    .map_err(|source| migrations::failed(&down_name(name), source))?;
                records::add_objects(sql, slug, &objects::of_migration(&made)).await?;
                records::forget_migration(sql, slug, name).await?;
                kill_point("rollback.migrated");
            }
            replace::forget_gone(sql, slug).await?;
            records::save(sql, plugin).await?;
            compare(tx, planned).await?;
        }
        DataChoice::Restore => {
            objects::drop_all(tx, &own.own, planned.force).await?;
            records::forget_schema(sql, slug).await?;
            records::forget_data(sql, slug).await?;
            kill_point("rollback.dropped");
            restore::enter(tx, &planned.dir, &planned.manifest, plugin.clone()).await?;
        }
    }
    set_limits(tx, slug, &plugin.manifest.resource_limits).await?;
    grant(tx, slug, &plugin.manifest.permissions).await?;
    set_login(tx, slug, plugin.state == PluginState::Enabled).await?;
    remember_schema(tx, slug).await
}

pub(super) fn down_name(name: &str) -> String {
    format!("{}.down.sql", name.strip_suffix(".sql").unwrap_or(name))
}

/// The down scripts must have led to the very tables that the backup describes.
async fn compare(tx: &Transaction<'_>, planned: &RollbackPlanned) -> Result<(), LifecycleError> {
    let sql = tx.client();
    tx.batch_execute("SET LOCAL search_path = public, pg_temp").await?;
    let own = objects::recorded(sql, &planned.plan.slug).await?.own;
    let now = backup::definitions_of(sql, sql.schemas().shop(), &own).await?;
    let then = backup::definitions(&planned.dir, &planned.manifest)?;
    match now.first_difference(&then) {
        None => Ok(()),
        Some(difference) => Err(ReplaceError::NotBack(difference).into()),
    }
}

//! Finishes or undoes a change that was interrupted, and undoes one that failed.
//!
//! Each step can be interrupted itself and is repeated by the next run: what is gone already is
//! removed already.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::change::Change;
use super::install::BEFORE;
use super::{CodeFolder, LifecycleError, objects, records, restore, running};
use crate::model::event::Tell;
use crate::model::installed::PluginState;
use crate::model::operation::{Operation, OperationKind, Phase, Recovered, Replacement};
use crate::model::{Observer, PluginSlug};
use crate::sandbox::{LogLevel, LogSink};
use crate::store::backup;
use crate::store::journal::{Interrupted, Journal, remove_if_there};
use crate::store::{drop_role, set_login};
use crate::sys::kill_point::kill_point;

/// Deals with one interrupted change.
pub(super) async fn recover(
    change: &mut Change<'_>,
    interrupted: Interrupted,
) -> Result<Recovered, LifecycleError> {
    let Interrupted { operation, phase } = interrupted;
    if phase.is_none() {
        // Never announced: whatever it was to do, it has not begun.
        change.journal.close(&change.sql, &operation).await?;
        let word = operation.kind.word();
        return Ok(Recovered { slug: operation.slug, operation: word, finished: false });
    }
    let finished = match (&operation.kind, phase) {
        (OperationKind::Install { .. }, Some(Phase::Finished)) => {
            finish_install(change, &operation).await?;
            true
        }
        (OperationKind::Install { .. }, _) => {
            undo_install(change, &operation).await?;
            false
        }
        (OperationKind::Uninstall { .. }, Some(Phase::Committed | Phase::Finished)) => {
            finish_uninstall(change, &operation).await?;
            true
        }
        (OperationKind::Uninstall { .. }, _) => {
            undo_uninstall(change, &operation).await?;
            false
        }
        (OperationKind::Restore { .. }, Some(Phase::Committed | Phase::Finished)) => {
            change.journal.close(&change.sql, &operation).await?;
            true
        }
        (OperationKind::Restore { code }, _) => {
            remove_new_code(change, &operation, code.as_deref()).await?;
            change.journal.close(&change.sql, &operation).await?;
            false
        }
        (OperationKind::Update(what) | OperationKind::Rollback(what), Some(Phase::Finished)) => {
            finish_replacement(change, &operation, what).await?;
            true
        }
        (OperationKind::Update(what) | OperationKind::Rollback(what), _) => {
            undo_replacement(change, &operation, what).await?;
            false
        }
        (OperationKind::Enable | OperationKind::Disable, Some(Phase::Finished)) => {
            change.journal.close(&change.sql, &operation).await?;
            true
        }
        // What the plugin was told happened in the transaction that was never committed.
        (OperationKind::Enable | OperationKind::Disable, _) => {
            change.journal.close(&change.sql, &operation).await?;
            false
        }
    };
    let word = operation.kind.word();
    Ok(Recovered { slug: operation.slug, operation: word, finished })
}

/// The last steps of an installation that stands.
pub(super) async fn finish_install(
    change: &Change<'_>,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    if let OperationKind::Install { superseded: Some(old), .. } = &operation.kind {
        let folder = CodeFolder::of(change.shop.dir(), &operation.slug);
        folder.remove(old, operation.id)?;
    }
    change.journal.close(&change.sql, operation).await
}

/// Takes an installation back, however far it came.
pub(super) async fn undo_install(
    change: &mut Change<'_>,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    let slug = &operation.slug;
    let phase = change.journal.phase(&change.sql, operation).await?;
    if phase == Some(Phase::Committed) {
        leave(change, operation).await?;
    }
    kill_point("undo.database-done");
    if let OperationKind::Install { code, .. } = &operation.kind {
        remove_new_code(change, operation, code.as_deref()).await?;
    }
    change.observer.detail(format!("the installation of `{slug}` was undone"));
    change.journal.close(&change.sql, operation).await
}

/// Takes everything of the plugin out of the database and puts back what an earlier installation
/// had left.
async fn leave(change: &mut Change<'_>, operation: &Operation) -> Result<(), LifecycleError> {
    let slug = &operation.slug;
    let undo = Journal::undo_of(&change.sql, operation).await?;
    let before = change.journal.workplace(operation.id).join(BEFORE);
    let tx = change.sql.transaction().await?;
    let own = objects::recorded(tx.client(), slug).await?.own;
    objects::drop_all(&tx, &own, false).await?;
    records::forget_data(tx.client(), slug).await?;
    if records::role(tx.client(), slug).await?.is_some() {
        drop_role(&tx, slug).await?;
    }
    records::forget(tx.client(), slug).await?;
    if before.join("manifest.json").is_file() {
        let manifest = backup::open(&before)?;
        restore::enter(&tx, &before, &manifest, manifest.plugin.clone()).await?;
        let secrets: BTreeMap<String, String> =
            serde_json::from_value(undo["secrets"].clone()).unwrap_or_default();
        records::set_secrets(tx.client(), slug, &secrets).await?;
        // It was not installed: its tables wait without a role.
        drop_role(&tx, slug).await?;
    }
    Journal::advance(tx.client(), operation, Phase::Begun).await?;
    tx.commit().await?;
    Ok(())
}

/// Removes code that the operation put there, unless the plugin's record names it.
async fn remove_new_code(
    change: &Change<'_>,
    operation: &Operation,
    code: Option<&str>,
) -> Result<(), LifecycleError> {
    let folder = CodeFolder::of(change.shop.dir(), &operation.slug);
    folder.sweep(operation.id)?;
    let Some(name) = code else { return Ok(()) };
    let record = records::find(&change.sql, &operation.slug).await?;
    if record.and_then(|plugin| plugin.code.dir).as_deref() != Some(name) {
        folder.remove(name, operation.id)?;
    }
    Ok(())
}

/// The last steps of an update, or a way back, that stands.
pub(super) async fn finish_replacement(
    change: &Change<'_>,
    operation: &Operation,
    what: &Replacement,
) -> Result<(), LifecycleError> {
    if let Some(old) = &what.superseded {
        CodeFolder::of(change.shop.dir(), &operation.slug).remove(old, operation.id)?;
        kill_point("replace.code-removed");
    }
    change.journal.close(&change.sql, operation).await
}

/// Takes back an update, or a way back, that was not decided. The database never had anything of it:
/// there are only the new code and the backup of data that is all still there.
pub(super) async fn undo_replacement(
    change: &Change<'_>,
    operation: &Operation,
    what: &Replacement,
) -> Result<(), LifecycleError> {
    remove_new_code(change, operation, what.code.as_deref()).await?;
    kill_point("undo.code-removed");
    remove_backup(change, &what.backup)?;
    change.observer.detail(format!("the {} was undone", operation.kind.word()));
    change.journal.close(&change.sql, operation).await
}

fn remove_backup(change: &Change<'_>, name: &str) -> Result<(), LifecycleError> {
    let folder = change.shop.dir().join("backups");
    let target = folder.join(name);
    remove_if_there(&backup::partial(&target))?;
    remove_if_there(&target)?;
    backup::sweep(&folder)?;
    Ok(())
}

/// The last steps of an uninstallation that was decided.
pub(super) async fn finish_uninstall(
    change: &Change<'_>,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    if let OperationKind::Uninstall { code: Some(name), .. } = &operation.kind {
        let folder = CodeFolder::of(change.shop.dir(), &operation.slug);
        folder.remove(name, operation.id)?;
        kill_point("uninstall.code-removed");
    }
    change.journal.close(&change.sql, operation).await
}

/// Takes an uninstallation back that was not decided yet: the plugin is what it was, and the
/// backup, of data that is all still there, goes.
pub(super) async fn undo_uninstall(
    change: &mut Change<'_>,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    let OperationKind::Uninstall { was, backup, .. } = &operation.kind else { return Ok(()) };
    let slug = &operation.slug;
    let was_changed = records::find(&change.sql, slug).await?.is_some_and(|p| p.state != *was);
    if was_changed {
        let tx = change.sql.transaction().await?;
        records::set_state(tx.client(), slug, *was).await?;
        if records::role(tx.client(), slug).await?.is_some() {
            set_login(&tx, slug, *was == PluginState::Enabled).await?;
        }
        tx.commit().await?;
        if *was == PluginState::Enabled {
            enable_again(change, slug).await;
        }
    }
    if let Some(name) = backup {
        remove_backup(change, name)?;
    }
    change.journal.close(&change.sql, operation).await
}

/// `onDisable` had run, so `onEnable` does. That it fails takes nothing from the recovery.
async fn enable_again(change: &Change<'_>, slug: &PluginSlug) {
    let started = async {
        let Some(plugin) = records::find(&change.sql, slug).await? else { return Ok(()) };
        let log = Arc::new(Discard);
        let instance = running::start(change.shop, &change.sql, &plugin, log).await?;
        let enabled = running::lifecycle(&instance, "onEnable", Vec::new()).await;
        instance.stop().await;
        enabled.map(drop).map_err(LifecycleError::from)
    };
    if let Err(error) = started.await {
        change.observer.warn(format!("`{slug}` is enabled again, but `onEnable` failed: {error}"));
    }
}

/// Why a change failed matters more than that it could not be undone at once.
pub(super) fn tell_if_not_undone(observer: &dyn Observer, undone: Result<(), LifecycleError>) {
    if let Err(error) = undone {
        observer.warn(format!(
            "the change could not be undone now; the next command that changes the shop does it: \
             {error}"
        ));
    }
}

/// Takes no note of what the plugin logs.
struct Discard;

impl LogSink for Discard {
    fn log(&self, _: LogLevel, _: &str) {}
}

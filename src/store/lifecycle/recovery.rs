//! Finishes or undoes a change that was interrupted, and undoes one that failed.
//!
//! Each step can be interrupted itself and is repeated by the next run: what is gone already is
//! removed already.

use super::change::Change;
use super::{CodeFolder, LifecycleError, records};
use crate::model::Observer;
use crate::model::event::Tell;
use crate::model::installed::PluginState;
use crate::model::operation::{Operation, OperationKind, Phase, Recovered, Replacement};
use crate::store::backup;
use crate::store::journal::{Interrupted, Journal, remove_if_there};
use crate::store::set_login;
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
        (OperationKind::Install { .. }, Some(Phase::Committed)) => {
            leave_disabled(change, &operation).await?;
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
        // What the plugin was told happened in the transaction that decided, or never was.
        (OperationKind::Enable | OperationKind::Disable | OperationKind::Settings, _) => {
            change.journal.close(&change.sql, &operation).await?;
            phase == Some(Phase::Finished)
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

/// Takes an installation back that was not decided. The database never had anything of it.
pub(super) async fn undo_install(
    change: &Change<'_>,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    if let OperationKind::Install { code, .. } = &operation.kind {
        remove_new_code(change, operation, code.as_deref()).await?;
    }
    kill_point("undo.code-removed");
    change.observer.detail(format!("the installation of `{}` was undone", operation.slug));
    change.journal.close(&change.sql, operation).await
}

/// An installation of an earlier build that was decided before the plugin had shown that it starts. It
/// stays, and `enable` lets it show that.
async fn leave_disabled(
    change: &mut Change<'_>,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    let slug = &operation.slug;
    let tx = change.sql.transaction().await?;
    records::set_state(tx.client(), slug, PluginState::Disabled).await?;
    set_login(&tx, slug, false).await?;
    Journal::advance(tx.client(), operation, Phase::Finished).await?;
    tx.commit().await?;
    change.observer.warn(format!("`{slug}` was not started yet: `daino-pdk enable {slug}`"));
    finish_install(change, operation).await
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
    change: &Change<'_>,
    operation: &Operation,
) -> Result<(), LifecycleError> {
    if let OperationKind::Uninstall { backup: Some(name), .. } = &operation.kind {
        remove_backup(change, name)?;
    }
    change.journal.close(&change.sql, operation).await
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

//! What an update and a way back have in common: the journal's entry, the backup, and the end.

use serde_json::json;

use super::change::Change;
use super::{LifecycleError, history, objects, records, recovery, uninstall};
use crate::model::installed::InstalledPlugin;
use crate::model::operation::{Operation, OperationKind, Replacement};
use crate::store::journal::Journal;
use crate::sys::kill_point::kill_point;

/// The journal's entry of a replacement, with the name of the backup it makes.
pub(super) fn announce(
    previous: &InstalledPlugin,
    next: &InstalledPlugin,
    is_there: bool,
    kind: fn(Replacement) -> OperationKind,
) -> (Operation, Replacement) {
    let mut operation = Journal::operation(&previous.slug, OperationKind::Enable);
    let name = next.code.dir.clone();
    let what = Replacement {
        from: previous.version.clone(),
        to: next.version.clone(),
        superseded: previous.code.dir.clone().filter(|old| Some(old) != name.as_ref()),
        code: name.filter(|_| !is_there),
        backup: uninstall::backup_name(previous, &operation),
    };
    operation.kind = kind(what.clone());
    (operation, what)
}

/// Carries a replacement out: announced, backed up, done in `work`, and closed. After a failure
/// everything is as it was.
pub(super) async fn journaled<T>(
    change: &mut Change<'_>,
    previous: &InstalledPlugin,
    operation: &Operation,
    what: &Replacement,
    work: impl AsyncFnOnce(&mut Change<'_>) -> Result<T, LifecycleError>,
) -> Result<T, LifecycleError> {
    change.journal.begin(&change.sql, operation).await?;
    let done = async {
        uninstall::back_up(change, previous, &what.backup).await?;
        kill_point("replace.backed-up");
        work(change).await
    }
    .await;
    match done {
        Ok(done) => {
            kill_point("replace.committed");
            recovery::finish_replacement(change, operation, what).await?;
            Ok(done)
        }
        Err(error) => {
            let undone = recovery::undo_replacement(change, operation, what).await;
            recovery::tell_if_not_undone(change.observer, undone);
            note_undone(change, operation, Some(what), &error).await;
            Err(error)
        }
    }
}

/// Writes down that a change was undone. That this fails takes nothing from the failure itself.
pub(super) async fn note_undone(
    change: &Change<'_>,
    operation: &Operation,
    what: Option<&Replacement>,
    error: &LifecycleError,
) {
    let (from, to) = (what.map(|w| &w.from), what.map(|w| &w.to));
    let mut entry = history::entry(&operation.slug, operation.kind.word(), from, to);
    entry.verdict = "undone".to_owned();
    entry.details = json!({ "why": error.to_string() });
    let _ = history::add(&change.sql, &entry).await;
}

/// Forgets recorded objects that a migration dropped or renamed.
pub(super) async fn forget_gone(
    sql: &crate::store::sql::Client,
    slug: &crate::model::PluginSlug,
) -> Result<(), LifecycleError> {
    let gone = objects::recorded(sql, slug).await?.gone;
    records::forget_objects(sql, slug, &gone).await
}

//! Backups that somebody asks for, brings in from elsewhere, or removes. The shop's lock is held
//! meanwhile, so that nobody sweeps away what another is writing.

use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::change::Change;
use super::{LifecycleError, history, records, uninstall};
use crate::model::backup::BackupManifest;
use crate::model::event::Tell;
use crate::model::operation::OperationKind;
use crate::model::{PluginSlug, Stage};
use crate::store::backup::{self, Imported, Swept};
use crate::store::journal::Journal;

fn folder(change: &Change<'_>) -> PathBuf {
    change.shop.dir().join("backups")
}

/// Makes a backup of a plugin as it is; its name, and what it holds.
pub(crate) async fn create_backup(
    change: &mut Change<'_>,
    slug: &PluginSlug,
) -> Result<(String, BackupManifest), LifecycleError> {
    let plugin = records::find(change.client(), slug)
        .await?
        .ok_or_else(|| LifecycleError::NotInstalled(slug.to_string()))?;
    // What an earlier one that was killed has left.
    backup::sweep(&folder(change))?;
    let name = uninstall::backup_name(&plugin, &Journal::operation(slug, OperationKind::Enable));
    let manifest = uninstall::back_up(change, &plugin, &name).await?;
    let mut done = history::entry(slug, "backup", None, Some(&plugin.version));
    done.details = json!({ "backup": name });
    history::add(change.client(), &done).await?;
    Ok((name, manifest))
}

/// Brings a backup in from one file.
pub(crate) async fn import_backup(
    change: &mut Change<'_>,
    from: &Path,
    input: impl Read,
) -> Result<Imported, LifecycleError> {
    change.observer.start(Stage::Backup, from.display().to_string());
    let imported = backup::import(&folder(change), from, input)?;
    change.observer.finish(Stage::Backup, "imported");
    Ok(imported)
}

/// Removes backups, and the pieces that no other backup names.
pub(crate) async fn remove_backups(
    change: &mut Change<'_>,
    names: &[String],
) -> Result<Swept, LifecycleError> {
    let folder = folder(change);
    for name in names {
        let dir = folder.join(name);
        let slug = backup::peek(&dir).ok().map(|manifest| manifest.slug);
        backup::remove(&dir)?;
        if let Some(slug) = slug {
            let mut done = history::entry(&slug, "prune", None, None);
            done.details = json!({ "backup": name });
            history::add(change.client(), &done).await?;
        }
    }
    Ok(backup::sweep(&folder)?)
}

//! Lists, verifies and restores backups of plugins.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::backup::BackupManifest;
use crate::model::installed::PluginState;
use crate::model::{ExitCode, Observer, PluginSlug};
use crate::ops::open_shop::{ShopPlace, in_shop};
use crate::store::backup;
use crate::store::lifecycle::{self, Change};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NO_FOLDER];

static NO_FOLDER: ErrorCode = ErrorCode {
    id: "backup.no-shop",
    exit: ExitCode::Usage,
    meaning: "There is no shop whose backups could be looked at.",
    remedy: "Name the shop's directory with `--store PATH`.",
};

/// One backup.
#[derive(Debug, Serialize)]
pub(crate) struct ListedBackup {
    /// Its name.
    pub name: String,
    /// The plugin; `None` when the backup is damaged.
    pub slug: Option<PluginSlug>,
    /// Its version.
    pub version: Option<semver::Version>,
    /// When it was made.
    pub created_at: Option<String>,
    /// Rows of its tables.
    pub rows: u64,
    /// What is wrong with it.
    pub damage: Option<String>,
}

/// The backups of a shop.
#[derive(Debug, Serialize)]
pub(crate) struct BackupList {
    /// By name.
    pub backups: Vec<ListedBackup>,
}

/// One backup in full.
#[derive(Debug, Serialize)]
pub(crate) struct BackupDetails {
    /// Its name.
    pub name: String,
    /// Whether every part was read and is what was written.
    pub verified: bool,
    /// What it holds.
    pub manifest: BackupManifest,
}

/// What was restored.
#[derive(Debug, Serialize)]
pub(crate) struct RestoreOutcome {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// Its state now.
    pub state: PluginState,
    /// Rows of its tables.
    pub rows: u64,
    /// Secrets that it had and that a backup never holds.
    pub secrets_missing: Vec<String>,
}

/// Lists the backups; every digest is checked.
pub(crate) fn list(place: &ShopPlace) -> Result<BackupList, Failure> {
    let folder = place.dir.join("backups");
    if !folder.is_dir() {
        let message = format!("there is no shop in `{}`", place.dir.display());
        return Err(Failure::new(&NO_FOLDER, message).hint("name its directory: `--store PATH`"));
    }
    let listed = |dir: PathBuf| {
        let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match backup::open(&dir) {
            Ok(manifest) => ListedBackup {
                name,
                rows: rows(&manifest),
                slug: Some(manifest.slug),
                version: Some(manifest.version),
                created_at: Some(manifest.created_at),
                damage: None,
            },
            Err(error) => ListedBackup {
                name,
                slug: None,
                version: None,
                created_at: None,
                rows: 0,
                damage: Some(error.to_string()),
            },
        }
    };
    Ok(BackupList { backups: backup::list(&folder)?.into_iter().map(listed).collect() })
}

fn rows(manifest: &BackupManifest) -> u64 {
    manifest.tables.iter().map(|table| table.rows).sum()
}

/// The backup's directory: a name of the shop's own, or a path.
fn find(place: &ShopPlace, name: &Path) -> PathBuf {
    let own = place.dir.join("backups").join(name);
    if own.is_dir() { own } else { name.to_path_buf() }
}

/// Reads a backup and checks every part.
pub(crate) fn verify(place: &ShopPlace, name: &Path) -> Result<BackupDetails, Failure> {
    let dir = find(place, name);
    let manifest = backup::open(&dir)?;
    backup::code(&dir, &manifest)?;
    let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Ok(BackupDetails { name, verified: true, manifest })
}

/// Puts the plugin back.
pub(crate) async fn restore(
    place: &ShopPlace,
    name: &Path,
    observer: &dyn Observer,
) -> Result<RestoreOutcome, Failure> {
    let dir = find(place, name);
    in_shop(place, observer, async |shop| {
        let manifest = backup::open(&dir)?;
        let mut change = Change::open(shop, observer).await?;
        let plugin = lifecycle::restore(&mut change, &dir).await?;
        Ok(RestoreOutcome {
            slug: plugin.slug,
            version: plugin.version,
            state: plugin.state,
            rows: rows(&manifest),
            secrets_missing: manifest.secrets_left_out,
        })
    })
    .await
}

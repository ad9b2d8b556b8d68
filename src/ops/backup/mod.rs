//! Makes, lists, verifies, restores, carries and removes backups of plugins.

mod carry;
mod prune;

pub(crate) use carry::{
    ExportOutcome, ExportRequest, ImportOutcome, ImportRequest, export, import,
};
pub(crate) use prune::{PruneOutcome, PruneRequest, prune};

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
pub(crate) const CODES: &[&ErrorCode] = &[
    &NO_FOLDER,
    &carry::FILE_EXISTS,
    &carry::PASSPHRASE,
    &carry::NOT_DECRYPTED,
    &prune::NO_RULE,
    &prune::LAST,
    &prune::DECLINED,
];

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
    /// Bytes of what it names; shared pieces count for each backup.
    pub bytes: u64,
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
    /// Bytes of what it names.
    pub bytes: u64,
    /// What it holds.
    pub manifest: BackupManifest,
}

/// A backup that was made.
#[derive(Debug, Serialize)]
pub(crate) struct CreateOutcome {
    /// Its name.
    pub name: String,
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// Rows of its tables.
    pub rows: u64,
    /// Bytes of what it names.
    pub bytes: u64,
    /// Secrets the plugin has and a backup never holds.
    pub secrets_left_out: Vec<String>,
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
    /// Whether it was done, and not only looked at.
    pub restored: bool,
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
                rows: manifest.rows(),
                bytes: manifest.stored(),
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
                bytes: 0,
                damage: Some(error.to_string()),
            },
        }
    };
    Ok(BackupList { backups: backup::list(&folder)?.into_iter().map(listed).collect() })
}

/// The backup's directory: a name of the shop's own, or a path.
fn find(place: &ShopPlace, name: &Path) -> PathBuf {
    let own = place.dir.join("backups").join(name);
    if own.is_dir() { own } else { name.to_path_buf() }
}

fn details(dir: &Path, verified: bool, manifest: BackupManifest) -> BackupDetails {
    let name = dir.file_name().unwrap_or_default().to_string_lossy().into_owned();
    BackupDetails { name, verified, bytes: manifest.stored(), manifest }
}

/// Reads what a backup says it holds.
pub(crate) fn show(place: &ShopPlace, name: &Path) -> Result<BackupDetails, Failure> {
    let dir = find(place, name);
    Ok(details(&dir, false, backup::peek(&dir)?))
}

/// Reads a backup and checks every part.
pub(crate) fn verify(place: &ShopPlace, name: &Path) -> Result<BackupDetails, Failure> {
    let dir = find(place, name);
    let manifest = backup::open(&dir)?;
    backup::code(&dir, &manifest)?;
    Ok(details(&dir, true, manifest))
}

/// Makes a backup of a plugin.
pub(crate) async fn create(
    place: &ShopPlace,
    slug: &PluginSlug,
    observer: &dyn Observer,
) -> Result<CreateOutcome, Failure> {
    in_shop(place, observer, async |shop| {
        let mut change = Change::open(shop, observer).await?;
        let (name, manifest) = lifecycle::create_backup(&mut change, slug).await?;
        Ok(CreateOutcome {
            name,
            rows: manifest.rows(),
            bytes: manifest.stored(),
            slug: manifest.slug,
            version: manifest.version,
            secrets_left_out: manifest.secrets_left_out,
        })
    })
    .await
}

/// Puts the plugin back; with `dry_run` only says whether that would work.
pub(crate) async fn restore(
    place: &ShopPlace,
    name: &Path,
    dry_run: bool,
    observer: &dyn Observer,
) -> Result<RestoreOutcome, Failure> {
    let dir = find(place, name);
    in_shop(place, observer, async |shop| {
        let mut change = Change::open(shop, observer).await?;
        let manifest = lifecycle::check_restore(&change, &dir).await?;
        let plugin = match dry_run {
            true => manifest.plugin.clone(),
            false => lifecycle::restore(&mut change, &dir).await?,
        };
        Ok(RestoreOutcome {
            slug: plugin.slug,
            version: plugin.version,
            state: plugin.state,
            rows: manifest.rows(),
            secrets_missing: manifest.secrets_left_out,
            restored: !dry_run,
        })
    })
    .await
}

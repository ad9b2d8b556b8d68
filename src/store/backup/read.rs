//! Reads a backup: nothing is believed that its digests do not confirm.

use std::path::{Path, PathBuf};

use super::schema::Definitions;
use super::{BackupError, parts};
use crate::model::backup::{BackupManifest, FORMAT};
use crate::package::{MAX_PACKED, Package};
use crate::sys::file::read_limited;

/// The file that says what a backup holds.
pub(super) const MANIFEST: &str = "manifest.json";
/// Most bytes of it.
const LONGEST_MANIFEST: u64 = 32 * 1024 * 1024;
/// Most bytes of the definitions.
const LONGEST_SCHEMA: u64 = 16 * 1024 * 1024;

/// Opens the backup in `dir` and checks every part against its digest.
pub(crate) fn open(dir: &Path) -> Result<BackupManifest, BackupError> {
    let manifest = peek(dir)?;
    let tables = manifest.tables.iter().map(|table| &table.part);
    let all = tables.chain([&manifest.schema, &manifest.data.part]).chain(&manifest.code);
    for part in all {
        parts::check(dir, part)?;
    }
    Ok(manifest)
}

/// Reads what a backup says it holds, and no more.
pub(crate) fn peek(dir: &Path) -> Result<BackupManifest, BackupError> {
    let path = dir.join(MANIFEST);
    let bytes = match read_limited(&path, LONGEST_MANIFEST) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(BackupError::None(dir.display().to_string()));
        }
        Err(error) => return Err(BackupError::file("read", path)(error)),
    };
    let damaged = |e: serde_json::Error| BackupError::damaged(dir, format!("{MANIFEST}: {e}"));
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(damaged)?;
    let format = value.get("format").and_then(serde_json::Value::as_u64);
    if format != Some(u64::from(FORMAT)) {
        let format = format.map_or_else(|| "none".to_owned(), |f| f.to_string());
        return Err(BackupError::damaged(
            dir,
            format!("this program reads format {FORMAT}, and it has {format}"),
        ));
    }
    let manifest: BackupManifest = serde_json::from_value(value).map_err(damaged)?;
    if manifest.plugin.slug != manifest.slug || manifest.plugin.version != manifest.version {
        return Err(BackupError::damaged(dir, "it contradicts itself about the plugin"));
    }
    Ok(manifest)
}

/// The definitions in a backup.
pub(crate) fn definitions(
    dir: &Path,
    manifest: &BackupManifest,
) -> Result<Definitions, BackupError> {
    let bytes = parts::read_plain(dir, &manifest.schema, LONGEST_SCHEMA)?;
    serde_json::from_slice(&bytes)
        .map_err(|e| BackupError::damaged(dir, format!("the definitions: {e}")))
}

/// The code in a backup, read through the limits of every archive; it must be the code that the
/// backup says was installed.
pub(crate) fn code(dir: &Path, manifest: &BackupManifest) -> Result<Option<Package>, BackupError> {
    let Some(part) = &manifest.code else { return Ok(None) };
    let bytes = parts::read_plain(dir, part, MAX_PACKED as u64)?;
    let package = Package::read(&bytes)
        .map_err(|e| BackupError::damaged(dir, format!("the code cannot be read: {e}")))?;
    if package.content != manifest.plugin.code.content {
        return Err(BackupError::damaged(dir, "the code is not what was installed"));
    }
    Ok(Some(package))
}

/// Directories of finished backups in `folder`, oldest name first.
pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>, BackupError> {
    let entries = std::fs::read_dir(folder).map_err(BackupError::file("read", folder))?;
    let mut found: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| entry.path())
        .filter(|path| path.join(MANIFEST).is_file())
        .collect();
    found.sort();
    Ok(found)
}

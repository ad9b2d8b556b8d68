//! Reads a backup: nothing is believed that its digests do not confirm.

use std::path::{Path, PathBuf};

use super::schema::Definitions;
use super::{BackupError, parts};
use crate::model::Digest;
use crate::model::backup::{BackupManifest, BackupPart, FORMAT};
use crate::package::{self, MAX_PACKED, MAX_TAR, Package};
use crate::sys::file::read_limited;

/// The file that says what a backup holds.
pub(super) const MANIFEST: &str = "manifest.json";
/// The file with its digest, as `sha256sum -c` reads it.
pub(super) const SEAL: &str = "manifest.sha256";
/// Most bytes of that.
pub(super) const LONGEST_SEAL: u64 = 256;
/// Most bytes of the manifest.
pub(super) const LONGEST_MANIFEST: u64 = 32 * 1024 * 1024;
/// Most bytes of the definitions.
const LONGEST_SCHEMA: u64 = 16 * 1024 * 1024;

/// Opens the backup in `dir` and checks every part against its digest.
pub(crate) fn open(dir: &Path) -> Result<BackupManifest, BackupError> {
    let manifest = peek(dir)?;
    for part in parts_of(&manifest) {
        parts::check(dir, part)?;
    }
    Ok(manifest)
}

/// Every part of a backup.
pub(super) fn parts_of(manifest: &BackupManifest) -> impl Iterator<Item = &BackupPart> {
    let tables = manifest.tables.iter().map(|table| &table.part);
    tables.chain([&manifest.schema, &manifest.data.part]).chain(&manifest.code)
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
    read_manifest(dir, &bytes, seal(dir)?)
}

/// The digest of the manifest that stands beside it; `None` when there is none.
fn seal(dir: &Path) -> Result<Option<String>, BackupError> {
    match read_limited(&dir.join(SEAL), LONGEST_SEAL) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(BackupError::file("read", dir.join(SEAL))(error)),
    }
}

/// What `sha256sum` would write of a manifest.
pub(super) fn seal_of(manifest: &[u8]) -> String {
    format!("{}  {MANIFEST}\n", Digest::of(manifest).hex())
}

/// Reads a manifest, whose digest must be that of the seal. Only format 1 has none.
pub(super) fn read_manifest(
    dir: &Path,
    bytes: &[u8],
    seal: Option<String>,
) -> Result<BackupManifest, BackupError> {
    if seal.as_ref().is_some_and(|seal| *seal != seal_of(bytes)) {
        let message = format!("{MANIFEST} is not what {SEAL} says");
        return Err(BackupError::damaged(dir, message));
    }
    let damaged = |e: serde_json::Error| BackupError::damaged(dir, format!("{MANIFEST}: {e}"));
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(damaged)?;
    let format = value.get("format").and_then(serde_json::Value::as_u64);
    if !format.is_some_and(|format| (1..=u64::from(FORMAT)).contains(&format)) {
        let format = format.map_or_else(|| "none".to_owned(), |f| f.to_string());
        return Err(BackupError::damaged(
            dir,
            format!("this program reads the formats 1 to {FORMAT}, and it has {format}"),
        ));
    }
    let manifest: BackupManifest = serde_json::from_value(value).map_err(damaged)?;
    if manifest.plugin.slug != manifest.slug || manifest.plugin.version != manifest.version {
        return Err(BackupError::damaged(dir, "it contradicts itself about the plugin"));
    }
    if manifest.format > 1 && seal.is_none() {
        return Err(BackupError::damaged(dir, format!("`{SEAL}` is missing")));
    }
    Ok(manifest)
}

/// The definitions in a backup.
pub(crate) fn definitions(
    dir: &Path,
    manifest: &BackupManifest,
) -> Result<Definitions, BackupError> {
    let bytes = parts::read_whole(dir, &manifest.schema, LONGEST_SCHEMA)?;
    serde_json::from_slice(&bytes)
        .map_err(|e| BackupError::damaged(dir, format!("the definitions: {e}")))
}

/// The code in a backup, read through the limits of every archive; it must be the code that the
/// backup says was installed.
pub(crate) fn code(dir: &Path, manifest: &BackupManifest) -> Result<Option<Package>, BackupError> {
    let Some(part) = &manifest.code else { return Ok(None) };
    let bytes = match part {
        BackupPart::File { .. } => parts::read_whole(dir, part, MAX_PACKED as u64)?,
        BackupPart::Chunks { .. } => {
            let tar = parts::read_whole(dir, part, MAX_TAR)?;
            package::frame(&tar).map_err(BackupError::file("pack", dir))?
        }
    };
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

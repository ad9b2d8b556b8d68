//! The pieces that the backups of one folder are made of: each a zstd frame in a file named by its
//! SHA-256, written once and shared by every backup that holds the same bytes.
//!
//! `objects/` stands beside the backups, or in one that was exported. A piece that no backup names
//! is rubbish of a backup that was never finished, or removed; [`sweep`] takes it away. Whoever
//! writes or sweeps holds the shop's lock, so neither sees the other half done.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use super::BackupError;
use super::cut::LONGEST;
use crate::model::Digest;
use crate::model::backup::{BackupChunk, BackupPart};
use crate::sys::file::{read_limited, sync_dir, sync_file_system};
use crate::sys::private;

/// Name of the folder.
pub(crate) const FOLDER: &str = "objects";
/// What files are called while they are written.
const UNFINISHED: &str = ".daino-tmp-";
/// How hard pieces are compressed: fast.
const LEVEL: i32 = 3;

/// The most bytes a stored piece can have: what does not compress grows a little.
pub(super) const MOST_STORED: u64 = LONGEST as u64 + 16 * 1024;

/// The folder of the pieces of the backup in `dir`.
pub(super) fn of(dir: &Path) -> PathBuf {
    let own = dir.join(FOLDER);
    match (own.is_dir(), dir.parent()) {
        (false, Some(parent)) => parent.join(FOLDER),
        _ => own,
    }
}

/// Adds pieces to a folder.
pub(super) struct ObjectWriter {
    folder: PathBuf,
    /// Bytes written that were not there yet.
    pub(super) added: u64,
}

impl ObjectWriter {
    /// Opens the folder, which is made.
    pub(super) fn open(folder: PathBuf) -> Result<Self, BackupError> {
        private::create_dir(&folder).map_err(BackupError::file("make", &folder))?;
        Ok(Self { folder, added: 0 })
    }

    /// Compresses and keeps a piece.
    pub(super) fn put(&mut self, bytes: &[u8]) -> Result<BackupChunk, BackupError> {
        let packed = zstd::bulk::compress(bytes, LEVEL)
            .map_err(BackupError::file("compress", &self.folder))?;
        let digest = Digest::of(&packed);
        self.keep(&digest, &packed)?;
        Ok(BackupChunk { digest, stored: packed.len() as u64, length: bytes.len() as u64 })
    }

    /// Keeps a piece as it is stored. One that is there and whole is not written again; one that
    /// is damaged is.
    pub(super) fn keep(&mut self, digest: &Digest, packed: &[u8]) -> Result<(), BackupError> {
        let path = self.folder.join(digest.hex());
        if is_whole(&path, digest, packed.len() as u64) {
            return Ok(());
        }
        let aside = self.folder.join(format!("{UNFINISHED}{}", uuid::Uuid::new_v4().simple()));
        let written = std::fs::write(&aside, packed).and_then(|()| std::fs::rename(&aside, &path));
        if let Err(error) = written {
            let _ = std::fs::remove_file(&aside);
            return Err(BackupError::file("write", path)(error));
        }
        self.added += packed.len() as u64;
        Ok(())
    }

    /// Flushes everything that was added: one call for many small files.
    pub(super) fn flush(&self) -> Result<(), BackupError> {
        if self.added > 0 {
            let flush = || {
                sync_file_system(&self.folder)?;
                sync_dir(&self.folder)
            };
            flush().map_err(BackupError::file("flush", &self.folder))?;
        }
        Ok(())
    }
}

fn is_whole(path: &Path, digest: &Digest, stored: u64) -> bool {
    read_limited(path, stored).is_ok_and(|bytes| Digest::of(&bytes) == *digest)
}

/// Reads a piece as it is stored, and checks it.
pub(super) fn read_packed(
    folder: &Path,
    chunk: &BackupChunk,
    dir: &Path,
) -> Result<Vec<u8>, BackupError> {
    let damaged =
        |what: &str| BackupError::damaged(dir, format!("the piece {} {what}", chunk.digest));
    if chunk.stored > MOST_STORED || chunk.length > LONGEST as u64 {
        return Err(damaged("is longer than any piece"));
    }
    let path = folder.join(chunk.digest.hex());
    match std::fs::symlink_metadata(&path) {
        Ok(meta) if meta.is_file() && meta.len() == chunk.stored => {}
        Ok(_) => return Err(damaged("has another size")),
        Err(_) => return Err(damaged("is missing")),
    }
    let bytes = read_limited(&path, chunk.stored).map_err(BackupError::file("read", &path))?;
    match Digest::of(&bytes) == chunk.digest {
        true => Ok(bytes),
        false => Err(damaged("was changed")),
    }
}

/// Reads what is in a piece.
pub(super) fn read(folder: &Path, chunk: &BackupChunk, dir: &Path) -> Result<Vec<u8>, BackupError> {
    let packed = read_packed(folder, chunk, dir)?;
    let bytes = zstd::bulk::decompress(&packed, chunk.length as usize)
        .map_err(|e| BackupError::damaged(dir, format!("the piece {}: {e}", chunk.digest)))?;
    match bytes.len() as u64 == chunk.length {
        true => Ok(bytes),
        false => Err(BackupError::damaged(dir, format!("the piece {} is shorter", chunk.digest))),
    }
}

/// What a sweep took away.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub(crate) struct Swept {
    /// Pieces.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
}

/// Removes what no backup in `folder` names: pieces, and backups that were never finished. While a
/// backup cannot be read nobody knows what it names, so everything stays.
pub(crate) fn sweep(folder: &Path) -> Result<Swept, BackupError> {
    let mut swept = Swept::default();
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(swept) };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(super::write::UNFINISHED) {
            let path = entry.path();
            std::fs::remove_dir_all(&path).map_err(BackupError::file("remove", path))?;
        }
    }
    let objects = folder.join(FOLDER);
    let Ok(entries) = std::fs::read_dir(&objects) else { return Ok(swept) };
    let mut named = HashSet::new();
    for dir in super::list(folder)? {
        let Ok(manifest) = super::peek(&dir) else { return Ok(swept) };
        for part in super::read::parts_of(&manifest) {
            if let BackupPart::Chunks { chunks } = part {
                named.extend(chunks.iter().map(|chunk| chunk.digest.hex()));
            }
        }
    }
    for entry in entries.flatten() {
        if named.contains(entry.file_name().to_string_lossy().as_ref()) {
            continue;
        }
        let (path, size) = (entry.path(), entry.metadata().map_or(0, |meta| meta.len()));
        std::fs::remove_file(&path).map_err(BackupError::file("remove", path))?;
        swept.objects += 1;
        swept.bytes += size;
    }
    // Only an empty folder goes.
    let _ = std::fs::remove_dir(&objects);
    Ok(swept)
}

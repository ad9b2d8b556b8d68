//! Files on their way to a public place: written and flushed aside, then renamed, and the
//! directory flushed. A reader sees the whole file or none, after a power cut as well.

use std::path::{Path, PathBuf};

use super::{DataDir, RegistryError};
use crate::sys::file::{self, sync_dir};

/// A file that is whole and on the disk, but not yet in its place. Gone when dropped.
#[derive(Debug)]
pub(super) struct Staged(tempfile::NamedTempFile);

impl Staged {
    /// Writes `content` aside.
    pub(super) fn write(data: &DataDir, content: &[u8]) -> Result<Self, RegistryError> {
        let dir = data.temporary();
        let refuse =
            |source| RegistryError::File { action: "write a file in", path: dir.clone(), source };
        file::write_aside(&dir, content, false).map(Self).map_err(refuse)
    }

    /// Puts the file into its place, over one that is there.
    pub(super) fn place(self, path: &Path) -> Result<(), RegistryError> {
        let refuse =
            |source| RegistryError::File { action: "write", path: path.to_owned(), source };
        let parent = path.parent().unwrap_or(Path::new("."));
        make_dirs(parent)?;
        self.0.persist(path).map_err(|e| refuse(e.error))?;
        sync_dir(parent).map_err(refuse)
    }
}

/// Writes a file that is made from the database: whole or not at all for every reader, but flushed
/// only by [`super::reconcile`], which makes it again after a power cut. One call at a time.
pub(super) fn derive(data: &DataDir, content: &[u8], path: &Path) -> Result<(), RegistryError> {
    let refuse = |source| RegistryError::File { action: "write", path: path.to_owned(), source };
    make_dirs(path.parent().unwrap_or(Path::new(".")))?;
    let file = file::write_unflushed(&data.temporary(), content, false).map_err(refuse)?;
    file.persist(path).map(drop).map_err(|e| refuse(e.error))
}

/// Makes a directory and those above it, each flushed into the one that holds it.
fn make_dirs(dir: &Path) -> Result<(), RegistryError> {
    if dir.is_dir() {
        return Ok(());
    }
    let refuse = |source| RegistryError::File { action: "make", path: dir.to_owned(), source };
    let parent = dir.parent().unwrap_or(Path::new("."));
    make_dirs(parent)?;
    match std::fs::create_dir(dir) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(refuse(error));
        }
        _ => {}
    }
    sync_dir(parent).map_err(refuse)
}

/// Every file below `dir`, at any depth; links are not followed.
pub(super) fn files_below(dir: &Path) -> Result<Vec<PathBuf>, RegistryError> {
    let mut found = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        let refuse = |source| RegistryError::File { action: "read", path: dir.clone(), source };
        for entry in std::fs::read_dir(&dir).map_err(refuse)? {
            let entry = entry.map_err(refuse)?;
            if entry.file_type().map_err(refuse)?.is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    Ok(found)
}

/// Removes a file that may be gone already.
pub(super) fn remove(path: &Path) -> Result<(), RegistryError> {
    match std::fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
            Err(RegistryError::File { action: "remove", path: path.to_owned(), source })
        }
        _ => Ok(()),
    }
}

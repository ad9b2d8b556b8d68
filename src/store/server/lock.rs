//! Locks on files, held by an open file and gone with the process.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use crate::store::error::StoreError;

/// A lock that is held.
#[derive(Debug)]
pub(in crate::store) struct FileLock {
    _file: File,
}

impl FileLock {
    /// Takes the lock for this process alone; `None` when somebody has it.
    pub(in crate::store) fn exclusive(path: &Path) -> Result<Option<Self>, StoreError> {
        Self::take(path, File::try_lock)
    }

    /// Takes the lock together with others; `None` when somebody has it alone.
    pub(in crate::store) fn shared(path: &Path) -> Result<Option<Self>, StoreError> {
        Self::take(path, File::try_lock_shared)
    }

    fn take(
        path: &Path,
        lock: impl FnOnce(&File) -> Result<(), TryLockError>,
    ) -> Result<Option<Self>, StoreError> {
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(path).map_err(StoreError::file("open", path))?;
        match lock(&file) {
            Ok(()) => Ok(Some(Self { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(StoreError::file("lock", path)(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_alone_or_many_together() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("x.lock");
        let first = FileLock::shared(&path).unwrap().unwrap();
        let second = FileLock::shared(&path).unwrap().unwrap();
        assert!(FileLock::exclusive(&path).unwrap().is_none());
        drop((first, second));
        let alone = FileLock::exclusive(&path).unwrap().unwrap();
        assert!(FileLock::shared(&path).unwrap().is_none());
        drop(alone);
        assert!(FileLock::shared(&path).unwrap().is_some());
    }
}

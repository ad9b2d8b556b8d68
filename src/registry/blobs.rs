//! Archives by digest. One that is there never changes.

use std::path::PathBuf;

use super::staged::{Staged, remove};
use super::{DataDir, RegistryError};
use crate::model::Digest;

/// The archives of a registry.
#[derive(Debug)]
pub(super) struct Blobs(DataDir);

impl Blobs {
    pub(super) fn new(data: DataDir) -> Self {
        Self(data)
    }

    /// Where an archive is, or would be.
    pub(super) fn path(&self, digest: &Digest) -> PathBuf {
        self.0.blob(digest)
    }

    /// Writes an archive aside.
    pub(super) fn stage(&self, archive: &[u8]) -> Result<Staged, RegistryError> {
        Staged::write(&self.0, archive)
    }

    /// Puts an archive in its place. `false`: it was there already, whole or not, and is now whole.
    pub(super) fn place(&self, staged: Staged, digest: &Digest) -> Result<bool, RegistryError> {
        let path = self.path(digest);
        let is_new = !path.exists();
        staged.place(&path)?;
        Ok(is_new)
    }

    /// Removes an archive that no release names.
    pub(super) fn remove(&self, digest: &Digest) -> Result<(), RegistryError> {
        remove(&self.path(digest))
    }
}

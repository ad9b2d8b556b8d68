//! The data directory: where what lies, and who may serve it.
//!
//! ```text
//! DATA/lock                held by the one serving process
//! DATA/registry.sqlite     namespaces, releases, tokens, log of changes (mode 0600)
//! DATA/keys/log.json       secret key of the log (mode 0600)
//! DATA/tmp/                files on their way to a place below public/
//! DATA/public/             all that clients read; a web server may serve it
//!   .well-known/daino-registry.json
//!   index/AA/BB/NS--SLUG.jsonl
//!   blobs/sha256/XX/HEX
//!   checkpoint             size and root of the log, signed
//!   tile/…                 hashes and entries of the log
//!   map/…                  the index as a Merkle map
//! ```

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::RegistryError;
use crate::model::Digest;

/// Everything that belongs to a registry, for telling it from other directories.
const OWN: &[&str] = &[
    "lock",
    "registry.sqlite",
    "registry.sqlite-wal",
    "registry.sqlite-shm",
    "registry.sqlite-journal",
    "keys",
    "tmp",
    "public",
];

/// A registry's data directory.
#[derive(Debug, Clone)]
pub struct DataDir(PathBuf);

/// The right to serve a data directory; given back when dropped or when the process ends.
#[derive(Debug)]
pub(super) struct Lock(#[allow(dead_code, reason = "holds the lock")] File);

impl DataDir {
    /// Uses `path`, and makes it when it is not there. A directory that holds anything else is
    /// refused.
    pub fn make(path: impl Into<PathBuf>) -> Result<Self, RegistryError> {
        let dir = Self(path.into());
        let refuse = |path: &Path| {
            let path = path.to_owned();
            move |source| RegistryError::Data { path, source }
        };
        match std::fs::read_dir(&dir.0) {
            Ok(entries) => {
                for entry in entries {
                    let name = entry.map_err(refuse(&dir.0))?.file_name();
                    if !OWN.iter().any(|own| *own == name) && !dir.database().exists() {
                        return Err(RegistryError::Foreign(dir.0));
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(refuse(&dir.0)(error)),
        }
        for part in [
            dir.temporary(),
            dir.index(),
            dir.blobs(),
            dir.public().join("map"),
            dir.public().join(".well-known"),
        ] {
            std::fs::create_dir_all(&part).map_err(refuse(&part))?;
        }
        tempfile::tempfile_in(dir.temporary()).map_err(refuse(&dir.temporary()))?;
        Ok(dir)
    }

    /// The registry that is in `path` already.
    pub fn existing(path: impl Into<PathBuf>) -> Result<Self, RegistryError> {
        let dir = Self(path.into());
        if dir.database().is_file() { Ok(dir) } else { Err(RegistryError::Absent(dir.0)) }
    }

    /// Takes the right to serve it.
    pub(super) fn lock(&self) -> Result<Lock, RegistryError> {
        let path = self.0.join("lock");
        let refuse = |source| RegistryError::Data { path: path.clone(), source };
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(&path).map_err(refuse)?;
        match file.try_lock() {
            Ok(()) => Ok(Lock(file)),
            Err(TryLockError::WouldBlock) => Err(RegistryError::Locked(self.0.clone())),
            Err(TryLockError::Error(error)) => Err(refuse(error)),
        }
    }

    /// The directory itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    pub(super) fn database(&self) -> PathBuf {
        self.0.join("registry.sqlite")
    }

    pub(super) fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    pub(super) fn temporary(&self) -> PathBuf {
        self.0.join("tmp")
    }

    /// What a web server may serve.
    pub fn public(&self) -> PathBuf {
        self.0.join("public")
    }

    pub(super) fn index(&self) -> PathBuf {
        self.public().join("index")
    }

    pub(super) fn blobs(&self) -> PathBuf {
        self.public().join("blobs").join("sha256")
    }

    pub(super) fn well_known(&self) -> PathBuf {
        self.public().join(".well-known").join("daino-registry.json")
    }

    pub(super) fn blob(&self, digest: &Digest) -> PathBuf {
        let hex = digest.hex();
        self.blobs().join(&hex[..2]).join(&hex)
    }
}

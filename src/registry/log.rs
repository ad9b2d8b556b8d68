//! The transparency log: every release and withdrawal in the order in which they became valid,
//! as files that any web server can serve (c2sp.org/tlog-tiles).
//!
//! An entry is added in the transaction that publishes. The files follow afterwards: tiles and
//! bundles first, the checkpoint last, so that everything it speaks of is there. What a crash
//! leaves out is written with the next entry or at the next start.

use std::path::PathBuf;

use rusqlite::Connection;

use super::rows::{Database, log, releases};
use super::staged::{Staged, remove};
use super::{DataDir, RegistryError};
use crate::model::PluginSlug;
use crate::model::release::IndexEntry;
use crate::trust::tlog::{Checkpoint, LogKey, Tile, TileKind, WIDTH, release_entry};
use crate::trust::{Keyring, KeyringError, Loaded, SigningKey, embedded_keys, verify_release};

/// Name of the log's key in its ring.
const KEY: &str = "log";

/// The log of a registry.
#[derive(Debug)]
pub(super) struct Log {
    data: DataDir,
    key: SigningKey,
}

impl Log {
    /// The log of this data directory; its key is made when there is none yet.
    pub(super) fn open(data: &DataDir) -> Result<Self, RegistryError> {
        let ring = Keyring::at(data.keys());
        let name = PluginSlug::new(KEY).map_err(|_| RegistryError::Row("key name"))?;
        if let Err(KeyringError::Missing(_)) = ring.load(&name) {
            ring.generate(&name, None)?;
        }
        match ring.load(&name)? {
            Loaded::Open(key) => Ok(Self { data: data.clone(), key }),
            Loaded::Locked(key) => Err(RegistryError::LogKey(key.place().to_owned())),
        }
    }

    /// The name and the public key, for clients.
    pub(super) fn public(&self) -> LogKey {
        LogKey::of(self.key.public())
    }

    /// The file of a checkpoint, or of a tile.
    pub(super) fn path(&self, file: Option<Tile>) -> PathBuf {
        let path = file.map_or_else(|| "checkpoint".to_owned(), |file| file.path());
        self.data.public().join(path)
    }

    /// Writes what the files lack. One call at a time.
    pub(super) fn renew(&self, database: &Database) -> Result<(), RegistryError> {
        let checkpoint = database.read(|rows| {
            let size = log::size(rows)?;
            Ok(Checkpoint { size, root: log::root(rows, size)? })
        })?;
        let note = checkpoint.sign(&self.key);
        let path = self.path(None);
        let written = std::fs::read(&path).unwrap_or_default();
        if written == note.as_bytes() {
            return Ok(());
        }
        // A checkpoint of another key says nothing about these files.
        let before = Checkpoint::open(&written, &self.public()).map_or(0, |c| c.size);
        for file in files(before.min(checkpoint.size), checkpoint.size) {
            let bytes = database.read(|rows| log::file(rows, file))?;
            Staged::write(&self.data, &bytes)?.place(&self.path(Some(file)))?;
            if file.width == WIDTH {
                self.remove_partial(file)?;
            }
        }
        Staged::write(&self.data, note.as_bytes())?.place(&path)
    }

    /// Puts the files right at a start: whole ones that are missing or cut off are written again.
    pub(super) fn restore(&self, database: &Database) -> Result<(), RegistryError> {
        let size = database.read(log::size)?;
        let known = |file: &Tile| {
            let length = std::fs::metadata(self.path(Some(*file))).map_or(0, |m| m.len());
            match file.kind {
                TileKind::Hashes(_) => length == file.width * 32,
                TileKind::Entries => length > file.width * 2,
            }
        };
        for file in files(0, size).into_iter().filter(|file| !known(file)) {
            let bytes = database.read(|rows| log::file(rows, file))?;
            Staged::write(&self.data, &bytes)?.place(&self.path(Some(file)))?;
        }
        self.renew(database)
    }

    /// The smaller tiles that a whole one takes the place of.
    fn remove_partial(&self, file: Tile) -> Result<(), RegistryError> {
        let path = self.path(Some(Tile { width: 1, ..file }));
        for width in 1..WIDTH {
            remove(&path.with_file_name(width.to_string()))?;
        }
        if let Some(dir) = path.parent() {
            // Not empty when somebody else put a file there, which does no harm.
            let _ = std::fs::remove_dir(dir);
        }
        Ok(())
    }
}

/// The files that change when a log grows, entries and low levels first.
fn files(from: u64, to: u64) -> Vec<Tile> {
    let kinds = std::iter::once(TileKind::Entries).chain((0..8).map(TileKind::Hashes));
    let mut files = Vec::new();
    for kind in kinds {
        let shift = if let TileKind::Hashes(level) = kind { u32::from(level) * 8 } else { 0 };
        let (from, to) = (from >> shift, to >> shift);
        if from < to {
            let numbers = from / WIDTH..=(to - 1) / WIDTH;
            files.extend(numbers.filter_map(|n| Tile::of_tree(kind, n, to << shift)));
        }
    }
    files
}

/// Adds a release that is in no log yet: those that an older program published.
pub(super) fn add_unlogged(change: &Connection) -> Result<u64, RegistryError> {
    let mut added = 0;
    while let Some((id, entry)) = releases::first_unlogged(change)? {
        let position = log::append(change, &of_release(&entry)?)?;
        releases::set_logged(change, id, position)?;
        added += 1;
    }
    Ok(added)
}

/// The entry of a release that was checked when it was published.
fn of_release(entry: &IndexEntry) -> Result<Vec<u8>, RegistryError> {
    let wrong = |_| RegistryError::Row("envelope");
    let keys = embedded_keys(&entry.envelope).map_err(wrong)?;
    let release = verify_release(&entry.envelope, &keys).map_err(wrong)?;
    release_entry(&entry.envelope, &release).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Digest;
    use crate::trust::tlog::{hash_leaf, nodes, root};

    #[test]
    fn only_what_changes_is_written() {
        let paths = |from, to| -> Vec<String> { files(from, to).iter().map(Tile::path).collect() };
        assert!(paths(5, 5).is_empty());
        assert_eq!(paths(0, 1), ["tile/entries/000.p/1", "tile/0/000.p/1"]);
        assert_eq!(
            paths(255, 257),
            [
                "tile/entries/000",
                "tile/entries/001.p/1",
                "tile/0/000",
                "tile/0/001.p/1",
                "tile/1/000.p/1"
            ]
        );
        assert_eq!(paths(1_000_000, 1_000_001).len(), 2);
    }

    /// Over the border of a tile of level 1, against hashes that are computed from all entries.
    #[test]
    fn the_root_from_tiles_is_that_of_the_entries() {
        let dir = tempfile::tempdir().unwrap();
        let data = DataDir::make(dir.path()).unwrap();
        let database = Database::open(&data).unwrap();
        let mut leaves: Vec<Digest> = Vec::new();
        for size in [0u64, 1, 2, 255, 256, 257, 700] {
            database
                .write(|change| {
                    while (leaves.len() as u64) < size {
                        let entry = leaves.len().to_string();
                        assert_eq!(log::append(change, entry.as_bytes())?, leaves.len() as u64);
                        leaves.push(hash_leaf(entry.as_bytes()));
                    }
                    Ok::<_, RegistryError>(())
                })
                .unwrap();
            let cuts: Vec<u64> = (0..size).collect();
            let row: Vec<_> = nodes(size, &cuts).into_iter().zip(leaves.iter().copied()).collect();
            let found = database.read(|rows| log::root(rows, log::size(rows)?)).unwrap();
            assert_eq!(Some(found), root(size, &row), "{size}");
        }
    }

    /// What publishing pays for the log does not grow with it.
    #[test]
    #[ignore = "a measurement: 100,000 entries, run with --release --nocapture"]
    fn appending_stays_flat() {
        let dir = tempfile::tempdir().unwrap();
        let database = Database::open(&DataDir::make(dir.path()).unwrap()).unwrap();
        for round in 0..10 {
            let start = std::time::Instant::now();
            database
                .write(|change| {
                    (0..10_000).try_for_each(|_| log::append(change, &[7; 250]).map(drop))
                })
                .unwrap();
            println!("{round}: 10,000 entries in {:?}", start.elapsed());
        }
    }
}

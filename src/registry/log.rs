//! The transparency log: every statement of a publisher in the order in which they became valid, and
//! after each the root of the index, as files that any web server can serve (c2sp.org/tlog-tiles).
//!
//! Entries are added in the transaction that publishes. The files follow afterwards: index pages,
//! the map over them, tiles and bundles, the checkpoint last, so that everything it speaks of is
//! there. They are not flushed one by one: what a crash or a power cut leaves out is written with the
//! next entry or at the next start.

use std::path::PathBuf;

use rusqlite::Connection;

use super::pages::PageName;
use super::rows::{Database, log, map, releases, statements};
use super::staged::{derive, remove};
use super::{DataDir, RegistryError};
use crate::model::release::{Envelope, PluginName};
use crate::model::{Digest, PluginSlug};
use crate::trust::tlog::{Checkpoint, Entry, LogKey, Tile, TileKind, WIDTH};
use crate::trust::{Keyring, KeyringError, Loaded, SigningKey, Statement, claimed, payload_digest};

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

    /// A file of the map.
    pub(super) fn map_path(&self, path: &str) -> PathBuf {
        self.data.public().join("map").join(path)
    }

    /// Writes what the map's files lack for these pages, and removes those that nobody reads.
    pub(super) fn renew_map(
        &self,
        database: &Database,
        closed: &Closed,
    ) -> Result<(), RegistryError> {
        let names: Vec<String> = closed.pages.iter().map(PageName::key).collect();
        for file in database.read(|rows| map::files(rows, &names, log::size(rows)?))? {
            derive(&self.data, &file.bytes, &self.map_path(&file.path))?;
        }
        closed.obsolete.iter().try_for_each(|path| remove(&self.map_path(path)))
    }

    /// Writes what the files of the log lack. One call at a time.
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
            derive(&self.data, &bytes, &self.path(Some(file)))?;
            if file.width == WIDTH {
                self.remove_partial(file)?;
            }
        }
        derive(&self.data, note.as_bytes(), &path)
    }

    /// Puts the files right at a start: those that are missing or cut off are written again, and
    /// those that were not flushed yet, `settled` entries on, when they are not what they should be.
    pub(super) fn restore(&self, database: &Database, settled: u64) -> Result<(), RegistryError> {
        let size = database.read(log::size)?;
        let fresh: std::collections::BTreeSet<Tile> =
            files(settled.min(size), size).into_iter().collect();
        for file in files(0, size) {
            let path = self.path(Some(file));
            let length = std::fs::metadata(&path).map_or(0, |m| m.len());
            let is_whole = match file.kind {
                TileKind::Hashes(_) => length == file.width * 32,
                TileKind::Entries => length > file.width * 2,
            };
            if is_whole && !fresh.contains(&file) {
                continue;
            }
            let bytes = database.read(|rows| log::file(rows, file))?;
            if std::fs::read(&path).ok().as_ref() != Some(&bytes) {
                derive(&self.data, &bytes, &path)?;
            }
        }
        self.renew(database)
    }

    /// The files of the map at a start: what is missing or other than it should be is written again,
    /// and what is of no map that is kept is removed.
    pub(super) fn restore_map(&self, database: &Database) -> Result<(), RegistryError> {
        let (files, obsolete) = database
            .read(|rows| Ok((map::all_files(rows, log::size(rows)?)?, map::obsolete(rows)?)))?;
        let mut expected: std::collections::HashSet<PathBuf> =
            obsolete.iter().map(|path| self.map_path(path)).collect();
        for file in files {
            let path = self.map_path(&file.path);
            if std::fs::read(&path).ok().as_ref() != Some(&file.bytes) {
                derive(&self.data, &file.bytes, &path)?;
            }
            expected.insert(path);
        }
        let dir = self.data.public().join("map");
        for file in super::staged::files_below(&dir)? {
            if !expected.contains(&file) {
                remove(&file)?;
            }
        }
        Ok(())
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

/// What a transaction changed among the public files.
#[derive(Debug, Default)]
pub(super) struct Closed {
    /// Pages that are to be made anew.
    pub pages: Vec<PageName>,
    /// Files of the map that nobody reads any more.
    pub obsolete: Vec<String>,
}

/// A statement that is to be added, checked against everything before it.
#[derive(Debug)]
pub(super) struct Addition<'a> {
    /// What it says.
    pub statement: &'a Statement,
    /// What was signed.
    pub envelope: &'a Envelope,
    /// When it is taken.
    pub published_at: &'a str,
    /// Whether it is a link of its namespace's owner chain.
    pub is_link: bool,
}

/// Adds the entry of a statement, and returns its place. [`close`] has to follow in the transaction.
pub(super) fn add(change: &Connection, addition: &Addition<'_>) -> Result<u64, RegistryError> {
    let Addition { statement, envelope, published_at, is_link } = *addition;
    let entry =
        Entry::Statement { published_at: published_at.to_owned(), envelope: envelope.clone() };
    let position = log::append(change, &entry.write())?;
    let digest = payload_digest(envelope).map_err(|_| RegistryError::Row("envelope"))?;
    statements::add(change, position, statement, &digest, is_link)?;
    Ok(position)
}

/// Ends a transaction that added statements: the map follows the pages, and its root is the last
/// entry.
pub(super) fn close(
    change: &Connection,
    pages: Vec<PageName>,
    before: u64,
) -> Result<Closed, RegistryError> {
    for page in &pages {
        map::set(change, &page.key(), Digest::of(&page.make(change)?), before)?;
    }
    let root = map::root(change)?;
    log::append(change, &Entry::Index { root }.write())?;
    let obsolete = map::close(change, before, before)?;
    Ok(Closed { pages, obsolete })
}

/// Adds the releases that are in no log yet: those that an older program published.
pub(super) fn add_unlogged(change: &Connection) -> Result<u64, RegistryError> {
    let before = log::size(change)?;
    let mut pages: Vec<PageName> = Vec::new();
    let mut added = 0;
    while let Some((id, entry)) = releases::first_unlogged(change)? {
        let statement = claimed(&entry.envelope).ok_or(RegistryError::Row("envelope"))?;
        let is_link = statements::chain(change, &entry.name.namespace)?.is_none();
        let addition = Addition {
            statement: &statement,
            envelope: &entry.envelope,
            published_at: &entry.published_at,
            is_link,
        };
        let position = add(change, &addition)?;
        releases::set_logged(change, id, position)?;
        for page in pages_of(&statement, is_link) {
            if !pages.contains(&page) {
                pages.push(page);
            }
        }
        added += 1;
    }
    if added > 0 {
        close(change, pages, before)?;
    }
    Ok(added)
}

/// The pages that a statement is in.
pub(super) fn pages_of(statement: &Statement, is_link: bool) -> Vec<PageName> {
    let plugin: Option<PluginName> = statement.plugin().cloned();
    let owner = is_link.then(|| PageName::Owner(statement.namespace().clone()));
    owner.into_iter().chain(plugin.map(PageName::Plugin)).collect()
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

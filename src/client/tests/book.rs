//! A registry with a log, as the files that it serves: made from any entries at all, so also from
//! those that no honest registry would add.

use std::collections::BTreeMap;

use crate::model::Digest;
use crate::model::release::{Envelope, PluginName};
use crate::trust::map::Map;
use crate::trust::tlog::{
    Checkpoint, Entry, LogKey, Tile, TileKind, bundle, hash_leaf, hash_tile, index_line, nodes,
    root,
};
use crate::trust::{SigningKey, claimed};

/// When everything was taken.
const WHEN: &str = "2026-01-02T03:04:05Z";

/// Its log, and the index that its operator makes of it.
#[derive(Clone)]
pub(crate) struct Book {
    /// Seed of the log's key.
    key: std::sync::Arc<SigningKey>,
    /// The log.
    pub entries: Vec<Vec<u8>>,
    /// Index files, by name in the map.
    pub pages: BTreeMap<String, Vec<u8>>,
    /// The index.
    pub map: Map,
}

impl Book {
    /// An empty log.
    pub(crate) fn new() -> Self {
        let key = SigningKey::generate().unwrap().into();
        Self { key, entries: Vec::new(), pages: BTreeMap::new(), map: Map::default() }
    }

    /// The same book, kept by somebody else.
    pub(crate) fn stolen(&self) -> Self {
        Self { key: Self::new().key, ..self.clone() }
    }

    /// The log's key.
    pub(crate) fn key(&self) -> LogKey {
        LogKey::of(self.key.public())
    }

    /// Adds a statement to log and index, as an honest registry does; its place.
    pub(crate) fn state(&mut self, envelope: &Envelope) -> u64 {
        let at = self.add(envelope);
        self.close();
        at
    }

    /// Adds a statement, and no root of the index yet.
    pub(crate) fn add(&mut self, envelope: &Envelope) -> u64 {
        let at = self.log(envelope);
        let statement = claimed(envelope).unwrap();
        let namespace = statement.namespace().to_string();
        let is_link = statement.plugin().is_none() || !self.pages.contains_key(&namespace);
        let owner = is_link.then_some(namespace);
        let plugin = statement.plugin().map(PluginName::to_string);
        for name in owner.into_iter().chain(plugin) {
            self.list(&name, at);
        }
        at
    }

    /// Adds an entry for a statement to the log alone.
    pub(crate) fn log(&mut self, envelope: &Envelope) -> u64 {
        let entry = Entry::Statement { published_at: WHEN.to_owned(), envelope: envelope.clone() };
        self.entries.push(entry.write());
        self.entries.len() as u64 - 1
    }

    /// Lists what is at a place of the log in an index file.
    pub(crate) fn list(&mut self, name: &str, at: u64) {
        let line = index_line(at, &self.entries[at as usize]).unwrap();
        self.pages.entry(name.to_owned()).or_default().extend(line);
        self.set(name);
    }

    /// Makes the index follow an index file.
    pub(crate) fn set(&mut self, name: &str) {
        self.map.set(name, Digest::of(&self.pages[name]));
    }

    /// Adds the root of the index.
    pub(crate) fn close(&mut self) {
        self.entries.push(Entry::Index { root: self.map.root() }.write());
    }

    /// Its checkpoint.
    pub(crate) fn checkpoint(&self) -> String {
        let leaves: Vec<Digest> = self.entries.iter().map(|entry| hash_leaf(entry)).collect();
        let size = leaves.len() as u64;
        let cuts: Vec<u64> = (0..size).collect();
        let row: Vec<_> = nodes(size, &cuts).into_iter().zip(leaves).collect();
        Checkpoint { size, root: root(size, &row).unwrap() }.sign(&self.key)
    }

    /// Every file, by its address.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let key = self.key();
        let described = format!(r#"{{"format":1,"api":"api/v1/","log":{{"key":"{key}"}}}}"#);
        files.insert("/.well-known/daino-registry.json".to_owned(), described.into_bytes());
        files.insert("/checkpoint".to_owned(), self.checkpoint().into_bytes());
        let size = self.entries.len() as u64;
        let mut hashes: Vec<Digest> = self.entries.iter().map(|entry| hash_leaf(entry)).collect();
        for (number, entries) in self.entries.chunks(256).enumerate() {
            let tile = Tile::of_tree(TileKind::Entries, number as u64, size).unwrap();
            files.insert(format!("/{}", tile.path()), bundle(entries).unwrap());
        }
        for level in 0u8.. {
            let tiles: Vec<&[Digest]> = hashes.chunks(256).collect();
            for (number, tile) in tiles.iter().enumerate() {
                let place = Tile::of_tree(TileKind::Hashes(level), number as u64, size).unwrap();
                let bytes = tile.iter().flat_map(|hash| *hash.raw()).collect();
                files.insert(format!("/{}", place.path()), bytes);
            }
            let whole = tiles.iter().filter(|tile| tile.len() == 256);
            let above: Vec<Digest> = whole.map(|tile| hash_tile(tile).unwrap()).collect();
            if above.is_empty() {
                break;
            }
            hashes = above;
        }
        for (name, page) in &self.pages {
            let (namespace, stem) = match name.split_once('/') {
                Some((namespace, slug)) => (namespace, format!("{namespace}--{slug}")),
                None => (name.as_str(), name.clone()),
            };
            let (first, second) = (&namespace[..2], &namespace[2..4]);
            files.insert(format!("/index/{first}/{second}/{stem}.jsonl"), page.clone());
        }
        for (path, bytes) in self.map.files(size) {
            files.insert(format!("/map/{path}"), bytes);
        }
        files
    }
}

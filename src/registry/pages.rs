//! Index pages: one file per plugin, and one per namespace for its owner chain, with a line per
//! statement in the order of the log. Made from the database, kept on the disk for any web server and
//! in bounded memory for this one.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::http::HeaderValue;
use bytes::Bytes;

use rusqlite::Connection;

use super::rows::{Database, statements};
use super::staged::derive;
use super::{DataDir, RegistryError};
use crate::model::Digest;
use crate::model::PluginSlug;
use crate::model::release::PluginName;
use crate::trust::tlog::index_line;

/// One page.
#[derive(Debug, Clone)]
pub(super) struct Page {
    /// Its lines.
    pub bytes: Bytes,
    /// Changes when they do.
    pub etag: HeaderValue,
}

impl Page {
    fn new(bytes: Vec<u8>) -> Self {
        let etag = format!("\"{}\"", &Digest::of(&bytes).hex()[..32]);
        let etag = HeaderValue::from_str(&etag).expect("hexadecimal digits and quotes are visible");
        Self { bytes: bytes.into(), etag }
    }
}

/// Pages in memory, by `NS--SLUG`.
#[derive(Debug, Default)]
struct Kept {
    pages: HashMap<String, Arc<Page>>,
    bytes: usize,
    /// Counts the changes, so that a page read from the disk before one is not kept after it.
    changes: u64,
}

/// The pages of a registry.
#[derive(Debug)]
pub(super) struct Pages {
    data: DataDir,
    limit: usize,
    kept: Mutex<Kept>,
}

/// What a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PageName {
    /// The owner chain of a namespace.
    Owner(PluginSlug),
    /// The statements about a plugin.
    Plugin(PluginName),
}

impl PageName {
    /// Name of its file without the ending.
    pub(super) fn stem(&self) -> String {
        match self {
            Self::Owner(namespace) => namespace.to_string(),
            Self::Plugin(name) => format!("{}--{}", name.namespace, name.slug),
        }
    }

    /// Its name in the map.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Owner(namespace) => namespace.to_string(),
            Self::Plugin(name) => name.to_string(),
        }
    }

    fn namespace(&self) -> &PluginSlug {
        match self {
            Self::Owner(namespace) => namespace,
            Self::Plugin(name) => &name.namespace,
        }
    }

    /// The page as the database has it.
    pub(super) fn make(&self, rows: &Connection) -> Result<Vec<u8>, RegistryError> {
        let logged = match self {
            Self::Owner(namespace) => statements::of_owner(rows, namespace)?,
            Self::Plugin(name) => statements::of_plugin(rows, name)?,
        };
        let mut lines = Vec::new();
        for logged in logged {
            let line = index_line(logged.position, &logged.entry);
            lines.extend(line.ok_or(RegistryError::Row("log entry"))?);
        }
        Ok(lines)
    }
}

/// The two directories of a namespace's pages.
pub(super) fn shards(namespace: &str) -> [String; 2] {
    let mut letters = namespace.chars().chain(std::iter::repeat('_'));
    let mut next = || letters.by_ref().take(2).collect();
    [next(), next()]
}

impl Pages {
    pub(super) fn new(data: DataDir, limit: usize) -> Self {
        Self { data, limit, kept: Mutex::default() }
    }

    /// The file of a page.
    pub(super) fn path(&self, name: &PageName) -> PathBuf {
        let [first, second] = shards(name.namespace().as_str());
        self.data.index().join(first).join(second).join(format!("{}.jsonl", name.stem()))
    }

    /// Makes the page anew, on the disk and in memory. One call at a time.
    pub(super) fn renew(&self, database: &Database, name: &PageName) -> Result<(), RegistryError> {
        let bytes = database.read(|rows| name.make(rows))?;
        // From here on nobody is given the old page from memory, should the disk fail.
        self.forget(&name.stem());
        derive(&self.data, &bytes, &self.path(name))?;
        self.forget(&name.stem());
        Ok(())
    }

    /// A page that is in memory.
    pub(super) fn kept(&self, stem: &str) -> Option<Arc<Page>> {
        self.held().pages.get(stem).cloned()
    }

    /// A page from the disk, kept in memory from now on. `None`: there is no such plugin.
    pub(super) fn load(&self, name: &PageName) -> Result<Option<Arc<Page>>, RegistryError> {
        let before = self.held().changes;
        let path = self.path(name);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(RegistryError::File { action: "read", path, source }),
        };
        let page = Arc::new(Page::new(bytes));
        let mut kept = self.held();
        if kept.changes == before {
            kept.add(name.stem(), page.clone(), self.limit);
        }
        Ok(Some(page))
    }

    fn forget(&self, stem: &str) {
        let mut kept = self.held();
        kept.changes += 1;
        kept.remove(stem);
    }

    fn held(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn add(&mut self, stem: String, page: Arc<Page>, limit: usize) {
        self.remove(&stem);
        if page.bytes.len() > limit / 4 {
            return;
        }
        self.bytes += page.bytes.len();
        self.pages.insert(stem, page);
        while self.bytes > limit {
            let Some(any) = self.pages.keys().next().cloned() else { break };
            self.remove(&any);
        }
    }

    fn remove(&mut self, stem: &str) {
        if let Some(page) = self.pages.remove(stem) {
            self.bytes -= page.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_lie_where_the_interface_says() {
        assert_eq!(shards("acme"), ["ac", "me"]);
        assert_eq!(shards("abc"), ["ab", "c_"]);
        assert_eq!(shards("ab"), ["ab", "__"]);
    }

    #[test]
    fn memory_is_bounded() {
        let mut kept = Kept::default();
        for number in 0..100 {
            kept.add(format!("a--{number}"), Arc::new(Page::new(vec![0; 200])), 1000);
            assert!(kept.bytes <= 1000);
            assert_eq!(kept.bytes, kept.pages.len() * 200);
        }
        kept.add("large".to_owned(), Arc::new(Page::new(vec![0; 900])), 1000);
        assert!(!kept.pages.contains_key("large"));
    }
}

//! A plugin's files in memory: what is validated, tested, packed and installed is the same value.
//!
//! A plugin has at most 5,000 files and 100 MB, so holding it is cheap, and nothing can change
//! between the check and the use.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Digest, TreePath};

/// Most files a plugin may have.
pub(crate) const MAX_FILES: usize = 5_000;
/// Most bytes a plugin may have, all files together.
pub(crate) const MAX_TOTAL: u64 = 100 * 1024 * 1024;
/// Most bytes one file may have.
pub(crate) const MAX_FILE: u64 = 20 * 1024 * 1024;

/// Files by path, sorted by path bytes. Cheap to clone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FileSet(BTreeMap<TreePath, Arc<[u8]>>);

impl FileSet {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds or replaces a file.
    pub fn insert(&mut self, path: TreePath, content: impl Into<Arc<[u8]>>) {
        self.0.insert(path, content.into());
    }

    /// Removes a file; whether it was there.
    pub fn remove(&mut self, path: &str) -> bool {
        self.0.remove(path).is_some()
    }

    /// The bytes of a file.
    pub fn get(&self, path: &str) -> Option<&[u8]> {
        self.0.get(path).map(AsRef::as_ref)
    }

    /// The text of a file; `None` when it is absent or not UTF-8. A byte order mark is dropped.
    pub fn text(&self, path: &str) -> Option<&str> {
        let text = std::str::from_utf8(self.get(path)?).ok()?;
        Some(text.strip_prefix('\u{feff}').unwrap_or(text))
    }

    /// Whether a file is there.
    pub fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Files in path order.
    pub fn iter(&self) -> impl Iterator<Item = (&TreePath, &[u8])> {
        self.0.iter().map(|(p, c)| (p, c.as_ref()))
    }

    /// Paths in order.
    pub fn paths(&self) -> impl Iterator<Item = &TreePath> {
        self.0.keys()
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Bytes of all files together.
    pub fn total_bytes(&self) -> u64 {
        self.0.values().map(|c| c.len() as u64).sum()
    }

    /// SHA-256 of one file.
    pub fn digest(&self, path: &str) -> Option<Digest> {
        self.get(path).map(Digest::of)
    }
}

impl FromIterator<(TreePath, Vec<u8>)> for FileSet {
    fn from_iter<I: IntoIterator<Item = (TreePath, Vec<u8>)>>(items: I) -> Self {
        Self(items.into_iter().map(|(p, c)| (p, c.into())).collect())
    }
}

//! What was fetched, kept for the next time and for `--offline`. Nothing in here is trusted: an
//! archive is read by its digest, an index goes through the same checks as a fresh one.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use url::Url;

use super::registry::MAX_INDEX;
use crate::model::Digest;
use crate::model::release::PluginName;
use crate::package::MAX_PACKED;
use crate::sys::clock::{Clock, SystemClock};
use crate::sys::file::{read_limited, write_atomic};

/// An index as it was kept: one line of JSON with its tag, then the lines of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CachedIndex {
    /// Its `ETag`.
    pub tag: Option<String>,
    /// The index.
    pub lines: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct Head {
    tag: Option<String>,
}

/// The cache: archives of all registries together, indexes of one.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    archives: PathBuf,
    indexes: PathBuf,
}

impl Cache {
    pub(super) fn at(root: &Path, registry: &Url) -> Self {
        let registry = Digest::of(registry.as_str().as_bytes()).hex();
        Self {
            archives: root.join("blobs").join("sha256"),
            indexes: root.join("index").join(&registry[..32]),
        }
    }

    /// The archive, when it is there and has the digest. One that has another is removed.
    pub(super) fn archive(&self, digest: &Digest) -> Option<Vec<u8>> {
        let path = self.archive_path(digest);
        let bytes = read_limited(&path, MAX_PACKED as u64).ok();
        match bytes {
            Some(bytes) if Digest::of(&bytes) == *digest => Some(bytes),
            _ => {
                let _ = std::fs::remove_file(&path);
                None
            }
        }
    }

    pub(super) fn keep_archive(&self, digest: &Digest, bytes: &[u8]) -> io::Result<()> {
        write(&self.archive_path(digest), bytes)
    }

    /// The index file of this name (`NS--SLUG`, or `NS` of an owner) as it was last seen.
    pub(super) fn index(&self, stem: &str) -> Option<CachedIndex> {
        let bytes = read_limited(&self.index_path(stem), MAX_INDEX + 1024).ok()?;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let head: Head = serde_json::from_slice(&bytes[..end]).ok()?;
        Some(CachedIndex { tag: head.tag, lines: bytes[end + 1..].to_vec() })
    }

    pub(super) fn keep_index(&self, stem: &str, index: &CachedIndex) -> io::Result<()> {
        let mut bytes = serde_json::to_vec(&Head { tag: index.tag.clone() })?;
        bytes.push(b'\n');
        bytes.extend_from_slice(&index.lines);
        write(&self.index_path(stem), &bytes)
    }

    /// When each of these archives was first seen in the plugin's index; those that are new are seen
    /// now. Kept until the index does not have them any more.
    pub(super) fn notice(
        &self,
        name: &PluginName,
        archives: BTreeSet<Digest>,
    ) -> BTreeMap<Digest, String> {
        let path = self.indexes.join(format!("{}--{}.seen.json", name.namespace, name.slug));
        let bytes = read_limited(&path, MAX_INDEX).unwrap_or_default();
        let kept: BTreeMap<Digest, String> = serde_json::from_slice(&bytes).unwrap_or_default();
        let now = SystemClock.now().to_string();
        let seen = |archive: Digest| (archive, kept.get(&archive).unwrap_or(&now).clone());
        let noticed: BTreeMap<Digest, String> = archives.into_iter().map(seen).collect();
        if noticed != kept
            && let Ok(bytes) = serde_json::to_vec(&noticed)
        {
            // Not kept, they are seen for the first time again: that holds a release back longer.
            let _ = write(&path, &bytes);
        }
        noticed
    }

    fn archive_path(&self, digest: &Digest) -> PathBuf {
        let hex = digest.hex();
        self.archives.join(&hex[..2]).join(hex)
    }

    fn index_path(&self, stem: &str) -> PathBuf {
        self.indexes.join(format!("{stem}.jsonl"))
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)?;
    }
    write_atomic(path, bytes, false)
}

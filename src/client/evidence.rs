//! What a registry shows for what it says of one plugin, and whether it holds. Pure: what was fetched
//! a moment ago and what comes out of a file is judged by the same code.
//!
//! The checkpoint is signed by the log's key. Its last entry is the root of a map that has the digest
//! of the plugin's index file and of its namespace's owner file; each statement of the owner chain
//! is in the log where the file says. So a registry that leaves out, mixes, reorders or invents is
//! caught, or has to show different logs to different people.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{ClientError, SeenLog};
use crate::model::release::{IndexEntry, PluginName};
use crate::model::{Digest, PluginSlug};
use crate::trust::map::MapProof;
use crate::trust::tlog::{Checkpoint, Claim, Entry, Fault, hash_leaf};
use crate::trust::{OwnerChain, TrustError};

/// What is shown of a plugin, after it was held against the log, where there is one.
#[derive(Debug, Clone)]
pub(super) struct Shown {
    /// The lines of its index.
    pub index: Vec<u8>,
    /// Who owns its namespace.
    pub chain: Option<OwnerChain>,
    /// The log that says so.
    pub log: Option<SeenLog>,
}

/// A proof of what a registry says of a plugin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Evidence {
    /// Name and key of the log, as in signed notes.
    pub log: String,
    /// The signed checkpoint.
    pub checkpoint: String,
    /// The plugin's index file, as it was at the checkpoint.
    pub index: String,
    /// The owner file of its namespace, as it was at the checkpoint.
    pub owner: String,
    /// The place of the index file in the map.
    pub index_path: MapProof,
    /// The place of the owner file in the map.
    pub owner_path: MapProof,
    /// Hashes of the log's tree, see [`Claim`].
    pub tree: Vec<Digest>,
}

/// The place of a statement in a log, and the hash of its entry.
pub(super) fn leaf_of(entry: &IndexEntry) -> Option<(u64, Digest)> {
    let published_at = entry.published_at.clone()?;
    let written = Entry::Statement { published_at, envelope: entry.envelope.clone() }.write();
    Some((entry.logged?, hash_leaf(&written)))
}

/// The lines of an index file that a checkpoint of `size` speaks of. The file only grows, so they are
/// its beginning.
pub(super) fn until(lines: &[u8], size: u64) -> &[u8] {
    let mut end = 0;
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        let logged = serde_json::from_slice::<IndexEntry>(line).ok().and_then(|entry| entry.logged);
        if logged.is_some_and(|logged| logged >= size) {
            break;
        }
        end += line.len();
    }
    &lines[..end]
}

fn entries(lines: &[u8]) -> Option<Vec<IndexEntry>> {
    let lines = lines.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.map(|line| serde_json::from_slice(line).ok()).collect()
}

/// The owner chain in an owner file. The registry alone says which statements are in it, in which
/// order; [`Evidence::check`] holds that against the log.
pub(super) fn chain(lines: &[u8], namespace: &PluginSlug) -> Result<OwnerChain, TrustError> {
    let refuse = |reason: &str| TrustError::Owner(reason.to_owned());
    let entries = entries(lines).ok_or_else(|| refuse("its file cannot be read"))?;
    let mut chain: Option<OwnerChain> = None;
    for entry in &entries {
        let at = entry.logged.ok_or_else(|| refuse("one of its statements has no place"))?;
        match &mut chain {
            None => chain = Some(OwnerChain::found(at, &entry.envelope)?),
            Some(chain) => drop(chain.apply(at, &entry.envelope)?),
        }
    }
    let chain = chain.ok_or_else(|| refuse("its file is empty"))?;
    if chain.namespace() != namespace {
        return Err(refuse("it is about another namespace"));
    }
    Ok(chain)
}

impl Evidence {
    /// What the tree has to prove at a checkpoint of `size`.
    pub(super) fn claim(
        &self,
        name: &PluginName,
        size: u64,
        older: Option<(u64, Digest)>,
        more: &[(u64, Digest)],
    ) -> Result<Claim, &'static str> {
        let last = size.checked_sub(1).ok_or("its log is empty")?;
        let (root, _) = self.map(name)?;
        let mut claim =
            Claim { older, entries: vec![(last, hash_leaf(&Entry::Index { root }.write()))] };
        let links = entries(self.owner.as_bytes()).ok_or("its owner file cannot be read")?;
        for link in &links {
            claim.entries.push(leaf_of(link).ok_or("a statement of the owner has no place")?);
        }
        claim.entries.extend_from_slice(more);
        Ok(claim)
    }

    /// The root of the map, and the digests it has of the index and the owner file.
    fn map(&self, name: &PluginName) -> Result<(Digest, [Option<Digest>; 2]), &'static str> {
        const WRONG: &str = "what it shows of its map is no proof";
        let index = self.index_path.open(&name.to_string()).ok_or(WRONG)?;
        let owner = self.owner_path.open(name.namespace.as_str()).ok_or(WRONG)?;
        if index.0 != owner.0 {
            return Err("what it shows of its map does not fit together");
        }
        Ok((index.0, [index.1, owner.1]))
    }

    /// Whether the map has the two files, and no others.
    pub(super) fn check_files(&self, name: &PluginName) -> Result<(), Cow<'static, str>> {
        let (_, [index, owner]) = self.map(name)?;
        if index != Some(Digest::of(self.index.as_bytes())) {
            return Err(format!("its index of `{name}` is not the one in its log").into());
        }
        if owner != Some(Digest::of(self.owner.as_bytes())) {
            let namespace = &name.namespace;
            return Err(
                format!("what it says of the owner of `{namespace}` is not in its log").into()
            );
        }
        Ok(())
    }

    /// Holds everything against the checkpoint: the files against the map, the map and the owner chain
    /// against the tree, and what was seen before against it, too.
    pub(super) fn check(
        &self,
        name: &PluginName,
        checkpoint: &Checkpoint,
        seen: Option<&SeenLog>,
        registry: &Url,
    ) -> Result<OwnerChain, ClientError> {
        let refuse = |reason: String| ClientError::Log { registry: registry.to_string(), reason };
        let older = seen.map(|seen| (seen.size, seen.root));
        let claim =
            self.claim(name, checkpoint.size, older, &[]).map_err(|r| refuse(r.to_owned()))?;
        claim.check(checkpoint, &self.tree).map_err(|fault| match fault {
            Fault::Entries => refuse(format!("its log does not hold what it says of `{name}`")),
            Fault::Older => refuse(other_log(older)),
        })?;
        self.check_files(name).map_err(|reason| refuse(reason.into_owned()))?;
        Ok(chain(self.owner.as_bytes(), &name.namespace)?)
    }
}

/// A log that does not go on from the one that was seen.
pub(super) fn other_log(older: Option<(u64, Digest)>) -> String {
    let size = older.map_or(0, |(size, _)| size);
    format!("its log is not the one whose first {size} entries were seen before")
}

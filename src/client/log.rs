//! Whether a release is in the registry's log, and whether that log still holds what it held.
//!
//! The log's key and the last checkpoint are remembered for each registry. A later checkpoint has
//! to be of the same key, no shorter, and a continuation: both are computed here, from tiles that
//! need not be believed, because only the right ones give the signed root. What the entry of a
//! release says is made from the release itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::registry::{self, MAX_DOCUMENT, Registry};
use super::{ClientError, Release};
use crate::model::Digest;
use crate::net::Send;
use crate::trust::tlog::{self, Checkpoint, LogKey, Node, Tile, WIDTH};

/// Most bytes of a checkpoint.
const MAX_CHECKPOINT: u64 = 16 * 1024;
/// Bytes of a hash.
const HASH: usize = 32;

/// What is remembered of a registry's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SeenLog {
    /// Its name and key, as in signed notes.
    pub key: String,
    /// Entries of the last checkpoint.
    pub size: u64,
    /// Its root.
    pub root: Digest,
}

#[derive(Deserialize)]
struct Description {
    log: Option<LogDescription>,
}

#[derive(Deserialize)]
struct LogDescription {
    key: String,
}

impl Registry {
    /// Proves that `release` is in the log, and that the log goes on from what was `seen` of it.
    /// `None`: there is no log here, and none was seen before; or the network is off.
    pub(crate) async fn prove_logged(
        &self,
        release: &Release,
        seen: Option<&SeenLog>,
    ) -> Result<Option<SeenLog>, ClientError> {
        if self.is_offline() {
            return Ok(None);
        }
        let refuse = |reason: String| ClientError::Log { registry: self.url().to_string(), reason };
        let key = match seen {
            Some(seen) => Some(seen.key.clone()),
            None => self.log_key().await?,
        };
        let Some(key) = key else { return Ok(None) };
        let key: LogKey = key.parse()?;
        let note = self.log_file("checkpoint", MAX_CHECKPOINT).await?;
        let note = note.ok_or_else(|| refuse("its log is gone".to_owned()))?;
        let now = Checkpoint::open(&note, &key)?;
        let (old_size, old_root) = match seen {
            Some(seen) => (seen.size, seen.root),
            None => (0, Digest::of(b"")),
        };
        if now.size < old_size {
            let size = now.size;
            return Err(refuse(format!("its log had {old_size} entries and now has {size}")));
        }
        let name = &release.statement.name;
        let version = &release.statement.version;
        let place = release.logged.filter(|place| *place < now.size);
        let place =
            place.ok_or_else(|| refuse(format!("its log does not hold `{name}` {version}")))?;
        let nodes = tlog::nodes(now.size, &[place, place + 1, old_size]);
        let mut row = self.hashes(&nodes, now.size).await?;
        if row.iter().any(|(_, hash)| hash.is_none()) {
            return Err(refuse("a part of its log cannot be read".to_owned()));
        }
        let entry = Node { level: 0, number: place };
        for (node, hash) in &mut row {
            if *node == entry {
                *hash = Some(tlog::hash_leaf(&release.entry));
            }
        }
        let row: Vec<(Node, Digest)> =
            row.into_iter().filter_map(|(node, hash)| Some((node, hash?))).collect();
        if tlog::root(now.size, &row) != Some(now.root) {
            return Err(refuse(format!("its log does not hold `{name}` {version} at {place}")));
        }
        if tlog::root_of_first(old_size, &row) != Some(old_root) {
            return Err(refuse(format!(
                "its log is not the one whose first {old_size} entries were seen before"
            )));
        }
        Ok(Some(SeenLog { key: key.to_string(), size: now.size, root: now.root }))
    }

    /// The key that the registry tells for its log.
    async fn log_key(&self) -> Result<Option<String>, ClientError> {
        let path = ".well-known/daino-registry.json";
        match self.log_file(path, MAX_DOCUMENT).await? {
            // What says nothing about a log has none. That helps nobody: a log that was seen
            // once has to be there.
            Some(body) => {
                let description = serde_json::from_slice::<Description>(&body).ok();
                Ok(description.and_then(|found| found.log).map(|log| log.key))
            }
            None => Ok(None),
        }
    }

    /// A file; `None` when there is none.
    async fn log_file(&self, path: &str, most: u64) -> Result<Option<Vec<u8>>, ClientError> {
        let reply = self.send(Send::get(self.address(path), most), &|_| {}).await?;
        match reply.status {
            200 => Ok(Some(reply.body)),
            404 | 410 => Ok(None),
            _ => Err(registry::problem("the registry does not give its log", &reply)),
        }
    }

    /// The hash of each subtree, as far as the tiles have it.
    async fn hashes(
        &self,
        nodes: &[Node],
        size: u64,
    ) -> Result<Vec<(Node, Option<Digest>)>, ClientError> {
        let mut tiles: BTreeMap<Tile, Vec<Digest>> = BTreeMap::new();
        let mut row = Vec::new();
        for node in nodes {
            let Some((tile, range)) = Tile::of_node(*node, size) else {
                row.push((*node, None));
                continue;
            };
            let hashes = match tiles.get(&tile) {
                Some(hashes) => hashes,
                None => {
                    let hashes = self.tile(tile).await?;
                    tiles.entry(tile).or_insert(hashes)
                }
            };
            row.push((*node, hashes.get(range).and_then(tlog::hash_tile)));
        }
        Ok(row)
    }

    /// A tile; the whole one when it has taken the place of a smaller one. Empty when it is not
    /// there.
    async fn tile(&self, tile: Tile) -> Result<Vec<Digest>, ClientError> {
        let most = WIDTH * HASH as u64;
        let mut bytes = self.log_file(&tile.path(), most).await?;
        if bytes.is_none() && tile.width < WIDTH {
            bytes = self.log_file(&Tile { width: WIDTH, ..tile }.path(), most).await?;
        }
        let (hashes, _) = bytes.as_deref().unwrap_or_default().as_chunks::<HASH>();
        Ok(hashes.iter().map(|hash| Digest::from_raw(*hash)).collect())
    }
}

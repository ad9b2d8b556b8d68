//! The registry's log: what it has to show before its index of a plugin is believed.
//!
//! The log's key and the last checkpoint are remembered for each registry. A later checkpoint has
//! to be of the same key, no shorter, and a continuation. Everything else, the map, the tiles, the
//! index files, need not be believed, because only the right ones give the signed root. What the
//! entry of a statement says is made from the statement itself.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, Shown, leaf_of, until};
use super::registry::{self, MAX_DOCUMENT, Registry};
use super::{ClientError, Index, Known, Release};
use crate::model::release::PluginName;
use crate::model::{Digest, Observer};
use crate::net::Send;
use crate::trust::map::{MAX_BUCKET, MapProof, place};
use crate::trust::tlog::{self, Checkpoint, Claim, LogKey, Node, Tile, WIDTH};

/// Most bytes of a checkpoint.
const MAX_CHECKPOINT: u64 = 128 * 1024;
/// Bytes of a hash.
const HASH: usize = 32;
/// How long to wait before a registry is asked again that changed while it was asked.
const AGAIN: [Duration; 2] = [Duration::from_millis(50), Duration::from_millis(300)];

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
    /// What the registry has of a plugin, held against its log. A registry without a log, of which
    /// none was seen before, is not: then the publisher's signatures are all there is.
    pub(super) async fn shown(
        &self,
        name: &PluginName,
        known: &Known,
        observer: &dyn Observer,
    ) -> Result<Shown, ClientError> {
        let key = match &known.log {
            Some(seen) => Some(seen.key.clone()),
            None => self.log_key().await?,
        };
        let Some(key) = key else {
            let index = self.page(&name.namespace, Some(&name.slug), observer).await?;
            let index = index.ok_or_else(|| self.not_found(name))?;
            return Ok(Shown { index, chain: None, log: None });
        };
        let key: LogKey = key.parse()?;
        let mut waits = AGAIN.iter();
        loop {
            match self.attempt(name, &key, known, observer).await {
                // It may have changed between two answers.
                Err(ClientError::Log { .. }) if waits.len() > 0 => {
                    let wait = waits.next().copied().unwrap_or_default();
                    tokio::time::sleep(wait).await;
                }
                other => return other,
            }
        }
    }

    async fn attempt(
        &self,
        name: &PluginName,
        key: &LogKey,
        known: &Known,
        observer: &dyn Observer,
    ) -> Result<Shown, ClientError> {
        let (checkpoint, note) = self.head(key).await?;
        let older = known.log.as_ref().map(|seen| (seen.size, seen.root));
        if let Some((size, _)) = older.filter(|(size, _)| checkpoint.size < *size) {
            let now = checkpoint.size;
            return Err(self.refuse(format!("its log had {size} entries and now has {now}")));
        }
        let Some(mut evidence) = self.files(name, key, &checkpoint, note, observer).await? else {
            return Err(self.not_found(name));
        };
        let claim = evidence.claim(name, checkpoint.size, older, &[]);
        let claim = claim.map_err(|reason| self.refuse(reason.to_owned()))?;
        evidence.tree = self.hashes(&claim.needed(checkpoint.size), checkpoint.size).await?;
        let chain = evidence.check(name, &checkpoint, known.log.as_ref(), self.url())?;
        let log = SeenLog { key: key.to_string(), size: checkpoint.size, root: checkpoint.root };
        Ok(Shown { index: evidence.index.into_bytes(), chain: Some(chain), log: Some(log) })
    }

    pub(super) fn refuse(&self, reason: String) -> ClientError {
        ClientError::Log { registry: self.url().to_string(), reason }
    }

    /// The checkpoint, and the note it is in.
    pub(super) async fn head(&self, key: &LogKey) -> Result<(Checkpoint, String), ClientError> {
        let note = self.log_file("checkpoint", MAX_CHECKPOINT).await?;
        let note = note.ok_or_else(|| self.refuse("its log is gone".to_owned()))?;
        let head = Checkpoint::open(&note, key)?;
        Ok((head, String::from_utf8(note).unwrap_or_default()))
    }

    /// Everything that is shown of a plugin at a checkpoint, but for the tree. `None`: it is proved
    /// that there is no such plugin.
    async fn files(
        &self,
        name: &PluginName,
        key: &LogKey,
        checkpoint: &Checkpoint,
        note: String,
        observer: &dyn Observer,
    ) -> Result<Option<Evidence>, ClientError> {
        let index = self.page(&name.namespace, Some(&name.slug), observer).await?;
        let owner = self.page(&name.namespace, None, observer).await?;
        if checkpoint.size == 0 {
            return Ok(None);
        }
        let text = |page: Option<Vec<u8>>| {
            let page = page.unwrap_or_default();
            String::from_utf8(until(&page, checkpoint.size).to_vec())
                .map_err(|_| self.refuse("its index is not UTF-8".to_owned()))
        };
        let evidence = Evidence {
            log: key.to_string(),
            checkpoint: note,
            index: text(index)?,
            owner: text(owner)?,
            index_path: self.map_proof(&name.to_string(), checkpoint.size).await?,
            owner_path: self.map_proof(name.namespace.as_str(), checkpoint.size).await?,
            tree: Vec::new(),
        };
        let listed = evidence.index_path.open(&name.to_string()).and_then(|(_, digest)| digest);
        if evidence.index.is_empty() && listed.is_none() {
            return Ok(None);
        }
        Ok(Some(evidence))
    }

    /// The place of a name in the map.
    async fn map_proof(&self, name: &str, size: u64) -> Result<MapProof, ClientError> {
        let missing = || self.refuse("a part of its map cannot be read".to_owned());
        let (page, inner) = place(name);
        let page_size = WIDTH * HASH as u64;
        let map =
            self.log_file(&format!("map/top/{size}"), page_size).await?.ok_or_else(missing)?;
        let map = digests(&map);
        let below = async |hashes: &[Digest], at: u8, most: u64| {
            let hex = hashes.get(usize::from(at)).ok_or_else(missing)?.hex();
            self.log_file(&format!("map/{}/{hex}", &hex[..2]), most).await?.ok_or_else(missing)
        };
        let hashes = digests(&below(&map, page, page_size).await?);
        let bucket = below(&hashes, inner, MAX_BUCKET as u64).await?;
        let bucket = String::from_utf8(bucket).map_err(|_| missing())?;
        MapProof::of(name, bucket, &hashes, &map).ok_or_else(missing)
    }

    /// Proves that `release` is in the log that its index was held against. `None`: there is no log
    /// here; or the network is off.
    pub(crate) async fn prove_logged(
        &self,
        release: &Release,
        index: &Index,
    ) -> Result<Option<SeenLog>, ClientError> {
        let Some(log) = &index.log else { return Ok(None) };
        let (name, version) = (&release.statement.name, &release.statement.version);
        let absent = || self.refuse(format!("its log does not hold `{name}` {version}"));
        let leaf = leaf_of(&release.entry).ok_or_else(absent)?;
        let claim = Claim { older: None, entries: vec![leaf] };
        let checkpoint = Checkpoint { size: log.size, root: log.root };
        if leaf.0 >= log.size {
            return Err(absent());
        }
        let hashes = self.hashes(&claim.needed(log.size), log.size).await?;
        claim.check(&checkpoint, &hashes).map_err(|_| absent())?;
        Ok(Some(log.clone()))
    }

    /// The key that the registry tells for its log.
    pub(super) async fn log_key(&self) -> Result<Option<String>, ClientError> {
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
    pub(super) async fn log_file(
        &self,
        path: &str,
        most: u64,
    ) -> Result<Option<Vec<u8>>, ClientError> {
        let reply = self.send(Send::get(self.address(path), most), &|_| {}).await?;
        match reply.status {
            200 => Ok(Some(reply.body)),
            404 | 410 => Ok(None),
            _ => Err(registry::problem("the registry does not give its log", &reply)),
        }
    }

    /// The hash of each subtree.
    async fn hashes(&self, nodes: &[Node], size: u64) -> Result<Vec<Digest>, ClientError> {
        let missing = || self.refuse("a part of its log cannot be read".to_owned());
        let mut tiles: BTreeMap<Tile, Vec<Digest>> = BTreeMap::new();
        let mut row = Vec::new();
        for node in nodes {
            let (tile, range) = Tile::of_node(*node, size).ok_or_else(missing)?;
            let hashes = match tiles.entry(tile) {
                Slot::Occupied(known) => known.into_mut(),
                Slot::Vacant(slot) => slot.insert(self.tile(tile).await?),
            };
            row.push(hashes.get(range).and_then(tlog::hash_tile).ok_or_else(missing)?);
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
        Ok(digests(bytes.as_deref().unwrap_or_default()))
    }
}

fn digests(bytes: &[u8]) -> Vec<Digest> {
    let (hashes, _) = bytes.as_chunks::<HASH>();
    hashes.iter().map(|hash| Digest::from_raw(*hash)).collect()
}

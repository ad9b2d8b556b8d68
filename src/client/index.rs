//! The index of one plugin: which lines are releases that its publisher signed.
//!
//! A line that is broken, names another plugin or is not signed by a known key is left out and
//! told, so that a registry that was taken over can add rubbish but cannot stop a plugin from being
//! installed.

use std::collections::BTreeMap;

use semver::{Version, VersionReq};
use url::Url;

use super::{ClientError, LockFile, registry};
use crate::model::event::Tell;
use crate::model::release::{IndexEntry, PluginName, ReleasePredicate};
use crate::model::{Digest, Observer};
use crate::package::MAX_PACKED;
use crate::trust::tlog::release_entry;
use crate::trust::{Decision, KeyId, Pins, TrustError, Verified, verify_release};

/// One release of the index, signed by a pinned key or by one that is seen for the first time.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    /// What the publisher signed.
    pub statement: Verified<ReleasePredicate>,
    /// Whether the namespace has no pinned key yet.
    pub first_seen: bool,
    /// Whether the registry says that it was withdrawn.
    pub yanked: bool,
    /// When the registry took it, as the registry says.
    pub published_at: Option<String>,
    /// When it was first seen in the registry's index on this machine.
    pub noticed_at: Option<String>,
    /// Host versions it is for, as the registry says; the manifest has the last word.
    pub engine: Option<VersionReq>,
    /// Its place in the registry's log, as the registry says.
    pub logged: Option<u64>,
    /// Its entry in a log.
    pub entry: Vec<u8>,
}

/// A line that is no release.
#[derive(Debug, Clone)]
pub(super) struct Skipped {
    /// Line, from 1.
    pub line: usize,
    /// The version it claims.
    pub version: Option<Version>,
    /// What is wrong with it.
    pub reason: Reason,
}

#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Reason {
    #[error("{0}")]
    Unreadable(String),
    #[error("it is about `{0}`")]
    OtherPlugin(PluginName),
    #[error("it is larger than a release may be: {0} bytes")]
    TooLarge(u64),
    #[error("the version is listed twice with different content")]
    Twice,
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error("it is signed by another key than those known for the publisher")]
    OtherKey { pinned: Vec<KeyId>, offered: Vec<KeyId> },
}

/// The index of one plugin, checked line by line.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    /// Which plugin.
    pub name: PluginName,
    /// Its releases, in the order of the index.
    pub releases: Vec<Release>,
    pub(super) skipped: Vec<Skipped>,
}

impl Index {
    /// Reads an index. Lines that are no release of `name` are left out; an answer without any line
    /// of the right form is not an index.
    pub(super) fn read(
        bytes: &[u8],
        name: &PluginName,
        pins: &Pins,
        url: &Url,
    ) -> Result<Self, ClientError> {
        let mut index = Self { name: name.clone(), releases: Vec::new(), skipped: Vec::new() };
        let mut entries = 0;
        let lines = bytes.split(|byte| *byte == b'\n').enumerate();
        for (at, line) in lines.filter(|(_, line)| !line.trim_ascii().is_empty()) {
            let line_number = at + 1;
            match serde_json::from_slice::<IndexEntry>(line) {
                Ok(entry) => {
                    entries += 1;
                    index.add(line_number, entry, pins);
                }
                Err(error) => {
                    let reason = Reason::Unreadable(registry::unreadable(line, &error));
                    index.skipped.push(Skipped { line: line_number, version: None, reason });
                }
            }
        }
        if entries == 0 {
            let reason = match index.skipped.first() {
                Some(skipped) => skipped.reason.to_string(),
                None => "it sends nothing".to_owned(),
            };
            return Err(ClientError::NotRegistry { url: url.to_string(), reason });
        }
        Ok(index)
    }

    fn add(&mut self, line: usize, entry: IndexEntry, pins: &Pins) {
        let version = entry.version.clone();
        let known = self.releases.iter().position(|r| r.statement.version == version);
        let reason = match (check(entry, &self.name, pins), known) {
            (Ok(release), None) => return self.releases.push(release),
            // The same line once more says nothing new, but whether it is yanked: the last counts.
            (Ok(release), Some(at))
                if self.releases[at].statement.archive == release.statement.archive =>
            {
                self.releases[at].yanked = release.yanked;
                return;
            }
            (Ok(_), Some(at)) => {
                self.releases.remove(at);
                Reason::Twice
            }
            (Err(reason), _) => reason,
        };
        self.skipped.push(Skipped { line, version: Some(version), reason });
    }

    /// Takes over when each archive was first seen.
    pub(super) fn notice(&mut self, noticed: &BTreeMap<Digest, String>) {
        for release in &mut self.releases {
            release.noticed_at = noticed.get(&release.statement.archive).cloned();
        }
    }

    /// The newest release, yanked or not.
    pub(crate) fn newest(&self) -> Option<&Version> {
        self.releases.iter().map(|release| &release.statement.version).max()
    }

    /// The newest release that this key signed, yanked or not.
    pub(crate) fn newest_signed_by(&self, key: &KeyId) -> Option<&Version> {
        let own = self.releases.iter().filter(|release| release.statement.key_id() == *key);
        own.map(|release| &release.statement.version).max()
    }

    /// Tells what was left out, and signs of a registry that withholds or mixes.
    pub(crate) fn tell(&self, lock: &LockFile, observer: &dyn Observer) {
        let name = &self.name;
        for skipped in self.skipped.iter().take(3) {
            let (line, reason) = (skipped.line, &skipped.reason);
            let version = skipped.version.as_ref().map(|v| format!(" ({v})")).unwrap_or_default();
            observer.warn(format!(
                "line {line}{version} of the registry's index of `{name}` is left out: {reason}"
            ));
        }
        if self.skipped.len() > 3 {
            let more = self.skipped.len() - 3;
            observer.warn(format!("{more} more lines of the index of `{name}` are left out"));
        }
        if let (Some(seen), Some(newest)) = (lock.seen(name), self.newest())
            && newest < seen
        {
            observer.warn(format!(
                "`{name}` {seen} was seen before, and the registry now lists nothing newer than \
                 {newest}: it may be withholding releases"
            ));
        }
        let mut signers =
            self.releases.iter().filter(|r| r.first_seen).map(|r| r.statement.key_id());
        if let Some(first) = signers.next()
            && let Some(other) = signers.find(|signer| *signer != first)
        {
            observer.warn(format!(
                "releases of `{name}` are signed by different keys: `{first}` and `{other}`"
            ));
        }
    }
}

/// Holds one entry against its own signature.
fn check(entry: IndexEntry, name: &PluginName, pins: &Pins) -> Result<Release, Reason> {
    if entry.name != *name {
        return Err(Reason::OtherPlugin(entry.name));
    }
    let (keys, first_seen) = match pins.decide(&name.namespace, &entry.envelope)? {
        Decision::Trusted(keys) => (keys, false),
        Decision::FirstSeen(keys) => (keys, true),
        Decision::Mismatch { pinned, offered } => return Err(Reason::OtherKey { pinned, offered }),
    };
    let statement = verify_release(&entry.envelope, &keys)?;
    statement.expect(name, &entry.version)?;
    let differs = |part: &'static str, actual: String, signed: String| {
        Err(Reason::Trust(TrustError::Mismatch { part, actual, signed }))
    };
    if statement.archive != entry.archive {
        return differs("archive", entry.archive.to_string(), statement.archive.to_string());
    }
    if statement.size != entry.size {
        return differs("size", entry.size.to_string(), statement.size.to_string());
    }
    if entry.size > MAX_PACKED as u64 {
        return Err(Reason::TooLarge(entry.size));
    }
    let engine = entry.engine.and_then(|range| range.parse().ok());
    let logged_entry = release_entry(&entry.envelope, &statement)?;
    Ok(Release {
        statement,
        first_seen,
        yanked: entry.yanked,
        published_at: entry.published_at,
        noticed_at: None,
        engine,
        logged: entry.logged,
        entry: logged_entry,
    })
}

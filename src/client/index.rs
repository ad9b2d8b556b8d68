//! The index of one plugin: which lines are releases that its publisher signed.
//!
//! A line is a statement of the publisher: a release, a yank, an advisory. One that is broken, names
//! another plugin or is not signed by a key that covers its place in the log is left out and told, so that a registry that was taken over can add rubbish but cannot stop a plugin from being
//! installed.

use std::collections::BTreeMap;

use semver::{Version, VersionReq};
use url::Url;

use super::evidence::Shown;
use super::{ClientError, LockFile, SeenLog, registry};
use crate::model::event::Tell;
use crate::model::release::{IndexEntry, PluginName, ReleasePredicate};
use crate::model::{Digest, Observer};
use crate::package::MAX_PACKED;
use crate::trust::{
    Continuity, Decision, History, KeyId, OwnerChain, Pins, PublicKey, Statement, TrustError,
    Verified, claimed, verify_statement,
};

/// One release of the index, signed by a pinned key or by one that is seen for the first time.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    /// What the publisher signed.
    pub statement: Verified<ReleasePredicate>,
    /// Whether the namespace has no pinned key yet.
    pub first_seen: bool,
    /// Whether its publisher withdrew it.
    pub yanked: bool,
    /// When the registry took it, as the registry says.
    pub published_at: Option<String>,
    /// When it was first seen in the registry's index on this machine.
    pub noticed_at: Option<String>,
    /// Host versions it is for; the manifest has the last word.
    pub engine: Option<VersionReq>,
    /// Its line of the index.
    pub entry: IndexEntry,
}

/// A line that is no release.
#[derive(Debug, Clone)]
pub(super) struct Skipped {
    /// Line, from 1.
    pub line: usize,
    /// The version it claims to release.
    pub version: Option<Version>,
    /// What is wrong with it.
    pub reason: Reason,
}

#[derive(Debug, Clone, thiserror::Error)]
pub(super) enum Reason {
    #[error("{0}")]
    Unreadable(String),
    #[error("it is about `{0}`")]
    OtherPlugin(String),
    #[error("it is larger than a release may be: {0} bytes")]
    TooLarge(u64),
    #[error("the version is listed twice with different content")]
    Twice,
    #[error("it has no place in the registry's log")]
    NotLogged,
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
    /// What the statements add up to: withdrawals, known faults.
    pub history: History,
    /// Who owns its namespace, where the registry has a log.
    pub chain: Option<OwnerChain>,
    /// The log that all of it was held against.
    pub log: Option<SeenLog>,
    pub(super) skipped: Vec<Skipped>,
}

/// Which keys may have signed a line.
struct Signers<'a> {
    pins: &'a Pins,
    chain: Option<(&'a OwnerChain, Continuity)>,
}

impl Index {
    /// Reads an index. Lines that are no statement about `name` are left out; an answer without any
    /// line of the right form is not an index.
    pub(super) fn read(
        shown: &Shown,
        name: &PluginName,
        pins: &Pins,
        url: &Url,
    ) -> Result<Self, ClientError> {
        let chain = shown.chain.as_ref().map(|chain| (chain, pins.follow(chain)));
        if let Some((_, Continuity::Forked)) = chain {
            let reason =
                format!("the owner of `{}` is not the one that was seen before", name.namespace);
            return Err(ClientError::Trust(TrustError::Owner(reason)));
        }
        let mut index = Self {
            name: name.clone(),
            releases: Vec::new(),
            history: History::default(),
            chain: shown.chain.clone(),
            log: shown.log.clone(),
            skipped: Vec::new(),
        };
        let signers = Signers { pins, chain };
        let mut history = History::default();
        let mut entries = 0;
        let lines = shown.index.split(|byte| *byte == b'\n').enumerate();
        for (at, line) in lines.filter(|(_, line)| !line.trim_ascii().is_empty()) {
            let line_number = at + 1;
            match serde_json::from_slice::<IndexEntry>(line) {
                Ok(entry) => {
                    entries += 1;
                    index.add(line_number, entry, &signers, &mut history);
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
        for release in &mut index.releases {
            let listed = history.release(&release.statement.version);
            release.yanked = listed.is_some_and(|listed| listed.is_yanked);
        }
        index.history = history;
        Ok(index)
    }

    fn add(
        &mut self,
        line: usize,
        entry: IndexEntry,
        signers: &Signers<'_>,
        history: &mut History,
    ) {
        let version = match claimed(&entry.envelope) {
            Some(Statement::Release(release)) => Some(release.version),
            _ => None,
        };
        let reason = match self.take(&entry, signers, history) {
            Ok(()) => return,
            Err(reason) => reason,
        };
        self.skipped.push(Skipped { line, version, reason });
    }

    /// Takes one line over, when it holds.
    fn take(
        &mut self,
        entry: &IndexEntry,
        signers: &Signers<'_>,
        history: &mut History,
    ) -> Result<(), Reason> {
        let (statement, first_seen) = self.check(entry, signers)?;
        if !matches!(*statement, Statement::Release(_)) {
            return Ok(history.apply(&statement)?);
        }
        let added = history.apply(&statement);
        let statement = statement.release()?;
        if statement.size > MAX_PACKED as u64 {
            return Err(Reason::TooLarge(statement.size));
        }
        if added.is_err() {
            let known = self.releases.iter().position(|r| r.statement.version == statement.version);
            return match known {
                // The same line once more says nothing new.
                Some(at) if self.releases[at].statement.archive == statement.archive => Ok(()),
                // In a log the first one counts; elsewhere nothing says which is the first.
                Some(at) if signers.chain.is_none() => {
                    self.releases.remove(at);
                    Err(Reason::Twice)
                }
                _ => Err(Reason::Twice),
            };
        }
        let engine = statement.engine.as_deref().and_then(|range| range.parse().ok());
        self.releases.push(Release {
            statement,
            first_seen,
            yanked: false,
            published_at: entry.published_at.clone(),
            noticed_at: None,
            engine,
            entry: entry.clone(),
        });
        Ok(())
    }

    /// Holds one line against its own signature: the statement, and whether nothing of the namespace
    /// is pinned.
    fn check(
        &self,
        entry: &IndexEntry,
        signers: &Signers<'_>,
    ) -> Result<(Verified<Statement>, bool), Reason> {
        let name = &self.name;
        if let Some(claimed) = claimed(&entry.envelope)
            && claimed.plugin() != Some(name)
        {
            return Err(Reason::OtherPlugin(claimed.subject_name()));
        }
        if let Some((chain, continuity)) = signers.chain {
            let at = entry.logged.ok_or(Reason::NotLogged)?;
            return match continuity {
                Continuity::FirstSeen | Continuity::GoesOn => {
                    let first_seen = continuity == Continuity::FirstSeen;
                    Ok((chain.verify(at, &entry.envelope)?, first_seen))
                }
                _ => Err(Reason::OtherKey {
                    pinned: signers.pins.of(&name.namespace).to_vec(),
                    offered: chain.keys().iter().map(PublicKey::id).collect(),
                }),
            };
        }
        let (keys, first_seen) = match signers.pins.decide(&name.namespace, &entry.envelope)? {
            Decision::Trusted(keys) => (keys, false),
            Decision::FirstSeen(keys) => (keys, true),
            Decision::Mismatch { pinned, offered } => {
                return Err(Reason::OtherKey { pinned, offered });
            }
        };
        let statement = verify_statement(&entry.envelope, &keys)?;
        let is_release = matches!(*statement, Statement::Release(_));
        let is_own = |release: &Release| release.statement.key_id() == statement.key_id();
        if !is_release && first_seen && !self.releases.iter().any(is_own) {
            // Who is new here may speak of own releases alone.
            return Err(Reason::Trust(TrustError::UnknownKey {
                offered: vec![statement.key_id()],
            }));
        }
        Ok((statement, first_seen))
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

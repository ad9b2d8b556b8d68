//! What the statements say. Times are claims of who signed; the log's order is what counts.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::super::{KeyId, PublicKey};
use crate::model::release::PluginName;
use crate::model::{Digest, PluginSlug};

/// Most keys of an owner.
const MAX_KEYS: usize = 16;
/// Longest reason or summary, in bytes.
const MAX_TEXT: usize = 1_000;
/// Longest id of an advisory, and longest range of versions, in bytes.
const MAX_WORD: usize = 100;

fn is_text(text: &str, most: usize) -> bool {
    text.len() <= most && !text.chars().any(|c| c.is_control() && c != '\n')
}

/// A withdrawal, or its end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct YankPredicate {
    /// The plugin.
    pub name: PluginName,
    /// The release.
    pub version: semver::Version,
    /// Digest of its archive.
    pub archive: Digest,
    /// How many withdrawals and ends of withdrawals of this release came before it: a statement that
    /// was kept back counts no more once another one is in the log.
    pub sequence: u64,
    /// Why, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was signed, RFC 3339 in UTC.
    pub signed_at: String,
}

impl YankPredicate {
    pub(super) fn check(&self) -> Result<(), &'static str> {
        let fits = self.reason.as_deref().is_none_or(|reason| is_text(reason, MAX_TEXT));
        if fits { Ok(()) } else { Err("its reason is longer than 1,000 bytes, or no text") }
    }
}

/// Who owns a namespace: a link of the owner chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OwnerPredicate {
    /// The namespace.
    pub namespace: PluginSlug,
    /// 1 for the first link, then one more each time.
    pub epoch: u64,
    /// The statement of the link before, as [`super::super::owner::Link`] has its digest; absent in the
    /// first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<Digest>,
    /// The keys, each of which signs releases, yanks and advisories alone.
    pub keys: Vec<PublicKey>,
    /// How many of the keys have to sign the next link, or that a key is revoked.
    pub threshold: u32,
    /// A key that can sign those alone and nothing else; kept offline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<PublicKey>,
    /// When it was signed, RFC 3339 in UTC.
    pub signed_at: String,
}

impl OwnerPredicate {
    pub(super) fn check(&self) -> Result<(), &'static str> {
        let ids: BTreeSet<KeyId> = self.keys.iter().map(PublicKey::id).collect();
        if self.keys.is_empty() || self.keys.len() > MAX_KEYS || ids.len() < self.keys.len() {
            return Err("it does not have 1 to 16 different keys");
        }
        if self.threshold == 0 || self.threshold as usize > self.keys.len() {
            return Err("its threshold is not between 1 and the number of its keys");
        }
        if self.recovery.is_some_and(|recovery| ids.contains(&recovery.id())) {
            return Err("its recovery key is one of its keys");
        }
        match (self.epoch, &self.previous) {
            (1, None) | (2.., Some(_)) => Ok(()),
            _ => Err("its epoch and its link to the statement before do not fit"),
        }
    }
}

/// The end of a key. What it signed before this statement in the log stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokeKeyPredicate {
    /// The namespace.
    pub namespace: PluginSlug,
    /// The owner's epoch in which it is said.
    pub epoch: u64,
    /// The key.
    pub key: KeyId,
    /// Why, for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was signed, RFC 3339 in UTC.
    pub signed_at: String,
}

impl RevokeKeyPredicate {
    pub(super) fn check(&self) -> Result<(), &'static str> {
        let fits = self.reason.as_deref().is_none_or(|reason| is_text(reason, MAX_TEXT));
        if fits { Ok(()) } else { Err("its reason is longer than 1,000 bytes, or no text") }
    }
}

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Hardly any harm.
    Low,
    /// Harm under conditions that are rare.
    Medium,
    /// Harm under usual conditions.
    High,
    /// Money or personal data are at stake: act now.
    Critical,
}

impl Severity {
    /// The word of it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// A fault of releases that their users should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AdvisoryPredicate {
    /// The plugin.
    pub name: PluginName,
    /// Its id, such as `ACME-2026-1`.
    pub id: String,
    /// 1, then one more for each change of what it says.
    pub revision: u64,
    /// The versions that have the fault, as a SemVer range.
    pub affected: semver::VersionReq,
    /// How bad it is.
    pub severity: Severity,
    /// What it is, in one or two sentences.
    pub summary: String,
    /// When it was signed, RFC 3339 in UTC.
    pub signed_at: String,
}

impl AdvisoryPredicate {
    pub(super) fn check(&self) -> Result<(), &'static str> {
        let is_id = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if self.id.is_empty() || self.id.len() > MAX_WORD || !self.id.chars().all(is_id) {
            return Err("its id is not 1 to 100 letters, digits, `-`, `_` and `.`");
        }
        if self.revision == 0 || self.affected.to_string().len() > MAX_WORD {
            return Err("its revision is 0, or its range too long");
        }
        if self.summary.is_empty() || !is_text(&self.summary, MAX_TEXT) {
            return Err("its summary is not a text of 1 to 1,000 bytes");
        }
        Ok(())
    }
}

//! The statement inside an envelope: an in-toto Statement v1 (github.com/in-toto/attestation,
//! spec/v1/statement.md) with one subject and one of the predicates below.
//!
//! | predicate | subject | digest of the subject |
//! |---|---|---|
//! | `release`, `yank`, `unyank` | `namespace/slug@version` | the archive |
//! | `advisory` | `namespace/slug` | SHA-256 of that name |
//! | `owner`, `transfer` | `namespace` | SHA-256 of that name |
//! | `revoke-key` | the key's id | the digits of that id |

mod predicate;

use serde::{Deserialize, Serialize};

pub(crate) use predicate::{
    AdvisoryPredicate, OwnerPredicate, RevokeKeyPredicate, Severity, YankPredicate,
};

use super::TrustError;
use crate::model::release::{PluginName, ReleasePredicate};
use crate::model::{Digest, PluginSlug};

/// `_type` of every statement.
const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
/// What stands around the kind in a `predicateType`.
const PREDICATE_TYPE: (&str, &str) = ("https://daino.dev/attestation/", "/v1");

/// What a publisher says. The registry can say none of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Statement {
    /// A release was made.
    Release(ReleasePredicate),
    /// A release is withdrawn from new installs.
    Yank(YankPredicate),
    /// That is taken back.
    Unyank(YankPredicate),
    /// Who owns a namespace from now on: the same people with other keys.
    Owner(OwnerPredicate),
    /// Who owns a namespace from now on: somebody else.
    Transfer(OwnerPredicate),
    /// A key signs nothing any more.
    RevokeKey(RevokeKeyPredicate),
    /// Releases have a fault that their users should know.
    Advisory(AdvisoryPredicate),
}

/// A statement as it is written. Unknown keys are ignored, as in-toto asks of readers.
#[derive(Debug, Serialize, Deserialize)]
struct Written {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<Subject>,
    #[serde(rename = "predicateType")]
    predicate_type: String,
    predicate: Box<serde_json::value::RawValue>,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Subject {
    name: String,
    digest: SubjectDigest,
}

#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct SubjectDigest {
    sha256: String,
}

impl Statement {
    /// The last part of its predicate type.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Release(_) => "release",
            Self::Yank(_) => "yank",
            Self::Unyank(_) => "unyank",
            Self::Owner(_) => "owner",
            Self::Transfer(_) => "transfer",
            Self::RevokeKey(_) => "revoke-key",
            Self::Advisory(_) => "advisory",
        }
    }

    /// Whose it is to say.
    pub fn namespace(&self) -> &PluginSlug {
        match self {
            Self::Owner(owner) | Self::Transfer(owner) => &owner.namespace,
            Self::RevokeKey(revoked) => &revoked.namespace,
            Self::Release(release) => &release.name.namespace,
            Self::Yank(yank) | Self::Unyank(yank) => &yank.name.namespace,
            Self::Advisory(advisory) => &advisory.name.namespace,
        }
    }

    /// The plugin it is about; `None` when it is about the namespace.
    pub fn plugin(&self) -> Option<&PluginName> {
        match self {
            Self::Release(release) => Some(&release.name),
            Self::Yank(yank) | Self::Unyank(yank) => Some(&yank.name),
            Self::Advisory(advisory) => Some(&advisory.name),
            Self::Owner(_) | Self::Transfer(_) | Self::RevokeKey(_) => None,
        }
    }

    /// What it is about, in words: `namespace`, `namespace/slug`, `namespace/slug@version`.
    pub fn subject_name(&self) -> String {
        let of = |name: &PluginName, version: &semver::Version| format!("{name}@{version}");
        match self {
            Self::Release(release) => of(&release.name, &release.version),
            Self::Yank(yank) | Self::Unyank(yank) => of(&yank.name, &yank.version),
            Self::Owner(owner) | Self::Transfer(owner) => owner.namespace.to_string(),
            Self::RevokeKey(revoked) => revoked.key.to_string(),
            Self::Advisory(advisory) => advisory.name.to_string(),
        }
    }

    fn subject(&self) -> Subject {
        let name = self.subject_name();
        let sha256 = match self {
            Self::Release(release) => release.archive.hex(),
            Self::Yank(yank) | Self::Unyank(yank) => yank.archive.hex(),
            Self::RevokeKey(revoked) => revoked.key.digits().to_owned(),
            Self::Owner(_) | Self::Transfer(_) | Self::Advisory(_) => {
                Digest::of(name.as_bytes()).hex()
            }
        };
        Subject { name, digest: SubjectDigest { sha256 } }
    }

    /// Its bytes.
    pub(super) fn write(&self) -> Vec<u8> {
        let raw = match self {
            Self::Release(predicate) => serde_json::value::to_raw_value(predicate),
            Self::Yank(predicate) | Self::Unyank(predicate) => {
                serde_json::value::to_raw_value(predicate)
            }
            Self::Owner(predicate) | Self::Transfer(predicate) => {
                serde_json::value::to_raw_value(predicate)
            }
            Self::RevokeKey(predicate) => serde_json::value::to_raw_value(predicate),
            Self::Advisory(predicate) => serde_json::value::to_raw_value(predicate),
        };
        let (before, after) = PREDICATE_TYPE;
        let written = Written {
            kind: STATEMENT_TYPE.to_owned(),
            subject: vec![self.subject()],
            predicate_type: format!("{before}{}{after}", self.kind()),
            predicate: raw.expect("a predicate has only strings and numbers"),
        };
        serde_json::to_vec(&written).expect("a statement has only strings")
    }

    /// Reads a statement, and checks that it is of a known kind, within its bounds, and does not
    /// contradict itself.
    pub(super) fn read(payload: &[u8]) -> Result<Self, TrustError> {
        let refuse = |reason: &str| TrustError::Statement(reason.to_owned());
        let written: Written = serde_json::from_slice(payload).map_err(unreadable)?;
        if written.kind != STATEMENT_TYPE {
            return Err(refuse("it is not an in-toto Statement v1"));
        }
        let (before, after) = PREDICATE_TYPE;
        let kind = written.predicate_type.strip_prefix(before).and_then(|k| k.strip_suffix(after));
        let text = written.predicate.get();
        let statement = match kind {
            Some("release") => Self::Release(parse(text)?),
            Some("yank") => Self::Yank(parse(text)?),
            Some("unyank") => Self::Unyank(parse(text)?),
            Some("owner") => Self::Owner(parse(text)?),
            Some("transfer") => Self::Transfer(parse(text)?),
            Some("revoke-key") => Self::RevokeKey(parse(text)?),
            Some("advisory") => Self::Advisory(parse(text)?),
            _ => return Err(refuse("it is of no known kind")),
        };
        let [subject] = written.subject.as_slice() else {
            return Err(refuse("it has not exactly one subject"));
        };
        let expected = statement.subject();
        if subject.digest != expected.digest {
            return Err(refuse("its subject and its predicate have different digests"));
        }
        if subject.name != expected.name {
            return Err(refuse("its subject and its predicate have different names"));
        }
        statement.check().map_err(refuse)?;
        Ok(statement)
    }

    /// The bounds of a predicate.
    fn check(&self) -> Result<(), &'static str> {
        match self {
            Self::Release(_) => Ok(()),
            Self::Yank(yank) | Self::Unyank(yank) => yank.check(),
            Self::Owner(owner) | Self::Transfer(owner) => owner.check(),
            Self::RevokeKey(revoked) => revoked.check(),
            Self::Advisory(advisory) => advisory.check(),
        }
    }
}

fn parse<'t, T: Deserialize<'t>>(text: &'t str) -> Result<T, TrustError> {
    serde_json::from_str(text).map_err(unreadable)
}

fn unreadable(error: serde_json::Error) -> TrustError {
    TrustError::Statement(error.to_string())
}

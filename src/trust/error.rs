//! Why a signature or a signed release is not accepted.

use super::KeyId;
use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] =
    &[&ENVELOPE, &UNKNOWN_KEY, &SIGNATURE, &STATEMENT, &MISMATCH, &LOG, &OWNER, &HISTORY];

static ENVELOPE: ErrorCode = ErrorCode {
    id: "trust.envelope",
    exit: ExitCode::Integrity,
    meaning: "The signed envelope of a release is not well formed.",
    remedy: "Do not use this release; tell the registry's operator.",
};
static UNKNOWN_KEY: ErrorCode = ErrorCode {
    id: "trust.unknown-key",
    exit: ExitCode::Integrity,
    meaning: "None of the keys that sign for this publisher has signed the release.",
    remedy: "Ask the publisher, by another way than the registry, whether the key was changed.",
};
static SIGNATURE: ErrorCode = ErrorCode {
    id: "trust.signature",
    exit: ExitCode::Integrity,
    meaning: "A signature does not fit what it signs: one of the two was changed.",
    remedy: "Do not use this release; tell its publisher and the registry's operator.",
};
static STATEMENT: ErrorCode = ErrorCode {
    id: "trust.statement",
    exit: ExitCode::Integrity,
    meaning: "The signed statement is of no known kind, not about what it should be, or contradicts itself.",
    remedy: "Do not use this release; a newer version of daino-pdk may know this statement.",
};
static MISMATCH: ErrorCode = ErrorCode {
    id: "trust.mismatch",
    exit: ExitCode::Integrity,
    meaning: "What was downloaded is not what the publisher signed.",
    remedy: "Do not use this file; tell the registry's operator.",
};
static LOG: ErrorCode = ErrorCode {
    id: "trust.log",
    exit: ExitCode::Integrity,
    meaning: "The registry's log is not well formed, or not signed by the key of the log.",
    remedy: "Install nothing from this registry until its operator has explained it.",
};
static OWNER: ErrorCode = ErrorCode {
    id: "trust.owner",
    exit: ExitCode::Integrity,
    meaning: "The statements about who owns a namespace do not hold together: one of them is not \
              signed by those who may, or does not go on from the one before.",
    remedy: "Install nothing of this publisher until the publisher has explained it.",
};
static HISTORY: ErrorCode = ErrorCode {
    id: "trust.history",
    exit: ExitCode::Integrity,
    meaning: "A statement about a plugin does not fit those before it: a version that is there, a \
              withdrawal of nothing, or one that was kept back.",
    remedy: "Sign it again on what the registry has now.",
};

/// Why a signature or a signed release is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// The envelope is malformed or too large.
    #[error("the signed envelope is refused: {0}")]
    Envelope(&'static str),
    /// No known key signed.
    #[error(
        "the release is not signed by a key that is known for its publisher; it is signed by {}",
        list(offered)
    )]
    UnknownKey {
        /// Ids in the envelope that have the form of an id.
        offered: Vec<KeyId>,
    },
    /// A known key's signature does not verify.
    #[error("the signature of `{0}` does not fit the statement")]
    Signature(KeyId),
    /// The payload is not the statement that is due.
    #[error("the signed statement is refused: {0}")]
    Statement(String),
    /// The log of a registry is malformed or not signed by its key.
    #[error("the registry's log is refused: {0}")]
    Log(&'static str),
    /// A statement about the owner of a namespace does not hold.
    #[error("the owner chain is refused: {0}")]
    Owner(String),
    /// A namespace that has an owner is given a first one again.
    #[error("the owner chain is refused: `{0}` has an owner, and this is a first one again")]
    SecondOwner(crate::model::PluginSlug),
    /// A version that is there already.
    #[error("`{0}` was released before")]
    Duplicate(String),
    /// A statement about a plugin that does not fit those before it.
    #[error("the statement does not fit those before it: {0}")]
    History(String),
    /// The package or the request differs from the statement.
    #[error("the {part} differs from what was signed: `{actual}`, signed was `{signed}`")]
    Mismatch {
        /// What differs.
        part: &'static str,
        /// What there is.
        actual: String,
        /// What was signed.
        signed: String,
    },
}

fn list(ids: &[KeyId]) -> String {
    if ids.is_empty() {
        return "no key that can be read".to_owned();
    }
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

impl Coded for TrustError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Envelope(_) => &ENVELOPE,
            Self::UnknownKey { .. } => &UNKNOWN_KEY,
            Self::Signature(_) => &SIGNATURE,
            Self::Statement(_) => &STATEMENT,
            Self::Mismatch { .. } => &MISMATCH,
            Self::Log(_) => &LOG,
            Self::Owner(_) | Self::SecondOwner(_) => &OWNER,
            Self::Duplicate(_) | Self::History(_) => &HISTORY,
        }
    }
}

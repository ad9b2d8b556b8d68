//! What can go wrong with a keyring.

use std::path::PathBuf;

use crate::error::{Coded, ErrorCode};
use crate::model::{ExitCode, PluginSlug};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] =
    &[&EXISTS, &MISSING, &EXPOSED, &UNREADABLE, &WRITE, &PASSPHRASE];

static EXISTS: ErrorCode = ErrorCode {
    id: "key.exists",
    exit: ExitCode::Usage,
    meaning: "There is a signing key of this name. Keys are never overwritten: what they signed \
              could not be continued.",
    remedy: "Choose another name, or move the old key file away yourself.",
};
static MISSING: ErrorCode = ErrorCode {
    id: "key.missing",
    exit: ExitCode::Usage,
    meaning: "There is no signing key of this name.",
    remedy: "Make one with `daino-pdk key generate`, or see which there are with `daino-pdk key list`.",
};
static EXPOSED: ErrorCode = ErrorCode {
    id: "key.exposed",
    exit: ExitCode::Integrity,
    meaning: "Others than the owner can read the key file, so the key must be taken as known to them.",
    remedy: "If nobody else uses this machine, `chmod 600` the file; else make a new key.",
};
static UNREADABLE: ErrorCode = ErrorCode {
    id: "key.unreadable",
    exit: ExitCode::Integrity,
    meaning: "A signing key is damaged, or was written by a newer daino-pdk.",
    remedy: "Restore the key from your backup, or update daino-pdk.",
};
static WRITE: ErrorCode = ErrorCode {
    id: "key.write",
    exit: ExitCode::Usage,
    meaning: "The signing key could not be stored.",
    remedy: "Check that the directory is yours to write in and that the disk has room.",
};
static PASSPHRASE: ErrorCode = ErrorCode {
    id: "key.passphrase",
    exit: ExitCode::Usage,
    meaning: "The passphrase does not open the signing key. A damaged key looks the same.",
    remedy: "Try again; without the passphrase the key cannot be used, and nobody can recover it.",
};

/// Why a key cannot be made or used. Never holds any part of a secret.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The name is taken.
    #[error("there is already a signing key `{0}`")]
    Exists(PluginSlug),
    /// No such key.
    #[error("there is no signing key `{0}`")]
    Missing(PluginSlug),
    /// Others may read the file or the directory.
    #[error("`{}` can be read by others", .0.display())]
    Exposed(PathBuf),
    /// The text is not a key.
    #[error("the signing key in {place} {reason}")]
    Unreadable {
        /// Where it came from.
        place: String,
        /// What is wrong.
        reason: &'static str,
    },
    /// The file cannot be read.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The file cannot be written.
    #[error("`{}` cannot be written", path.display())]
    Write {
        /// The file or directory.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The passphrase is another one.
    #[error("the passphrase does not open the signing key in {0}")]
    Passphrase(String),
    /// The system gave no random bytes.
    #[error("the system gave no random bytes for a key")]
    Random(#[source] getrandom::Error),
    /// The key could not be encrypted.
    #[error("the signing key could not be encrypted")]
    Seal,
}

impl Coded for KeyringError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Exists(_) => &EXISTS,
            Self::Missing(_) => &MISSING,
            Self::Exposed(_) => &EXPOSED,
            Self::Unreadable { .. } | Self::Read { .. } => &UNREADABLE,
            Self::Write { .. } | Self::Random(_) | Self::Seal => &WRITE,
            Self::Passphrase(_) => &PASSPHRASE,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Missing(name) => vec![format!("daino-pdk key generate {name}")],
            Self::Exposed(path) if path.is_dir() => vec![format!("chmod 700 '{}'", path.display())],
            Self::Exposed(path) => vec![format!("chmod 600 '{}'", path.display())],
            _ => Vec::new(),
        }
    }
}

pub(super) fn unreadable(place: &str, reason: &'static str) -> KeyringError {
    KeyringError::Unreadable { place: place.to_owned(), reason }
}

//! Why a registry cannot be started or operated. What a request is answered is in
//! [`super::problem`].

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;
use crate::trust::KeyringError;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &DATA,
    &NO_REGISTRY,
    &NEWER,
    &LOCKED,
    &PORT,
    &LISTEN,
    &DATABASE,
    &FILES,
    &TOKEN,
    &RANDOM,
    &LOG_KEY,
];

static DATA: ErrorCode = ErrorCode {
    id: "registry.data",
    exit: ExitCode::Usage,
    meaning: "The data directory of the registry cannot be used.",
    remedy: "Give a directory that this account may write in, with `--data DIR`.",
};
static NO_REGISTRY: ErrorCode = ErrorCode {
    id: "registry.no-registry",
    exit: ExitCode::Usage,
    meaning: "The directory holds something else than a registry, or nothing.",
    remedy: "Give the directory of a registry, or an empty one to make a new registry in.",
};
static NEWER: ErrorCode = ErrorCode {
    id: "registry.newer-format",
    exit: ExitCode::Usage,
    meaning: "A newer version of daino-pdk has written this data directory.",
    remedy: "Start the registry with that version or a newer one.",
};
static LOCKED: ErrorCode = ErrorCode {
    id: "registry.locked",
    exit: ExitCode::Usage,
    meaning: "Another registry serves this data directory. Only one may.",
    remedy: "Stop the other one, or give another directory with `--data DIR`.",
};
static PORT: ErrorCode = ErrorCode {
    id: "registry.port-in-use",
    exit: ExitCode::Usage,
    meaning: "Another program listens on this address.",
    remedy: "Choose another port with `--listen ADDRESS:PORT`; port 0 takes any free one.",
};
static LISTEN: ErrorCode = ErrorCode {
    id: "registry.listen",
    exit: ExitCode::Usage,
    meaning: "The registry cannot listen on this address.",
    remedy: "Give an address of this machine; ports below 1024 need rights of their own.",
};
static DATABASE: ErrorCode = ErrorCode {
    id: "registry.database",
    exit: ExitCode::Network,
    meaning: "The database of the registry could not be read or written.",
    remedy: "Check that the disk has room and is sound; `docs/registry.md` tells how to restore \
             a copy.",
};
static FILES: ErrorCode = ErrorCode {
    id: "registry.files",
    exit: ExitCode::Network,
    meaning: "A file of the registry could not be read or written.",
    remedy: "Check that the disk has room and that the whole data directory belongs to this \
             account.",
};
static TOKEN: ErrorCode = ErrorCode {
    id: "registry.token",
    exit: ExitCode::Usage,
    meaning: "There is no such token.",
    remedy: "List the tokens: `daino-pdk registry token list --data DIR`.",
};
static RANDOM: ErrorCode = ErrorCode {
    id: "registry.random",
    exit: ExitCode::Bug,
    meaning: "The system gave no random bytes for a token.",
    remedy: "Check that `/dev/urandom` can be read.",
};

static LOG_KEY: ErrorCode = ErrorCode {
    id: "registry.log-key",
    exit: ExitCode::Usage,
    meaning: "The key of the registry's log is protected by a passphrase, and a service cannot ask.",
    remedy: "Put the unprotected key back into `keys/log.json` of the data directory.",
};

/// Why a registry cannot be started or operated.
#[derive(Debug, thiserror::Error)]
pub enum RegistryError {
    /// The data directory cannot be used.
    #[error("cannot use `{}` as data directory", path.display())]
    Data {
        /// The directory, or the file in it.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Not a registry, and not empty.
    #[error("`{}` is not empty and holds no registry", .0.display())]
    Foreign(PathBuf),
    /// No registry at all.
    #[error("there is no registry in `{}`", .0.display())]
    Absent(PathBuf),
    /// Written by a newer program.
    #[error("`{}` has format {found}; this program knows {known}", path.display())]
    Newer {
        /// The directory.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format we know.
        known: i64,
    },
    /// Another server has it.
    #[error("another registry serves `{}`", .0.display())]
    Locked(PathBuf),
    /// The port is taken.
    #[error("port {} of {} is in use", .0.port(), .0.ip())]
    Port(SocketAddr),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// SQLite failed.
    #[error("the registry's database failed")]
    Database(#[from] rusqlite::Error),
    /// A row holds something that this program never wrote.
    #[error("the registry's database holds a {0} that cannot be read")]
    Row(&'static str),
    /// A file could not be read or written.
    #[error("cannot {action} `{}`", path.display())]
    File {
        /// `read`, `write`, …
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The log's key asks for a passphrase.
    #[error("the key of the log, {0}, is protected by a passphrase")]
    LogKey(String),
    /// The log's key cannot be made or read.
    #[error(transparent)]
    Keyring(#[from] KeyringError),
    /// No such token.
    #[error("there is no token `{0}`")]
    Token(String),
    /// No random bytes.
    #[error("the system gave no random bytes")]
    Random(#[source] getrandom::Error),
    /// Work in the background ended without an answer.
    #[error("a thread of the registry ended early")]
    Thread,
}

impl Coded for RegistryError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Data { .. } => &DATA,
            Self::Foreign(_) | Self::Absent(_) => &NO_REGISTRY,
            Self::Newer { .. } => &NEWER,
            Self::Locked(_) => &LOCKED,
            Self::Port(_) => &PORT,
            Self::Listen { .. } => &LISTEN,
            Self::Database(_) | Self::Row(_) | Self::Thread => &DATABASE,
            Self::File { .. } => &FILES,
            Self::LogKey(_) => &LOG_KEY,
            Self::Keyring(error) => error.code(),
            Self::Token(_) => &TOKEN,
            Self::Random(_) => &RANDOM,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Port(address) => vec![format!(
                "take any free port: `daino-pdk registry serve --data DIR --listen {}`",
                SocketAddr::new(address.ip(), 0)
            )],
            Self::Foreign(path) => vec![format!(
                "make the registry in a directory of its own: `--data {}`",
                path.join("registry").display()
            )],
            Self::Absent(path) => {
                vec![format!("make one: `daino-pdk registry serve --data {}`", path.display())]
            }
            _ => Vec::new(),
        }
    }
}

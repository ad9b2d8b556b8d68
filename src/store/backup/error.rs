//! What can go wrong with a backup.

use std::io;
use std::path::{Path, PathBuf};

use tokio_postgres::error::SqlState;

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;
use crate::store::error::is_lost;
use crate::store::lifecycle::{CONNECTION_LOST, is_full};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] =
    &[&NONE, &DAMAGED, &UNVERIFIED, &UNSUPPORTED, &FILE, &FULL, &OCCUPIED, &SQL];

macro_rules! codes {
    ($($name:ident $id:literal $exit:ident: $meaning:literal, $remedy:literal;)*) => {$(
        static $name: ErrorCode = ErrorCode {
            id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy,
        };
    )*};
}
codes! {
    NONE "backup.none" Usage:
        "There is no such backup.",
        "See which there are: `daino-pdk backup list`.";
    DAMAGED "backup.damaged" Integrity:
        "The backup is not what was written. Nothing of it was used.",
        "Use another backup; `daino-pdk backup list` shows them.";
    UNVERIFIED "backup.unverified" Integrity:
        "A trial restore did not give back what the shop has, so nothing was removed.",
        "Report it with the message. To go on without a backup, which loses the data for good: `--no-backup`.";
    UNSUPPORTED "backup.unsupported" Policy:
        "The plugin has a database object that a backup cannot hold yet, so nothing was removed.",
        "Keep the tables (`--cleanup-tables keep`), or go on without a backup: `--no-backup`.";
    FILE "backup.file" Usage:
        "A file of a backup could not be read or written.",
        "Check that the shop's directory is yours and that the disk has room.";
    FULL "backup.disk-full" Usage:
        "The disk is full, so there is no backup and nothing was removed.",
        "Make room and run the command again.";
    OCCUPIED "backup.occupied" Policy:
        "What the backup would put back is there already. Nothing was changed.",
        "Remove it first, data and tables too, if the backup is to take its place.";
    SQL "backup.sql" Usage:
        "The shop's database refused a statement of the backup. Nothing was removed.",
        "The message has the server's reason.";
}

/// A backup that was not made, or cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BackupError {
    /// No such backup.
    #[error("there is no backup `{0}`")]
    None(String),
    /// Not what was written.
    #[error("the backup `{}` is damaged: {reason}", dir.display())]
    Damaged {
        /// Its directory.
        dir: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The trial restore failed.
    #[error("the backup does not restore: {0}")]
    Unverified(String),
    /// An object we cannot write down.
    #[error("a backup cannot hold {0}")]
    Unsupported(String),
    /// The file system said no.
    #[error("cannot {what} `{}`", path.display())]
    File {
        /// `read`, `write`, `make`, …
        what: &'static str,
        /// What.
        path: PathBuf,
        /// Why.
        #[source]
        source: io::Error,
    },
    /// It is there already.
    #[error("{0} is there already")]
    Occupied(String),
    /// A statement of ours failed.
    #[error("the database refused: {}", crate::store::error::describe(.0))]
    Sql(#[from] tokio_postgres::Error),
}

impl BackupError {
    pub(super) fn file(
        what: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { what, path, source }
    }

    pub(super) fn damaged(dir: &Path, reason: impl Into<String>) -> Self {
        Self::Damaged { dir: dir.to_path_buf(), reason: reason.into() }
    }
}

impl Coded for BackupError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::None(_) => &NONE,
            Self::Damaged { .. } => &DAMAGED,
            Self::Unverified(_) => &UNVERIFIED,
            Self::Unsupported(_) => &UNSUPPORTED,
            Self::File { source, .. } if is_full(source) => &FULL,
            Self::File { .. } => &FILE,
            Self::Occupied(_) => &OCCUPIED,
            Self::Sql(error) if is_lost(error) => &CONNECTION_LOST,
            Self::Sql(error) if error.code() == Some(&SqlState::DISK_FULL) => &FULL,
            Self::Sql(_) => &SQL,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::None(_) | Self::Damaged { .. } => {
                vec!["see which there are: `daino-pdk backup list`".to_owned()]
            }
            Self::Sql(error) if is_lost(error) => {
                vec!["run the command again when the database is back".to_owned()]
            }
            Self::Unsupported(_) => {
                vec!["keep the tables: `--cleanup-tables keep`".to_owned()]
            }
            _ => Vec::new(),
        }
    }
}

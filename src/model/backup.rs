//! `manifest.json` of a backup: what it holds, and the digest of every part.

use serde::{Deserialize, Serialize};

use super::installed::{AppliedMigration, InstalledPlugin, ObjectKind};
use super::{Digest, PluginSlug};

/// Version of the format this program writes. It reads 1, too.
pub const FORMAT: u32 = 2;

/// A piece of a part, an object of its own that other backups may share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupChunk {
    /// SHA-256 of the object as it is stored, which is also its name.
    pub digest: Digest,
    /// Bytes as they are stored.
    pub stored: u64,
    /// Bytes of what is in it.
    pub length: u64,
}

/// A part of the backup: the code, the definitions, the rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum BackupPart {
    /// A file in the backup's directory (format 1).
    File {
        /// Its name.
        file: String,
        /// Its bytes.
        size: u64,
        /// SHA-256 of it.
        digest: Digest,
    },
    /// Objects in their order (format 2).
    Chunks {
        /// The objects; none when the part is empty.
        chunks: Vec<BackupChunk>,
    },
}

/// The rows of one table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupTable {
    /// The table.
    pub name: String,
    /// Columns, in the order of the rows' fields.
    pub columns: Vec<String>,
    /// Number of rows.
    pub rows: u64,
    /// Sum over the rows, whatever their order; see `docs/lifecycle.md`.
    pub checksum: String,
    /// COPY text.
    pub part: BackupPart,
}

/// A database object, by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BackupObject {
    /// What it is.
    pub kind: ObjectKind,
    /// Its name in the shop's schema.
    pub name: String,
}

/// Where a sequence stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceState {
    /// Its name.
    pub name: String,
    /// The last value given out, or the first one to come.
    pub value: i64,
    /// Whether `value` was given out.
    pub is_called: bool,
    /// Table and column it goes with, as that of a `serial` column does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owned_by: Option<(String, String)>,
}

/// `manifest.json` of a backup.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BackupManifest {
    /// Format of the backup; 1 or 2.
    pub format: u32,
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: String,
    /// Version of PostgreSQL, such as `16.4`.
    pub server: String,
    /// The plugin as the shop knew it: state, settings, permissions, source, digests.
    pub plugin: InstalledPlugin,
    /// Migrations that had run.
    pub migrations: Vec<AppliedMigration>,
    /// Objects its migrations had created.
    pub objects: Vec<BackupObject>,
    /// The code as an archive; `None` when the shop had no code of it any more.
    pub code: Option<BackupPart>,
    /// Definitions of its objects, SQL.
    pub schema: BackupPart,
    /// Rows of its tables.
    pub tables: Vec<BackupTable>,
    /// Where its sequences stood.
    pub sequences: Vec<SequenceState>,
    /// Rows of its own store (`plugin_data`).
    pub data: BackupTable,
    /// The last entry of the shop's history when it was made: what came before is in it. Unlike a
    /// time it only grows; 0 in format 1.
    #[serde(default)]
    pub position: i64,
    /// Names of the secrets it had. Their values are never in a backup.
    pub secrets_left_out: Vec<String>,
}

/// How many backups of each plugin are kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Retention {
    /// The newest ones.
    pub keep_last: u32,
    /// The newest one of a day, for so many days that have one.
    pub keep_daily: u32,
    /// The newest one of a week (ISO 8601), for so many weeks that have one.
    pub keep_weekly: u32,
}

impl BackupManifest {
    /// Rows of its tables.
    pub fn rows(&self) -> u64 {
        self.tables.iter().map(|table| table.rows).sum()
    }

    /// Bytes of its parts as they are stored; backups that share a piece count it both.
    pub fn stored(&self) -> u64 {
        let tables = self.tables.iter().map(|table| &table.part);
        let parts = tables.chain([&self.schema, &self.data.part]).chain(&self.code);
        parts
            .map(|part| match part {
                BackupPart::File { size, .. } => *size,
                BackupPart::Chunks { chunks } => chunks.iter().map(|chunk| chunk.stored).sum(),
            })
            .sum()
    }
}

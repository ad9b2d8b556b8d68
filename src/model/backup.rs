//! `manifest.json` of a backup: what it holds, and the digest of every part.

use serde::{Deserialize, Serialize};

use super::installed::{AppliedMigration, InstalledPlugin, ObjectKind};
use super::{Digest, PluginSlug};

/// Version of the format this program writes.
pub const FORMAT: u32 = 1;

/// A file of the backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupPart {
    /// Its name in the backup's directory.
    pub file: String,
    /// Its bytes.
    pub size: u64,
    /// SHA-256 of it.
    pub digest: Digest,
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
    /// COPY text, in one zstd frame.
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
    /// Format of the backup; 1.
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
    /// Names of the secrets it had. Their values are never in a backup.
    pub secrets_left_out: Vec<String>,
}

//! What a way back to an earlier release will do, before it does anything.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::PluginSlug;
use super::installed::TableSize;
use super::uninstall_plan::ForeignObject;

/// What becomes of rows that were written since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DataChoice {
    /// They stay; down scripts take the tables back.
    Keep,
    /// Tables and own store are put back as they were in the backup.
    Restore,
}

impl FromStr for DataChoice {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "keep" => Ok(Self::Keep),
            "restore" => Ok(Self::Restore),
            _ => Err("expected `keep` or `restore`"),
        }
    }
}

impl fmt::Display for DataChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keep => "keep",
            Self::Restore => "restore",
        })
    }
}

/// What a way back will do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RollbackPlan {
    /// The plugin.
    pub slug: PluginSlug,
    /// The version before.
    pub from: semver::Version,
    /// The version after.
    pub to: semver::Version,
    /// The backup that code, settings, and with `restore` the data come from.
    pub backup: String,
    /// When that backup was made.
    pub backed_up_at: String,
    /// What becomes of rows that were written since.
    pub data: DataChoice,
    /// Migrations that are taken back, in that order.
    pub undone: Vec<String>,
    /// Those of them that have no down script.
    pub without_down: Vec<String>,
    /// Tables as they are now.
    pub tables: Vec<TableSize>,
    /// Rows that the backup has in its tables.
    pub backup_rows: u64,
    /// Objects of others that need its tables, with the rows that point at them.
    pub foreign: Vec<ForeignObject>,
    /// Secrets that the earlier release needs and the shop does not have.
    pub secrets_missing: Vec<String>,
}

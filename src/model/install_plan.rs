//! What an installation will do, before it does anything.

use serde::Serialize;

use super::consent::Ask;
use super::installed::PluginSource;
use super::update_plan::DownCheck;
use super::{Digest, PluginSlug, PluginType};

/// A migration that will run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedMigration {
    /// Its file, below `migrations/`.
    pub name: String,
    /// Tables its text creates.
    pub tables: Vec<String>,
    /// Whether it has a down script.
    pub has_down: bool,
}

/// A secret the plugin needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedSecret {
    /// Its name.
    pub name: String,
    /// Whether the shop has it, or gets it now.
    pub is_set: bool,
}

/// What is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum InstallChange {
    /// The plugin is new to the shop.
    New,
    /// Data or tables of an earlier installation are there and are taken over.
    TakesOver,
    /// This very release is installed already; it gets other settings or secrets.
    Settings,
    /// This very release is installed already.
    Nothing,
}

impl InstallChange {
    /// Whether code comes in.
    pub fn brings_code(self) -> bool {
        matches!(self, Self::New | Self::TakesOver)
    }
}

/// What an installation will do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InstallPlan {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// The name people read.
    pub name: String,
    /// What it is for.
    #[serde(rename = "type")]
    pub kind: PluginType,
    /// What changes.
    pub change: InstallChange,
    /// Where it comes from.
    pub source: PluginSource,
    /// Id of the key that signed it; `None` for unsigned code.
    pub publisher: Option<String>,
    /// Whether its publisher withdrew it.
    pub yanked: bool,
    /// Digest of the archive.
    pub archive: Digest,
    /// Number of files.
    pub files: usize,
    /// Bytes of the files.
    pub bytes: u64,
    /// What it asks for.
    pub permissions: Vec<Ask>,
    /// What the installation before was given, as the lock file has it; empty for a new plugin.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub given_before: Vec<String>,
    /// Migrations that ran in an earlier installation.
    pub applied: Vec<String>,
    /// Migrations that will run, in order.
    pub migrations: Vec<PlannedMigration>,
    /// What their down scripts do, as far as they could be tried.
    pub downs: Vec<DownCheck>,
    /// Secrets it needs.
    pub secrets: Vec<PlannedSecret>,
}

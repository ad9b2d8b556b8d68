//! What an uninstallation will do, and what it did.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::PluginSlug;
use super::installed::{PluginState, TableSize};

/// What happens to one part of a plugin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cleanup {
    /// It stays.
    Keep,
    /// It goes.
    Remove,
    /// A person decides; it stays when nobody can be asked.
    #[default]
    Ask,
}

/// A text that is none of the three choices.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected `keep`, `remove` or `ask`")]
pub struct CleanupError;

impl FromStr for Cleanup {
    type Err = CleanupError;
    fn from_str(text: &str) -> Result<Self, CleanupError> {
        match text {
            "keep" => Ok(Self::Keep),
            "remove" => Ok(Self::Remove),
            "ask" => Ok(Self::Ask),
            _ => Err(CleanupError),
        }
    }
}

impl fmt::Display for Cleanup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Keep => "keep",
            Self::Remove => "remove",
            Self::Ask => "ask",
        })
    }
}

/// What was decided; nothing is left to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UninstallChoices {
    /// Rows of the plugin's own store, its settings and secrets.
    pub remove_data: bool,
    /// Tables its migrations created.
    pub remove_tables: bool,
    /// Its code.
    pub remove_code: bool,
    /// Whether a verified backup comes first.
    pub create_backup: bool,
    /// Go on although other plugins or foreign objects need it.
    pub force: bool,
}

/// A database object of somebody else that needs one of the plugin's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignObject {
    /// What it is, in PostgreSQL's words, such as `view order_report`.
    pub object: String,
    /// The plugin's object it needs.
    pub needs: String,
}

/// What is there to remove.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UninstallPlan {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// Where it stands.
    pub state: PluginState,
    /// Tables its migrations created.
    pub tables: Vec<TableSize>,
    /// Views, sequences and types its migrations created, in words.
    pub other_objects: Vec<String>,
    /// Recorded objects that belong to somebody else now; they are never dropped.
    pub not_owned: Vec<String>,
    /// Rows of its own store.
    pub data_rows: u64,
    /// Number of settings.
    pub settings: usize,
    /// Names of its secrets.
    pub secrets: Vec<String>,
    /// Its code directory below `code/`, when it is there.
    pub code: Option<String>,
    /// Number of its code's files.
    pub code_files: usize,
    /// Bytes of its code.
    pub code_bytes: u64,
    /// Its cron jobs, by name.
    pub schedules: Vec<String>,
    /// Installed plugins that need this one.
    pub dependents: Vec<PluginSlug>,
    /// Foreign database objects that need its tables.
    pub foreign: Vec<ForeignObject>,
}

/// What an uninstallation did, from a look at the shop afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UninstallReport {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// What had been decided.
    pub choices: UninstallChoices,
    /// Name of the backup.
    pub backup: Option<String>,
    /// What went, in words.
    pub removed: Vec<String>,
    /// What was kept on purpose, in words.
    pub kept: Vec<String>,
    /// What is there although it should not be, in words.
    pub leftovers: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_three_choices_are_known() {
        for choice in [Cleanup::Keep, Cleanup::Remove, Cleanup::Ask] {
            assert_eq!(choice.to_string().parse(), Ok(choice));
        }
        for bad in ["", "true", "yes", "Remove", "delete"] {
            assert!(bad.parse::<Cleanup>().is_err(), "{bad}");
        }
    }
}

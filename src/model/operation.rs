//! The journal's entry of one change to a shop: enough to finish it or to undo it.

use serde::{Deserialize, Serialize};

use super::PluginSlug;
use super::installed::PluginState;
use super::uninstall_plan::UninstallChoices;

/// What a change is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum OperationKind {
    /// An installation.
    Install {
        /// The code directory this operation makes, below `code/<slug>/`; `None` when the code is
        /// there already.
        code: Option<String>,
        /// The code directory of an earlier installation, which goes once this one stands.
        superseded: Option<String>,
    },
    /// An uninstallation.
    Uninstall {
        /// The state before.
        was: PluginState,
        /// What was decided.
        choices: UninstallChoices,
        /// The code directory, below `code/<slug>/`, when it is to go.
        code: Option<String>,
        /// The backup this operation makes.
        backup: Option<String>,
    },
    /// A restored backup.
    Restore {
        /// The code directory this operation makes, below `code/<slug>/`.
        code: Option<String>,
    },
    /// An update to another release.
    Update(Replacement),
    /// A way back to an earlier release.
    Rollback(Replacement),
    /// A plugin is switched on.
    Enable,
    /// A plugin is switched off.
    Disable,
    /// A plugin gets other settings or secrets.
    Settings,
}

/// An operation that puts another release in the place of the installed one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replacement {
    /// The version before.
    pub from: semver::Version,
    /// The version after.
    pub to: semver::Version,
    /// The code directory this operation makes, below `code/<slug>/`; `None` when it is there.
    pub code: Option<String>,
    /// The code directory that goes once this operation stands.
    pub superseded: Option<String>,
    /// The backup this operation makes.
    pub backup: String,
}

impl OperationKind {
    /// The word for people.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Install { .. } => "install",
            Self::Uninstall { .. } => "uninstall",
            Self::Restore { .. } => "restore",
            Self::Update(_) => "update",
            Self::Rollback(_) => "rollback",
            Self::Enable => "enable",
            Self::Disable => "disable",
            Self::Settings => "change of settings",
        }
    }
}

/// One change to a shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Operation {
    /// Format of this entry; 1.
    pub format: u32,
    /// Its id.
    pub id: uuid::Uuid,
    /// The plugin it changes.
    pub slug: PluginSlug,
    /// When it began, RFC 3339 in UTC.
    pub began_at: String,
    /// What it does.
    #[serde(flatten)]
    pub kind: OperationKind,
}

/// How far the database says an operation got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It was announced; nothing of the plugin changed for good.
    Begun,
    /// The transaction that decides was committed.
    Committed,
    /// Everything was done; only the journal's entry was left.
    Finished,
}

impl Phase {
    /// The name in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Begun => "begun",
            Self::Committed => "committed",
            Self::Finished => "finished",
        }
    }

    /// The phase of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Begun, Self::Committed, Self::Finished].into_iter().find(|p| p.as_str() == name)
    }
}

/// What became of an interrupted operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recovered {
    /// The plugin.
    pub slug: PluginSlug,
    /// What it was: `install`, `uninstall`, `restore`, `update`, …
    pub operation: &'static str,
    /// Whether it was finished; else it was undone.
    pub finished: bool,
}

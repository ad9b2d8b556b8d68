//! What a shop knows about a plugin it has, or whose data it kept.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::release::{ListedFile, PluginName};
use super::{Digest, Manifest, PluginSlug};

/// Where a plugin stands in a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PluginState {
    /// Its code and tables are there; it has not shown yet that it starts.
    Starting,
    /// It runs.
    Enabled,
    /// It is there and is not run.
    Disabled,
    /// It was uninstalled; what is listed as kept is still there.
    Removed,
}

impl PluginState {
    /// The name in the database and on screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::Removed => "removed",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Starting, Self::Enabled, Self::Disabled, Self::Removed]
            .into_iter()
            .find(|state| state.as_str() == name)
    }

    /// Whether the plugin counts as installed.
    pub fn is_installed(self) -> bool {
        self != Self::Removed
    }
}

/// Where the code came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum PluginSource {
    /// A `.dpk` file.
    File {
        /// Its path when it was installed.
        path: String,
    },
    /// A plugin's directory.
    Folder {
        /// Its path when it was installed.
        path: String,
    },
    /// A registry.
    Registry {
        /// The published name.
        name: PluginName,
        /// Address of the registry.
        registry: String,
    },
    /// A Git repository.
    Git {
        /// Address of the repository.
        url: String,
        /// The plugin's directory in it; absent for the root.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        path: Option<String>,
        /// The tag that was taken.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tag: Option<String>,
        /// The branch that was taken, when no tag was.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        branch: Option<String>,
        /// The commit.
        commit: String,
    },
    /// A backup that was restored.
    Backup {
        /// Its name.
        name: String,
    },
}

/// A plugin's code, as it was installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalledCode {
    /// Directory below the shop's `code/`; `None` when the code was removed.
    pub dir: Option<String>,
    /// Digest of the archive it came in.
    pub archive: Digest,
    /// Digest of the uncompressed tar.
    pub content: Digest,
    /// Every file with its digest.
    pub files: Vec<ListedFile>,
}

/// A plugin of a shop.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InstalledPlugin {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// Where it stands.
    pub state: PluginState,
    /// What it says about itself; its permissions are the ones that were granted.
    pub manifest: Manifest,
    /// Where it came from.
    pub source: PluginSource,
    /// Id of the key that signed it; `None` for unsigned code.
    pub publisher: Option<String>,
    /// Its code.
    pub code: InstalledCode,
    /// Its settings.
    pub config: Value,
    /// When it was installed, RFC 3339 in UTC.
    pub installed_at: String,
}

/// What kind of database object a migration made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ObjectKind {
    /// A table.
    Table,
    /// A view.
    View,
    /// A sequence.
    Sequence,
    /// An enumerated type, or another type.
    Type,
}

impl ObjectKind {
    /// The word SQL and people use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::View => "view",
            Self::Sequence => "sequence",
            Self::Type => "type",
        }
    }
}

/// A migration that ran.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedMigration {
    /// Its file, below `migrations/`.
    pub name: String,
    /// Digest of its text.
    pub checksum: Digest,
    /// When it ran, as PostgreSQL writes it in UTC; `None` for now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub applied_at: Option<String>,
}

/// A table of a plugin, with its rows counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableSize {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: u64,
    /// Bytes on disk, indexes included.
    pub bytes: u64,
}

/// Whether code on disk is what was installed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum CodeCheck {
    /// Every file is the one that was installed.
    Intact,
    /// Something was changed after the installation.
    Changed {
        /// The first file that differs, and how.
        why: String,
    },
    /// The code was removed on purpose.
    Removed,
}

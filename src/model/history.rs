//! What was done to a shop's plugins.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::PluginSlug;

/// One line of a shop's history.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// When, RFC 3339 in UTC; empty until the database wrote it down.
    #[serde(default)]
    pub at: String,
    /// Who: account and machine.
    pub who: String,
    /// The plugin.
    pub slug: PluginSlug,
    /// What: `install`, `update`, `rollback`, `restore`, `uninstall`, `enable`, `disable`, `pin`, `unpin`.
    pub action: String,
    /// The version before.
    pub from: Option<String>,
    /// The version after.
    pub to: Option<String>,
    /// `done`, or `undone` when it failed and everything was put back.
    pub verdict: String,
    /// More: the backup, why it was undone, what an uninstallation left.
    pub details: Value,
}

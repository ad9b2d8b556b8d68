//! What an update will do, before it does anything.

use serde::Serialize;

use super::PluginSlug;
use super::difference::{Difference, Level};
use super::install_plan::{PlannedMigration, PlannedSecret};
use super::installed::PluginSource;

/// Whether a migration can be taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum DownState {
    /// Its down script leads back, and the migration forth again: both were tried.
    Verified,
    /// It has no down script.
    Missing,
    /// It has one that does not lead back.
    Wrong {
        /// What happens instead.
        why: String,
    },
}

/// The down script of one migration, tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DownCheck {
    /// The migration.
    pub migration: String,
    /// What its down script does.
    #[serde(flatten)]
    pub state: DownState,
}

/// What an update will do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UpdatePlan {
    /// The plugin.
    pub slug: PluginSlug,
    /// The version before.
    pub from: semver::Version,
    /// The version after.
    pub to: semver::Version,
    /// Where it comes from.
    pub source: PluginSource,
    /// Id of the key that signed it; `None` for unsigned code.
    pub publisher: Option<String>,
    /// Whether its publisher withdrew it.
    pub yanked: bool,
    /// What the step between the versions promises.
    pub promised: Level,
    /// What the release really changes.
    pub found: Level,
    /// Every difference, the weightiest first.
    pub differences: Vec<Difference>,
    /// Migrations that will run, in order.
    pub migrations: Vec<PlannedMigration>,
    /// Their down scripts.
    pub downs: Vec<DownCheck>,
    /// Secrets that it needs.
    pub secrets: Vec<PlannedSecret>,
    /// How its tables differ from what its migrations made.
    pub drift: Vec<String>,
    /// What could not be compared.
    pub not_compared: Vec<String>,
}

impl UpdatePlan {
    /// Differences that give the plugin more than it had.
    pub fn wider(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|difference| difference.is_wider())
    }
    /// Differences that somebody who relies on the plugin has to know.
    pub fn breaking(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|difference| difference.is_breaking())
    }
    /// Whether the release changes more than its number promised.
    pub fn breaks_promise(&self) -> bool {
        self.found > self.promised
    }
}

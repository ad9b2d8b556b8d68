//! What can go wrong when another release takes the place of the installed one.

use crate::error::{Coded, ErrorCode};
use crate::model::uninstall_plan::ForeignObject;
use crate::model::{ExitCode, PluginSlug};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] =
    &[&OLDER, &DEPENDENT_RANGE, &BUSY, &NO_TARGET, &NO_WAY_BACK, &NOT_BACK, &POINTED_AT, &NO_CODE];

macro_rules! codes {
    ($($name:ident $id:literal $exit:ident: $meaning:literal, $remedy:literal;)*) => {$(
        static $name: ErrorCode = ErrorCode {
            id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy,
        };
    )*};
}
codes! {
    OLDER "lifecycle.older" Policy:
        "The release is older than the one that is installed. An update never goes back.",
        "To go back: `daino-pdk rollback SLUG`.";
    DEPENDENT_RANGE "lifecycle.dependent-range" Policy:
        "Another plugin needs this one in a range that the new version is not in. Nothing was changed.",
        "Update that plugin first, or choose a version in its range with `--to`.";
    BUSY "lifecycle.busy" Usage:
        "Somebody else uses the plugin's tables and did not let go of them in ten seconds (`DAINO_LOCK_TIMEOUT`). Everything was undone.",
        "The message names who it is. Run the command again when that transaction has ended, or give DAINO_LOCK_TIMEOUT more seconds.";
    NO_TARGET "rollback.no-backup" Usage:
        "There is no backup of the plugin to go back to.",
        "See which there are: `daino-pdk backup list`.";
    NO_WAY_BACK "rollback.no-down-script" Policy:
        "A migration that ran since has no down script, so the tables cannot be taken back with the rows they have now. Nothing was changed.",
        "To put the tables back as they were in the backup, without what was written since: `--data restore`.";
    NOT_BACK "rollback.other-schema" Policy:
        "The down scripts ran, and the tables are not what they were when the backup was made. Everything was undone.",
        "The message names the first difference. To put the tables back from the backup: `--data restore`.";
    POINTED_AT "rollback.foreign-rows" Policy:
        "Objects that are not the plugin's need its tables, and `--data restore` makes those tables anew. Nothing was changed.",
        "Keep the rows (`--data keep`), remove those objects yourself, or use `--force` to drop them, too.";
    NO_CODE "rollback.no-code" Integrity:
        "The backup does not have the code of the earlier release, and the shop does not have it either.",
        "Use another backup: `--to BACKUP`.";
}

/// A release that was not put in the place of the other.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReplaceError {
    /// An update backwards.
    #[error("`{slug}` {installed} is installed, and {wanted} is older")]
    Older {
        /// The plugin.
        slug: PluginSlug,
        /// What is there.
        installed: semver::Version,
        /// What was wanted.
        wanted: semver::Version,
    },
    /// Somebody needs another version.
    #[error("`{dependent}` needs `{slug}` {range}, and {wanted} is not in it")]
    DependentRange {
        /// The plugin.
        slug: PluginSlug,
        /// Who needs it.
        dependent: PluginSlug,
        /// In which versions.
        range: String,
        /// What was wanted.
        wanted: semver::Version,
    },
    /// A lock that was not given.
    #[error("the plugin's tables are in use{}", users(.0))]
    Busy(Vec<String>),
    /// No backup to go back to.
    #[error("there is no backup of `{slug}` to go back to{}", wanted.as_ref().map(|w| format!(": `{w}`")).unwrap_or_default())]
    NoTarget {
        /// The plugin.
        slug: PluginSlug,
        /// What was asked for.
        wanted: Option<String>,
    },
    /// A down script that is not there.
    #[error("no down script takes `{}` back", .0.join("`, `"))]
    NoWayBack(Vec<String>),
    /// Down scripts that lead elsewhere.
    #[error("the down scripts lead to other tables: {0}")]
    NotBack(String),
    /// Foreign objects.
    #[error("objects that are not the plugin's need its tables: {}", foreign(.0))]
    PointedAt(Vec<ForeignObject>),
    /// No code.
    #[error("the backup `{0}` is without code")]
    NoCode(String),
}

/// Who it is, as far as that is known.
fn users(users: &[String]) -> String {
    if users.is_empty() { String::new() } else { format!(": {}", users.join("; ")) }
}

fn foreign(objects: &[ForeignObject]) -> String {
    let each: Vec<String> =
        objects.iter().map(|o| format!("{} needs {}", o.object, o.needs)).collect();
    each.join("; ")
}

impl Coded for ReplaceError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Older { .. } => &OLDER,
            Self::DependentRange { .. } => &DEPENDENT_RANGE,
            Self::Busy(_) => &BUSY,
            Self::NoTarget { .. } => &NO_TARGET,
            Self::NoWayBack(_) => &NO_WAY_BACK,
            Self::NotBack(_) => &NOT_BACK,
            Self::PointedAt(_) => &POINTED_AT,
            Self::NoCode(_) => &NO_CODE,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Older { slug, .. } => vec![format!("to go back: `daino-pdk rollback {slug}`")],
            Self::DependentRange { dependent, .. } => {
                vec![format!("update it first: `daino-pdk update {dependent}`")]
            }
            Self::Busy(_) => vec![
                "run the command again when that transaction has ended, or wait longer: \
                 `DAINO_LOCK_TIMEOUT=SECONDS`"
                    .to_owned(),
            ],
            Self::NoTarget { .. } | Self::NoCode(_) => {
                vec!["see which there are: `daino-pdk backup list`".to_owned()]
            }
            Self::NoWayBack(_) | Self::NotBack(_) => vec![
                "to put the tables back as they were, without what was written since: \
                 `--data restore`"
                    .to_owned(),
            ],
            Self::PointedAt(_) => vec![
                "keep the rows: `--data keep`".to_owned(),
                "or drop those objects, too: `--force`".to_owned(),
            ],
        }
    }

    fn details(&self) -> Option<serde_json::Value> {
        match self {
            Self::PointedAt(objects) => Some(serde_json::json!({ "objects": objects })),
            _ => None,
        }
    }
}

//! What can go wrong while a plugin is installed, run or removed.

use std::path::PathBuf;

use super::codes::*;
use super::replace_error::ReplaceError;
use crate::error::{Coded, ErrorCode};
use crate::model::config_schema::ConfigFault;
use crate::model::consent::Refused;
use crate::model::uninstall_plan::ForeignObject;
use crate::model::{Engines, PluginSlug};
use crate::package::{PackError, PackageError, UnpackError};
use crate::sandbox::SandboxError;
use crate::store::backup::BackupError;
use crate::store::error::{StoreError, is_lost};

/// A change that was not made, or a plugin that was not run.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LifecycleError {
    /// No such plugin.
    #[error("the shop has no plugin `{0}`")]
    NotInstalled(String),
    /// Another version is there.
    #[error("`{slug}` {installed} is installed; {wanted} was to be installed")]
    OtherVersion {
        /// The plugin.
        slug: PluginSlug,
        /// What is there.
        installed: String,
        /// What was wanted.
        wanted: String,
    },
    /// Grants no shop gives.
    #[error("the plugin asks for what no shop gives: {}", refusals(.0))]
    NeverGranted(Vec<Refused>),
    /// A plugin that is needed.
    #[error("the plugin needs `{slug}` {range}, and {found}")]
    Dependency {
        /// Which.
        slug: String,
        /// In which versions.
        range: String,
        /// What is there instead.
        found: String,
    },
    /// Plugins that need this one.
    #[error("other plugins need `{slug}`: {}", slugs(.dependents))]
    Dependents {
        /// The plugin.
        slug: PluginSlug,
        /// Who.
        dependents: Vec<PluginSlug>,
    },
    /// Foreign objects that need its tables.
    #[error("{}", foreign(.0))]
    Foreign(Vec<ForeignObject>),
    /// A migration without a place in the order.
    #[error("`{name}` {why}")]
    MigrationName {
        /// Its file.
        name: String,
        /// What is wrong.
        why: String,
    },
    /// A migration that is not the one that ran.
    #[error("the migration `{name}` {why}")]
    MigrationChanged {
        /// Its file.
        name: String,
        /// What differs.
        why: &'static str,
    },
    /// A migration that failed.
    #[error("the migration `{name}` failed")]
    Migration {
        /// Its file.
        name: String,
        /// Where and why.
        #[source]
        source: StoreError,
    },
    /// It does not start.
    #[error("`{slug}` does not start: {why}")]
    Unhealthy {
        /// The plugin.
        slug: PluginSlug,
        /// What happened.
        why: String,
        /// What its code threw.
        #[source]
        source: Option<Box<Stack>>,
    },
    /// It may not run.
    #[error("`{slug}` is {state}")]
    NotEnabled {
        /// The plugin.
        slug: PluginSlug,
        /// Its state.
        state: &'static str,
    },
    /// Not the code that was installed.
    #[error("the code of `{slug}` is not what was installed: {why}")]
    CodeChanged {
        /// The plugin.
        slug: PluginSlug,
        /// The first difference.
        why: String,
    },
    /// A second operator.
    #[error("somebody else is changing the shop{0}")]
    Locked(String),
    /// A record that makes no sense.
    #[error("the shop's record of `{what}` cannot be read: {reason}")]
    Record {
        /// Which.
        what: String,
        /// Why.
        reason: String,
    },
    /// A journal entry that makes no sense.
    #[error("the journal's entry `{}` cannot be read: {reason}", path.display())]
    Journal {
        /// Which.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The backup is not all.
    #[error("{0} changed after the backup was made; nothing was removed")]
    ChangedSinceBackup(String),
    /// Something is where the code must go.
    #[error("`{}` is there already and is not the code of this release", .0.display())]
    CodeOccupied(PathBuf),
    /// Made for another host.
    #[error("the plugin runs on DainoStore {range}; this is {}", Engines::HOST)]
    Engine {
        /// Its range.
        range: String,
    },
    /// Settings that do not fit.
    #[error("the settings do not fit: {}", faults(.0))]
    Config(Vec<ConfigFault>),
    /// A secret nobody asked for.
    #[error("the plugin has no secret `{name}`; it has: {}", names(.known))]
    UnknownSecret {
        /// Its name.
        name: String,
        /// The ones it has.
        known: Vec<String>,
    },
    /// Another release in the place of the installed one.
    #[error(transparent)]
    Replace(#[from] ReplaceError),
    /// The backup.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// The shop.
    #[error(transparent)]
    Store(StoreError),
    /// Packing.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// Unpacking.
    #[error(transparent)]
    Unpack(#[from] UnpackError),
    /// An archive that cannot be read.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// The sandbox.
    #[error(transparent)]
    Sandbox(#[from] SandboxError),
}

/// A stack of the author's own lines, as a cause.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Stack(pub String);

fn refusals(refused: &[Refused]) -> String {
    let each: Vec<String> =
        refused.iter().map(|r| format!("`{}` ({})", r.permission, r.why)).collect();
    each.join(", ")
}

fn faults(faults: &[ConfigFault]) -> String {
    let each: Vec<String> =
        faults.iter().map(|fault| format!("`{}` {}", fault.place, fault.problem)).collect();
    each.join("; ")
}

fn names(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn slugs(slugs: &[PluginSlug]) -> String {
    let each: Vec<&str> = slugs.iter().map(PluginSlug::as_str).collect();
    each.join(", ")
}

fn foreign(objects: &[ForeignObject]) -> String {
    let each: Vec<String> =
        objects.iter().map(|o| format!("{} needs {}", o.object, o.needs)).collect();
    format!("objects that are not the plugin's need its tables: {}", each.join("; "))
}

impl From<StoreError> for LifecycleError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<tokio_postgres::Error> for LifecycleError {
    fn from(error: tokio_postgres::Error) -> Self {
        if error.code() == Some(&tokio_postgres::error::SqlState::LOCK_NOT_AVAILABLE) {
            return ReplaceError::Busy(Vec::new()).into();
        }
        Self::Store(StoreError::Sql(error))
    }
}

/// The code of a failure of the shop: full disks and lost connections have their own.
fn store_code(error: &StoreError) -> &'static ErrorCode {
    match error {
        StoreError::File { source, .. } if is_full(source) => &DISK_FULL,
        StoreError::Sql(error) | StoreError::MigrationFailed { source: error, .. }
            if is_lost(error) =>
        {
            &CONNECTION_LOST
        }
        StoreError::Sql(error) | StoreError::MigrationFailed { source: error, .. }
            if error.code() == Some(&tokio_postgres::error::SqlState::DISK_FULL) =>
        {
            &DISK_FULL
        }
        other => other.code(),
    }
}

/// Whether the disk is full, or the account's share of it.
pub(in crate::store) fn is_full(error: &std::io::Error) -> bool {
    matches!(error.kind(), std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded)
}

impl Coded for LifecycleError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::NotInstalled(_) => &NOT_INSTALLED,
            Self::OtherVersion { .. } => &OTHER_VERSION,
            Self::NeverGranted(_) => &NEVER_GRANTED,
            Self::Dependency { .. } => &DEPENDENCY,
            Self::Dependents { .. } => &DEPENDENTS,
            Self::Foreign(_) => &FOREIGN,
            Self::MigrationName { .. } => &MIGRATION_NAME,
            Self::MigrationChanged { .. } => &MIGRATION_CHANGED,
            Self::Migration { source, .. } => match store_code(source) {
                code if code.id == DISK_FULL.id || code.id == CONNECTION_LOST.id => code,
                _ => &MIGRATION,
            },
            Self::Unhealthy { .. } => &UNHEALTHY,
            Self::NotEnabled { .. } => &NOT_ENABLED,
            Self::CodeChanged { .. } => &CODE_CHANGED,
            Self::Locked(_) => &LOCKED,
            Self::Record { .. } => &RECORD,
            Self::Journal { .. } => &JOURNAL,
            Self::ChangedSinceBackup(_) => &CHANGED_SINCE_BACKUP,
            Self::CodeOccupied(_) => &CODE_OCCUPIED,
            Self::Engine { .. } => &ENGINE,
            Self::Config(_) => &CONFIG,
            Self::UnknownSecret { .. } => &UNKNOWN_SECRET,
            Self::Unpack(error) if is_full(&error.source) => &DISK_FULL,
            Self::Replace(error) => error.code(),
            Self::Backup(error) => error.code(),
            Self::Store(error) => store_code(error),
            Self::Pack(error) => error.code(),
            Self::Unpack(error) => error.code(),
            Self::Package(error) => error.code(),
            Self::Sandbox(error) => error.code(),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::NotInstalled(_) => vec!["see what it has: `daino-pdk list`".to_owned()],
            Self::OtherVersion { slug, .. } => vec![
                format!("to go on to a newer version: `daino-pdk update {slug}`"),
                format!("to go back: `daino-pdk rollback {slug}`"),
            ],
            Self::Dependency { slug, .. } => {
                vec![format!("install it first: `daino-pdk install {slug}`")]
            }
            Self::Dependents { slug, dependents } => {
                let each = dependents.iter().map(|d| format!("first: `daino-pdk uninstall {d}`"));
                let all = format!("or all of them: `daino-pdk uninstall {slug} --cascade`");
                each.chain([all]).collect()
            }
            Self::Foreign(_) => vec!["keep the tables: `--cleanup-tables keep`".to_owned()],
            Self::ChangedSinceBackup(_) => vec![
                "stop what writes there, and run the command again".to_owned(),
                "or keep it: `--cleanup-tables keep`, `--cleanup-data keep`".to_owned(),
            ],
            Self::CodeChanged { slug, .. } => vec![format!(
                "look at it, then: `daino-pdk uninstall {slug} --remove-code`, and install again"
            )],
            Self::Locked(_) => vec![
                "run the command again when that is done".to_owned(),
                "if that process hangs, end it: the next command undoes or finishes what it began"
                    .to_owned(),
            ],
            Self::Replace(error) => error.hints(),
            Self::Backup(error) => error.hints(),
            Self::Store(_) | Self::Migration { .. } if self.code().id == CONNECTION_LOST.id => {
                vec!["run the command again when the database is back".to_owned()]
            }
            Self::Store(error) => error.hints(),
            Self::Pack(error) => error.hints(),
            Self::Package(error) => error.hints(),
            Self::Sandbox(error) => error.hints(),
            _ => Vec::new(),
        }
    }

    fn details(&self) -> Option<serde_json::Value> {
        match self {
            Self::NeverGranted(refused) => Some(serde_json::json!({ "refused": refused })),
            Self::Config(faults) => Some(serde_json::json!({ "settings": faults })),
            Self::Foreign(objects) => Some(serde_json::json!({ "objects": objects })),
            Self::Replace(error) => error.details(),
            Self::Sandbox(error) => error.details(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn a_full_disk_has_a_code_of_its_own() {
        let file = |kind: ErrorKind| {
            LifecycleError::from(StoreError::file("write", "/x")(Error::from(kind)))
        };
        assert_eq!(file(ErrorKind::StorageFull).code().id, "lifecycle.disk-full");
        assert_eq!(file(ErrorKind::QuotaExceeded).code().id, "lifecycle.disk-full");
        assert_eq!(file(ErrorKind::PermissionDenied).code().id, "store.file");
        let unpack = UnpackError { path: "/x".into(), source: ErrorKind::StorageFull.into() };
        assert_eq!(LifecycleError::from(unpack).code().id, "lifecycle.disk-full");
    }
}

//! What happens to plugins in a shop: installed, run, removed; and what an interrupted change
//! becomes.
//!
//! Every change is planned as a value first. Carrying it out is journaled steps around one database
//! transaction that decides; see `journal` and `docs/lifecycle.md`.

mod audit;
mod change;
mod code;
mod codes;
mod dependencies;
mod error;
pub(crate) mod history;
mod install;
mod leftovers;
mod lock;
mod migrations;
mod objects;
mod probe;
pub(crate) mod records;
mod recovery;
mod rehearsal;
mod replace;
mod replace_error;
mod requirements;
mod restore;
mod rollback;
mod running;
mod scratch;
mod settings;
mod snapshot;
mod state;
mod together;
mod trial;
mod uninstall;
mod update;

pub(crate) use audit::{CallRecord, record_call};
pub(crate) use change::Change;
pub(crate) use code::CodeFolder;
pub(crate) use codes::CODES;
pub(crate) use dependencies::{order, with_dependents};
pub(in crate::store) use error::is_full;
pub(crate) use error::{LifecycleError, Stack};
pub(crate) use install::{Installation, plan as plan_install};
pub(in crate::store) use lock::settle;
pub(crate) use objects::{recorded, sizes};
pub(crate) use probe::{Tried, probe};
pub(crate) use rehearsal::drift;
pub(crate) use replace_error::{CODES as REPLACE_CODES, ReplaceError};
pub(crate) use requirements::Coming;
pub(crate) use restore::{check as check_restore, restore};
pub(crate) use rollback::{Wanted as RollbackWanted, apply as roll_back, plan as plan_rollback};
pub(crate) use running::{stack_of, start_audited};
pub(crate) use snapshot::{create_backup, import_backup, remove_backups};
pub(crate) use state::{disable, enable};
pub(crate) use together::{Done, NotDone, Step, apply as apply_together};
pub(crate) use uninstall::{plan as plan_uninstall, refuse};
pub(crate) use update::plan as plan_update;

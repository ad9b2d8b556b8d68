//! Runs a plugin's test files: each in its own fresh sandbox, with its own fresh database.
//!
//! Files run in parallel up to a bound and are reported in path order, so that two runs of the
//! same tree read the same. A file that does not load, crashes or hits a limit is one failure of
//! the report, never of the run.

mod error;
mod find;
mod lazy;
mod outcome;
mod output;
pub(crate) mod report;
mod run;

use crate::error::ErrorCode;

pub(crate) use error::HarnessError;
pub(crate) use find::{Suite, find};
pub(crate) use run::RunOptions;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = error::CODES;

//! `daino-pdk doctor`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Check this machine: sandbox, database, tools.
#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {}

pub(crate) fn run(_args: DoctorArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

//! `daino-pdk quickstart`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Walk one plugin through its whole life, on this machine.
#[derive(Debug, clap::Args)]
pub(crate) struct QuickstartArgs {}

pub(crate) fn run(_args: QuickstartArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

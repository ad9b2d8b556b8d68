//! `daino-pdk install`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Install a plugin into a shop.
#[derive(Debug, clap::Args)]
pub(crate) struct InstallArgs {}

pub(crate) fn run(_args: InstallArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

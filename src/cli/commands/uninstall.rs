//! `daino-pdk uninstall`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Remove a plugin from a shop, keeping or removing its data.
#[derive(Debug, clap::Args)]
pub(crate) struct UninstallArgs {}

pub(crate) fn run(_args: UninstallArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

//! `daino-pdk registry`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Run a plugin registry.
#[derive(Debug, clap::Args)]
pub(crate) struct RegistryArgs {}

pub(crate) fn run(_args: RegistryArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

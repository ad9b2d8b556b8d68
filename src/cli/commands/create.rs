//! `daino-pdk create`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Create a plugin from a template.
#[derive(Debug, clap::Args)]
pub(crate) struct CreateArgs {}

pub(crate) fn run(_args: CreateArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

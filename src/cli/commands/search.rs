//! `daino-pdk search`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Search a registry for plugins.
#[derive(Debug, clap::Args)]
pub(crate) struct SearchArgs {}

pub(crate) fn run(_args: SearchArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

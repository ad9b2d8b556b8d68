//! `daino-pdk completions`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Print a completion script for a shell.
#[derive(Debug, clap::Args)]
pub(crate) struct CompletionsArgs {}

pub(crate) fn run(_args: CompletionsArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

//! `daino-pdk explain`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Explain a rule or an error code.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {}

pub(crate) fn run(_args: ExplainArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

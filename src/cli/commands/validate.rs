//! `daino-pdk validate`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Check a plugin: security, performance, compatibility, quality.
#[derive(Debug, clap::Args)]
pub(crate) struct ValidateArgs {}

pub(crate) fn run(_args: ValidateArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

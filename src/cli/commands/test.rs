//! `daino-pdk test`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Run a plugin's tests in the sandbox.
#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {}

pub(crate) fn run(_args: TestArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

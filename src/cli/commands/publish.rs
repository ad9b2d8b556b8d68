//! `daino-pdk publish`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Validate, test, pack, sign and upload a release.
#[derive(Debug, clap::Args)]
pub(crate) struct PublishArgs {}

pub(crate) fn run(_args: PublishArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

//! `daino-pdk key`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Make and list signing keys.
#[derive(Debug, clap::Args)]
pub(crate) struct KeyArgs {}

pub(crate) fn run(_args: KeyArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

//! `daino-pdk pack`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Pack a plugin into a reproducible release archive.
#[derive(Debug, clap::Args)]
pub(crate) struct PackArgs {}

pub(crate) fn run(_args: PackArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

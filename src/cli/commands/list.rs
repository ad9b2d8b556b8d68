//! `daino-pdk list`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// List the plugins of a shop.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {}

pub(crate) fn run(_args: ListArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

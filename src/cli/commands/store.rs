//! `daino-pdk store`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Make and inspect a local shop.
#[derive(Debug, clap::Args)]
pub(crate) struct StoreArgs {}

pub(crate) fn run(_args: StoreArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

//! `daino-pdk invoke`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Call a method or fire a hook of an installed plugin.
#[derive(Debug, clap::Args)]
pub(crate) struct InvokeArgs {}

pub(crate) fn run(_args: InvokeArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

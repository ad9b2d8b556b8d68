//! `daino-pdk schema`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;

/// Print the JSON Schema of manifest.json.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {}

pub(crate) fn run(_args: SchemaArgs, _session: &Session) -> Result<ExitCode, Failure> {
    Ok(ExitCode::Done)
}

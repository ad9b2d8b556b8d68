//! `daino-pdk schema`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::schema;

/// Print the JSON Schema of manifest.json.
#[derive(Debug, clap::Args)]
pub(crate) struct SchemaArgs {
    /// Write it to FILE instead of stdout.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(crate) fn run(args: SchemaArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    match args.output {
        Some(file) => {
            schema::write_schema(&session.path(&file))?;
            let outcome = serde_json::json!({ "file": file });
            session.ui.result(&outcome, |_| format!("wrote {}", file.display()));
        }
        None => session.ui.raw(&format!("{:#}", schema::schema())),
    }
    Ok(ExitCode::Done)
}

//! `daino-pdk import`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::import::{self, ImportOutcome, ImportRequest};
use crate::ui::plain;

/// Turn a package of a DainoStore host into a plugin's directory.
///
/// Each handler becomes a file of its own that works as it is. What could not be carried over is
/// told, and written into IMPORT.md.
#[derive(Debug, clap::Args)]
pub(crate) struct ImportArgs {
    /// The package, as the host's export writes it.
    #[arg(value_name = "PACKAGE.json")]
    package: PathBuf,
    /// Directory to write. Default: the plugin's slug.
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Write into a directory that is not empty.
    #[arg(long)]
    force: bool,
    /// Show what would be written, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: ImportArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = ImportRequest {
        package: session.path(&args.package),
        dir: args.dir.map(|dir| session.path(&dir)),
        base: session.dir.clone(),
        force: args.force,
        dry_run: args.dry_run,
    };
    let outcome = import::import(request)?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &ImportOutcome) -> String {
    let verb = if outcome.written { "Imported" } else { "Would import" };
    let dir = outcome.dir.display().to_string();
    let mut text = format!("{verb} {} into {}\n", outcome.slug, plain(&dir));
    for file in &outcome.files {
        text.push_str(&format!("  {}\n", plain(file)));
    }
    if !outcome.notes.is_empty() {
        text.push_str("\nNot as it was:\n");
    }
    for note in &outcome.notes {
        text.push_str(&format!("  - {}\n", plain(note)));
    }
    if outcome.written {
        let dir = plain(&dir);
        text.push_str(&format!(
            "\nNext:\n  daino-pdk -C {dir} validate\n  daino-pdk install {dir}\n"
        ));
    }
    text
}

//! `daino-pdk pack`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::pack::{self, PackOutcome, PackRequest};

/// Pack a plugin into a reproducible release archive.
///
/// The same files give the same bytes on every machine.
#[derive(Debug, clap::Args)]
pub(crate) struct PackArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Archive to write. Default: `<slug>-<version>.dpk` where the command runs.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// List the files and digests, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: PackArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = PackRequest {
        dir: session.path(&args.path),
        output: args.output.map(|path| session.path(&path)),
        output_dir: session.dir.clone(),
        dry_run: args.dry_run,
    };
    let outcome = pack::pack(request, &session.ui)?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &PackOutcome) -> String {
    let mut text = String::new();
    if !outcome.written {
        for file in &outcome.files {
            text.push_str(&format!("{:>10}  {}\n", file.size, file.path));
        }
        text.push('\n');
    }
    let verb = if outcome.written { "Packed" } else { "Would pack" };
    let (slug, version) = (&outcome.slug, &outcome.version);
    text.push_str(&format!("{verb} {slug} {version} into {}\n", outcome.output.display()));
    text.push_str(&format!(
        "  files    {} ({} bytes)\n  size     {} bytes\n  archive  {}\n  content  {}\n",
        outcome.files.len(),
        outcome.unpacked_size,
        outcome.size,
        outcome.archive,
        outcome.content,
    ));
    text
}

//! `daino-pdk pack`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::pack::{self, HostPackOutcome, PackOutcome, PackRequest};
use crate::ui::plain;

/// Pack a plugin into a reproducible release archive.
///
/// The same files give the same bytes on every machine. With `--format daino-json` it becomes the
/// package that a DainoStore host imports, and a list of the calls that have to follow.
#[derive(Debug, clap::Args)]
pub(crate) struct PackArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// File to write. Default: `<slug>-<version>.dpk`, or `.daino.json`, where the command runs.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// List the files and digests, and write nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: PackArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json", "daino-json"])?;
    let request = PackRequest {
        dir: session.path(&args.path),
        output: args.output.map(|path| session.path(&path)),
        output_dir: session.dir.clone(),
        dry_run: args.dry_run,
    };
    if session.global.format == "daino-json" {
        let outcome = pack::pack_for_host(request, &session.ui)?;
        session.ui.result(&outcome, host_page);
        return Ok(ExitCode::Done);
    }
    let outcome = pack::pack(request, &session.ui)?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn host_page(outcome: &HostPackOutcome) -> String {
    let verb = if outcome.written { "Packed" } else { "Would pack" };
    let (slug, version) = (&outcome.slug, &outcome.version);
    let mut text = format!(
        "{verb} {slug} {version} for a host\n  package  {} ({} bytes)\n  calls    {}\n",
        outcome.output.display(),
        outcome.size,
        outcome.calls.display(),
    );
    for note in &outcome.notes {
        text.push_str(&format!("  note     {}\n", plain(note)));
    }
    text
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

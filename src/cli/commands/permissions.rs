//! `daino-pdk permissions`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::permissions::{PermissionsOutcome, PermissionsRequest, permissions};
use crate::ui::plain;

/// Show the permissions of a plugin, or the smallest ones that its code provably needs.
#[derive(Debug, clap::Args)]
pub(crate) struct PermissionsArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Infer from the code what is needed.
    #[arg(long)]
    infer: bool,
    /// Write what is needed into manifest.json; everything else in it stays as it is.
    #[arg(long, requires = "infer")]
    write: bool,
    /// With `--write`: write nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: PermissionsArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = PermissionsRequest {
        dir: session.path(&args.path),
        infer: args.infer,
        write: args.write,
        dry_run: args.dry_run,
    };
    let outcome = permissions(&request)?;
    if args.infer && !session.ui.is_json() {
        session.ui.say(notes(&outcome, &args).trim_end());
    }
    session.ui.result(&outcome, |outcome| {
        let block = serde_json::json!({ "permissions": outcome.permissions });
        plain(&serde_json::to_string_pretty(&block).unwrap_or_default()).into_owned()
    });
    Ok(ExitCode::Done)
}

/// How the manifest differs, and what could not be proved.
fn notes(outcome: &PermissionsOutcome, args: &PermissionsArgs) -> String {
    let mut text = String::new();
    for entry in &outcome.missing {
        text.push_str(&format!("needed, not in the manifest: {entry}\n"));
    }
    for entry in &outcome.unneeded {
        text.push_str(&format!("in the manifest, not needed: {entry}\n"));
    }
    for unproved in &outcome.unproved {
        let place = match (&unproved.file, unproved.line) {
            (Some(file), Some(line)) => format!(" at {file}:{line}"),
            _ => String::new(),
        };
        text.push_str(&format!("not proved ({}{place}): {}\n", unproved.list, unproved.message));
    }
    let differs = !outcome.missing.is_empty() || !outcome.unneeded.is_empty();
    text.push_str(match (differs, outcome.written) {
        (false, _) => "manifest.json asks for exactly this\n",
        (true, true) => "manifest.json was written\n",
        (true, false) if args.write => "manifest.json would be written\n",
        (true, false) => "write it into manifest.json: `daino-pdk permissions --infer --write`\n",
    });
    plain(&text).into_owned()
}

//! `daino-pdk yank`.

use crate::cli::Session;
use crate::cli::speaker::SpeakerArgs;
use crate::error::Failure;
use crate::model::{ExitCode, PluginSpec};
use crate::ops::yank::{YankOutcome, YankRequest, yank};

/// Withdraw a release from new installs, or take that back.
///
/// The withdrawal is signed like a release. The release stays in the registry, and who asks for exactly
/// this version still gets it.
#[derive(Debug, clap::Args)]
pub(crate) struct YankArgs {
    /// The release: NAMESPACE/SLUG@VERSION.
    #[arg(value_name = "RELEASE")]
    release: PluginSpec,
    /// Take the withdrawal back.
    #[arg(long)]
    undo: bool,
    /// Why, for those who use it.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    speaker: SpeakerArgs,
}

pub(crate) fn run(args: YankArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = YankRequest {
        spec: args.release,
        undo: args.undo,
        reason: args.reason,
        speaker: args.speaker.speaker(session)?,
    };
    let outcome = session.block_on(yank(request, &session.ui, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &YankOutcome) -> String {
    let YankOutcome { name, version, registry, .. } = outcome;
    if outcome.already {
        let state = if outcome.yanked { "yanked" } else { "not yanked" };
        return format!("{name} {version} is {state} already in {registry}\n");
    }
    let verb = match (outcome.changed, outcome.yanked) {
        (true, true) => "Yanked",
        (true, false) => "No longer yanked:",
        (false, true) => "Would yank",
        (false, false) => "Would take back the yank of",
    };
    format!("{verb} {name} {version} in {registry}\n")
}

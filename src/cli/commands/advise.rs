//! `daino-pdk advise`.

use crate::cli::Session;
use crate::cli::speaker::SpeakerArgs;
use crate::error::Failure;
use crate::model::{ExitCode, PluginSpec};
use crate::ops::advise::{AdviseOutcome, AdviseRequest, Severity, advise};

/// Tell shops of a fault in releases of your plugin.
///
/// The advisory is signed like a release. Shops are told when they install, and by `info`.
#[derive(Debug, clap::Args)]
pub(crate) struct AdviseArgs {
    /// The plugin: NAMESPACE/SLUG.
    #[arg(value_name = "PLUGIN")]
    plugin: PluginSpec,
    /// Versions that have the fault, such as "<1.3.0".
    #[arg(long, value_name = "RANGE")]
    affected: semver::VersionReq,
    /// Id of the advisory. One that is there is changed.
    #[arg(long, value_name = "ID")]
    id: String,
    /// How bad it is: low, medium, high or critical.
    #[arg(long, value_name = "LEVEL", value_parser = severity)]
    severity: Severity,
    /// What the fault is, in one or two sentences.
    #[arg(long, value_name = "TEXT")]
    summary: String,
    #[command(flatten)]
    speaker: SpeakerArgs,
}

fn severity(text: &str) -> Result<Severity, String> {
    let all = [Severity::Low, Severity::Medium, Severity::High, Severity::Critical];
    let found = all.into_iter().find(|severity| severity.as_str() == text);
    found.ok_or_else(|| "expected one of: low, medium, high, critical".to_owned())
}

pub(crate) fn run(args: AdviseArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = AdviseRequest {
        spec: args.plugin,
        affected: args.affected,
        id: args.id,
        severity: args.severity,
        summary: args.summary,
        speaker: args.speaker.speaker(session)?,
    };
    let outcome = session.block_on(advise(request, &session.ui, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &AdviseOutcome) -> String {
    let advisory = &outcome.advisory;
    let verb = if outcome.sent { "Told" } else { "Would tell" };
    format!(
        "{verb} {} of {} ({}, revision {}): {} {}\n",
        outcome.registry,
        advisory.id,
        advisory.severity.as_str(),
        advisory.revision,
        advisory.name,
        advisory.affected,
    )
}

//! `daino-pdk yank`.

use crate::cli::Session;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::{ExitCode, PluginSpec};
use crate::ops::yank::{YankOutcome, YankRequest, yank};

/// Withdraw a release from new installs, or take that back.
///
/// The release stays in the registry, and who asks for exactly this version still gets it.
#[derive(Debug, clap::Args)]
pub(crate) struct YankArgs {
    /// The release: NAMESPACE/SLUG@VERSION.
    #[arg(value_name = "RELEASE")]
    release: PluginSpec,
    /// Take the withdrawal back.
    #[arg(long)]
    undo: bool,
    /// Name or URL of the registry.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
    /// Say what would be changed, and send nothing.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: YankArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = YankRequest {
        spec: args.release,
        undo: args.undo,
        registry: args.registry,
        settings: Settings::load(&session.dir)?,
        dry_run: args.dry_run,
        offline: session.global.offline,
    };
    let outcome = session.block_on(yank(request))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &YankOutcome) -> String {
    let YankOutcome { name, version, registry, .. } = outcome;
    let verb = match (outcome.changed, outcome.yanked) {
        (true, true) => "Yanked",
        (true, false) => "No longer yanked:",
        (false, true) => "Would yank",
        (false, false) => "Would take back the yank of",
    };
    format!("{verb} {name} {version} in {registry}\n")
}

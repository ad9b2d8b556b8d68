//! `daino-pdk info`.

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::{ExitCode, PluginSpec};
use crate::ops::fetch_release::LOCK_FILE;
use crate::ops::info::{InfoOutcome, InfoRequest, info};
use crate::ui::plain;

/// Show the releases of a plugin in a registry, and who signed them.
#[derive(Debug, clap::Args)]
pub(crate) struct InfoArgs {
    /// The plugin: SLUG or NAMESPACE/SLUG, with @VERSION or @RANGE to see what an install would
    /// take.
    #[arg(value_name = "PLUGIN")]
    plugin: PluginSpec,
    /// Name or URL of the registry.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
    #[command(flatten)]
    store: StorePlaceArgs,
}

pub(crate) fn run(args: InfoArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = InfoRequest {
        spec: args.plugin,
        registry: args.registry,
        settings: Settings::load(&session.dir)?,
        lock: args.store.place(session).dir.join(LOCK_FILE),
        offline: session.global.offline,
    };
    let outcome = session.block_on(info(request, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &InfoOutcome) -> String {
    let mut text = format!("{} in {}\n", outcome.name, outcome.registry);
    for release in &outcome.releases {
        let mark = if Some(&release.version) == outcome.chosen.as_ref() { '*' } else { ' ' };
        let yanked = if release.yanked { "  yanked" } else { "" };
        let engine = release.engine.as_ref().map(|e| format!("  host {e}")).unwrap_or_default();
        text.push_str(&format!(
            "{mark} {:12} {:>9} bytes  {}{yanked}{engine}\n    {}\n    signed by {}\n",
            release.version.to_string(),
            release.size,
            plain(&release.signed_at),
            release.archive,
            release.key,
        ));
    }
    for advisory in &outcome.advisories {
        let (id, severity) = (plain(&advisory.id), advisory.severity.as_str());
        let summary = plain(&advisory.summary);
        text.push_str(&format!("! {id}  {severity}  {}\n    {summary}\n", advisory.affected));
    }
    text.push('\n');
    if let Some(reason) = &outcome.reason {
        text.push_str(&format!("An install would take none: {}\n", plain(reason)));
    } else {
        text.push_str("* is what an install would take\n");
    }
    text.push_str(if outcome.pinned {
        "The shop knows the publisher's key.\n"
    } else {
        "The publisher is new to the shop: compare the key with what the publisher says.\n"
    });
    text
}

//! `daino-pdk deploy`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::deploy::{self, DeployOutcome, DeployRequest};
use crate::ui::plain;

/// Put a plugin into a DainoStore host: import it, run its migrations, make its jobs, switch it on.
///
/// Everything is read back and counted; a failure is undone. The token comes from DAINO_HOST_TOKEN,
/// or is asked for.
#[derive(Debug, clap::Args)]
pub(crate) struct DeployArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Address of the host.
    #[arg(long, value_name = "URL")]
    host: String,
    /// Id of the shop in the host.
    #[arg(long, value_name = "ID")]
    store_id: String,
    /// Show the calls, and make none.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: DeployArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = DeployRequest {
        dir: session.path(&args.path),
        host: args.host,
        store_id: args.store_id,
        settings: Settings::load(&session.dir)?,
        offline: session.global.offline,
        dry_run: args.dry_run,
    };
    let outcome = session.block_on(deploy::deploy(request, &session.ui, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &DeployOutcome) -> String {
    let (slug, version) = (&outcome.slug, &outcome.version);
    let mut text = match &outcome.id {
        Some(id) => format!("Deployed {slug} {version} as {id}\n"),
        None => format!("Would deploy {slug} {version}\n  import the package\n"),
    };
    for step in &outcome.steps {
        text.push_str(&format!("  {}\n", plain(step)));
    }
    text
}

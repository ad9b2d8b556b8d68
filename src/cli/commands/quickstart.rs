//! `daino-pdk quickstart`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::quickstart::{self, QuickstartOutcome, QuickstartRequest};
use crate::ui::plain;

/// Take the tour: a plugin from its first file to a row in a shop's database.
///
/// Creates a payment plugin, checks and tests it, signs and publishes it to a registry of its own,
/// installs it into a fresh shop, fires a hook, shows the row that the plugin wrote, and uninstalls
/// it with a backup. Prints the commands to do the same by hand. Everything happens in one new
/// directory and on this machine; your keys, settings and shops are not touched.
#[derive(Debug, clap::Args)]
pub(crate) struct QuickstartArgs {
    /// Directory of the tour, which must not exist.
    #[arg(long, value_name = "DIR", default_value = "./daino-quickstart")]
    dir: PathBuf,
    /// Leave the plugin installed, and registry and shop running until Ctrl-C.
    #[arg(long)]
    keep: bool,
}

pub(crate) fn run(args: QuickstartArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = QuickstartRequest {
        dir: session.path(&args.dir),
        shown: args.dir.display().to_string(),
        keep: args.keep,
        offline: session.global.offline,
    };
    session.block_on_to_its_end(async {
        let finished = quickstart::quickstart(request, &session.ui).await?;
        session.ui.result(&finished.outcome, page);
        finished.stay(&session.ui).await;
        Ok(ExitCode::Done)
    })
}

fn page(outcome: &QuickstartOutcome) -> String {
    let seconds = |millis: u64| format!("{:.1} s", millis as f64 / 1000.0);
    let shown = plain(&outcome.shown);
    let mut text = format!("All done in {}.\n\n", seconds(outcome.millis));
    for step in &outcome.steps {
        text.push_str(&format!("  {:>7}  {}\n", seconds(step.millis), step.title));
    }
    let row: Vec<String> = outcome
        .row
        .iter()
        .map(|(column, value)| format!("  {column:10}  {}\n", plain(&value.to_string())))
        .collect();
    text.push_str(&format!("\nThe row that the plugin wrote:\n{}", row.concat()));
    text.push_str("\nThe same by hand, in an empty directory:\n\n");
    for line in &outcome.by_hand {
        text.push_str(&format!("  {line}\n"));
    }
    if outcome.kept {
        text.push_str(&format!(
            "\nThe registry is at {}, the shop in {shown}/.daino, and the plugin is installed.\n\
             To play with them, in another terminal:\n\n  \
             cd {shown}\n  {}\n  daino-pdk list\n  daino-pdk search payment\n\nCtrl-C stops them. ",
            outcome.registry,
            outcome.environment.join("\n  "),
        ));
    } else {
        text.push('\n');
    }
    text.push_str(&format!("Everything is in {shown}; remove it with `rm -r {shown}`.\n"));
    text
}

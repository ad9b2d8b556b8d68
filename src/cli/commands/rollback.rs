//! `daino-pdk rollback`.

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::rollback_plan::{DataChoice, RollbackPlan};
use crate::model::{ExitCode, PluginSlug};
use crate::ops::rollback::{self, RollbackOutcome, RollbackRequest};
use crate::ui::plain;

/// Go back to an earlier release of a plugin. Nothing of the plugin runs.
///
/// Code and settings come from a backup that an update or you made. Tables are taken back by the down
/// scripts of the migrations that ran since, with the rows they have now; or, with `--data restore`,
/// they are put back as they were in the backup. A backup of how things are now is made first.
#[derive(Debug, clap::Args)]
pub(crate) struct RollbackArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: PluginSlug,
    /// A version, or the name of a backup; the release before the installed one when absent.
    #[arg(long, value_name = "VERSION|BACKUP")]
    to: Option<String>,
    /// What becomes of rows that were written since: keep or restore.
    #[arg(long, value_name = "CHOICE")]
    data: Option<DataChoice>,
    /// Rehearse it in a scratch copy, and say whether it works.
    #[arg(long)]
    verify: bool,
    /// Drop what others built on the plugin's tables.
    #[arg(long)]
    force: bool,
    /// Show what would be done, and change nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    store: StorePlaceArgs,
}

pub(crate) fn run(args: RollbackArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = RollbackRequest {
        place: args.store.place(session),
        slug: args.slug,
        to: args.to,
        data: args.data,
        force: args.force,
        verify: args.verify,
        accept_defaults: session.global.yes,
        dry_run: args.dry_run,
    };
    let present = |plan: &RollbackPlan| session.ui.say(words(plan).trim_end());
    let outcome =
        session.block_on(rollback::rollback(request, &present, &session.ui, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &RollbackOutcome) -> String {
    let plan = &outcome.plan;
    let mut text = match (outcome.rolled_back, outcome.verified) {
        (true, _) => {
            format!("{} is {} again, instead of {}\n", plan.slug, plan.to, plan.from)
        }
        (_, true) => format!("{}It works. Nothing was changed.\n", words(plan)),
        _ => format!("{}Nothing was changed.\n", words(plan)),
    };
    if outcome.rolled_back {
        for secret in &plan.secrets_missing {
            text.push_str(&format!("  set again: secret {}\n", plain(secret)));
        }
    }
    text
}

/// The plan, for whoever agrees to it.
fn words(plan: &RollbackPlan) -> String {
    let mut text = format!("{} {} -> {}\n", plan.slug, plan.from, plan.to);
    let mut line = |name: &str, value: String| {
        text.push_str(&format!("  {name:<12} {}\n", plain(&value)));
    };
    line("backup", format!("{}, of {}", plan.backup, plan.backed_up_at));
    for migration in &plan.undone {
        let how = match plan.data {
            DataChoice::Keep => "taken back by its down script",
            DataChoice::Restore => "its tables come from the backup",
        };
        line("migration", format!("{migration}: {how}"));
    }
    let now: u64 = plan.tables.iter().map(|table| table.rows).sum();
    match plan.data {
        DataChoice::Keep => line("rows", format!("{now} in tables; they stay")),
        DataChoice::Restore => {
            let then = plan.backup_rows;
            line("rows", format!("{now} in tables now; the {then} of the backup take their place"));
        }
    }
    for foreign in &plan.foreign {
        line("needed by", format!("{} (needs {})", foreign.object, foreign.needs));
    }
    for secret in &plan.secrets_missing {
        line("secret", format!("{secret}: not set"));
    }
    text
}

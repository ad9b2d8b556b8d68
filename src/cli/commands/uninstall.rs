//! `daino-pdk uninstall`.

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::uninstall_plan::{Cleanup, UninstallPlan, UninstallReport};
use crate::model::{ExitCode, PluginSlug};
use crate::ops::uninstall::{self, UninstallOutcome, UninstallRequest};
use crate::ui::plain;

/// Remove a plugin from a shop: disable, verified backup, data, tables, code, record.
///
/// Shows first what there is. Data, tables and code are kept unless you say otherwise; who cannot
/// be asked keeps them. Only what the plugin's own migrations created is ever dropped.
#[derive(Debug, clap::Args)]
pub(crate) struct UninstallArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: PluginSlug,
    /// Its own store, settings and secrets: keep, remove or ask.
    #[arg(long, value_name = "CHOICE", default_value_t = Cleanup::Ask)]
    cleanup_data: Cleanup,
    /// Tables that its migrations created: keep, remove or ask.
    #[arg(long, value_name = "CHOICE", default_value_t = Cleanup::Ask)]
    cleanup_tables: Cleanup,
    /// Make no backup first.
    #[arg(long)]
    no_backup: bool,
    /// Remove its code, too.
    #[arg(long)]
    remove_code: bool,
    /// Go on although other plugins need it, and drop what others built on its tables.
    #[arg(long)]
    force: bool,
    /// Uninstall the plugins that need it, too, and before it.
    #[arg(long, conflicts_with = "force")]
    cascade: bool,
    /// Confirm a removal without a backup: the plugin's name once more; with `--cascade` each name.
    #[arg(long, value_name = "SLUG")]
    confirm: Vec<String>,
    /// Show what there is, and change nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    store: StorePlaceArgs,
}

pub(crate) fn run(args: UninstallArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = UninstallRequest {
        place: args.store.place(session),
        slug: args.slug,
        cleanup_data: args.cleanup_data,
        cleanup_tables: args.cleanup_tables,
        create_backup: !args.no_backup,
        remove_code: args.remove_code,
        force: args.force,
        cascade: args.cascade,
        confirm: args.confirm,
        accept_defaults: session.global.yes,
        dry_run: args.dry_run,
    };
    let present = |plan: &UninstallPlan| session.ui.say(words(plan).trim_end());
    let outcome =
        session.block_on(uninstall::uninstall(request, &present, &session.ui, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn page(outcome: &UninstallOutcome) -> String {
    let all = outcome.cascade.iter().map(|one| (&one.plan, one.report.as_ref()));
    let all = all.chain([(&outcome.plan, outcome.report.as_ref())]);
    let mut text: String = all
        .map(|(plan, report)| match report {
            Some(report) => done(report),
            None => words(plan),
        })
        .collect();
    if outcome.report.is_none() {
        text.push_str("Nothing was changed.");
    }
    text
}

fn done(report: &UninstallReport) -> String {
    let mut text = format!("Uninstalled {} {}\n", report.slug, report.version);
    if let Some(backup) = &report.backup {
        text.push_str(&format!("  backup    {backup} (verified)\n"));
    }
    for (name, list) in
        [("removed", &report.removed), ("kept", &report.kept), ("left over", &report.leftovers)]
    {
        for item in list {
            text.push_str(&format!("  {name:<9} {}\n", plain(item)));
        }
    }
    // What is kept is in the way of a restore, and needs none.
    let is_gone = report.choices.remove_data && report.choices.remove_tables;
    if let Some(backup) = report.backup.as_ref().filter(|_| is_gone) {
        text.push_str(&format!("\nTo put it back: daino-pdk backup restore {backup}\n"));
    }
    text
}

/// What there is, for whoever decides.
fn words(plan: &UninstallPlan) -> String {
    let mut text = format!("{} {} ({})\n", plan.slug, plan.version, plan.state.as_str());
    let mut line = |name: &str, value: String| {
        text.push_str(&format!("  {name:<12} {}\n", plain(&value)));
    };
    for table in &plan.tables {
        line("table", format!("{}: {} rows, {} bytes", table.name, table.rows, table.bytes));
    }
    for object in &plan.other_objects {
        line("object", object.clone());
    }
    for object in &plan.not_owned {
        line("not its own", format!("{object}: belongs to somebody else and stays"));
    }
    line("own store", format!("{} rows", plan.data_rows));
    line("settings", plan.settings.to_string());
    for secret in &plan.secrets {
        line("secret", secret.clone());
    }
    match &plan.code {
        Some(code) => {
            let (files, bytes) = (plan.code_files, plan.code_bytes);
            line("code", format!("{code}: {files} files, {bytes} bytes"));
        }
        None => line("code", "removed".to_owned()),
    }
    for schedule in &plan.schedules {
        line("schedule", format!("{schedule}: will not run any more"));
    }
    for dependent in &plan.dependents {
        line("needed by", format!("the plugin {dependent}"));
    }
    for foreign in &plan.foreign {
        line("needed by", format!("{} (needs {})", foreign.object, foreign.needs));
    }
    text
}

//! `daino-pdk update` and `daino-pdk outdated`.

use std::time::Duration;

use crate::cli::Session;
use crate::cli::release_source::{self, GivenArgs, OutsideArgs, RegistryArgs};
use crate::cli::store_place::StorePlaceArgs;
use crate::error::{ErrorCode, Failure};
use crate::model::install_plan::{InstallPlan, PlannedMigration};
use crate::model::update_plan::{DownCheck, DownState, UpdatePlan};
use crate::model::{ExitCode, PluginSlug, VersionWanted};
use crate::ops::agreed::Agreed;
use crate::ops::install::{Given, Screened};
use crate::ops::update::{self, Gate, Present, Step, UpdateOutcome, UpdateRequest, UpdatedPlugin};
use crate::ui::plain;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&WHICH];

static WHICH: ErrorCode = ErrorCode {
    id: "update.which",
    exit: ExitCode::Usage,
    meaning: "It is not clear which plugin is to be updated.",
    remedy: "Name one or more plugins, or give `--all`. `--from`, `--to`, `--set` and `--secret` take one plugin.",
};

/// Update plugins of a shop: compared, backed up, migrated, checked; or nothing happened.
///
/// Compares the new release with the installed one, and asks before it may do more than it was given
/// or takes away what others may rely on. Migrations, the plugin's `onUpdate(from, to)` and its
/// `healthCheck` run in one transaction: a failure, or a killed program, leaves code, rows, settings
/// and rights exactly as they were.
#[derive(Debug, clap::Args)]
pub(crate) struct UpdateArgs {
    /// The plugins.
    #[arg(value_name = "SLUG")]
    slugs: Vec<PluginSlug>,
    /// Update every plugin of the shop.
    #[arg(long, conflicts_with = "slugs")]
    all: bool,
    /// Take the release from this file, directory or registry name instead of where it came from.
    #[arg(long, value_name = "SOURCE")]
    from: Option<String>,
    /// Update to this version or range.
    #[arg(long, value_name = "VERSION")]
    to: Option<VersionWanted>,
    /// Take no release that is more than a minor step.
    #[arg(long, conflicts_with = "patch")]
    minor: bool,
    /// Take no release that is more than a patch.
    #[arg(long)]
    patch: bool,
    /// Take no release that came out less than this ago: 12h, 3d, 2w.
    #[arg(long, value_name = "AGE", value_parser = age)]
    min_age: Option<Duration>,
    /// Install and update first what the new release needs, each as a whole, in the order of need.
    #[arg(long)]
    with_dependencies: bool,
    /// Only say what there is.
    #[arg(long)]
    check: bool,
    /// Show what would be done, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Agree to wider rights: those listed, or `all`. Without a list they are shown and asked for.
    #[arg(long, value_name = "NAME,…", num_args = 0..=1, require_equals = true,
          default_missing_value = "", value_delimiter = ',')]
    accept_permissions: Option<Vec<String>>,
    /// Agree to what breaks: the areas or names listed, or all of it.
    #[arg(long, value_name = "AREA,…", num_args = 0..=1, require_equals = true,
          default_missing_value = "all", value_delimiter = ',')]
    accept_breaking: Option<Vec<String>>,
    #[command(flatten)]
    outside: OutsideArgs,
    #[command(flatten)]
    given: GivenArgs,
    #[command(flatten)]
    registry: RegistryArgs,
    #[command(flatten)]
    store: StorePlaceArgs,
}

/// Say for which plugins of a shop there is a newer release.
#[derive(Debug, clap::Args)]
pub(crate) struct OutdatedArgs {
    /// Take no release that came out less than this ago: 12h, 3d, 2w.
    #[arg(long, value_name = "AGE", value_parser = age)]
    min_age: Option<Duration>,
    #[command(flatten)]
    registry: RegistryArgs,
    #[command(flatten)]
    store: StorePlaceArgs,
}

/// A number and its unit.
fn age(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a number and s, m, h, d or w, such as `3d`".to_owned();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: u64 = digits.parse().map_err(|_| wrong())?;
    let seconds = match &text[digits.len()..] {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return Err(wrong()),
    };
    number.checked_mul(seconds).map(Duration::from_secs).ok_or_else(wrong)
}

pub(crate) fn run(args: UpdateArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let given = args.given.given(session);
    let is_for_one = args.from.is_some()
        || args.to.is_some()
        || !given.set.is_empty()
        || given.config.is_some()
        || !given.secrets.is_empty();
    if args.slugs.is_empty() && !args.all {
        return Err(Failure::new(&WHICH, "no plugin is named")
            .hint("see which have newer releases: `daino-pdk outdated`")
            .hint("update every plugin: `--all`"));
    }
    if is_for_one && args.slugs.len() != 1 {
        let message = "`--from`, `--to`, settings and secrets are for one plugin";
        return Err(Failure::new(&WHICH, message).hint("name that one plugin"));
    }
    let flags = args.registry.flags(session)?;
    let from = match &args.from {
        Some(text) => Some(release_source::source(text, &flags, session)?),
        None => None,
    };
    let step = match (args.minor, args.patch) {
        (_, true) => Some(Step::Patch),
        (true, false) => Some(Step::Minor),
        _ => None,
    };
    let request = UpdateRequest {
        place: args.store.place(session),
        slugs: args.slugs,
        from,
        gate: Gate { to: args.to, step, min_age: args.min_age, pin: None },
        flags,
        given,
        allow_unsigned: args.outside.allow_unsigned,
        accept_findings: args.outside.accept_findings,
        accept_permissions: Agreed::of(args.accept_permissions),
        accept_breaking: Agreed::of(args.accept_breaking),
        with_dependencies: args.with_dependencies,
        check: args.check,
        dry_run: args.dry_run,
    };
    let update =
        |plan: &UpdatePlan, scan: &Screened| session.ui.say(words(plan, Some(scan)).trim_end());
    let install = |plan: &InstallPlan, scan: &Screened| {
        session.ui.say(super::install::words(plan, scan).trim_end());
    };
    let present = Present { update: &update, install: &install };
    let outcome = session.block_on(update::update(request, present, &session.ui, &session.ui))?;
    session.ui.result(&outcome, |outcome| page(outcome, args.dry_run));
    let failed = outcome.plugins.iter().filter(|plugin| plugin.error.is_some()).count();
    Ok(if failed > 0 { ExitCode::Partial } else { ExitCode::Done })
}

pub(crate) fn run_outdated(args: OutdatedArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let request = UpdateRequest {
        place: args.store.place(session),
        slugs: Vec::new(),
        from: None,
        gate: Gate { min_age: args.min_age, ..Gate::default() },
        flags: args.registry.flags(session)?,
        given: Given::default(),
        allow_unsigned: false,
        accept_findings: false,
        accept_permissions: Agreed::Nothing,
        accept_breaking: Agreed::Nothing,
        with_dependencies: false,
        check: true,
        dry_run: true,
    };
    let present = Present { update: &|_, _| {}, install: &|_, _| {} };
    let outcome = session.block_on(update::update(request, present, &session.ui, &session.ui))?;
    session.ui.result(&outcome, |outcome| page(outcome, false));
    Ok(ExitCode::Done)
}

fn page(outcome: &UpdateOutcome, is_dry_run: bool) -> String {
    if outcome.plugins.is_empty() {
        return "The shop has no plugins.".to_owned();
    }
    let lines: Vec<String> =
        outcome.plugins.iter().map(|plugin| line(plugin, is_dry_run)).collect();
    lines.join("\n")
}

fn line(plugin: &UpdatedPlugin, is_dry_run: bool) -> String {
    let (slug, installed) = (&plugin.slug, &plugin.installed);
    let mut text = match (&plugin.error, &plugin.plan, &plugin.wanted) {
        (Some(failure), ..) => format!("{slug} {installed}: {}", plain(failure.message())),
        (None, Some(plan), _) if plugin.updated => format!(
            "Updated {slug} from {installed} to {}\n  to go back: daino-pdk rollback {slug}",
            plan.to
        ),
        (None, Some(plan), _) if is_dry_run => {
            format!("{}\nNothing was changed.", words(plan, plugin.scan.as_ref()))
        }
        (None, _, Some(wanted)) if wanted > installed => {
            let out = plugin.published_at.as_ref();
            let out = out.map(|at| format!(", out since {}", plain(at))).unwrap_or_default();
            format!("{slug} {installed} -> {wanted}{out}\n  daino-pdk update {slug}")
        }
        _ => format!("{slug} {installed} is the newest release"),
    };
    if let Some(why) = &plugin.held_back {
        if plugin.wanted.is_none() && plugin.error.is_none() {
            text = format!("{slug} {installed}");
        }
        text.push_str(&format!("\n  kept out: {}", plain(why)));
    }
    text
}

/// Whether a migration can be taken back.
pub(super) fn down_words(migration: &PlannedMigration, tried: Option<&DownCheck>) -> String {
    match tried.map(|down| &down.state) {
        Some(DownState::Verified) => "can be taken back".to_owned(),
        Some(DownState::Wrong { why }) => format!("its down script does not work: {why}"),
        None if migration.has_down => "its down script was not tried".to_owned(),
        _ => "no down script: going back needs the backup".to_owned(),
    }
}

/// The plan, for whoever agrees to it.
fn words(plan: &UpdatePlan, scan: Option<&Screened>) -> String {
    let mut text = format!("{} {} -> {}\n", plan.slug, plan.from, plan.to);
    let mut line = |name: &str, value: &str| {
        text.push_str(&format!("  {name:<12} {}\n", plain(value)));
    };
    line("from", &super::install::from(&plan.source));
    match &plan.publisher {
        Some(key) => line("signed by", key),
        None => line("signed by", "nobody: unsigned, so only you vouch for it"),
    }
    if plan.yanked {
        line("withdrawn", "its publisher withdrew this release");
    }
    match scan {
        Some(scan) if scan.passed => line("scan", &format!("passed, score {} of 100", scan.score)),
        Some(scan) => line("scan", &format!("REFUSED, {} findings", scan.failing)),
        None => {}
    }
    let (found, promised) = (plan.found.as_str(), plan.promised.as_str());
    match plan.breaks_promise() {
        true => line(
            "change",
            &format!("{found}, although its number promises no more than {promised}"),
        ),
        false => line("change", &format!("{found} (its number says {promised})")),
    }
    for difference in &plan.differences {
        let mark = match (difference.is_wider(), difference.is_breaking()) {
            (true, _) => "wider",
            (_, true) => "breaks",
            _ => "",
        };
        let area = difference.area.as_str();
        line(mark, &format!("{area}: `{}` {}", difference.name, difference.words));
    }
    for why in &plan.not_compared {
        line("not compared", why);
    }
    for migration in &plan.migrations {
        let tried = plan.downs.iter().find(|down| down.migration == migration.name);
        let down = down_words(migration, tried);
        line("migration", &format!("{}: {down}", migration.name));
    }
    for secret in plan.secrets.iter().filter(|secret| !secret.is_set) {
        line("secret", &format!("{}: not set", secret.name));
    }
    for statement in &plan.drift {
        line("drifted", statement);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_has_a_unit() {
        assert_eq!(age("3d"), Ok(Duration::from_secs(259_200)));
        assert_eq!(age("90m"), Ok(Duration::from_secs(5_400)));
        for bad in ["", "3", "d", "3y", "-1d", "3.5d", "99999999999999999999w", "9999999999999999w"]
        {
            assert!(age(bad).is_err(), "{bad}");
        }
    }
}

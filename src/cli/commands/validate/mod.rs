//! `daino-pdk validate`.

mod reports;
#[cfg(feature = "dev")]
mod watch;

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::event::Tell;
use crate::model::{ExitCode, Severity};
use crate::ops::validate::{self, Form, Mending, RuleList, ValidateOutcome, ValidateRequest};
use crate::ui::plain;

pub(super) use reports::CODES;
use reports::Reports;

/// Check a plugin: security, performance, compatibility, quality, manifest and packaging.
///
/// Nothing of the plugin is run (but `--with` starts your linter). Exit code 1 means that something fails the run: findings at or over
/// the threshold, a low score, or too many warnings. In GitHub Actions and GitLab CI, findings also
/// stand at their lines of the change.
#[derive(Debug, clap::Args)]
pub(crate) struct ValidateArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Write a report: pretty, json, sarif, github, gitlab, junit, markdown, html or unix, to stdout
    /// or to FILE. Repeatable.
    #[arg(long, value_name = "FORMAT[=FILE]")]
    report: Vec<String>,
    /// Leave out what a CI service is told without being asked.
    #[arg(long)]
    no_annotations: bool,
    #[command(flatten)]
    selection: SelectionArgs,
    #[command(flatten)]
    gate: GateArgs,
    #[command(flatten)]
    fix: FixArgs,
    /// Check again whenever a file changes.
    #[cfg(feature = "dev")]
    #[arg(long, conflicts_with_all = ["report", "writes_baseline", "fix"])]
    watch: bool,
    /// List the rules, and check nothing.
    #[arg(long)]
    list_rules: bool,
    /// Explain a rule, and check nothing.
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
}

/// What is looked at.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Selection")]
struct SelectionArgs {
    /// How strict: `audit` takes any tree of JavaScript and knows no plugin.
    #[arg(long, value_enum, value_name = "PROFILE", default_value_t)]
    profile: ProfileArg,
    /// Run only these rules: ids, patterns such as `*-injection`, or checks such as `security`.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,
    /// Leave out these rules.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    skip: Vec<String>,
    /// Check against this version of the host instead of the one this program provides.
    #[arg(long, value_name = "VERSION")]
    against_host: Option<semver::Version>,
    /// Look for packages with known weaknesses: a folder of advisories in OSV's form.
    #[arg(long, value_name = "DIR")]
    osv: Option<PathBuf>,
    /// Run your own linter, too, and report what it finds: the project's, else the one on PATH. Its
    /// configuration is code, and runs. Repeatable.
    #[arg(long, value_enum, value_name = "LINTER")]
    with: Vec<validate::Linter>,
    /// Leave out the findings that FILE knows.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write everything that is found to the baseline's FILE.
    #[arg(long = "write-baseline", requires = "baseline")]
    writes_baseline: bool,
    /// Report only what is on lines changed since HEAD and REF parted, and in new files.
    #[arg(long, value_name = "REF")]
    diff: Option<String>,
}

/// What fails the run.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Verdict")]
struct GateArgs {
    /// Least weight that fails the run. Default: the profile's.
    #[arg(long, value_enum, value_name = "WEIGHT")]
    fail_on: Option<WeightArg>,
    /// Fail when the score is under N.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(0..=100))]
    min_score: Option<u32>,
    /// Fail when there are more than N warnings.
    #[arg(long, value_name = "N")]
    max_warnings: Option<usize>,
}

/// What is mended.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Fixes")]
struct FixArgs {
    /// Mend what can be mended safely, then check again.
    #[arg(long)]
    fix: bool,
    /// Show what `--fix` or `--write-baseline` would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Profiles as typed.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum ProfileArg {
    /// Fails on errors.
    #[default]
    Dev,
    /// As the registry checks: fails on errors, and on warnings about security.
    Store,
    /// Fails on warnings.
    Strict,
    /// Any tree of JavaScript; only rules about code.
    Audit,
}

/// Weights as typed.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum WeightArg {
    Info,
    Warning,
    Error,
    Critical,
}

pub(crate) fn run(args: ValidateArgs, session: &Session) -> Result<ExitCode, Failure> {
    if let Some(rule) = &args.explain {
        let args = super::explain::ExplainArgs { id: Some(rule.clone()) };
        return super::explain::run(args, session);
    }
    if args.list_rules {
        session.require_format(&["pretty", "json"])?;
        session.ui.result(&validate::list(), listing);
        return Ok(ExitCode::Done);
    }
    session.require_format(Form::NAMES)?;
    let reports = Reports::read(&args, session)?;
    let request = request(&args, session, &reports);
    #[cfg(feature = "dev")]
    if args.watch {
        return watch::run(request, session);
    }
    let outcome = validate::validate(request, &session.ui)?;
    if let Some(mending) = &outcome.fixed {
        session.ui.say(mended(mending, args.fix.dry_run).trim_end());
    }
    if let (Some(count), Some(file)) = (outcome.accepted, &args.selection.baseline) {
        let verb = if args.fix.dry_run { "would be" } else { "were" };
        session.ui.note(format!("{count} findings {verb} written to `{}`", file.display()));
    }
    reports.write(&outcome, session)?;
    Ok(verdict(&outcome))
}

fn verdict(outcome: &ValidateOutcome) -> ExitCode {
    if outcome.report.passed { ExitCode::Done } else { ExitCode::Negative }
}

fn request(args: &ValidateArgs, session: &Session, reports: &Reports) -> ValidateRequest {
    let SelectionArgs {
        profile,
        only,
        skip,
        against_host,
        osv,
        with,
        baseline,
        writes_baseline,
        diff,
    } = &args.selection;
    ValidateRequest {
        dir: session.path(&args.path),
        profile: match profile {
            ProfileArg::Dev => validate::Profile::Dev,
            ProfileArg::Store => validate::Profile::Store,
            ProfileArg::Strict => validate::Profile::Strict,
            ProfileArg::Audit => validate::Profile::Audit,
        },
        fail_on: args.gate.fail_on.map(|weight| match weight {
            WeightArg::Info => Severity::Info,
            WeightArg::Warning => Severity::Warning,
            WeightArg::Error => Severity::Error,
            WeightArg::Critical => Severity::Critical,
        }),
        min_score: args.gate.min_score,
        max_warnings: args.gate.max_warnings,
        only: only.clone(),
        skip: skip.clone(),
        host: against_host.clone(),
        osv: osv.as_deref().map(|folder| session.path(folder)),
        linters: with.clone(),
        baseline: baseline.as_deref().map(|file| session.path(file)),
        writes_baseline: *writes_baseline,
        diff: diff.clone(),
        fix: args.fix.fix,
        dry_run: args.fix.dry_run,
        workspace: reports.workspace(),
    }
}

/// What was mended, for people.
fn mended(mending: &Mending, is_dry_run: bool) -> String {
    let mut text = String::new();
    if is_dry_run {
        mending.changes.iter().for_each(|change| text.push_str(&plain(&change.diff)));
    }
    let verb = if is_dry_run { "would mend" } else { "mended" };
    for one in &mending.mended {
        let line = format!("{verb} {}:{}: {} ({})\n", one.file, one.line, one.title, one.rule);
        text.push_str(&plain(&line));
    }
    for one in &mending.refused {
        let why = "the file would not parse after it";
        text.push_str(&plain(&format!("left {}:{}: {}: {why}\n", one.file, one.line, one.title)));
    }
    if mending.mended.is_empty() {
        text.push_str("nothing can be mended\n");
    }
    text
}

fn listing(list: &RuleList) -> String {
    let mut text = String::new();
    for rule in &list.rules {
        let weight = rule.severity.word();
        text.push_str(&format!("{:32} {weight:9} {}\n", rule.id, rule.summary));
    }
    text
}

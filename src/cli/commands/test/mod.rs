//! `daino-pdk test`.

#[cfg(feature = "dev")]
mod watch;

use std::collections::BTreeMap;
use std::num::{NonZeroU32, NonZeroUsize};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::ValueEnum;

use crate::cli::{Session, explanation};
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;
use crate::model::event::Tell;
use crate::model::size::TimeLimit;
use crate::ops::mapped_hosts::mapped_hosts;
use crate::ops::test::{
    BenchFiles, Budgets, CoverageFormat, ReportFormat, RunOptions, Shard, SnapshotMode, Suite,
    TestOutcome, TestRequest, Thresholds, clock_now, test,
};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&REPORT, &CLOCK];

static REPORT: ErrorCode = ErrorCode {
    id: "cli.report-file",
    exit: ExitCode::Usage,
    meaning: "A report cannot be written where `--report` or `--junit` says.",
    remedy: "Give a path in an existing directory that you may write to; only one report can go to stdout.",
};
static CLOCK: ErrorCode = ErrorCode {
    id: "cli.clock",
    exit: ExitCode::Usage,
    meaning: "`--clock` is neither `virtual`, `real`, a time such as 2026-01-31T12:00:00Z, nor milliseconds since 1970.",
    remedy: "Leave it away: the clock is virtual and starts now.",
};

/// Run a plugin's tests in the sandbox.
#[derive(Debug, clap::Args)]
pub(crate) struct TestArgs {
    /// Directory of the plugin.
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Run these suites: folders below `tests/`. `security`, `performance` and `conformance` add
    /// generated tests; `full` is everything.
    #[arg(long, value_enum, default_value = "all", value_delimiter = ',')]
    suite: Vec<Suite>,
    /// Run tests whose file or full name contains TEXT; names are joined by ` > `.
    #[arg(long, value_name = "TEXT", default_value = "")]
    filter: String,
    /// Stop a file that takes longer.
    #[arg(long, value_name = "TIME", default_value = "30s")]
    timeout: TimeLimit,
    /// Run at most N files at the same time. Default: one per processor.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Write a report: pretty, json, junit, tap, github or html, to stdout or to FILE. Repeatable.
    #[arg(long, value_name = "FORMAT[=FILE]")]
    report: Vec<String>,
    /// Write the report as JUnit XML to FILE; the same as `--report junit=FILE`.
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    /// Write snapshots that differ or are not there, and remove those no test asks for.
    #[arg(short = 'u', long)]
    update_snapshots: bool,
    /// Make the requests that no mock answers, and write them down with their answers; later runs are
    /// answered from there. Secrets come from `DAINO_SECRET_NAME` and are not written down.
    #[arg(long)]
    record_http: bool,
    /// Send requests for HOST that no mock answers to a server on this machine. Repeatable.
    #[arg(long = "mock", value_name = "HOST=URL")]
    mocks: Vec<String>,
    /// Tell what the tests used and were refused, and the smallest permissions that would do.
    #[arg(long)]
    explain: bool,
    /// Run again what a change touches, until q is pressed. Single keys: a all, f failed, p filter,
    /// u update the snapshots of failed tests, q quit.
    #[cfg(feature = "dev")]
    #[arg(short, long, conflicts_with_all = ["explain", "bench_save", "bench_compare", "record_http"])]
    watch: bool,
    #[command(flatten)]
    order: OrderArgs,
    #[command(flatten)]
    coverage: CoverageArgs,
    #[command(flatten)]
    budgets: BudgetArgs,
}

/// Which code ran.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Coverage")]
struct CoverageArgs {
    /// Count which of the plugin's code runs: text, lcov, cobertura, istanbul or html, shown or written
    /// to FILE. Repeatable.
    #[arg(long, value_name = "FORMAT[=FILE]", num_args = 0..=1, default_missing_value = "text", require_equals = true)]
    coverage: Vec<String>,
    /// Fail when less than PERCENT of the statements ran.
    #[arg(long, value_name = "PERCENT")]
    min_statements: Option<NonZeroU32>,
    /// Fail when less than PERCENT of the lines ran.
    #[arg(long, value_name = "PERCENT")]
    min_lines: Option<NonZeroU32>,
    /// Fail when less than PERCENT of the branches ran.
    #[arg(long, value_name = "PERCENT")]
    min_branches: Option<NonZeroU32>,
    /// Fail when less than PERCENT of the functions ran.
    #[arg(long, value_name = "PERCENT")]
    min_functions: Option<NonZeroU32>,
}

impl CoverageArgs {
    fn thresholds(&self) -> Thresholds {
        Thresholds {
            statements: self.min_statements,
            lines: self.min_lines,
            branches: self.min_branches,
            functions: self.min_functions,
        }
    }

    fn is_asked(&self) -> bool {
        let Thresholds { statements, lines, branches, functions } = self.thresholds();
        let all = [statements, lines, branches, functions];
        !self.coverage.is_empty() || all.iter().any(Option::is_some)
    }
}

/// Order, repetition and chance.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Order and chance")]
struct OrderArgs {
    /// Decide all randomness inside the tests.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u32,
    /// Start the tests' clock at TIME; `virtual` starts it now, `real` is the machine's clock.
    #[arg(long, value_name = "TIME", default_value = "virtual")]
    clock: String,
    /// Run the tests of each file in a random order, decided by SEED.
    #[arg(long, value_name = "SEED", num_args = 0..=1, default_missing_value = "0", require_equals = true)]
    shuffle: Option<u32>,
    /// Run each file N times, each with another seed; a test that fails in some runs is flaky.
    #[arg(long, value_name = "N", default_value = "1")]
    repeat: NonZeroU32,
    /// Stop after N failures.
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "1", require_equals = true)]
    bail: Option<NonZeroU32>,
    /// Run one part of the files, such as 1/3.
    #[arg(long, value_name = "PART/PARTS")]
    shard: Option<Shard>,
    /// Fail a test that is marked with `.only`, which would leave out all others.
    #[arg(long)]
    forbid_only: bool,
    /// Fail when there is nothing to run.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, default_missing_value = "true", require_equals = true, default_value_t = true, action = clap::ArgAction::Set)]
    fail_on_no_tests: bool,
}

/// Bounds of the performance suite.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Performance suite")]
struct BudgetArgs {
    /// Fail a handler whose 95th percentile takes longer.
    #[arg(long, value_name = "MILLIS")]
    max_p95: Option<f64>,
    /// Fail a handler that needs more thousands of engine steps per call.
    #[arg(long, value_name = "N")]
    max_ticks: Option<f64>,
    /// Fail a handler that runs more database statements per call.
    #[arg(long, value_name = "N")]
    max_queries: Option<f64>,
    /// Keep what the handlers cost in FILE.
    #[arg(long, value_name = "FILE")]
    bench_save: Option<PathBuf>,
    /// Fail a handler that costs more than in FILE, which `--bench-save` made.
    #[arg(long, value_name = "FILE")]
    bench_compare: Option<PathBuf>,
    /// Percent that a handler may cost more than in the compared file.
    #[arg(long, value_name = "PERCENT", default_value_t = 10.0)]
    max_regress: f64,
}

pub(crate) fn run(args: TestArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json", "junit", "tap", "github", "html"])?;
    let reports = reports(&args, session)?;
    let path = |file: &Option<PathBuf>| file.as_deref().map(|file| session.path(file));
    let bench = BenchFiles {
        save: path(&args.budgets.bench_save),
        compare: path(&args.budgets.bench_compare),
        max_regress: args.budgets.max_regress,
    };
    let options = options(&args, session)?;
    let coverage = coverage_reports(&args.coverage, session)?;
    let thresholds = args.coverage.thresholds();
    let (dir, explain) = (session.path(&args.path), args.explain);
    let request = TestRequest { dir, options, bench, thresholds, explain };
    let sheets = Sheets { reports, coverage };
    #[cfg(feature = "dev")]
    if args.watch {
        return watch::run(request, &sheets, session);
    }
    let outcome = session.block_on(test(request, &session.ui))?;
    sheets.show(&outcome, session)?;
    Ok(outcome.exit())
}

/// Everything a run is to be written to.
struct Sheets {
    reports: Reports,
    coverage: Vec<(CoverageFormat, Option<PathBuf>)>,
}

impl Sheets {
    fn show(&self, outcome: &TestOutcome, session: &Session) -> Result<(), Failure> {
        let verbose = session.global.verbose > 0;
        for (format, file) in &self.reports.files {
            write_report(file, &outcome.render(*format, verbose))?;
        }
        for (format, file) in &self.coverage {
            let text = outcome.coverage(*format).unwrap_or_default();
            match file {
                Some(file) => write_report(file, &text)?,
                // Beside a report for machines the table goes where progress goes.
                None if self.reports.shown != ReportFormat::Pretty => {
                    session.ui.note(text.trim_end());
                }
                None => session.ui.raw(&text),
            }
        }
        for line in &outcome.below {
            session.ui.warn(line.clone());
        }
        if let Some(explanation) = &outcome.explanation {
            session.ui.complain(explanation::page(explanation).trim_end());
        }
        show(outcome, self.reports.shown, verbose, session);
        Ok(())
    }
}

fn show(outcome: &TestOutcome, format: ReportFormat, verbose: bool, session: &Session) {
    // The forms that every command knows go the way of every command.
    let usual = format == ReportFormat::Pretty || session.global.format == "json";
    if usual {
        session.ui.result(outcome, |o| o.render(format, verbose));
    } else {
        session.ui.raw(outcome.render(format, verbose).trim_end());
    }
}

/// Where reports go.
struct Reports {
    shown: ReportFormat,
    files: Vec<(ReportFormat, PathBuf)>,
}

fn reports(args: &TestArgs, session: &Session) -> Result<Reports, Failure> {
    let known = |name: &str| {
        ReportFormat::from_str(name, false).map_err(|_| {
            Failure::new(&REPORT, format!("`{name}` is no form of a report"))
                .hint("use one of: pretty, json, junit, tap, github, html")
        })
    };
    let mut shown = Vec::new();
    if session.global.format != "pretty" {
        shown.push(known(&session.global.format)?);
    }
    let mut files: Vec<(ReportFormat, PathBuf)> =
        args.junit.iter().map(|f| (ReportFormat::Junit, session.path(f))).collect();
    for report in &args.report {
        match report.split_once('=') {
            Some((name, file)) => files.push((known(name)?, session.path(Path::new(file)))),
            None => shown.push(known(report)?),
        }
    }
    if shown.len() > 1 {
        let message = "more than one report would go to stdout";
        return Err(Failure::new(&REPORT, message).hint("give a file: `--report junit=FILE`"));
    }
    Ok(Reports { shown: shown.pop().unwrap_or(ReportFormat::Pretty), files })
}

fn coverage_reports(
    args: &CoverageArgs,
    session: &Session,
) -> Result<Vec<(CoverageFormat, Option<PathBuf>)>, Failure> {
    let read = |text: &String| {
        let (name, file) = match text.split_once('=') {
            Some((name, file)) => (name, Some(session.path(Path::new(file)))),
            None => (text.as_str(), None),
        };
        let format = CoverageFormat::from_str(name, false).map_err(|_| {
            Failure::new(&REPORT, format!("`{name}` is no form of a coverage report"))
                .hint("use one of: text, lcov, cobertura, istanbul, html")
        })?;
        if format != CoverageFormat::Text && file.is_none() {
            return Err(Failure::new(&REPORT, format!("`--coverage={name}` needs a file"))
                .hint(format!("give one: `--coverage={name}=FILE`")));
        }
        Ok((format, file))
    };
    args.coverage.iter().map(read).collect()
}

fn options(args: &TestArgs, session: &Session) -> Result<RunOptions, Failure> {
    let order = &args.order;
    let is_ci = std::env::var_os("CI").is_some_and(|v| !v.is_empty() && v != "false");
    let defaults = RunOptions::default();
    let snapshots = match (args.update_snapshots, is_ci) {
        (true, _) => SnapshotMode::All,
        (false, true) => SnapshotMode::None,
        (false, false) => SnapshotMode::New,
    };
    let shuffle = order.shuffle.map(|seed| if seed == 0 { fresh_seed() } else { seed });
    if let Some(seed) = shuffle.filter(|_| !session.global.quiet) {
        session.ui.note(format!("shuffled with `--shuffle={seed}`"));
    }
    Ok(RunOptions {
        suites: args.suite.clone(),
        filter: args.filter.clone(),
        timeout: args.timeout.duration(),
        jobs: args.jobs.unwrap_or(defaults.jobs),
        seed: order.seed,
        clock: clock(&order.clock)?,
        shuffle,
        repeat: order.repeat,
        bail: order.bail,
        shard: order.shard,
        snapshots,
        forbid_only: order.forbid_only,
        fail_on_no_tests: order.fail_on_no_tests,
        budgets: Budgets {
            max_p95: args.budgets.max_p95,
            max_ticks: args.budgets.max_ticks,
            max_queries: args.budgets.max_queries,
        },
        record_http: args.record_http,
        mocks: mapped_hosts(&args.mocks)?,
        secrets: BTreeMap::new(),
        offline: session.global.offline,
        coverage: args.coverage.is_asked(),
        audit: None,
    })
}

/// A seed that nobody chose.
fn fresh_seed() -> u32 {
    let mut bytes = [0; 4];
    // Without a random source the order is the same one each time, which does no harm.
    let _ = getrandom::fill(&mut bytes);
    u32::from_le_bytes(bytes).max(1)
}

fn clock(text: &str) -> Result<Option<u64>, Failure> {
    match text {
        "virtual" => Ok(Some(clock_now())),
        "real" => Ok(None),
        other => {
            let millis = other.parse::<u64>().ok().filter(|m| *m < 8_640_000_000_000_000);
            let time = jiff::Timestamp::from_str(other).ok();
            let read = time.and_then(|t| u64::try_from(t.as_millisecond()).ok());
            let unknown = || Failure::new(&CLOCK, format!("`{other}` is no time"));
            millis.or(read).map(Some).ok_or_else(unknown)
        }
    }
}

fn write_report(path: &Path, text: &str) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|cause| {
        Failure::new(&REPORT, format!("cannot write `{}`", path.display())).caused_by(&cause)
    })
}

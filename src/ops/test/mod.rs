//! Runs a plugin's tests.

#[cfg(feature = "dev")]
mod watch;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

use crate::config;
use crate::error::{ErrorCode, Failure};
use crate::harness::{self, Change};
use crate::model::event::Tell;
use crate::model::explanation::Explanation;
use crate::model::test_report::{Measure, TestReport, TestStatus};
use crate::model::{ExitCode, Observer};
use crate::project::Project;
use crate::sandbox::AuditTrail;

use crate::harness::coverage::Coverage;
pub(crate) use crate::harness::coverage::{CoverageFormat, Thresholds};
pub(crate) use crate::harness::report::ReportFormat;
pub(crate) use crate::harness::{Budgets, RunOptions, Shard, SnapshotMode, Suite};
#[cfg(feature = "dev")]
pub(crate) use watch::{CODES as WATCH_CODES, Order, Told, watch};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&SNAPSHOT, &BENCH];

static BENCH: ErrorCode = ErrorCode {
    id: "test.bench-file",
    exit: ExitCode::Usage,
    meaning: "The file with the costs of an earlier run cannot be read or written.",
    remedy: "Make one with `daino-pdk test --suite performance --bench-save FILE`.",
};

static SNAPSHOT: ErrorCode = ErrorCode {
    id: "test.snapshot-file",
    exit: ExitCode::Usage,
    meaning: "A snapshot cannot be written into the plugin.",
    remedy: "Make the plugin's `tests` folder writable, or run with `CI=1`, which writes none.",
};

/// What to test.
#[derive(Debug, Clone)]
pub(crate) struct TestRequest {
    /// Directory of the plugin.
    pub dir: PathBuf,
    /// Which tests, and how.
    pub options: RunOptions,
    /// Where to keep what the handlers cost, and what to compare with.
    pub bench: BenchFiles,
    /// The least of the code that must have run.
    pub thresholds: Thresholds,
    /// Whether to tell what the plugin used and was refused.
    pub explain: bool,
}

impl TestRequest {
    /// Every test of the author, in the usual way.
    pub(crate) fn of(dir: PathBuf, offline: bool) -> Self {
        let options = RunOptions { clock: Some(clock_now()), offline, ..RunOptions::default() };
        let (bench, thresholds) = (BenchFiles::default(), Thresholds::default());
        Self { dir, options, bench, thresholds, explain: false }
    }
}

/// Files with the costs of handlers.
#[derive(Debug, Clone, Default)]
pub(crate) struct BenchFiles {
    /// Where to write them.
    pub save: Option<PathBuf>,
    /// What to compare with.
    pub compare: Option<PathBuf>,
    /// Percent that a handler may cost more.
    pub max_regress: f64,
}

/// What the tests said.
#[derive(Debug)]
pub(crate) struct TestOutcome {
    report: TestReport,
    coverage: Option<Coverage>,
    /// Files of the plugin that were written: snapshots.
    #[cfg(feature = "dev")]
    written: std::collections::BTreeSet<crate::model::TreePath>,
    /// What ran less than it must, in words.
    pub below: Vec<String>,
    /// What the plugin used and was refused, when that was asked for.
    pub explanation: Option<Box<Explanation>>,
}

impl Serialize for TestOutcome {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Explained<'a> {
            #[serde(flatten)]
            report: harness::report::JsonReport<'a>,
            #[serde(skip_serializing_if = "Option::is_none")]
            explanation: &'a Option<Box<Explanation>>,
        }
        let report = harness::report::json(&self.report);
        Explained { report, explanation: &self.explanation }.serialize(s)
    }
}

impl TestOutcome {
    /// The report in a form; `verbose` lists every test.
    pub(crate) fn render(&self, format: ReportFormat, verbose: bool) -> String {
        format.render(&self.report, verbose)
    }

    /// Which code ran, in a form; `None` when it was not asked for.
    pub(crate) fn coverage(&self, format: CoverageFormat) -> Option<String> {
        self.coverage.as_ref().map(|coverage| format.render(coverage))
    }

    /// How many tests passed.
    pub(crate) fn passed(&self) -> usize {
        self.report.count(TestStatus::Passed)
    }

    /// Why a file did not pass, in the words of its first failure.
    pub(crate) fn failure_of(&self, path: &str) -> Option<String> {
        let Some(file) = self.report.files.iter().find(|file| file.file == path) else {
            return Some("it did not run".to_owned());
        };
        let of_tests = file.tests.iter().find_map(|test| test.failure.as_ref());
        file.error.as_ref().or(of_tests).map(|failure| failure.message.clone())
    }

    /// What the process exits with: a time limit outweighs failed tests, because the verdict is
    /// not complete.
    pub(crate) fn exit(&self) -> ExitCode {
        if self.report.timed_out() {
            ExitCode::TimeLimit
        } else if self.report.passed() && self.below.is_empty() {
            ExitCode::Done
        } else {
            ExitCode::Negative
        }
    }
}

/// The time now, for a virtual clock to start at: whole seconds, so that it can be given again.
pub(crate) fn clock_now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    since.as_secs() * 1_000
}

/// Runs the tests of the plugin in `request.dir`.
pub(crate) async fn test(
    request: TestRequest,
    observer: &dyn Observer,
) -> Result<TestOutcome, Failure> {
    let project = crate::project::read(&request.dir)?;
    test_project(&project, request, observer).await
}

/// Runs the tests of a plugin that was read already, so that what is tested is what is released.
pub(crate) async fn test_project(
    project: &Project,
    mut request: TestRequest,
    observer: &dyn Observer,
) -> Result<TestOutcome, Failure> {
    let trail = request.explain.then(Arc::<AuditTrail>::default);
    request.options.audit.clone_from(&trail);
    if request.options.record_http {
        request.options.secrets = own_secrets(&project.manifest.secrets);
    }
    let before = request.bench.compare.as_deref().map(read_bench).transpose()?;
    let run = harness::run(project, &request.options, observer).await?;
    let mut outcome = finish(project, &request, before, run, observer)?;
    outcome.explanation = trail.map(|trail| Box::new(trail.explain()));
    Ok(outcome)
}

/// The secrets that the environment gives, `DAINO_SECRET_<NAME>`.
fn own_secrets(names: &[String]) -> BTreeMap<String, String> {
    let read = |name: &String| {
        let value = config::env::read(&format!("{}{name}", config::env::SECRET))?;
        Some((name.clone(), value))
    };
    names.iter().filter_map(read).collect()
}

/// Judges a run and writes what it wants written.
fn finish(
    project: &Project,
    request: &TestRequest,
    before: Option<Vec<Measure>>,
    mut run: harness::Run,
    observer: &dyn Observer,
) -> Result<TestOutcome, Failure> {
    if let Some(file) = &request.bench.save {
        let text = harness::bench::save(&run.report);
        crate::sys::file::write_atomic(file, text.as_bytes(), false)
            .map_err(|cause| bench_failure(file).caused_by(&cause))?;
    }
    if let Some(before) = before {
        harness::bench::compare(&mut run.report, &before, request.bench.max_regress);
    }
    for path in &run.orphans {
        observer.warn(format!("the test file of `{path}` is gone; remove the snapshots, too"));
    }
    for change in &run.changes {
        write(&project.root, change)?;
    }
    if run.report.files.is_empty() {
        observer.warn("there was no test to run");
    }
    let below = run.coverage.as_ref().map_or_else(Vec::new, |c| c.below(request.thresholds));
    Ok(TestOutcome {
        report: run.report,
        coverage: run.coverage,
        #[cfg(feature = "dev")]
        written: run.changes.into_iter().map(|change| change.path).collect(),
        below,
        explanation: None,
    })
}

fn bench_failure(file: &Path) -> Failure {
    Failure::new(&BENCH, format!("cannot use the file `{}`", file.display()))
}

fn read_bench(file: &Path) -> Result<Vec<Measure>, Failure> {
    let bytes = crate::sys::file::read_limited(file, harness::bench::MOST_BYTES)
        .map_err(|cause| bench_failure(file).caused_by(&cause))?;
    harness::bench::read(&String::from_utf8_lossy(&bytes))
        .map_err(|why| Failure::new(&BENCH, format!("`{}` holds no costs: {why}", file.display())))
}

fn write(root: &Path, change: &Change) -> Result<(), Failure> {
    let path = change.path.under(root);
    let failed = |cause: std::io::Error| {
        Failure::new(&SNAPSHOT, format!("cannot write `{}`", change.path)).caused_by(&cause)
    };
    let Some(content) = &change.content else {
        return match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(error)),
            _ => Ok(()),
        };
    };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(failed)?;
    }
    crate::sys::file::write_atomic(&path, content.as_bytes(), false).map_err(failed)
}

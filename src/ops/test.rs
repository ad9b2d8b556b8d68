//! Runs a plugin's tests.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::harness::{self, Change};
use crate::model::event::Tell;
use crate::model::test_report::TestReport;
use crate::model::{ExitCode, Observer};

pub(crate) use crate::harness::report::ReportFormat;
pub(crate) use crate::harness::{Budgets, RunOptions, Shard, SnapshotMode, Suite};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&SNAPSHOT];

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
}

/// What the tests said.
#[derive(Debug)]
pub(crate) struct TestOutcome {
    report: TestReport,
}

impl Serialize for TestOutcome {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        harness::report::json(&self.report).serialize(s)
    }
}

impl TestOutcome {
    /// The report in a form; `verbose` lists every test.
    pub(crate) fn render(&self, format: ReportFormat, verbose: bool) -> String {
        format.render(&self.report, verbose)
    }

    /// What the process exits with: a time limit outweighs failed tests, because the verdict is
    /// not complete.
    pub(crate) fn exit(&self) -> ExitCode {
        if self.report.timed_out() {
            ExitCode::TimeLimit
        } else if self.report.passed() {
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
    let run = harness::run(&project, &request.options, observer).await?;
    for path in &run.orphans {
        observer.warn(format!("the test file of `{path}` is gone; remove the snapshots, too"));
    }
    for change in &run.changes {
        write(&project.root, change)?;
    }
    if run.report.files.is_empty() {
        observer.warn("there was no test to run");
    }
    Ok(TestOutcome { report: run.report })
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

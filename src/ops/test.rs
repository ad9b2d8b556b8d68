//! Runs a plugin's tests.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;

use crate::error::Failure;
use crate::harness::{self, RunOptions, report};
use crate::model::test_report::{TestReport, TestStatus};
use crate::model::{ExitCode, Observer};
use crate::project::Project;

pub(crate) use crate::harness::Suite;

/// What to test.
#[derive(Debug, Clone)]
pub(crate) struct TestRequest {
    /// Directory of the plugin.
    pub dir: PathBuf,
    /// Which suite.
    pub suite: Suite,
    /// A piece of a file path or of a test's full name; empty for all.
    pub filter: String,
    /// Longest time of one file.
    pub timeout: Duration,
    /// Most files at the same time; `None` for one per processor.
    pub jobs: Option<NonZeroUsize>,
    /// Whether nothing may be fetched.
    pub offline: bool,
}

/// What the tests said.
#[derive(Debug)]
pub(crate) struct TestOutcome {
    report: TestReport,
}

impl Serialize for TestOutcome {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        report::json(&self.report).serialize(s)
    }
}

impl TestOutcome {
    /// The report for people; `verbose` lists every test.
    pub(crate) fn pretty(&self, verbose: bool) -> String {
        report::pretty(&self.report, verbose)
    }

    /// The report as JUnit XML.
    pub(crate) fn junit(&self) -> String {
        report::junit(&self.report)
    }

    /// How many tests passed.
    pub(crate) fn passed(&self) -> usize {
        self.report.count(TestStatus::Passed)
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
    request: TestRequest,
    observer: &dyn Observer,
) -> Result<TestOutcome, Failure> {
    let processors = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let options = RunOptions {
        suite: request.suite,
        filter: request.filter,
        timeout: request.timeout,
        jobs: request.jobs.unwrap_or(processors),
        offline: request.offline,
    };
    let report = harness::run(project, &options, observer).await?;
    Ok(TestOutcome { report })
}

//! The report for machines: totals, then every file.

use serde::Serialize;

use crate::model::test_report::{TestFile, TestReport, TestStatus};

/// A test report with its totals.
#[derive(Debug, Serialize)]
pub(crate) struct JsonReport<'a> {
    passed: usize,
    /// Failed tests, and files that could not run.
    failed: usize,
    skipped: usize,
    todo: usize,
    files: &'a [TestFile],
}

/// The report as one JSON value.
pub(crate) fn json(report: &TestReport) -> JsonReport<'_> {
    JsonReport {
        passed: report.count(TestStatus::Passed),
        failed: failed(report),
        skipped: report.count(TestStatus::Skipped),
        todo: report.count(TestStatus::Todo),
        files: &report.files,
    }
}

/// Failed tests, and files that could not run as a whole.
pub(super) fn failed(report: &TestReport) -> usize {
    report.count(TestStatus::Failed) + report.files.iter().filter(|f| f.error.is_some()).count()
}

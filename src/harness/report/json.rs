//! The report for machines: totals, totals by suite, then every file.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::test_report::{TestFile, TestReport, TestStatus};

/// A test report with its totals.
#[derive(Debug, Serialize)]
pub(crate) struct JsonReport<'a> {
    #[serde(flatten)]
    totals: Totals,
    /// Tests that passed in some repetitions and failed in others; they count as failed.
    flaky: usize,
    /// Seed of all randomness, for `--seed`.
    seed: u32,
    /// Start of the virtual clock, for `--clock`; null for the machine's clock.
    clock: Option<u64>,
    /// Files left out by `--bail`.
    not_run: &'a [String],
    suites: BTreeMap<&'a str, Totals>,
    files: &'a [TestFile],
}

#[derive(Debug, Default, Serialize)]
struct Totals {
    passed: usize,
    /// Failed tests, and files that could not run.
    failed: usize,
    skipped: usize,
    todo: usize,
}

impl Totals {
    fn add(&mut self, file: &TestFile) {
        let count = |status| file.tests.iter().filter(|t| t.status == status).count();
        self.passed += count(TestStatus::Passed);
        self.failed += file.failed();
        self.skipped += count(TestStatus::Skipped);
        self.todo += count(TestStatus::Todo);
    }
}

/// The report as one JSON value.
pub(crate) fn json(report: &TestReport) -> JsonReport<'_> {
    let mut totals = Totals::default();
    let mut suites: BTreeMap<&str, Totals> = BTreeMap::new();
    for file in &report.files {
        totals.add(file);
        suites.entry(&file.suite).or_default().add(file);
    }
    let flaky = report.files.iter().flat_map(|f| &f.tests).filter(|t| t.is_flaky()).count();
    let (seed, clock) = (report.seed, report.clock);
    JsonReport {
        totals,
        flaky,
        seed,
        clock,
        not_run: &report.not_run,
        suites,
        files: &report.files,
    }
}

/// The same as text, with its version, for a file.
pub(super) fn document(report: &TestReport) -> String {
    #[derive(Serialize)]
    struct Versioned<'a> {
        schema_version: u32,
        #[serde(flatten)]
        report: JsonReport<'a>,
    }
    let document = Versioned { schema_version: 1, report: json(report) };
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

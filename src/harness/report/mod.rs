//! Forms of a test report, one file each.

mod github;
mod html;
mod json;
mod junit;
mod pretty;
mod tap;

use crate::model::test_report::TestReport;

pub(crate) use json::{JsonReport, json};

/// A form of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people.
    Pretty,
    /// One JSON document.
    Json,
    /// JUnit XML.
    Junit,
    /// TAP version 14.
    Tap,
    /// Annotations of GitHub Actions.
    Github,
    /// A page for a browser.
    Html,
}

impl ReportFormat {
    /// The report in this form; `verbose` counts for the form for people.
    pub(crate) fn render(self, report: &TestReport, verbose: bool) -> String {
        match self {
            Self::Pretty => pretty::pretty(report, verbose),
            Self::Json => json::document(report),
            Self::Junit => junit::junit(report),
            Self::Tap => tap::tap(report),
            Self::Github => github::github(report),
            Self::Html => html::html(report),
        }
    }
}

/// A report with one test of each kind and hostile texts.
#[cfg(test)]
pub(crate) fn sample() -> TestReport {
    use crate::model::Frame;
    use crate::model::test_report::{Leak, Place, TestCase, TestFailure, TestFile, TestStatus};
    let failure = TestFailure {
        message: "<b>not</b> equal \u{1b}[2J\n::set-output name=x::y".into(),
        kind: "AssertionError".into(),
        stack: "    at <anonymous> (tests/a.test.js:3:1)".into(),
        frame: Some(Frame {
            path: "tests/a.test.js".into(),
            line: 3,
            column: 1,
            first: 2,
            lines: vec!["it('fails', () => {".into(), "expect(\u{1b}[2J)".into()],
        }),
        expected: Some("{\n  a: 1\n}".into()),
        actual: Some("{\n  a: 2\n}".into()),
    };
    let test = |name: &str, status, failure| TestCase {
        path: vec!["suite".into(), name.into()],
        status,
        millis: 1.0,
        place: None,
        tries: None,
        repeats: None,
        note: None,
        failure,
    };
    let leak = Leak {
        kind: "setInterval".into(),
        place: Place::read("tests/a.test.js:9:2"),
        test: Some("suite > passes".into()),
    };
    let file = TestFile {
        file: "tests/a.test.js".into(),
        suite: "unit".into(),
        tests: vec![
            test("passes", TestStatus::Passed, None),
            test("fails #1", TestStatus::Failed, Some(failure)),
            test("waits", TestStatus::Skipped, None),
        ],
        output: "hello".into(),
        leaks: vec![leak],
        millis: 12.0,
        ..TestFile::default()
    };
    TestReport { files: vec![file], seed: 7, clock: Some(1000), not_run: Vec::new() }
}

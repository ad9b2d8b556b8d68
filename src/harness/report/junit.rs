//! The report as JUnit XML, as CI systems read it: a suite per file.

use std::time::Duration;

use quick_junit::{NonSuccessKind, Report, TestCaseStatus, TestSuite};

use crate::model::test_report::{TestCase, TestFailure, TestFile, TestReport, TestStatus};

/// The report as an XML document.
pub(crate) fn junit(report: &TestReport) -> String {
    let mut document = Report::new("daino-pdk test");
    document.add_test_suites(report.files.iter().map(suite));
    document.to_string().unwrap_or_default()
}

fn seconds(millis: f64) -> Duration {
    Duration::try_from_secs_f64(millis / 1000.0).unwrap_or_default()
}

fn suite(file: &TestFile) -> TestSuite {
    let name = file.file.as_str();
    let mut suite = TestSuite::new(name);
    suite.set_time(seconds(file.millis));
    suite.add_test_cases(file.tests.iter().map(|test| case(name, test)));
    if let Some(error) = &file.error {
        let status = non_success(NonSuccessKind::Error, error);
        let mut case = quick_junit::TestCase::new("(file)", status);
        case.set_classname(name);
        suite.add_test_case(case);
    }
    if !file.output.is_empty() {
        suite.set_system_out(file.output.as_str());
    }
    suite
}

fn case(file: &str, test: &TestCase) -> quick_junit::TestCase {
    let status = match (test.status, &test.failure) {
        (TestStatus::Passed, _) => TestCaseStatus::success(),
        (TestStatus::Skipped | TestStatus::Todo, _) => TestCaseStatus::skipped(),
        (TestStatus::Failed, Some(failure)) => non_success(NonSuccessKind::Failure, failure),
        (TestStatus::Failed, None) => TestCaseStatus::non_success(NonSuccessKind::Failure),
    };
    let mut case = quick_junit::TestCase::new(test.name(), status);
    case.set_classname(file);
    case.set_time(seconds(test.millis));
    case
}

fn non_success(kind: NonSuccessKind, failure: &TestFailure) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(failure.message.as_str());
    status.set_type(failure.kind.as_str());
    let mut text = failure.message.clone();
    if let (Some(expected), Some(actual)) = (&failure.expected, &failure.actual) {
        text.push_str(&format!("\nexpected: {expected}\nactual: {actual}"));
    }
    if !failure.stack.is_empty() {
        text.push_str(&format!("\n{}", failure.stack));
    }
    status.set_description(text);
    status
}

//! The report as annotations of GitHub Actions: each failure stands at its line of the change.

use crate::model::test_report::{Place, TestFailure, TestReport, TestStatus};
use crate::ui::plain;

/// The report as workflow commands.
pub(super) fn github(report: &TestReport) -> String {
    let mut text = String::new();
    for file in &report.files {
        let fallback = || Place { file: file.file.clone(), line: 1, column: 1 };
        if let Some(error) = &file.error {
            let place = error.place().unwrap_or_else(fallback);
            text.push_str(&annotation("error", &place, &file.file, &words(error)));
        }
        for test in file.tests.iter().filter(|t| t.status == TestStatus::Failed) {
            let Some(failure) = &test.failure else { continue };
            let place = failure.place().or_else(|| test.place.clone()).unwrap_or_else(fallback);
            text.push_str(&annotation("error", &place, &test.name(), &words(failure)));
        }
        for leak in &file.leaks {
            let place = leak.place.clone().unwrap_or_else(fallback);
            let message = format!("{} still waits when the tests have ended", leak.kind);
            text.push_str(&annotation("warning", &place, &file.file, &message));
        }
    }
    let passed = report.count(TestStatus::Passed);
    text.push_str(&format!("{passed} passed, {} failed\n", report.failed()));
    text
}

fn words(failure: &TestFailure) -> String {
    let mut text = format!("{}: {}", failure.kind, failure.message);
    if let (Some(expected), Some(actual)) = (&failure.expected, &failure.actual) {
        text.push_str(&format!("\nexpected: {expected}\nactual: {actual}"));
    }
    text
}

fn annotation(level: &str, place: &Place, title: &str, message: &str) -> String {
    let Place { file, line, column } = place;
    let (file, title) = (property(file), property(title));
    format!("::{level} file={file},line={line},col={column},title={title}::{}\n", data(message))
}

/// As the runner reads the text of a command: no line of it can be a command of its own.
fn data(text: &str) -> String {
    plain(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

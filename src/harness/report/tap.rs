//! The report as TAP version 14, as `prove` and many CI systems read it.

use crate::model::test_report::{TestCase, TestFailure, TestFile, TestReport, TestStatus};
use crate::ui::plain;

/// The report as TAP.
pub(super) fn tap(report: &TestReport) -> String {
    let mut lines = Lines::default();
    for file in &report.files {
        for test in &file.tests {
            lines.test(file, test);
        }
        if let Some(error) = &file.error {
            lines.point(false, &format!("{} > (file)", file.file), "");
            lines.detail(error);
        }
    }
    if !report.not_run.is_empty() {
        let count = report.not_run.len();
        lines.text.push_str(&format!("Bail out! {count} files did not run\n"));
    }
    format!("TAP version 14\n1..{}\n{}", lines.count, lines.text)
}

#[derive(Default)]
struct Lines {
    text: String,
    count: usize,
}

impl Lines {
    fn point(&mut self, is_ok: bool, name: &str, directive: &str) {
        self.count += 1;
        let not = if is_ok { "" } else { "not " };
        let name = plain(name).replace('\\', "\\\\").replace('#', "\\#").replace('\n', " ");
        self.text.push_str(&format!("{not}ok {} - {name}{directive}\n", self.count));
    }

    fn test(&mut self, file: &TestFile, test: &TestCase) {
        let directive = match test.status {
            TestStatus::Skipped => " # SKIP",
            TestStatus::Todo => " # TODO",
            TestStatus::Passed | TestStatus::Failed => "",
        };
        let is_ok = !matches!(test.status, TestStatus::Failed | TestStatus::Todo);
        self.point(is_ok, &format!("{} > {}", file.file, test.name()), directive);
        if let Some(failure) = test.failure.as_ref().filter(|_| test.status == TestStatus::Failed) {
            self.detail(failure);
        }
    }

    /// A YAML block; every value is a JSON string, which YAML reads as it stands.
    fn detail(&mut self, failure: &TestFailure) {
        self.text.push_str("  ---\n");
        let mut add = |key: &str, value: &str| {
            let quoted = serde_json::Value::from(plain(value).into_owned());
            self.text.push_str(&format!("  {key}: {quoted}\n"));
        };
        add("kind", &failure.kind);
        add("message", &failure.message);
        if let Some(place) = failure.place() {
            add("at", &place.to_string());
        }
        if let (Some(expected), Some(actual)) = (&failure.expected, &failure.actual) {
            add("expected", expected);
            add("actual", actual);
        }
        self.text.push_str("  ...\n");
    }
}

//! The report for people: a line per file, the failures in full, and the totals.
//!
//! The last line is read by scripts: `N passed, N failed`, then `, N skipped` and `, N todo` when
//! there are any.

use console::style;
use similar::{ChangeTag, TextDiff};

use super::json::failed;
use crate::model::test_report::{TestCase, TestFailure, TestFile, TestReport, TestStatus};
use crate::ui::plain;

/// Longest printed value that is compared line by line.
const MOST_DIFF: usize = 64 * 1024;
/// Lines of one difference that are shown.
const MOST_LINES: usize = 60;

/// The report as text; `verbose` lists every test and the output of files that passed.
pub(crate) fn pretty(report: &TestReport, verbose: bool) -> String {
    let mut text = String::new();
    for file in &report.files {
        text.push_str(&summary(file, verbose));
    }
    for file in &report.files {
        text.push_str(&failures(file));
    }
    text.push_str(&format!("\n{}\n", totals(report)));
    text
}

fn totals(report: &TestReport) -> String {
    let mut line =
        format!("{} passed, {} failed", report.count(TestStatus::Passed), failed(report));
    for (status, word) in [(TestStatus::Skipped, "skipped"), (TestStatus::Todo, "todo")] {
        let count = report.count(status);
        if count > 0 {
            line.push_str(&format!(", {count} {word}"));
        }
    }
    line
}

fn is_fine(file: &TestFile) -> bool {
    file.error.is_none() && file.tests.iter().all(|test| test.status != TestStatus::Failed)
}

fn summary(file: &TestFile, verbose: bool) -> String {
    let mark = if is_fine(file) { style("ok  ").green() } else { style("FAIL").red().bold() };
    let count = file.tests.iter().filter(|t| t.status == TestStatus::Passed).count();
    let mut text = format!(
        "{mark} {} ({count}/{}, {:.0} ms)\n",
        plain(file.file.as_str()),
        file.tests.len(),
        file.millis
    );
    for test in file.tests.iter().filter(|t| verbose || t.status == TestStatus::Failed) {
        let mark = match test.status {
            TestStatus::Passed => style("  ok     ").green(),
            TestStatus::Failed => style("  FAIL   ").red(),
            TestStatus::Skipped => style("  skipped").yellow(),
            TestStatus::Todo => style("  todo   ").yellow(),
        };
        text.push_str(&format!("{mark} {} ({:.0} ms)\n", plain(&name(test)), test.millis));
    }
    if !file.output.is_empty() && (verbose || !is_fine(file)) {
        text.push_str(&indented("output", 2));
        text.push_str(&indented(&plain(file.output.trim_end()), 4));
    }
    text
}

fn name(test: &TestCase) -> String {
    test.path.join(" > ")
}

fn failures(file: &TestFile) -> String {
    let mut text = String::new();
    if let Some(error) = &file.error {
        let title = if file.timed_out { "(stopped by the time limit)" } else { "(did not run)" };
        text.push_str(&failure(file, title, error));
    }
    for test in &file.tests {
        if let Some(found) = &test.failure {
            text.push_str(&failure(file, &name(test), found));
        }
    }
    text
}

fn failure(file: &TestFile, title: &str, failure: &TestFailure) -> String {
    let heading = format!("{} > {}", file.file, title);
    let mut text = format!("\n{}\n", style(plain(&heading)).bold());
    let message = format!("{}: {}", failure.kind, failure.message.trim_end());
    text.push_str(&indented(&plain(&message), 2));
    if let (Some(expected), Some(actual)) = (&failure.expected, &failure.actual) {
        text.push_str(&difference(expected, actual));
    }
    text.push_str(&indented(&plain(failure.stack.trim_end()), 0));
    text
}

/// What differs, line by line: `-` expected, `+` actual.
fn difference(expected: &str, actual: &str) -> String {
    if expected == actual || expected.len() + actual.len() > MOST_DIFF {
        return String::new();
    }
    let mut text = format!("  {} {}\n", style("- expected").green(), style("+ actual").red());
    let diff = TextDiff::from_lines(expected, actual);
    for (index, change) in diff.iter_all_changes().enumerate() {
        if index == MOST_LINES {
            text.push_str("    ...\n");
            break;
        }
        let line = plain(change.as_str().unwrap_or_default().trim_end_matches('\n')).into_owned();
        let shown = match change.tag() {
            ChangeTag::Delete => style(format!("  - {line}")).green(),
            ChangeTag::Insert => style(format!("  + {line}")).red(),
            ChangeTag::Equal => style(format!("    {line}")).dim(),
        };
        text.push_str(&format!("{shown}\n"));
    }
    text
}

fn indented(text: &str, by: usize) -> String {
    text.lines().map(|line| format!("{:by$}{line}\n", "")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::TreePath;

    fn report() -> TestReport {
        let failure = TestFailure {
            message: "not equal \u{1b}[2J".into(),
            kind: "AssertionError".into(),
            stack: "    at <anonymous> (tests/a.test.js:3:1)".into(),
            expected: Some("{\n  a: 1\n}".into()),
            actual: Some("{\n  a: 2\n}".into()),
        };
        let test = |name: &str, status, failure| TestCase {
            path: vec!["suite".into(), name.into()],
            status,
            millis: 1.0,
            failure,
        };
        let tests = vec![
            test("passes", TestStatus::Passed, None),
            test("fails", TestStatus::Failed, Some(failure)),
            test("waits", TestStatus::Skipped, None),
        ];
        let file = TestFile {
            file: TreePath::new("tests/a.test.js").unwrap(),
            tests,
            error: None,
            timed_out: false,
            output: "hello".into(),
            millis: 12.0,
        };
        TestReport { files: vec![file] }
    }

    #[test]
    fn shows_failures_in_full_and_closes_with_the_totals() {
        console::set_colors_enabled(false);
        let text = pretty(&report(), false);
        assert!(text.ends_with("\n1 passed, 1 failed, 1 skipped\n"), "{text}");
        assert!(text.contains("  -   a: 1\n  +   a: 2\n"), "{text}");
        assert!(text.contains("tests/a.test.js > suite > fails"), "{text}");
        assert!(text.contains("at <anonymous> (tests/a.test.js:3:1)"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn the_other_forms_say_the_same() {
        let value = serde_json::to_value(super::super::json(&report())).unwrap();
        assert_eq!((value["passed"].as_u64(), value["failed"].as_u64()), (Some(1), Some(1)));
        let xml = super::super::junit(&report());
        assert!(xml.contains(r#"tests="3""#) && xml.contains("suite &gt; fails"), "{xml}");
    }
}

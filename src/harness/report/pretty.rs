//! The report for people: a line per file, the failures in full, and the totals.
//!
//! The last line is read by scripts: `N passed, N failed`, then `, N skipped` and `, N todo` when
//! there are any.

use console::style;
use similar::{ChangeTag, TextDiff};

use crate::model::test_report::{TestFailure, TestFile, TestReport, TestStatus};
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
    text.push_str(&measures(report));
    for file in &report.files {
        text.push_str(&failures(file));
    }
    text.push_str(&notes(report));
    text.push_str(&format!("\n{}\n", totals(report)));
    text
}

fn totals(report: &TestReport) -> String {
    let mut line =
        format!("{} passed, {} failed", report.count(TestStatus::Passed), report.failed());
    for (status, word) in [(TestStatus::Skipped, "skipped"), (TestStatus::Todo, "todo")] {
        let count = report.count(status);
        if count > 0 {
            line.push_str(&format!(", {count} {word}"));
        }
    }
    let left_out = report.files.iter().map(|f| f.not_run).sum::<usize>();
    if left_out > 0 || !report.not_run.is_empty() {
        line.push_str(&format!(
            ", stopped early: {left_out} tests and {} files did not run",
            report.not_run.len()
        ));
    }
    line
}

fn summary(file: &TestFile, verbose: bool) -> String {
    let is_fine = file.failed() == 0;
    let mark = if is_fine { style("ok  ").green() } else { style("FAIL").red().bold() };
    let count = file.tests.iter().filter(|t| t.status == TestStatus::Passed).count();
    let mut text = format!(
        "{mark} {} ({count}/{}, {:.0} ms)\n",
        plain(&file.file),
        file.tests.len(),
        file.millis
    );
    for test in file.tests.iter().filter(|t| verbose || t.status == TestStatus::Failed) {
        let mark = match test.status {
            TestStatus::Passed => style("  ok     ").green(),
            TestStatus::Failed if test.is_flaky() => style("  FLAKY  ").red(),
            TestStatus::Failed => style("  FAIL   ").red(),
            TestStatus::Skipped => style("  skipped").yellow(),
            TestStatus::Todo => style("  todo   ").yellow(),
        };
        let tries = test.tries.map_or(String::new(), |tries| format!(", {tries} tries"));
        text.push_str(&format!("{mark} {} ({:.0} ms{tries})\n", plain(&test.name()), test.millis));
        if let Some(note) = &test.note {
            text.push_str(&indented(&plain(note), 12));
        }
    }
    if !file.output.is_empty() && (verbose || !is_fine) {
        text.push_str(&indented("output", 2));
        text.push_str(&indented(&plain(file.output.trim_end()), 4));
    }
    text
}

/// What the handlers cost, as a table.
fn measures(report: &TestReport) -> String {
    let all: Vec<_> = report.files.iter().flat_map(|f| &f.measures).collect();
    if all.is_empty() {
        return String::new();
    }
    let width = all.iter().map(|m| m.handler.chars().count()).max().unwrap_or(7).clamp(7, 60);
    let mut text = format!(
        "\n{:<width$}  {:>8} {:>8} {:>8} {:>8} {:>9} {:>9} {:>8} {:>8}\n",
        "handler",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "cpu ms",
        "k steps",
        "B growth",
        "queries",
        "fetches"
    );
    for m in all {
        text.push_str(&format!(
            "{:<width$}  {:>8.3} {:>8.3} {:>8.3} {:>8.3} {:>9.1} {:>9.2} {:>8.1} {:>8.1}\n",
            plain(&m.handler),
            m.p50,
            m.p95,
            m.p99,
            m.cpu,
            m.ticks,
            m.growth,
            m.queries,
            m.fetches
        ));
    }
    text
}

fn failures(file: &TestFile) -> String {
    let mut text = String::new();
    if let Some(error) = &file.error {
        let title = if file.timed_out { "(stopped by the time limit)" } else { "(did not run)" };
        text.push_str(&failure(file, title, error));
    }
    for test in &file.tests {
        if let Some(found) = test.failure.as_ref().filter(|_| test.status == TestStatus::Failed) {
            text.push_str(&failure(file, &test.name(), found));
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
    if let Some(frame) = &failure.frame {
        text.push_str(&indented(&plain(&frame.text()), 4));
    }
    text
}

/// What is no failure and worth a line: timers that still wait, snapshots, how to run this again.
fn notes(report: &TestReport) -> String {
    let mut lines = Vec::new();
    for file in &report.files {
        for leak in &file.leaks {
            let place = leak.place.as_ref().map_or(String::new(), |p| format!(" at {p}"));
            let test = leak.test.as_ref().map_or(String::new(), |t| format!(", in `{t}`"));
            lines.push(format!("{}: {} still waits{place}{test}", file.file, leak.kind));
        }
        let Some(snapshots) = &file.snapshots else { continue };
        for name in snapshots.obsolete.iter().filter(|_| snapshots.removed == 0) {
            lines.push(format!("{}: no test asks for the snapshot `{name}`", file.file));
        }
        let counts = [
            ("new", snapshots.added),
            ("renewed", snapshots.updated),
            ("removed", snapshots.removed),
        ];
        let said: Vec<String> =
            counts.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{n} {word}")).collect();
        if !said.is_empty() {
            lines.push(format!("{}: snapshots: {}", file.file, said.join(", ")));
        }
    }
    if report.failed() > 0 {
        let clock = report.clock.map_or("real".to_owned(), |millis| millis.to_string());
        lines.push(format!("the same run again: --seed {} --clock {clock}", report.seed));
    }
    let shown: Vec<String> =
        lines.iter().map(|line| format!("{}\n", style(plain(line)).dim())).collect();
    if shown.is_empty() { String::new() } else { format!("\n{}", shown.concat()) }
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
    use crate::harness::report::{ReportFormat, sample};

    #[test]
    fn shows_failures_in_full_and_closes_with_the_totals() {
        console::set_colors_enabled(false);
        let text = pretty(&sample(), false);
        assert!(text.ends_with("\n1 passed, 1 failed, 1 skipped\n"), "{text}");
        assert!(text.contains("  -   a: 1\n  +   a: 2\n"), "{text}");
        assert!(text.contains("tests/a.test.js > suite > fails"), "{text}");
        assert!(text.contains("at <anonymous> (tests/a.test.js:3:1)"), "{text}");
        let frame = "      2 | it('fails', () => {\n    > 3 | expect(\\u{1b}[2J)\n          ^\n";
        assert!(text.contains(frame), "{text}");
        assert!(text.contains("setInterval still waits at tests/a.test.js:9:2"), "{text}");
        assert!(text.contains("--seed 7 --clock 1000"), "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
    }

    #[test]
    fn the_other_forms_say_the_same_and_quote_what_is_hostile() {
        let render = |format: ReportFormat| format.render(&sample(), false);
        let value: serde_json::Value = serde_json::from_str(&render(ReportFormat::Json)).unwrap();
        assert_eq!((value["passed"].as_u64(), value["failed"].as_u64()), (Some(1), Some(1)));
        assert_eq!(value["suites"]["unit"]["failed"], 1);
        let xml = render(ReportFormat::Junit);
        assert!(xml.contains(r#"tests="3""#) && xml.contains("suite &gt; fails"), "{xml}");
        let tap = render(ReportFormat::Tap);
        assert!(tap.starts_with("TAP version 14\n1..3\n"), "{tap}");
        assert!(tap.contains("ok 3 - tests/a.test.js > suite > waits # SKIP"), "{tap}");
        assert!(tap.contains("not ok 2 - tests/a.test.js > suite > fails \\#1\n"), "{tap}");
        let github = render(ReportFormat::Github);
        assert!(github.contains("::error file=tests/a.test.js,line=3,col=1,title="), "{github}");
        assert!(!github.contains("\n::set-output"), "{github}");
        let html = render(ReportFormat::Html);
        assert!(html.contains("&lt;b&gt;") && !html.contains("<b>not"), "{html}");
        for text in [tap, github, html] {
            assert!(!text.contains('\u{1b}'), "{text}");
        }
    }
}

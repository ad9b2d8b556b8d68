//! The report as one page without scripts, and with nothing from elsewhere.

use crate::model::test_report::{Measure, TestCase, TestFailure, TestFile, TestReport, TestStatus};
use crate::ui::html as escape;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1c1c1c;background:#fff}\
h1{font-size:1.3rem}th,td{padding:0 .6rem;text-align:right}td:first-child,th:first-child{text-align:left}details{border-top:1px solid #ddd;padding:.4rem 0}summary{cursor:pointer}\
ul{list-style:none;padding-left:1rem;margin:.3rem 0}pre{background:#f5f5f5;padding:.6rem;overflow:auto;white-space:pre-wrap}\
.passed{color:#176b2c}.failed{color:#b00020;font-weight:600}.skipped,.todo{color:#8a5a00}.time{color:#666}\
@media(prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}pre{background:#222}.passed{color:#6ccf84}.failed{color:#ff7a8a}.skipped,.todo{color:#e0b050}details{border-color:#333}}";

/// The report as an HTML document.
pub(super) fn html(report: &TestReport) -> String {
    let passed = report.count(TestStatus::Passed);
    let failed = report.failed();
    let skipped = report.count(TestStatus::Skipped);
    let files: String = report.files.iter().map(file).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>Tests: {passed} passed, {failed} failed</title><style>{STYLE}</style></head><body>\n\
         <h1>{passed} passed, <span class=\"{}\">{failed} failed</span>, {skipped} skipped</h1>\n\
         {}{files}</body></html>\n",
        if failed > 0 { "failed" } else { "passed" },
        measures(report)
    )
}

/// What the handlers cost.
fn measures(report: &TestReport) -> String {
    let all: Vec<_> = report.files.iter().flat_map(|file| &file.measures).collect();
    if all.is_empty() {
        return String::new();
    }
    let row = |m: &&Measure| {
        let numbers = [m.p50, m.p95, m.p99, m.cpu, m.ticks, m.growth, m.queries, m.fetches];
        let cells: String = numbers.iter().map(|number| format!("<td>{number}</td>")).collect();
        format!("<tr><td>{}</td>{cells}</tr>\n", escape(&m.handler))
    };
    let rows: String = all.iter().map(row).collect();
    format!(
        "<table><thead><tr><th>handler</th><th>p50 ms</th><th>p95 ms</th><th>p99 ms</th><th>cpu ms</th>\
         <th>k steps</th><th>B growth</th><th>queries</th><th>fetches</th></tr></thead><tbody>\n{rows}</tbody></table>\n"
    )
}

fn file(file: &TestFile) -> String {
    let is_fine = file.failed() == 0;
    let (open, class) = if is_fine { ("", "passed") } else { (" open", "failed") };
    let error = file.error.as_ref().map_or(String::new(), failure);
    let tests: String = file.tests.iter().map(test).collect();
    let output = if file.output.is_empty() {
        String::new()
    } else {
        format!("<pre>{}</pre>", escape(&file.output))
    };
    format!(
        "<details{open}><summary><span class=\"{class}\">{}</span> <span class=\"time\">{:.0} ms</span></summary>\n{error}<ul>{tests}</ul>{output}</details>\n",
        escape(&file.file),
        file.millis
    )
}

fn test(test: &TestCase) -> String {
    let class = match test.status {
        TestStatus::Passed => "passed",
        TestStatus::Failed => "failed",
        TestStatus::Skipped => "skipped",
        TestStatus::Todo => "todo",
    };
    let note = test.note.as_ref().map_or(String::new(), |n| format!("<pre>{}</pre>", escape(n)));
    let why = test.failure.as_ref().map_or(String::new(), failure);
    format!(
        "<li><span class=\"{class}\">{class}</span> {} <span class=\"time\">{:.1} ms</span>{note}{why}</li>\n",
        escape(&test.name()),
        test.millis
    )
}

fn failure(failure: &TestFailure) -> String {
    let mut text = format!("{}: {}", failure.kind, failure.message);
    if let (Some(expected), Some(actual)) = (&failure.expected, &failure.actual) {
        text.push_str(&format!("\n\nexpected: {expected}\nactual:   {actual}"));
    }
    if !failure.stack.is_empty() {
        text.push_str(&format!("\n\n{}", failure.stack));
    }
    if let Some(frame) = &failure.frame {
        text.push_str(&format!("\n\n{}", frame.text()));
    }
    format!("<pre>{}</pre>", escape(&text))
}

//! Annotations of GitHub Actions: each finding stands at its line of the change.
//!
//! Source: GitHub, "Workflow commands for GitHub Actions". The runner reads them from both streams.

use super::{Paper, Report};
use crate::model::{Finding, Severity};
use crate::ui::plain;

/// The report as workflow commands.
pub(super) fn annotations(report: &Report, paper: &Paper<'_>) -> String {
    report.issues.iter().map(|finding| annotation(finding, paper)).collect()
}

fn annotation(finding: &Finding, paper: &Paper<'_>) -> String {
    let level = match finding.severity {
        Severity::Info => "notice",
        Severity::Warning => "warning",
        Severity::Error | Severity::Critical => "error",
    };
    let span = finding.span;
    let mut place = format!(
        "file={},line={},endLine={}",
        property(&format!("{}{}", paper.prefix, finding.file)),
        span.line,
        span.end_line
    );
    // Columns are only read of a place in one line.
    if span.line == span.end_line {
        place.push_str(&format!(",col={},endColumn={}", span.column, span.end_column));
    }
    let words = match &finding.help {
        Some(help) => format!("{}\n{help}", finding.message),
        None => finding.message.clone(),
    };
    format!("::{level} {place},title={}::{}\n", property(&finding.rule), data(&words))
}

/// As the runner reads the text of a command: no line of it can be a command of its own.
fn data(text: &str) -> String {
    plain(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

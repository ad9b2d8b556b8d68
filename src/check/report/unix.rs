//! `file:line:column: words [weight/rule]`, one line for each finding.

use super::{Paper, Report};
use crate::ui::plain;

/// The report as lines.
pub(super) fn lines(report: &Report, paper: &Paper<'_>) -> String {
    let mut text = String::new();
    for finding in &report.issues {
        let line = format!(
            "{}{}:{}:{}: {} [{}/{}]",
            paper.prefix,
            finding.file,
            finding.span.line,
            finding.span.column,
            finding.message,
            finding.severity.word(),
            finding.rule
        );
        text.push_str(&plain(&line).replace('\n', " "));
        text.push('\n');
    }
    text
}

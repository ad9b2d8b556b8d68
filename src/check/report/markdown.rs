//! The report for comments and job summaries: the score, then a table.

use super::Report;
use crate::ui::plain;

/// Findings that are listed at most; a comment has a limit.
const MAX_ROWS: usize = 500;

/// The report as GitHub-flavoured Markdown.
pub(super) fn text(report: &Report) -> String {
    let verdict = if report.passed { "passed" } else { "failed" };
    let mut out = format!("## Validation {verdict}: score {} of 100\n\n", report.score);
    out.push_str(&format!("{}. Checked: {}.\n\n", report.weights(), report.extent()));
    for reason in &report.reasons {
        out.push_str(&format!("- Failed because {}\n", safe(reason)));
    }
    if !report.reasons.is_empty() {
        out.push('\n');
    }
    out.push_str("| check | score | weight | findings |\n|---|---:|---:|---:|\n");
    for check in &report.checks {
        let (name, score) = (check.check.word(), check.score);
        out.push_str(&format!("| {name} | {score} | {} | {} |\n", check.weight, check.findings));
    }
    if !report.issues.is_empty() {
        out.push_str("\n| weight | rule | place | what |\n|---|---|---|---|\n");
    }
    for finding in report.issues.iter().take(MAX_ROWS) {
        let place = format!("{}:{}", finding.file, finding.span.line);
        out.push_str(&format!(
            "| {} | {} | {} | {} |\n",
            finding.severity.word(),
            safe(&finding.rule),
            safe(&place),
            safe(&finding.message)
        ));
    }
    if report.issues.len() > MAX_ROWS {
        let more = report.issues.len() - MAX_ROWS;
        out.push_str(&format!("\n{more} more findings are not listed here.\n"));
    }
    if !report.skipped.is_empty() {
        out.push_str("\nNot looked at:\n\n");
        for skipped in report.skipped.iter().take(MAX_ROWS) {
            out.push_str(&format!("- {}: {}\n", safe(&skipped.what), safe(&skipped.why)));
        }
    }
    out
}

/// Text that is text and nothing else: no link, image, mention, code, cell or element.
fn safe(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in plain(text).chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.push_str("&#64;"),
            // A bare address becomes a link.
            ':' => out.push_str("&#58;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '(' | ')' | '!' | '#' | '|' | '~' | '$' => {
                out.push('\\');
                out.push(c);
            }
            other => out.push(other),
        }
    }
    out
}

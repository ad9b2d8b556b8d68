//! Code quality report of GitLab, for `artifacts: reports: codequality`.
//!
//! Source: GitLab documentation, "Code Quality", "Implement a custom tool".

use serde_json::{Value, json};

use super::{Paper, Report};
use crate::model::Severity;

/// The report as a JSON array.
pub(super) fn document(report: &Report, paper: &Paper<'_>) -> String {
    let entries: Vec<Value> = report
        .issues
        .iter()
        .map(|finding| {
            json!({
                "description": finding.message,
                "check_name": finding.rule,
                "fingerprint": finding.fingerprint,
                "severity": match finding.severity {
                    Severity::Info => "info",
                    Severity::Warning => "minor",
                    Severity::Error => "critical",
                    Severity::Critical => "blocker",
                },
                "location": {
                    "path": format!("{}{}", paper.prefix, finding.file),
                    "lines": { "begin": finding.span.line, "end": finding.span.end_line },
                },
            })
        })
        .collect();
    serde_json::to_string_pretty(&entries).unwrap_or_default()
}

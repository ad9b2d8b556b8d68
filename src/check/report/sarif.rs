//! SARIF 2.1.0, for code scanning services.
//!
//! Source: OASIS SARIF 2.1.0, sections 3.13 (log), 3.18 (tool), 3.27 (result), 3.36 (code flow).

use serde_json::{Value, json};

use super::{Paper, Report, Suppressor};
use crate::check::RULES;
use crate::model::finding::{Category, Fix};
use crate::model::{Finding, Severity, Span};

/// The report as one SARIF document.
pub(super) fn document(report: &Report, paper: &Paper<'_>) -> String {
    let all = || report.issues.iter().chain(report.taken.iter().map(|t| &t.finding));
    let mut used: Vec<&str> = all().map(|f| f.rule.as_str()).collect();
    used.sort_unstable();
    used.dedup();
    let rules: Vec<Value> = used.iter().map(|id| descriptor(id)).collect();
    let log = Log { rules: used, paper };
    let mut results: Vec<Value> = report.issues.iter().map(|f| log.result(f)).collect();
    results.extend(report.taken.iter().map(|taken| {
        let mut result = log.result(&taken.finding);
        result["suppressions"] = json!([match taken.by {
            Suppressor::Comment => json!({
                "kind": "inSource",
                "status": "accepted",
                "justification": taken.reason.as_deref().unwrap_or_default(),
            }),
            Suppressor::Baseline => json!({ "kind": "external", "status": "accepted" }),
        }]);
        if taken.by == Suppressor::Baseline {
            result["baselineState"] = "unchanged".into();
        }
        result
    }));
    let notes: Vec<Value> = report
        .skipped
        .iter()
        .map(|s| {
            json!({
                "level": "note",
                "descriptor": { "id": "skipped" },
                "message": { "text": format!("{}: {}", s.what, s.why) },
            })
        })
        .collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "daino-pdk",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { "PLUGIN": { "description": { "text": "The plugin's directory, or the root of its repository." } } },
            "invocations": [{ "executionSuccessful": true, "toolExecutionNotifications": notes }],
            "properties": { "score": report.score, "passed": report.passed },
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn descriptor(id: &str) -> Value {
    let Some(rule) = RULES.iter().find(|r| r.id == id) else {
        let text = "A rule of the author's own linter.";
        return json!({ "id": id, "name": id, "shortDescription": { "text": text } });
    };
    let is_security = rule.category == Category::Security;
    let mut properties = json!({
        "tags": [rule.class, if is_security { "security" } else { "maintainability" }],
        "precision": "high",
    });
    if is_security {
        properties["security-severity"] = security_severity(rule.severity).into();
    }
    json!({
        "id": rule.id,
        "name": rule.id,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.explanation },
        "help": { "text": rule.help },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": properties,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "note",
        Severity::Warning => "warning",
        Severity::Error | Severity::Critical => "error",
    }
}

fn security_severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Info => "1.0",
        Severity::Warning => "4.0",
        Severity::Error => "7.5",
        Severity::Critical => "9.5",
    }
}

fn region(span: &Span) -> Value {
    json!({
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    })
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'@' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

/// What a result is written with.
struct Log<'a> {
    /// Sorted; a rule's index is its place.
    rules: Vec<&'a str>,
    paper: &'a Paper<'a>,
}

impl Log<'_> {
    fn artifact(&self, file: &str) -> Value {
        let path = format!("{}{file}", self.paper.prefix);
        json!({ "uri": uri(&path), "uriBaseId": "PLUGIN" })
    }

    fn location(&self, file: &str, span: &Span) -> Value {
        json!({ "physicalLocation": {
            "artifactLocation": self.artifact(file),
            "region": region(span),
        }})
    }

    fn result(&self, finding: &Finding) -> Value {
        let text = match &finding.help {
            Some(help) => format!("{}. {help}", finding.message),
            None => finding.message.clone(),
        };
        let mut result = json!({
            "ruleId": finding.rule,
            "level": level(finding.severity),
            "message": { "text": text },
            "locations": [self.location(finding.file.as_str(), &finding.span)],
            "fingerprints": { "daino/v2": finding.fingerprint },
            "partialFingerprints": { "primaryLocationLineHash": finding.fingerprint },
        });
        if let Ok(index) = self.rules.binary_search(&finding.rule.as_str()) {
            result["ruleIndex"] = index.into();
        }
        if !finding.steps.is_empty() {
            let steps: Vec<Value> = finding
                .steps
                .iter()
                .map(|step| {
                    let mut at = self.location(step.file.as_str(), &step.span);
                    at["message"] = json!({ "text": step.message });
                    json!({ "location": at })
                })
                .collect();
            result["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps }] }]);
        }
        if let Some(fix) = &finding.fix {
            result["fixes"] = json!([self.fix(fix)]);
        }
        result
    }

    fn fix(&self, fix: &Fix) -> Value {
        let changes: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| {
                json!({
                    "artifactLocation": self.artifact(edit.file.as_str()),
                    "replacements": [{
                        "deletedRegion": {
                            "byteOffset": edit.start,
                            "byteLength": edit.end - edit.start,
                        },
                        "insertedContent": { "text": edit.text },
                    }],
                })
            })
            .collect();
        json!({ "description": { "text": fix.title }, "artifactChanges": changes })
    }
}

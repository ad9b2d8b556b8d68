//! SARIF 2.1.0, for code scanning services.
//!
//! Source: OASIS SARIF 2.1.0, sections 3.13 (log), 3.18 (tool), 3.27 (result), 3.36 (code flow).

use serde_json::{Value, json};

use super::Report;
use crate::check::RULES;
use crate::model::{Finding, Severity, Span};

/// The report as one SARIF document.
pub(crate) fn document(report: &Report) -> String {
    let mut used: Vec<&str> = report.issues.iter().map(|f| f.rule.as_str()).collect();
    used.sort_unstable();
    used.dedup();
    let rules: Vec<Value> = used.iter().filter_map(|id| descriptor(id)).collect();
    let results: Vec<Value> = report.issues.iter().map(|f| result(f, &used)).collect();
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
            "originalUriBaseIds": { "PLUGIN": { "description": { "text": "The plugin's directory." } } },
            "invocations": [{ "executionSuccessful": true }],
            "properties": { "score": report.score, "passed": report.passed },
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}

fn descriptor(id: &str) -> Option<Value> {
    let rule = RULES.iter().find(|r| r.id == id)?;
    Some(json!({
        "id": rule.id,
        "name": rule.id,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": rule.explanation },
        "help": { "text": rule.help },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": {
            "tags": [rule.class, if rule.category == crate::model::finding::Category::Security { "security" } else { "quality" }],
            "security-severity": security_severity(rule.severity),
        },
    }))
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

fn location(file: &str, span: &Span) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(file), "uriBaseId": "PLUGIN" },
        "region": region(span),
    }})
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

fn result(finding: &Finding, rules: &[&str]) -> Value {
    let text = match &finding.help {
        Some(help) => format!("{}. {help}", finding.message),
        None => finding.message.clone(),
    };
    let mut result = json!({
        "ruleId": finding.rule,
        "level": level(finding.severity),
        "message": { "text": text },
        "locations": [location(finding.file.as_str(), &finding.span)],
        "partialFingerprints": { "daino/v1": fingerprint(finding) },
    });
    if let Ok(index) = rules.binary_search(&finding.rule.as_str()) {
        result["ruleIndex"] = index.into();
    }
    if !finding.steps.is_empty() {
        let steps: Vec<Value> = finding
            .steps
            .iter()
            .map(|step| {
                let mut at = location(step.file.as_str(), &step.span);
                at["message"] = json!({ "text": step.message });
                json!({ "location": at })
            })
            .collect();
        result["codeFlows"] = json!([{ "threadFlows": [{ "locations": steps }] }]);
    }
    result
}

/// What stays the same when lines move.
fn fingerprint(finding: &Finding) -> String {
    let text = format!("{}\n{}\n{}", finding.rule, finding.file, finding.message);
    crate::model::Digest::of(text.as_bytes()).to_string()
}

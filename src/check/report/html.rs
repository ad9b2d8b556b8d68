//! The report as one page without scripts, and with nothing from elsewhere.

use super::excerpt::excerpt;
use super::{Paper, Report};
use crate::model::{Finding, Severity, Span};
use crate::ui::html as escape;

const STYLE: &str = "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:64rem;padding:0 1rem;color:#1c1c1c;background:#fff}\
h1{font-size:1.3rem}h2{font-size:1.05rem;margin-top:2rem}details{border-top:1px solid #ddd;padding:.4rem 0}summary{cursor:pointer}\
table{border-collapse:collapse}td,th{padding:.15rem .8rem .15rem 0;text-align:left}td+td{text-align:right}\
pre{background:#f5f5f5;padding:.6rem;overflow:auto}mark{background:#ffe08a;color:inherit}code{font-size:.92em}\
.critical,.error{color:#b00020;font-weight:600}.warning{color:#8a5a00}.info{color:#555}.passed{color:#176b2c}.place{color:#666}\
@media(prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}pre{background:#222}mark{background:#6b5300}\
.critical,.error{color:#ff7a8a}.warning{color:#e0b050}.info,.place{color:#aaa}.passed{color:#6ccf84}details{border-color:#333}}";

/// The report as an HTML document.
pub(super) fn page(report: &Report, paper: &Paper<'_>) -> String {
    let (class, verdict) = if report.passed { ("passed", "passed") } else { ("error", "failed") };
    let mut body = format!(
        "<h1>Validation <span class=\"{class}\">{verdict}</span>: score {} of 100</h1>\n<p>{}. Checked: {}.</p>\n",
        report.score,
        report.weights(),
        report.extent()
    );
    if !report.reasons.is_empty() {
        body.push_str(&list(report.reasons.iter().map(|r| escape(r))));
    }
    body.push_str("<table><tr><th>check</th><th>score</th><th>weight</th><th>findings</th></tr>\n");
    for check in &report.checks {
        body.push_str(&format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            check.check.word(),
            check.score,
            check.weight,
            check.findings
        ));
    }
    body.push_str("</table>\n");
    for severity in Severity::ALL {
        if report.count(severity) == 0 {
            continue;
        }
        body.push_str(&format!("<h2>{} ({})</h2>\n", severity.word(), report.count(severity)));
        let own = report.issues.iter().filter(|f| f.severity == severity);
        own.for_each(|f| body.push_str(&finding(f, paper)));
    }
    if !report.taken.is_empty() {
        body.push_str(&format!("<h2>suppressed ({})</h2>\n", report.taken.len()));
        body.push_str(&list(report.taken.iter().map(|taken| {
            let f = &taken.finding;
            let why = taken.reason.as_deref().unwrap_or("it is in the baseline");
            let place = format!("{}:{}", f.file, f.span.line);
            format!("{} {}: {}", escape(&place), escape(&f.message), escape(why))
        })));
    }
    if !report.skipped.is_empty() {
        body.push_str("<h2>not looked at</h2>\n");
        let line = |s: &super::Skipped| format!("{}: {}", escape(&s.what), escape(&s.why));
        body.push_str(&list(report.skipped.iter().map(line)));
    }
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>Validation {verdict}</title><style>{STYLE}</style></head><body>\n{body}</body></html>\n"
    )
}

fn list(lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| format!("<li>{line}</li>\n")).collect();
    format!("<ul>\n{lines}</ul>\n")
}

fn finding(finding: &Finding, paper: &Paper<'_>) -> String {
    let severity = finding.severity.word();
    let place = format!("{}:{}:{}", finding.file, finding.span.line, finding.span.column);
    let mut text = format!(
        "<details><summary><span class=\"{severity}\">{}</span> {} <span class=\"place\">{}</span></summary>\n{}",
        escape(&finding.rule),
        escape(&finding.message),
        escape(&place),
        code(finding.file.as_str(), &finding.span, paper)
    );
    if !finding.steps.is_empty() {
        text.push_str("<ol>\n");
        for step in &finding.steps {
            let place = format!("{}:{}", step.file, step.span.line);
            text.push_str(&format!(
                "<li>{} <span class=\"place\">{}</span>{}</li>\n",
                escape(&step.message),
                escape(&place),
                code(step.file.as_str(), &step.span, paper)
            ));
        }
        text.push_str("</ol>\n");
    }
    if let Some(help) = &finding.help {
        text.push_str(&format!("<p>{}</p>\n", escape(help)));
    }
    if let Some(fix) = &finding.fix {
        text.push_str(&format!("<p><code>--fix</code> can mend it: {}</p>\n", escape(&fix.title)));
    }
    text.push_str("</details>\n");
    text
}

fn code(path: &str, span: &Span, paper: &Paper<'_>) -> String {
    let text = paper.files.get(path).map(String::from_utf8_lossy);
    let Some(part) = text.as_deref().and_then(|text| excerpt(text, span)) else {
        return String::new();
    };
    let at = |range: std::ops::Range<usize>| escape(part.text.get(range).unwrap_or_default());
    let (start, end) = (part.range.start, part.range.end);
    format!(
        "<pre>{}<mark>{}</mark>{}</pre>\n",
        at(0..start),
        at(start..end),
        at(end..part.text.len())
    )
}

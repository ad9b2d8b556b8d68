//! The report for people: code frames, the way of each value, and the score.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::Report;
use crate::model::{FileSet, Finding, Severity, Span};

/// Lines of a file that are shown at most in one frame.
const MAX_LINE: usize = 400;

/// The report as text. `safe` escapes text that came from the plugin.
pub(crate) fn text(
    report: &Report,
    files: &FileSet,
    color: bool,
    safe: &dyn Fn(&str) -> String,
) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for finding in &report.issues {
        out.push_str(&frame(finding, files, &renderer, safe));
        out.push_str("\n\n");
    }
    out.push_str(&summary(report));
    out
}

/// A part of a file, small enough to show: its text, its first line, and the bytes of the span.
struct Excerpt {
    text: String,
    line: usize,
    range: std::ops::Range<usize>,
}

fn excerpt(text: &str, span: &Span, safe: &dyn Fn(&str) -> String) -> Option<Excerpt> {
    let first = (span.line as usize).saturating_sub(1);
    let last = (span.end_line as usize).saturating_sub(1).min(first + 5).max(first);
    let lines: Vec<&str> = text.split('\n').skip(first).take(last - first + 1).collect();
    if lines.iter().any(|l| l.len() > MAX_LINE) || lines.is_empty() {
        return None;
    }
    let start = byte_of(lines[0], span.column);
    let end = if span.end_line as usize - 1 > last {
        lines.iter().map(|l| l.len() + 1).sum::<usize>() - 1
    } else {
        let before: usize = lines[..lines.len() - 1].iter().map(|l| l.len() + 1).sum();
        before + byte_of(lines[lines.len() - 1], span.end_column)
    };
    let joined = lines.join("\n");
    // Escaping may move bytes: then the whole excerpt is marked.
    let shown = safe(&joined);
    let range = if shown == joined { start..end.max(start) } else { 0..shown.len() };
    Some(Excerpt { text: shown, line: first + 1, range })
}

fn byte_of(line: &str, column: u32) -> usize {
    line.char_indices().nth(column as usize - 1).map_or(line.len(), |(i, _)| i)
}

fn frame(
    finding: &Finding,
    files: &FileSet,
    renderer: &Renderer,
    safe: &dyn Fn(&str) -> String,
) -> String {
    let level = match finding.severity {
        Severity::Info => Level::INFO,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
        Severity::Critical => Level::ERROR.with_name("critical"),
    };
    let path = safe(finding.file.as_str());
    let message = safe(&finding.message);
    let text = files.get(finding.file.as_str()).map(String::from_utf8_lossy);
    let excerpt_here = text.as_deref().and_then(|t| excerpt(t, &finding.span, safe));
    let title = level.primary_title(message.as_str()).id(finding.rule.as_str());
    let mut steps = Vec::new();
    for step in finding.steps.iter().take(finding.steps.len().saturating_sub(1)) {
        let text = files.get(step.file.as_str()).map(String::from_utf8_lossy);
        if let Some(e) = text.as_deref().and_then(|t| excerpt(t, &step.span, safe)) {
            steps.push((safe(step.file.as_str()), e, safe(&step.message)));
        }
    }
    let help = finding.help.as_deref().map(safe);
    let mut group = match &excerpt_here {
        Some(e) => annotate_snippets::Group::with_title(title).element(
            Snippet::source(e.text.as_str())
                .path(path.as_str())
                .line_start(e.line)
                .annotation(AnnotationKind::Primary.span(e.range.clone())),
        ),
        None => annotate_snippets::Group::with_title(title).element(
            Level::NOTE.message(format!("{path}:{}:{}", finding.span.line, finding.span.column)),
        ),
    };
    for (path, e, message) in &steps {
        group = group.element(
            Snippet::source(e.text.as_str())
                .path(path.as_str())
                .line_start(e.line)
                .annotation(AnnotationKind::Context.span(e.range.clone()).label(message.as_str())),
        );
    }
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

fn summary(report: &Report) -> String {
    let count = |severity| report.issues.iter().filter(|f| f.severity == severity).count();
    let mut text = format!("Score {} of 100", report.score);
    let parts: Vec<String> = [
        (Severity::Critical, "critical"),
        (Severity::Error, "error"),
        (Severity::Warning, "warning"),
        (Severity::Info, "info"),
    ]
    .iter()
    .filter(|(severity, _)| count(*severity) > 0)
    .map(|(severity, name)| format!("{} {name}", count(*severity)))
    .collect();
    if parts.is_empty() {
        text.push_str(", nothing found");
    } else {
        text.push_str(&format!(": {}", parts.join(", ")));
    }
    if report.suppressed > 0 {
        text.push_str(&format!(", {} suppressed", report.suppressed));
    }
    text.push('\n');
    for check in &report.checks {
        let name = format!("{:?}", check.check).to_lowercase();
        text.push_str(&format!(
            "  {name:14} {:>3}  weight {:>2}  findings {}\n",
            check.score, check.weight, check.findings
        ));
    }
    if report.is_partial {
        text.push_str(
            "The code is larger than what can be followed; some ways of values were not seen.\n",
        );
    }
    text.push_str(if report.passed { "Passed\n" } else { "Failed\n" });
    text
}

//! The report for people: code frames, the way of each value, and the score.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::excerpt::excerpt;
use super::{Paper, Report};
use crate::model::{FileSet, Finding, Severity};
use crate::ui::plain;

/// What was not looked at: lines that are shown at most.
const MAX_SKIPPED: usize = 8;

/// The report as text.
pub(super) fn text(report: &Report, paper: &Paper<'_>) -> String {
    let renderer = if paper.color { Renderer::styled() } else { Renderer::plain() };
    let mut out = String::new();
    for finding in &report.issues {
        out.push_str(&frame(finding, paper.files, &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&summary(report));
    out
}

fn safe(text: &str) -> String {
    plain(text).into_owned()
}

fn frame(finding: &Finding, files: &FileSet, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Info => Level::INFO,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
        Severity::Critical => Level::ERROR.with_name("critical"),
    };
    let path = safe(finding.file.as_str());
    let message = safe(&finding.message);
    let text = files.get(finding.file.as_str()).map(String::from_utf8_lossy);
    let excerpt_here = text.as_deref().and_then(|t| excerpt(t, &finding.span));
    let title = level.primary_title(message.as_str()).id(finding.rule.as_str());
    let mut steps = Vec::new();
    for step in finding.steps.iter().take(finding.steps.len().saturating_sub(1)) {
        let text = files.get(step.file.as_str()).map(String::from_utf8_lossy);
        if let Some(e) = text.as_deref().and_then(|t| excerpt(t, &step.span)) {
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
    let fix = finding.fix.as_ref().map(|fix| safe(&format!("`--fix` can mend it: {}", fix.title)));
    if let Some(fix) = &fix {
        group = group.element(Level::HELP.message(fix.as_str()));
    }
    renderer.render(&[group])
}

fn summary(report: &Report) -> String {
    let mut text = format!("Score {} of 100: {}\n", report.score, report.weights());
    for check in &report.checks {
        text.push_str(&format!(
            "  {:14} {:>3}  weight {:>2}  findings {}\n",
            check.check.word(),
            check.score,
            check.weight,
            check.findings
        ));
    }
    text.push_str(&format!("Checked: {}\n", report.extent()));
    for skipped in report.skipped.iter().take(MAX_SKIPPED) {
        text.push_str(&safe(&format!("  skipped: {}: {}\n", skipped.what, skipped.why)));
    }
    if report.skipped.len() > MAX_SKIPPED {
        let more = report.skipped.len() - MAX_SKIPPED;
        text.push_str(&format!("  and {more} more; `--format json` lists all\n"));
    }
    if report.is_partial {
        text.push_str(
            "The code is larger than what can be followed; some ways of values were not seen.\n",
        );
    }
    if report.passed {
        text.push_str("Passed\n");
    } else {
        text.push_str(&format!("Failed: {}\n", report.reasons.join("; ")));
    }
    text
}

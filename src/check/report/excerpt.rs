//! Parts of files that are shown with a finding, and the escaping of what is shown.

use crate::model::Span;
use crate::ui::plain;

/// Bytes of a line that is shown at most.
const MAX_LINE: usize = 400;

/// A part of a file, small enough to show: its text, its first line, and the bytes of the span.
pub(super) struct Excerpt {
    /// Escaped for a terminal.
    pub text: String,
    /// Its first line, from 1.
    pub line: usize,
    /// The span in `text`.
    pub range: std::ops::Range<usize>,
}

/// The lines of a span, five at most; nothing when they are too long to show.
pub(super) fn excerpt(text: &str, span: &Span) -> Option<Excerpt> {
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
    let shown = plain(&joined).into_owned();
    let range = if shown == joined { start..end.max(start) } else { 0..shown.len() };
    Some(Excerpt { text: shown, line: first + 1, range })
}

fn byte_of(line: &str, column: u32) -> usize {
    line.char_indices().nth((column as usize).saturating_sub(1)).map_or(line.len(), |(i, _)| i)
}

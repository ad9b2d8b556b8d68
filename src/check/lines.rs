//! Line and column of a byte, without walking the text each time.

use super::ir::Place;
use crate::model::Span;

/// Where the lines of a text begin.
#[derive(Debug)]
pub(crate) struct Lines(Vec<u32>);

impl Lines {
    /// The lines of a text.
    pub(crate) fn of(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n');
        Self(std::iter::once(0).chain(ends.map(|(i, _)| i as u32 + 1)).collect())
    }

    /// The line of a byte, from 1.
    pub(crate) fn line(&self, offset: u32) -> u32 {
        self.0.partition_point(|start| *start <= offset).max(1) as u32
    }

    /// Where a line is, from 1, without its end.
    pub(crate) fn extent(&self, line: u32, text: &str) -> Place {
        let at = (line as usize).saturating_sub(1);
        let Some(start) = self.0.get(at).copied() else { return Place::default() };
        let end = self.0.get(at + 1).map_or(text.len() as u32, |next| next - 1);
        Place { start, end }
    }

    /// How many lines there are.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// Line and column, in characters, of a place in the text.
    pub(crate) fn span(&self, text: &str, place: Place) -> Span {
        let (line, column) = self.position(text, place.start);
        let (end_line, end_column) = self.position(text, place.end.max(place.start));
        Span { line, column, end_line, end_column }
    }

    /// The byte at which a line's character stands: the way back of [`Self::span`].
    pub(crate) fn offset(&self, text: &str, line: u32, column: u32) -> usize {
        let place = self.extent(line, text);
        let start = place.start as usize;
        let wanted = column.saturating_sub(1) as usize;
        let own = text.get(start..place.end as usize).unwrap_or_default();
        match own.char_indices().nth(wanted.min(10_001)) {
            Some((at, _)) if wanted <= 10_000 => start + at,
            Some(_) => (start + wanted).min(text.len()),
            None => start + own.len(),
        }
    }

    fn position(&self, text: &str, offset: u32) -> (u32, u32) {
        let mut at = (offset as usize).min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let line = self.line(at as u32);
        let start = self.0[line as usize - 1] as usize;
        // A minified line can be megabytes long; nobody reads such a column.
        let column = match at - start {
            far if far > 10_000 => far,
            _ => text[start..at].chars().count(),
        };
        (line, column as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_slow_way() {
        let text = "a = é;\r\nlet 😀 = 1;\n\nx";
        let lines = Lines::of(text);
        for start in 0..text.len() + 3 {
            let place = Place { start: start as u32, end: start as u32 + 2 };
            let span = lines.span(text, place);
            assert_eq!(span, Span::locate(text, start, start + 2), "{start}");
            if text.is_char_boundary(start) && start < text.len() {
                assert_eq!(lines.offset(text, span.line, span.column), start);
            }
        }
    }
}

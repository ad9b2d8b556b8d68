//! Positions of the protocol: line from 0, then UTF-16 units from 0.

use serde_json::{Value, json};

use crate::model::Span;

/// A line of a text, from 0, without its end.
fn line(text: &str, line: u32) -> &str {
    text.split('\n').nth(line as usize).unwrap_or_default()
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The range of a span: lines and characters from 1.
pub(super) fn range(text: &str, span: &Span) -> Value {
    let at = |of_line: u32, column: u32| {
        let row = of_line.saturating_sub(1);
        let before = line(text, row).chars().take((column as usize).saturating_sub(1));
        json!({ "line": row, "character": before.map(char::len_utf16).sum::<usize>() })
    };
    json!({ "start": at(span.line, span.column), "end": at(span.end_line, span.end_column) })
}

/// The range of bytes.
pub(super) fn bytes(text: &str, start: usize, end: usize) -> Value {
    let at = |offset: usize| {
        let before = &text[..text.floor_char_boundary(offset)];
        let row = before.bytes().filter(|b| *b == b'\n').count();
        let from = before.rfind('\n').map_or(0, |i| i + 1);
        json!({ "line": row, "character": units(&before[from..]) })
    };
    json!({ "start": at(start), "end": at(end) })
}

/// The byte of a position; a position past its line is the line's end.
pub(super) fn offset(text: &str, position: &Value) -> Option<usize> {
    let row = usize::try_from(position.get("line")?.as_u64()?).ok()?;
    let wanted = usize::try_from(position.get("character")?.as_u64()?).ok()?;
    let mut start = 0;
    for _ in 0..row {
        start += text.get(start..)?.find('\n')? + 1;
    }
    let rest = text.get(start..)?;
    let rest = &rest[..rest.find('\n').unwrap_or(rest.len())];
    let mut seen = 0;
    for (at, c) in rest.char_indices() {
        if seen >= wanted {
            return Some(start + at);
        }
        seen += c.len_utf16();
    }
    Some(start + rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_utf16_units() {
        let text = "a\n😀é = 1;\r\n";
        let span = Span { line: 2, column: 2, end_line: 2, end_column: 3 };
        assert_eq!(
            range(text, &span),
            json!({ "start": { "line": 1, "character": 2 }, "end": { "line": 1, "character": 3 } })
        );
        let e = text.find('é').unwrap();
        assert_eq!(bytes(text, e, e + 2), range(text, &span));
        assert_eq!(offset(text, &json!({ "line": 1, "character": 2 })), Some(e));
        assert_eq!(offset(text, &json!({ "line": 0, "character": 9 })), Some(1));
        assert_eq!(offset(text, &json!({ "line": 9, "character": 0 })), None);
        assert_eq!(offset(text, &json!({ "line": -1, "character": 0 })), None);
    }
}

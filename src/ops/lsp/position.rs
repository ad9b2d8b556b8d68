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

/// The byte at which an edit begins or ends: lines end with `\n`, `\r\n` or `\r`, and what lies
/// behind a line or the text is its end.
pub(super) fn edge(text: &str, position: &Value) -> usize {
    let number = |key: &str| position[key].as_u64().unwrap_or_default();
    let (mut row, mut start, bytes) = (number("line"), 0, text.as_bytes());
    while row > 0 {
        let Some(at) = bytes[start..].iter().position(|b| matches!(b, b'\n' | b'\r')) else {
            return text.len();
        };
        start += at + 1;
        if bytes[start - 1] == b'\r' && bytes.get(start) == Some(&b'\n') {
            start += 1;
        }
        row -= 1;
    }
    let rest = &text[start..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let mut left = number("character");
    for (at, c) in line.char_indices() {
        // The middle of a character is its start.
        if left < c.len_utf16() as u64 {
            return start + at;
        }
        left -= c.len_utf16() as u64;
    }
    start + line.len()
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

    #[test]
    fn edges_of_edits_are_found_behind_every_end_of_a_line() {
        let text = "ab\r\n😀c\rd\n";
        let at = |line: u64, character: u64| {
            edge(text, &json!({ "line": line, "character": character }))
        };
        assert_eq!((at(0, 1), at(0, 2), at(0, 9)), (1, 2, 2));
        assert_eq!((at(1, 0), at(1, 1), at(1, 2), at(1, 3)), (4, 4, 8, 9));
        assert_eq!((at(2, 0), at(2, 1), at(3, 0), at(4, 0)), (10, 11, 12, 12));
        assert_eq!(edge(text, &json!({ "line": "x" })), 0);
        assert_eq!(at(u64::MAX, u64::MAX), text.len());
    }
}

//! Strict JSON with the place of every key and value.
//!
//! serde_json decides what is JSON (no comments, no trailing commas); a second pass gives the
//! places. Size and nesting are checked before anything recurses.

use jsonc_parser::ast::Value;
use jsonc_parser::{CollectOptions, ParseOptions};

use super::manifest::{IssueKind, ManifestIssue};
use crate::model::Span;

/// Most bytes a manifest may have.
pub(super) const MAX_BYTES: usize = 1024 * 1024;
/// Deepest nesting of objects and arrays.
pub(super) const MAX_DEPTH: usize = 64;

/// The parsed text; what the ranges in it mean, `Span::locate` says.
pub(super) fn parse(text: &str) -> Result<Value<'_>, ManifestIssue> {
    let refuse = |span: Span, message: String| {
        ManifestIssue::new(IssueKind::Syntax, span, String::new(), message)
    };
    if text.len() > MAX_BYTES {
        return Err(refuse(Span::START, format!("it is larger than {} KB", MAX_BYTES / 1024)));
    }
    if text.starts_with('\u{feff}') {
        let message = "it starts with a byte order mark; save it as UTF-8 without one".to_owned();
        return Err(refuse(Span::START, message));
    }
    if text.trim().is_empty() {
        return Err(refuse(Span::START, "it is empty; a manifest is a JSON object".to_owned()));
    }
    if let Some(offset) = too_deep(text) {
        let span = Span::locate(text, offset, offset + 1);
        return Err(refuse(span, format!("it is nested deeper than {MAX_DEPTH} levels")));
    }
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        let at = offset_of(text, error.line(), error.column());
        return Err(refuse(Span::locate(text, at, at + 1), syntax_message(text, at, &error)));
    }
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    match jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &strict) {
        Ok(parsed) => parsed.value.ok_or_else(|| refuse(Span::START, "it is empty".to_owned())),
        Err(error) => {
            let range = error.range();
            let span = Span::locate(text, range.start, range.end);
            Err(refuse(span, format!("it is not JSON: {}", error.kind())))
        }
    }
}

/// The offset of the first bracket beyond the permitted nesting.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Some(offset);
                }
            }
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// serde_json counts lines from 1 and columns in bytes from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}

fn syntax_message(text: &str, at: usize, error: &serde_json::Error) -> String {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    if rest.starts_with(b"/") {
        return "comments are not allowed in a manifest".to_owned();
    }
    let words = error.to_string();
    let words = words.split(" at line ").next().unwrap_or(&words);
    match words {
        "trailing comma" => "a comma stands before the closing bracket; remove it".to_owned(),
        "key must be a string" if rest.starts_with(b"}") => {
            "a comma stands before the closing bracket; remove it".to_owned()
        }
        "key must be a string" => "a key must stand in double quotes".to_owned(),
        words if words.starts_with("EOF while") => {
            "the file ends too early; a bracket or quote is not closed".to_owned()
        }
        words => format!("it is not JSON: {words}"),
    }
}

/// Byte range of a value.
pub(super) fn range(value: &Value<'_>) -> (usize, usize) {
    use jsonc_parser::common::Ranged;
    let range = value.range();
    (range.start, range.end)
}

/// The child of a JSON pointer: `pointer` and one more escaped component.
pub(super) fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Where the value at a JSON pointer stands, or the nearest value around it.
pub(crate) fn locate(text: &str, pointer: &str) -> Option<Span> {
    let tree = parse(text).ok()?;
    let mut at = &tree;
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        let next = match at {
            Value::Object(object) => {
                object.properties.iter().find(|p| p.name.as_str() == part).map(|p| &p.value)
            }
            Value::Array(array) => part.parse::<usize>().ok().and_then(|i| array.elements.get(i)),
            _ => None,
        };
        match next {
            Some(value) => at = value,
            None => break,
        }
    }
    if std::ptr::eq(at, &tree) {
        return Some(Span::START);
    }
    let (start, end) = range(at);
    Some(Span::locate(text, start, end))
}

//! What differs between two answers, line by line of their JSON.

use serde::Serialize;
use serde_json::Value;
use similar::{ChangeTag, TextDiff};

/// Most lines of a difference.
const MOST_LINES: usize = 2_000;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Line {
    /// `same`, `gone` or `new`.
    pub kind: &'static str,
    /// The line.
    pub text: String,
}

/// The lines of both values; empty when they are the same.
pub(crate) fn difference(before: &Value, after: &Value) -> Vec<Line> {
    if before == after {
        return Vec::new();
    }
    let text = |value: &Value| serde_json::to_string_pretty(value).unwrap_or_default();
    let (before, after) = (text(before), text(after));
    TextDiff::from_lines(&before, &after)
        .iter_all_changes()
        .take(MOST_LINES)
        .map(|change| Line {
            kind: match change.tag() {
                ChangeTag::Equal => "same",
                ChangeTag::Delete => "gone",
                ChangeTag::Insert => "new",
            },
            text: change.value().trim_end_matches('\n').to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn names_the_lines_that_differ() {
        assert_eq!(difference(&json!({"a": 1}), &json!({"a": 1})), []);
        let lines = difference(&json!({"a": 1, "b": 2}), &json!({"a": 1, "b": 3}));
        let of = |kind| {
            lines.iter().filter(|l| l.kind == kind).map(|l| l.text.trim()).collect::<Vec<_>>()
        };
        assert_eq!((of("gone"), of("new")), (vec!["\"b\": 2"], vec!["\"b\": 3"]));
    }
}

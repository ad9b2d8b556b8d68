//! Reads values of a host's package, which comes from anywhere: a wrong type is the same as absent.

use serde_json::{Map, Value};

/// Most bytes of one text.
const LONGEST: usize = 2 * 1024 * 1024;

/// A text that is not empty.
pub(super) fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key)?.as_str().filter(|text| !text.trim().is_empty() && text.len() <= LONGEST)
}

/// The objects of a list.
pub(super) fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    let items = value.get(key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    items.iter().filter(|item| item.is_object())
}

/// A number.
pub(super) fn number(value: &Value, key: &str) -> Option<i64> {
    value.get(key)?.as_i64()
}

/// Puts a value in unless it says nothing.
pub(super) fn put(object: &mut Map<String, Value>, key: &str, value: impl Into<Value>) {
    let value = value.into();
    let says_nothing = match &value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(items) => items.is_empty(),
        Value::String(text) => text.is_empty(),
        _ => false,
    };
    if !says_nothing {
        object.insert(key.to_owned(), value);
    }
}

/// A name for a file: letters, digits, `-`, `_` and `.`, and never twice the same.
pub(super) fn file_name(name: &str, taken: &mut std::collections::BTreeSet<String>) -> String {
    let kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let clean: String = name.chars().take(60).map(|c| if kept(c) { c } else { '_' }).collect();
    let clean = clean.trim_matches(['.', '_', '-']);
    let clean = if clean.is_empty() { "unnamed" } else { clean };
    let mut candidate = clean.to_owned();
    let mut count = 2;
    while !taken.insert(candidate.to_lowercase()) {
        candidate = format!("{clean}_{count}");
        count += 1;
    }
    candidate
}

//! Parameters of a statement: JSON values sent as text of the type PostgreSQL inferred, as the
//! usual drivers for JavaScript do.

use std::error::Error;

use bytes::BytesMut;
use serde_json::Value;
use tokio_postgres::types::{Format, IsNull, Kind, ToSql, Type, to_sql_checked};

use super::failure;
use crate::sandbox::DatabaseError;

/// Deepest list of lists: what PostgreSQL takes.
const DEEPEST: usize = 6;

/// A parameter as text, `None` for NULL.
#[derive(Debug)]
pub(super) struct Parameter(Option<String>);

impl Parameter {
    /// The value of parameter `number` as the type `wanted`.
    pub(super) fn new(number: usize, wanted: &Type, value: &Value) -> Result<Self, DatabaseError> {
        let text = text_of(wanted, value);
        if text.as_ref().is_some_and(|t| t.contains('\0')) {
            let message = format!("parameter ${number} holds a NUL character");
            return Err(failure::plain("22021", message));
        }
        Ok(Self(text))
    }
}

fn text_of(wanted: &Type, value: &Value) -> Option<String> {
    let is_json = *wanted == Type::JSON || *wanted == Type::JSONB;
    match (value, wanted.kind()) {
        (Value::Null, _) => None,
        (Value::Array(items), Kind::Array(element)) => {
            let mut text = String::new();
            list(items, element, DEEPEST, &mut text);
            Some(text)
        }
        // Text for a JSON parameter is JSON already, as with other drivers.
        (Value::String(text), _) => Some(text.clone()),
        (Value::Array(_) | Value::Object(_), _) => Some(value.to_string()),
        (Value::Bool(_) | Value::Number(_), _) if is_json => Some(value.to_string()),
        (Value::Bool(yes), _) => Some(yes.to_string()),
        (Value::Number(number), _) => Some(number.to_string()),
    }
}

/// An array literal: `{1,"a \"b\"",NULL}`.
fn list(items: &[Value], element: &Type, depth: usize, text: &mut String) {
    let is_json = *element == Type::JSON || *element == Type::JSONB;
    text.push('{');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        match item {
            Value::Array(inner) if !is_json && depth > 0 => list(inner, element, depth - 1, text),
            _ => match text_of(element, item) {
                None => text.push_str("NULL"),
                Some(value) => quote(&value, text),
            },
        }
    }
    text.push('}');
}

fn quote(value: &str, text: &mut String) {
    text.push('"');
    for c in value.chars() {
        if c == '"' || c == '\\' {
            text.push('\\');
        }
        text.push(c);
    }
    text.push('"');
}

impl ToSql for Parameter {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match &self.0 {
            None => Ok(IsNull::Yes),
            Some(text) => {
                out.extend_from_slice(text.as_bytes());
                Ok(IsNull::No)
            }
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Text
    }

    to_sql_checked!();
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_become_text_of_the_wanted_type() {
        let cases = [
            (Type::INT4, json!(5), Some("5")),
            (Type::FLOAT8, json!(5), Some("5")),
            (Type::NUMERIC, json!("19.99"), Some("19.99")),
            (Type::BOOL, json!(true), Some("true")),
            (Type::JSONB, json!({"a": 1}), Some(r#"{"a":1}"#)),
            (Type::JSONB, json!([1, "b"]), Some(r#"[1,"b"]"#)),
            (Type::JSONB, json!(r#"{"a":1}"#), Some(r#"{"a":1}"#)),
            (Type::JSONB, json!(true), Some("true")),
            (
                Type::TEXT_ARRAY,
                json!(["a", "b \"c\" \\", null]),
                Some(r#"{"a","b \"c\" \\",NULL}"#),
            ),
            (Type::INT4_ARRAY, json!([[1], [2]]), Some(r#"{{"1"},{"2"}}"#)),
            (Type::JSONB_ARRAY, json!([{"a": "x"}]), Some(r#"{"{\"a\":\"x\"}"}"#)),
            (Type::TEXT, json!({"a": 1}), Some(r#"{"a":1}"#)),
            (Type::TEXT, json!(null), None),
        ];
        for (wanted, value, text) in cases {
            assert_eq!(text_of(&wanted, &value).as_deref(), text, "{wanted} {value}");
        }
        assert!(Parameter::new(1, &Type::TEXT, &json!("a\u{0}b")).is_err());
    }
}

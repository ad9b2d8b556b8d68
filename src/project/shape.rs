//! Keys and types of a manifest, compared with the JSON Schema generated from the Rust types, so
//! that nothing is written down twice. Values that have a type of their own are parsed by it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jsonc_parser::ast::{Object, ObjectPropName, Value};
use serde_json::Value as Json;

use super::manifest::{IssueKind, MAX_ISSUES, ManifestIssue};
use super::nearest::nearest;
use super::spans::{child, range};
use crate::model::hook::HookName;
use crate::model::permission::{ApiGrant, DatabaseGrant, HostPattern};
use crate::model::size::{ByteRate, Bytes, CpuShare, TimeLimit};
use crate::model::{Manifest, PluginSlug, Span, TreePath};

static SCHEMA: LazyLock<Json> = LazyLock::new(|| schemars::schema_for!(Manifest).to_value());

/// Compares the whole tree with the schema.
pub(super) fn check(text: &str, tree: &Value<'_>) -> Vec<ManifestIssue> {
    let mut check = Check { text, issues: Vec::new() };
    check.value(tree, &SCHEMA, "");
    check.issues
}

struct Check<'t> {
    text: &'t str,
    issues: Vec<ManifestIssue>,
}

impl Check<'_> {
    fn issue(
        &mut self,
        kind: IssueKind,
        at: (usize, usize),
        pointer: &str,
        message: String,
    ) -> &mut ManifestIssue {
        let span = Span::locate(self.text, at.0, at.1);
        self.issues.push(ManifestIssue::new(kind, span, pointer, message));
        self.issues.last_mut().expect("one was just pushed")
    }

    fn value(&mut self, value: &Value<'_>, schema: &Json, pointer: &str) {
        if let Some(options) = schema["anyOf"].as_array() {
            let is_null = |option: &&Json| option["type"] == "null";
            if matches!(value, Value::NullKeyword(_)) && options.iter().any(|o| is_null(&o)) {
                return;
            }
            if let Some(option) = options.iter().find(|o| !is_null(o)) {
                self.value(value, option, pointer);
            }
            return;
        }
        if let Some(name) = schema["$ref"].as_str().and_then(|r| r.strip_prefix("#/$defs/")) {
            self.value(value, &SCHEMA["$defs"][name], pointer);
            if let Value::StringLit(text) = value {
                self.parsed(name, &text.value, range(value), pointer);
            }
            return;
        }
        if let Some(options) = schema["oneOf"].as_array() {
            self.choice(value, options, pointer);
            return;
        }
        let types = type_names(schema);
        if !types.is_empty() && !types.iter().any(|t| is_type(value, t)) {
            let message = if pointer.is_empty() {
                format!("a manifest is a JSON object, not {}", a(kind(value)))
            } else {
                let wanted: Vec<_> = types.iter().filter(|t| **t != "null").map(|t| a(t)).collect();
                format!(
                    "`{}` must be {}, not {}",
                    shown(pointer),
                    wanted.join(" or "),
                    a(kind(value))
                )
            };
            let sort = if pointer.is_empty() { IssueKind::Syntax } else { IssueKind::WrongType };
            self.issue(sort, range(value), pointer, message);
            return;
        }
        match value {
            Value::Object(object) => self.object(object, schema, pointer),
            Value::Array(array) if schema["items"].is_object() => {
                for (i, item) in array.elements.iter().enumerate() {
                    if self.issues.len() >= MAX_ISSUES {
                        return;
                    }
                    self.value(item, &schema["items"], &child(pointer, &i.to_string()));
                }
            }
            Value::NumberLit(number) => self.number(number.value, schema, range(value), pointer),
            _ => {}
        }
    }

    fn choice(&mut self, value: &Value<'_>, options: &[Json], pointer: &str) {
        let names: Vec<&str> = options.iter().filter_map(|o| o["const"].as_str()).collect();
        let list = names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
        match value {
            Value::StringLit(text) if names.contains(&text.value.as_ref()) => {}
            Value::StringLit(text) => {
                let message = format!("`{}` is not one of {list}", short(&text.value));
                let meant = nearest(&text.value, names).map(str::to_owned);
                self.issue(IssueKind::BadValue, range(value), pointer, message).suggestion = meant;
            }
            _ => {
                let message = format!("`{}` must be one of {list}", shown(pointer));
                self.issue(IssueKind::WrongType, range(value), pointer, message);
            }
        }
    }

    fn object(&mut self, object: &Object<'_>, schema: &Json, pointer: &str) {
        let known = schema["properties"].as_object();
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for property in &object.properties {
            if self.issues.len() >= MAX_ISSUES {
                return;
            }
            let (key, at) = name(&property.name);
            let here = child(pointer, key);
            if let Some(first) = seen.get(key) {
                let line = Span::locate(self.text, *first, *first).line;
                let message = format!(
                    "`{}` stands here a second time; the first is on line {line}",
                    short(key)
                );
                self.issue(IssueKind::DuplicateKey, at, &here, message);
                continue;
            }
            seen.insert(key, at.0);
            if let Some(inner) = known.and_then(|k| k.get(key)) {
                self.value(&property.value, inner, &here);
            } else if let Some(pattern) = schema["patternProperties"].as_object() {
                if let Err(error) = key.parse::<HookName>() {
                    self.issue(IssueKind::BadValue, at, &here, error.to_string());
                } else if let Some(inner) = pattern.values().next() {
                    self.value(&property.value, inner, &here);
                }
            } else if schema["additionalProperties"] == Json::Bool(false) {
                let place = if pointer.is_empty() {
                    "a manifest".to_owned()
                } else {
                    format!("`{}`", shown(pointer))
                };
                let names = known.into_iter().flat_map(|k| k.keys().map(String::as_str));
                let meant = nearest(key, names).map(str::to_owned);
                let message = format!("`{}` is not a key of {place}", short(key));
                self.issue(IssueKind::UnknownKey, at, &here, message).suggestion = meant;
            } else if schema["additionalProperties"].is_object() {
                self.value(&property.value, &schema["additionalProperties"], &here);
            }
        }
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Json::as_str)
        {
            if !seen.contains_key(required) {
                let message = if pointer.is_empty() {
                    format!("the key `{required}` is missing")
                } else {
                    format!("`{}` needs the key `{required}`", shown(pointer))
                };
                let at = (object.range.start, object.range.start + 1);
                self.issue(IssueKind::MissingKey, at, &child(pointer, required), message);
            }
        }
    }

    fn number(&mut self, text: &str, schema: &Json, at: (usize, usize), pointer: &str) {
        if !type_names(schema).contains(&"integer") {
            return;
        }
        let most = match schema["format"].as_str() {
            Some("uint16") => u64::from(u16::MAX),
            Some("uint32") => u64::from(u32::MAX),
            _ => return,
        };
        if !text.parse::<u64>().is_ok_and(|n| n <= most) {
            let message = format!("`{}` must be a whole number from 0 to {most}", shown(pointer));
            self.issue(IssueKind::BadValue, at, pointer, message);
        }
    }

    /// Parses a value by the type of its own that `definition` names.
    fn parsed(&mut self, definition: &str, text: &str, at: (usize, usize), pointer: &str) {
        fn fault<T: std::str::FromStr<Err: ToString>>(text: &str) -> Option<String> {
            text.parse::<T>().err().map(|e| e.to_string())
        }
        let message = match definition {
            "PluginSlug" => fault::<PluginSlug>(text),
            "HookName" => fault::<HookName>(text),
            "TreePath" => TreePath::new(text).err().map(|e| e.to_string()),
            "DatabaseGrant" => fault::<DatabaseGrant>(text),
            "ApiGrant" => fault::<ApiGrant>(text),
            "HostPattern" => fault::<HostPattern>(text),
            "Bytes" => fault::<Bytes>(text),
            "ByteRate" => fault::<ByteRate>(text),
            "CpuShare" => fault::<CpuShare>(text),
            "TimeLimit" => fault::<TimeLimit>(text),
            _ => None,
        };
        if let Some(message) = message {
            let meant = meant(definition, text);
            self.issue(IssueKind::BadValue, at, pointer, message).suggestion = meant;
        }
    }
}

/// What a value of the definition was probably meant to be.
fn meant(definition: &str, text: &str) -> Option<String> {
    match definition {
        "PluginSlug" => PluginSlug::suggest(text).map(|s| s.to_string()),
        "DatabaseGrant" => {
            let (verb, resource) = text.split_once(':')?;
            let turned = format!("{resource}:{verb}");
            turned.parse::<DatabaseGrant>().ok().map(|_| turned)
        }
        "ApiGrant" | "HostPattern" => {
            let host = url::Url::parse(text).ok()?.host_str()?.to_owned();
            host.parse::<HostPattern>().ok().map(|_| host)
        }
        _ => None,
    }
}

/// The key of a property and its place.
pub(super) fn name<'a>(name: &'a ObjectPropName<'_>) -> (&'a str, (usize, usize)) {
    use jsonc_parser::common::Ranged;
    let range = name.range();
    (name.as_str(), (range.start, range.end))
}

fn type_names(schema: &Json) -> Vec<&str> {
    match &schema["type"] {
        Json::String(one) => vec![one],
        Json::Array(many) => many.iter().filter_map(Json::as_str).collect(),
        _ => Vec::new(),
    }
}

fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "string",
        Value::NumberLit(_) => "number",
        Value::BooleanLit(_) => "boolean",
        Value::Object(_) => "object",
        Value::Array(_) => "array",
        Value::NullKeyword(_) => "null",
    }
}

fn is_type(value: &Value<'_>, name: &str) -> bool {
    kind(value) == name || (name == "integer" && matches!(value, Value::NumberLit(_)))
}

/// A type's name in words.
fn a(kind: &str) -> String {
    match kind {
        "string" => "text".to_owned(),
        "array" => "a list".to_owned(),
        "object" => "an object".to_owned(),
        "boolean" => "true or false".to_owned(),
        "integer" => "a whole number".to_owned(),
        "null" => "null".to_owned(),
        other => format!("a {other}"),
    }
}

/// A pointer as people write it: `permissions.database[0]`.
fn shown(pointer: &str) -> String {
    let mut out = String::new();
    for part in pointer.split('/').skip(1) {
        let part = part.replace("~1", "/").replace("~0", "~");
        if part.bytes().all(|b| b.is_ascii_digit()) && !part.is_empty() {
            out.push_str(&format!("[{part}]"));
        } else {
            if !out.is_empty() {
                out.push('.');
            }
            out.push_str(&short(&part));
        }
    }
    out
}

/// Text from the manifest, escaped and shortened.
pub(super) fn short(text: &str) -> String {
    text.chars().take(80).flat_map(char::escape_debug).collect()
}

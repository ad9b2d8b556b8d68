//! Keys and values of `manifest.json`, from the same schema that checks it.

use serde_json::{Value, json};

use super::json::{Spot, spot};
use super::position;
use crate::check::hook_names;
use crate::model::resource::Resource;
use crate::ops::schema::schema;

/// Kinds of items of the protocol.
const PROPERTY: u32 = 10;
const VALUE: u32 = 12;

/// What may stand at the byte `at`.
pub(super) fn items(text: &str, at: usize) -> Vec<Value> {
    let Some(spot) = spot(text, at) else { return Vec::new() };
    let schema = schema();
    let Some(node) = node(&schema, &spot.path) else { return Vec::new() };
    let start = spot.quoted.unwrap_or(at);
    let range = position::bytes(text, start, at);
    let make = |word: &str, about: Option<&str>, kind: u32, is_text: bool| {
        let quoted = spot.quoted.is_some();
        let new = match (kind, quoted, is_text) {
            (PROPERTY, false, _) => format!("\"{word}\": "),
            (_, false, true) => format!("\"{word}\""),
            _ => word.to_owned(),
        };
        json!({
            "label": word,
            "kind": kind,
            "documentation": about,
            "textEdit": { "range": range, "newText": new },
        })
    };
    if spot.is_key {
        let known = keys(node);
        let free = known.into_iter().filter(|(key, _)| !spot.before.contains(key));
        let mut items: Vec<Value> =
            free.map(|(key, about)| make(&key, about.as_deref(), PROPERTY, true)).collect();
        if spot.path.last().is_some_and(|key| key == "hooks") {
            items.extend(hook_names().map(|name| make(name, None, PROPERTY, true)));
        }
        return items;
    }
    let special = special(&spot, text);
    if !special.is_empty() {
        let free = special.iter().filter(|word| !spot.before.contains(word));
        return free.map(|word| make(word, None, VALUE, true)).collect();
    }
    let key = spot.key.clone().unwrap_or_default();
    let Some(child) = child(&schema, node, &key) else { return Vec::new() };
    let values = values(&schema, child);
    values
        .iter()
        .filter_map(|(value, about)| match value {
            Value::String(word) => Some(make(word, about.as_deref(), VALUE, true)),
            Value::Bool(on) if spot.quoted.is_none() => {
                Some(make(&on.to_string(), None, VALUE, false))
            }
            _ => None,
        })
        .collect()
}

/// Entries of the lists that the schema cannot know.
fn special(spot: &Spot, text: &str) -> Vec<String> {
    let path: Vec<&str> = spot.path.iter().map(String::as_str).collect();
    match path.as_slice() {
        ["permissions", "database"] => Resource::names()
            .flat_map(|name| [name.to_owned(), format!("{name}:write"), format!("{name}:delete")])
            .collect(),
        ["permissions", "hooks"] => hook_names().map(str::to_owned).collect(),
        ["permissions", "api"] => {
            let apis = serde_json::from_str::<Value>(text).unwrap_or_default();
            let apis = apis["apis"].as_object().cloned().unwrap_or_default();
            apis.into_iter().map(|(name, _)| name).collect()
        }
        _ => Vec::new(),
    }
}

/// What a key means, by the keys that lead to it.
pub(super) fn meaning(spot: &Spot) -> Option<String> {
    let schema = schema();
    let node = node(&schema, &spot.path)?;
    let key = spot.key.as_deref()?;
    let child = node["properties"].get(key).or_else(|| child(&schema, node, key))?;
    child["description"].as_str().map(str::to_owned)
}

fn node<'s>(schema: &'s Value, path: &[String]) -> Option<&'s Value> {
    let mut node = schema;
    for key in path {
        node = child(schema, node, key)?;
    }
    Some(resolve(schema, node))
}

fn child<'s>(schema: &'s Value, node: &'s Value, key: &str) -> Option<&'s Value> {
    let node = resolve(schema, node);
    if key == "[]" {
        return node.get("items").map(|items| resolve(schema, items));
    }
    let named = node.get("properties").and_then(|p| p.get(key));
    named
        .or_else(|| node.get("additionalProperties").filter(|a| a.is_object()))
        .map(|child| resolve(schema, child))
}

/// What a reference points to, or the part of a choice that is not `null`.
fn resolve<'s>(schema: &'s Value, node: &'s Value) -> &'s Value {
    let mut node = node;
    for _ in 0..8 {
        let reference =
            node["$ref"].as_str().and_then(|r| schema.pointer(r.trim_start_matches('#')));
        let choice = || node["anyOf"].as_array()?.iter().find(|part| part["type"] != "null");
        match reference.or_else(choice) {
            Some(next) => node = next,
            None => break,
        }
    }
    node
}

fn keys(node: &Value) -> Vec<(String, Option<String>)> {
    let properties = node["properties"].as_object().into_iter().flatten();
    properties
        .map(|(key, value)| (key.clone(), value["description"].as_str().map(str::to_owned)))
        .collect()
}

/// Values that a schema lists.
fn values(schema: &Value, node: &Value) -> Vec<(Value, Option<String>)> {
    let node = resolve(schema, node);
    if node["type"] == "boolean" {
        return vec![(true.into(), None), (false.into(), None)];
    }
    if let Some(list) = node["enum"].as_array() {
        return list.iter().map(|value| (value.clone(), None)).collect();
    }
    let parts = node["oneOf"].as_array().into_iter().flatten();
    let about = |part: &Value| part["description"].as_str().map(str::to_owned);
    parts.filter_map(|part| Some((part.get("const")?.clone(), about(part)))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Vec<String> {
        let cursor = text.find('|').unwrap();
        let items = items(&text.replace('|', ""), cursor);
        items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect()
    }

    #[test]
    fn keys_values_and_permissions_are_offered() {
        let keys = labels("{ \"name\": \"x\", \"|\" }");
        assert!(keys.contains(&"permissions".to_owned()) && !keys.contains(&"name".to_owned()));
        assert!(labels("{ \"type\": \"|\" }").contains(&"payment-gateway".to_owned()));
        assert!(labels("{ \"permissions\": { \"|\" } }").contains(&"filesystem".to_owned()));
        assert_eq!(labels("{ \"permissions\": { \"admin\": | } }"), ["true", "false"]);
        let tables = labels("{ \"permissions\": { \"database\": [\"orders\", \"|\"] } }");
        assert!(
            tables.contains(&"orders:write".to_owned()) && !tables.contains(&"orders".to_owned())
        );
        assert!(labels("{ \"hooks\": { \"|\" } }").len() > 10);
        assert_eq!(
            labels("{ \"apis\": { \"mail\": {} }, \"permissions\": { \"api\": [\"|\"] } }"),
            ["mail"]
        );
        assert!(labels("{ \"nothing\": { \"x\": \"|\" } }").is_empty());
    }
}

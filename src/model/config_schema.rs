//! A plugin's settings, checked against the `configSchema` of its manifest.
//!
//! The subset of JSON Schema that settings use: `type`, `properties`, `required`, `enum`, `const`,
//! `default`, `minimum`, `maximum`, `minLength`, `maxLength`, `items`, `additionalProperties`.
//! Other keywords are not read, so they refuse nothing.

use serde_json::{Map, Value};

type Schema = Map<String, Value>;

/// One setting that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ConfigFault {
    /// Its place, such as `currency` or `accounts/0/name`.
    pub place: String,
    /// What is wrong with it.
    pub problem: String,
}

/// Reads the text of `--set key=value` as the schema wants it: text stays text where text is
/// expected, everything else is JSON, or text when it is no JSON.
pub fn read_value(schema: Option<&Schema>, key: &str, text: &str) -> Value {
    let expected = schema
        .and_then(|schema| schema.get("properties")?.get(key)?.get("type"))
        .and_then(Value::as_str);
    if expected == Some("string") {
        return Value::String(text.to_owned());
    }
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// The settings with defaults filled in, or everything that is wrong with them.
pub fn check(
    schema: Option<&Schema>,
    given: Map<String, Value>,
) -> Result<Map<String, Value>, Vec<ConfigFault>> {
    let Some(schema) = schema else {
        return match given.keys().next() {
            None => Ok(given),
            Some(key) => Err(vec![fault(key, "the plugin has no settings")]),
        };
    };
    let mut value = Value::Object(given);
    let mut faults = Vec::new();
    check_value(schema, &mut value, "", &mut faults);
    match value {
        Value::Object(settings) if faults.is_empty() => Ok(settings),
        _ => Err(faults),
    }
}

fn fault(place: &str, problem: impl Into<String>) -> ConfigFault {
    ConfigFault { place: place.to_owned(), problem: problem.into() }
}

fn check_value(schema: &Schema, value: &mut Value, place: &str, faults: &mut Vec<ConfigFault>) {
    if let Some(expected) = schema.get("type")
        && !type_fits(expected, value)
    {
        faults.push(fault(place, format!("is {}, not {}", kind(value), words(expected))));
        return;
    }
    if let Some(Value::Array(options)) = schema.get("enum")
        && !options.contains(value)
    {
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        faults.push(fault(place, format!("is none of {}", options.join(", "))));
    }
    if let Some(only) = schema.get("const")
        && only != value
    {
        faults.push(fault(place, format!("is not {only}")));
    }
    check_size(schema, value, place, faults);
    match value {
        Value::Object(object) => check_object(schema, object, place, faults),
        Value::Array(items) => {
            if let Some(Value::Object(schema)) = schema.get("items") {
                for (index, item) in items.iter_mut().enumerate() {
                    check_value(schema, item, &below(place, &index.to_string()), faults);
                }
            }
        }
        _ => {}
    }
}

fn check_object(
    schema: &Schema,
    object: &mut Map<String, Value>,
    place: &str,
    faults: &mut Vec<ConfigFault>,
) {
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object).unwrap_or(&empty);
    for (key, property) in properties {
        if !object.contains_key(key)
            && let Some(default) = property.get("default")
        {
            object.insert(key.clone(), default.clone());
        }
        if let (Some(value), Some(property)) = (object.get_mut(key), property.as_object()) {
            check_value(property, value, &below(place, key), faults);
        }
    }
    let required = schema.get("required").and_then(Value::as_array);
    for key in required.into_iter().flatten().filter_map(Value::as_str) {
        if !object.contains_key(key) {
            faults.push(fault(&below(place, key), "is missing"));
        }
    }
    // A setting that the plugin does not know is a mistake, unless it says that it takes any.
    let is_open = match schema.get("additionalProperties") {
        None => properties.is_empty(),
        Some(Value::Bool(open)) => *open,
        Some(_) => true,
    };
    if !is_open {
        for key in object.keys().filter(|key| !properties.contains_key(*key)) {
            let known: Vec<&str> = properties.keys().map(String::as_str).collect();
            let problem = format!("is not a setting of the plugin; it has: {}", known.join(", "));
            faults.push(fault(&below(place, key), problem));
        }
    }
}

fn check_size(schema: &Schema, value: &Value, place: &str, faults: &mut Vec<ConfigFault>) {
    let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
    let (actual, least, most) = match value {
        Value::Number(number) => (number.as_f64(), bound("minimum"), bound("maximum")),
        Value::String(text) => {
            (Some(text.chars().count() as f64), bound("minLength"), bound("maxLength"))
        }
        _ => return,
    };
    let unit = if value.is_string() { " characters" } else { "" };
    let Some(actual) = actual else { return };
    if let Some(least) = least
        && actual < least
    {
        faults.push(fault(place, format!("is less than {least}{unit}")));
    }
    if let Some(most) = most
        && actual > most
    {
        faults.push(fault(place, format!("is more than {most}{unit}")));
    }
}

fn below(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}/{key}") }
}

fn type_fits(expected: &Value, value: &Value) -> bool {
    match expected {
        Value::Array(several) => several.iter().any(|one| type_fits(one, value)),
        Value::String(name) => match name.as_str() {
            "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            "number" => value.is_number(),
            name => name == kind(value),
        },
        _ => true,
    }
}

fn words(expected: &Value) -> String {
    match expected {
        Value::Array(several) => several.iter().map(words).collect::<Vec<_>>().join(" or "),
        Value::String(name) => name.clone(),
        other => other.to_string(),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn schema() -> Schema {
        let schema = json!({
            "type": "object",
            "required": ["currency"],
            "properties": {
                "currency": { "type": "string", "enum": ["EUR", "USD"] },
                "retries": { "type": "integer", "default": 3, "minimum": 0, "maximum": 10 },
                "sender": { "type": "string", "minLength": 2 },
                "tags": { "type": "array", "items": { "type": "string" } },
            },
        });
        schema.as_object().unwrap().clone()
    }

    fn object(value: Value) -> Map<String, Value> {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn defaults_are_filled_in() {
        let settings = check(Some(&schema()), object(json!({ "currency": "EUR" }))).unwrap();
        assert_eq!(Value::Object(settings), json!({ "currency": "EUR", "retries": 3 }));
    }

    #[test]
    fn everything_wrong_is_named_with_its_place() {
        let given = json!({
            "retries": 1.5, "sender": "x", "tags": ["a", 1], "colour": "red",
        });
        let faults = check(Some(&schema()), object(given)).unwrap_err();
        let places: Vec<&str> = faults.iter().map(|fault| fault.place.as_str()).collect();
        assert_eq!(places, ["retries", "sender", "tags/1", "currency", "colour"]);
        let over = json!({ "currency": "GBP", "retries": 11 });
        assert_eq!(check(Some(&schema()), object(over)).unwrap_err().len(), 2);
        assert!(check(None, object(json!({ "a": 1 }))).is_err());
        assert!(check(None, Map::new()).is_ok());
    }

    #[test]
    fn a_value_is_read_as_the_schema_wants_it() {
        let schema = schema();
        assert_eq!(read_value(Some(&schema), "sender", "42"), json!("42"));
        assert_eq!(read_value(Some(&schema), "retries", "42"), json!(42));
        assert_eq!(read_value(Some(&schema), "tags", "[\"a\"]"), json!(["a"]));
        assert_eq!(read_value(None, "x", "plain text"), json!("plain text"));
    }
}

//! Settings, by their schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Area, Found, Level};

pub(super) fn settings(
    before: Option<&Map<String, Value>>,
    after: Option<&Map<String, Value>>,
    found: &mut Found,
) {
    let properties = |schema: Option<&Map<String, Value>>| -> BTreeMap<String, Value> {
        let properties = schema.and_then(|s| s.get("properties")).and_then(Value::as_object);
        properties.into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())).collect()
    };
    let required = |schema: Option<&Map<String, Value>>| -> BTreeSet<String> {
        let list = schema.and_then(|s| s.get("required")).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let (old, new) = (properties(before), properties(after));
    let (was_required, is_required) = (required(before), required(after));
    for key in old.keys().filter(|key| !new.contains_key(*key)) {
        found.add(Area::Settings, Level::Breaking, key, "setting removed");
    }
    for (key, schema) in &new {
        let newly = is_required.contains(key)
            && !was_required.contains(key)
            && schema.get("default").is_none();
        match old.get(key) {
            None if newly => found.add(Area::Settings, Level::Breaking, key, "must be given now"),
            None => found.add(Area::Settings, Level::Minor, key, "setting added"),
            Some(_) if newly => {
                found.add(Area::Settings, Level::Breaking, key, "must be given now");
            }
            Some(was) if was.get("type") != schema.get("type") => {
                let text =
                    |v: &Value| v.get("type").map_or("anything".to_owned(), Value::to_string);
                let words = format!("{} instead of {}", text(schema), text(was));
                found.add(Area::Settings, Level::Breaking, key, words);
            }
            Some(was) if was.get("default") != schema.get("default") => {
                found.add(Area::Settings, Level::Minor, key, "has another default");
            }
            Some(_) => {}
        }
    }
}

//! What the host's package may hold: lengths, names, and what the host does with each hook.

use serde_json::Value;

use super::BridgeError;
use crate::model::host_hooks;

/// Most bytes of a package.
pub(super) const MAX_PACKAGE: usize = 10 * 1024 * 1024;

/// How the host takes a hook: `filter` or `action`; `None` for an event.
pub(super) fn hook_type(name: &str) -> Option<&'static str> {
    if host_hooks::is_filter(name) {
        Some("filter")
    } else if host_hooks::ACTIONS.contains(&name) {
        Some("action")
    } else {
        None
    }
}

/// List, key, and most characters the host's column takes.
const LENGTHS: &[(&str, &str, usize)] = &[
    ("events", "eventName", 255),
    ("events", "fileName", 255),
    ("hooks", "hookName", 255),
    ("hooks", "hookType", 20),
    ("widgets", "widgetId", 246),
    ("widgets", "widgetName", 255),
    ("widgets", "category", 100),
    ("widgets", "icon", 50),
    ("entities", "name", 255),
    ("entities", "tableName", 255),
    ("migrations", "name", 255),
    ("migrations", "migrationVersion", 50),
    ("controllers", "name", 255),
    ("controllers", "method", 10),
    ("controllers", "path", 500),
    ("pluginData", "dataKey", 255),
    ("pluginDocs", "title", 255),
    ("pluginDocs", "category", 50),
    ("pluginDocs", "fileName", 255),
    ("adminPages", "pageKey", 255),
    ("adminPages", "pageName", 255),
    ("adminPages", "route", 500),
    ("adminPages", "icon", 100),
    ("adminPages", "category", 100),
    ("adminScripts", "scriptName", 255),
    ("files", "name", 255),
    ("files", "type", 20),
    ("files", "scope", 20),
];

/// Refuses what the host would lose without a word.
pub(super) fn check(package: &Value) -> Result<(), BridgeError> {
    let refuse = |what: String, why: &str| Err(BridgeError::Limit { what, why: why.to_owned() });
    for (list, key, most) in LENGTHS {
        for (index, item) in super::fields::list(package, list).enumerate() {
            let length = item.get(*key).and_then(Value::as_str).map_or(0, |t| t.chars().count());
            if length > *most {
                let why = format!("it has {length} characters; the host keeps at most {most}");
                return refuse(format!("`{list}[{index}].{key}`"), &why);
            }
        }
    }
    for key in ["version", "type", "category", "framework"] {
        let text = package["plugin"][key].as_str().unwrap_or_default();
        if text.chars().count() > 50 {
            return refuse(format!("`plugin.{key}`"), "the host keeps at most 50 characters");
        }
    }
    let size = serde_json::to_vec(package).map_or(usize::MAX, |bytes| bytes.len());
    if size > MAX_PACKAGE {
        return refuse("the package".to_owned(), "it is larger than the 10 MB that the host takes");
    }
    Ok(())
}

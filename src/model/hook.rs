//! Hook and event names: what plugins write, and what the shop fires.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// A hook name as written by the plugin: dotted lower-case words, such as `order.payment`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct HookName(String);

/// A text that is not a hook name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a hook name: expected dotted words such as `order.payment`")]
pub struct HookNameError(String);

/// Names that are other spellings of a hook the shop fires: `(name, what the shop fires)`.
const ALIASES: &[(&str, &str)] = &[
    ("order.complete", "order.after_create"),
    ("order.created", "order.after_create"),
    ("page.view", "page.render_after"),
    ("user.login", "customer.login"),
];

/// Names that are one change of an order's state: `(name, the new state)`; the shop fires
/// `order.status_change` with `newStatus`.
const STATES: &[(&str, &str)] = &[
    ("order.payment", "paid"),
    ("payment.failed", "failed"),
    ("order.shipped", "shipped"),
    ("shipment.delivered", "delivered"),
];

impl HookName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a listener of this name is told when `fired` fires: it is the same name, another
    /// spelling of it, or the state an order changed to.
    pub fn hears(&self, fired: &Self, payload: &serde_json::Value) -> bool {
        let canonical = |name: &str| -> String {
            let known = ALIASES.iter().find(|(alias, _)| *alias == name);
            known.map_or(name, |(_, canonical)| canonical).to_owned()
        };
        if self == fired || canonical(&self.0) == canonical(&fired.0) {
            return true;
        }
        let state = payload.get("newStatus").and_then(serde_json::Value::as_str);
        fired.0 == "order.status_change"
            && STATES.iter().any(|(name, of)| *name == self.0 && Some(*of) == state)
    }
}

impl FromStr for HookName {
    type Err = HookNameError;
    fn from_str(text: &str) -> Result<Self, HookNameError> {
        let fine = text.len() <= 100
            && text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.split('.').all(|word| {
                !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
            });
        if fine {
            return Ok(Self(text.to_owned()));
        }
        Err(HookNameError(text.chars().take(80).flat_map(char::escape_debug).collect()))
    }
}

impl fmt::Display for HookName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for HookName {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for HookName {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "HookName".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[a-z][A-Za-z0-9_]*(\\.[A-Za-z0-9_]+)*$",
            "maxLength": 100,
            "description": "A hook such as `order.payment`."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_listener_hears_its_hook_under_every_name() {
        let hears = |listener: &str, fired: &str, payload: serde_json::Value| {
            listener.parse::<HookName>().unwrap().hears(&fired.parse().unwrap(), &payload)
        };
        assert!(hears("order.payment", "order.payment", json!({})));
        assert!(hears("order.complete", "order.after_create", json!({})));
        assert!(hears("order.after_create", "order.created", json!({})));
        assert!(hears("order.shipped", "order.status_change", json!({ "newStatus": "shipped" })));
        assert!(!hears("order.shipped", "order.status_change", json!({ "newStatus": "paid" })));
        assert!(!hears("order.shipped", "order.payment", json!({ "newStatus": "shipped" })));
        assert!(!hears("product.view", "page.view", json!({})));
    }
}

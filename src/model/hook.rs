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

impl HookName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
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

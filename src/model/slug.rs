//! Plugin slugs: the name a plugin is installed, addressed and published under.
//!
//! The host sanitises nothing and reads uuid-shaped or `-<number>` names as something else, so the
//! rule here is strict: `^[a-z][a-z0-9-]{1,62}$`, no double or final hyphen, no `-<number>` ending,
//! not a reserved route.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize};

/// Names that shadow routes of the host, so no plugin may carry them.
pub(crate) const RESERVED: &[&str] = &[
    "ai",
    "widgets",
    "starters",
    "marketplace",
    "purchase",
    "installed",
    "active",
    "registry",
    "import",
    "test",
    "install-github",
    "dynamic",
    "hooks",
    "create",
];

/// Slugs of the plugins that come with the host: free to use, but a shop has them already.
const STARTERS: &[&str] = &[
    "age-verification",
    "bolcom-marketplace",
    "datalayer-events",
    "exit-intent-popup",
    "free-gift-modal",
    "live-chat",
    "loyalty-points",
    "maintenance-banner",
    "opening-times",
    "product-qa",
    "product-reviews",
    "recently-viewed",
    "size-guide",
];

/// A checked plugin slug, 2 to 63 ASCII characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct PluginSlug(String);

/// Why a text is not a slug.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SlugError {
    /// Nothing was given.
    #[error("a plugin name is needed")]
    Empty,
    /// Shorter than 2 or longer than 63 characters.
    #[error("`{0}` has {1} characters; a plugin name has 2 to 63")]
    Length(String, usize),
    /// A character outside `a-z`, `0-9` and `-`, or a wrong first character.
    #[error(
        "`{0}` is not a plugin name: it must start with a letter a-z and hold only a-z, 0-9 and single hyphens"
    )]
    Characters(String),
    /// Ends like the copies the host makes (`name-2`).
    #[error("`{0}` ends in a hyphen and a number, which the host gives to copies of a plugin")]
    ForkSuffix(String),
    /// Shadows a route of the host.
    #[error("`{0}` is reserved by the host")]
    Reserved(String),
}

impl PluginSlug {
    /// Checks `text` and makes a slug of it.
    pub fn new(text: &str) -> Result<Self, SlugError> {
        if text.is_empty() {
            return Err(SlugError::Empty);
        }
        let shown: String = text.chars().take(80).flat_map(char::escape_debug).collect();
        let well_formed = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !text.contains("--")
            && !text.ends_with('-');
        if !well_formed {
            return Err(SlugError::Characters(shown));
        }
        if !(2..=63).contains(&text.len()) {
            return Err(SlugError::Length(shown, text.len()));
        }
        if let Some((_, tail)) = text.rsplit_once('-')
            && tail.chars().all(|c| c.is_ascii_digit())
        {
            return Err(SlugError::ForkSuffix(shown));
        }
        if RESERVED.contains(&text) {
            return Err(SlugError::Reserved(shown));
        }
        Ok(Self(text.to_owned()))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a plugin that comes with the host has this slug.
    pub(crate) fn is_starter(&self) -> bool {
        STARTERS.contains(&self.0.as_str())
    }

    /// The prefix of the plugin's own tables: hyphens become underscores.
    pub fn table_prefix(&self) -> String {
        self.0.replace('-', "_")
    }

    /// The nearest valid slug to any text, for suggestions; `None` when nothing usable is left.
    pub fn suggest(text: &str) -> Option<Self> {
        let mut out = String::new();
        for c in text.chars().flat_map(char::to_lowercase) {
            if c.is_ascii_lowercase() || (c.is_ascii_digit() && !out.is_empty()) {
                out.push(c);
            } else if !out.is_empty() && !out.ends_with('-') {
                out.push('-');
            }
        }
        out.truncate(63);
        let mut out = out.trim_end_matches('-').to_owned();
        while let Some((head, tail)) = out.rsplit_once('-') {
            if !tail.chars().all(|c| c.is_ascii_digit()) {
                break;
            }
            out = format!("{head}{tail}");
        }
        Self::new(&out).or_else(|_| Self::new(&format!("{out}-plugin"))).ok()
    }
}

impl fmt::Display for PluginSlug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for PluginSlug {
    type Err = SlugError;
    fn from_str(s: &str) -> Result<Self, SlugError> {
        Self::new(s)
    }
}

impl<'de> Deserialize<'de> for PluginSlug {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}

impl schemars::JsonSchema for PluginSlug {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PluginSlug".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[a-z](?:-?[a-z0-9])+$",
            "minLength": 2,
            "maxLength": 63,
            "description": "Lower-case letters, digits and single hyphens; starts with a letter."
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_the_host_can_address() {
        for good in ["ab", "stripe-payments", "a2", "x1-y", &"a".repeat(63)] {
            assert!(PluginSlug::new(good).is_ok(), "{good}");
        }
    }

    #[test]
    fn refuses_every_dangerous_shape() {
        for bad in [
            "",
            "a",
            "A",
            "2pay",
            "-a",
            "a-",
            "a--b",
            "a_b",
            "a b",
            "../x",
            "a/b",
            "a.b",
            "créer",
            "pаypal",
            "a\0b",
            "pay-2",
            "registry",
            &"a".repeat(64),
        ] {
            assert!(PluginSlug::new(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn suggests_something_valid() {
        assert_eq!(PluginSlug::suggest("My Plugin!").unwrap().as_str(), "my-plugin");
        assert_eq!(PluginSlug::suggest("Pay 2").unwrap().as_str(), "pay2");
        assert_eq!(PluginSlug::suggest("registry").unwrap().as_str(), "registry-plugin");
        assert_eq!(PluginSlug::suggest("..."), None);
    }
}

//! What the lock file says of an installed plugin: enough to install exactly the same again.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::consent;
use super::installed::{InstalledPlugin, PluginSource};
use super::{Digest, PluginSlug};

/// Name of the file, in a shop's directory.
pub(crate) const LOCK_FILE: &str = "daino.lock.toml";
/// Its key for the plugins.
pub(crate) const PLUGINS: &str = "plugin";

/// One `[[plugin]]` of the lock file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LockedPlugin {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// SHA-256 of the uncompressed tar: what was installed, file by file.
    pub content: Digest,
    /// SHA-256 of the archive it came in.
    pub archive: Digest,
    /// Id of the key that signed it; absent for unsigned code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The permissions that were accepted, as `section permission`.
    #[serde(default)]
    pub permissions: Vec<String>,
    /// Where it came from.
    pub source: PluginSource,
    /// Its settings, as JSON. Never a secret, nor a setting that `configSchema` marks as one
    /// (`writeOnly`, or `format` `password`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub settings: String,
    /// The plugins it needs, by slug.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dependencies: BTreeMap<String, semver::VersionReq>,
}

impl LockedPlugin {
    /// What is to be written of an installed plugin.
    pub fn of(plugin: &InstalledPlugin) -> Self {
        let asks = consent::asks(&plugin.manifest);
        Self {
            slug: plugin.slug.clone(),
            version: plugin.version.clone(),
            content: plugin.code.content,
            archive: plugin.code.archive,
            publisher: plugin.publisher.clone(),
            permissions: asks.iter().map(consent::Ask::short).collect(),
            source: plugin.source.clone(),
            settings: settings(plugin),
            dependencies: plugin.manifest.dependencies.clone(),
        }
    }
}

/// The settings that may be in a file under version control.
fn settings(plugin: &InstalledPlugin) -> String {
    let schema = plugin.manifest.config_schema.as_ref();
    let properties = schema.and_then(|schema| schema.get("properties"));
    let is_secret = |key: &str| {
        let property = properties.and_then(|properties| properties.get(key));
        let has = |name: &str, value: Value| property.and_then(|p| p.get(name)) == Some(&value);
        has("writeOnly", Value::Bool(true)) || has("format", Value::from("password"))
    };
    let mut settings = plugin.config.as_object().cloned().unwrap_or_default();
    settings.retain(|key, _| !is_secret(key));
    match settings.is_empty() {
        true => String::new(),
        false => Value::Object(settings).to_string(),
    }
}

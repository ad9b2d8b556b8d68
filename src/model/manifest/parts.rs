//! The optional parts of a plugin, each naming its file. Nothing is inferred from file names.

use serde::{Deserialize, Serialize};

use crate::model::TreePath;

/// An HTTP route below the plugin's own address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Route {
    /// Stable name, unique in the plugin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Upper-case method: GET, POST, PUT, PATCH or DELETE.
    #[schemars(regex(pattern = "^(GET|POST|PUT|PATCH|DELETE)$"))]
    pub method: String,
    /// Path starting with `/`, with `:name` captures.
    #[schemars(regex(pattern = "^/"), length(max = 500))]
    pub path: String,
    /// Method of the plugin, or the file whose default export handles it.
    pub handler: String,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the caller must be signed in; default true.
    #[serde(default = "yes")]
    pub requires_auth: bool,
}

fn yes() -> bool {
    true
}

/// A scheduled call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CronJob {
    /// Stable name, unique in the plugin.
    pub name: String,
    /// Five-field cron expression.
    #[schemars(regex(pattern = r"^\s*\S+(\s+\S+){4}\s*$"))]
    pub schedule: String,
    /// Method of the plugin, or the file whose default export runs.
    pub handler: String,
    /// IANA time zone; default UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
    /// What it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// First argument of the handler.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub params: Option<serde_json::Map<String, serde_json::Value>>,
}

/// A storefront widget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Widget {
    /// Id, unique in the shop: prefixed with the slug.
    pub id: String,
    /// The name people read.
    pub name: String,
    /// File of the component.
    pub file: TreePath,
    /// What it shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Host category; decides where it can appear.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Icon name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Settings a new placement starts with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default_config: Option<serde_json::Map<String, serde_json::Value>>,
}

/// A page in the host's admin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdminPage {
    /// Key, unique in the plugin.
    pub key: String,
    /// The name people read.
    pub name: String,
    /// File of the component.
    pub file: TreePath,
    /// Route; default `/admin/plugins/<slug>/<key>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Icon name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Place in the menu; default 100.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
}

/// An entity and the table that holds it; the table itself comes from a migration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Entity {
    /// Name, such as `Review`.
    pub name: String,
    /// Its table, prefixed with the slug.
    pub table: String,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// File with the entity's schema, when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<TreePath>,
}

/// Menu entry, as the host reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AdminNavigation {
    /// Whether the entry is shown.
    pub enabled: bool,
    /// Text of the entry.
    pub label: String,
    /// Icon name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub icon: Option<String>,
    /// Route it opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub route: Option<String>,
    /// Place in the menu.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<u32>,
    /// Key of the parent entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_key: Option<String>,
    /// Menu category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// What it opens.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

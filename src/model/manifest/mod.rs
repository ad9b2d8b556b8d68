//! `manifest.json`: everything a plugin says about itself.
//!
//! Unknown keys are an error; the parser in `project` finds their place and suggests the nearest
//! key. The JSON Schema that editors use is generated from these types.

mod budget;
mod limits;
mod parts;
mod pricing;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use budget::Budget;
pub(crate) use limits::ResourceLimits;
pub(crate) use parts::{AdminNavigation, AdminPage, CronJob, Entity, Route, Widget};
pub(crate) use pricing::{Pricing, PricingModel};

use super::hook::HookName;
use super::permission::{HostPattern, Permissions};
use super::{FileSet, PluginSlug, PluginType, TreePath};

/// The manifest of one plugin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(title = "DainoStore plugin manifest")]
pub struct Manifest {
    /// Where this schema lives; editors write it, we ignore it.
    #[serde(rename = "$schema", default, skip_serializing_if = "Option::is_none")]
    pub schema: Option<String>,
    /// The name people read, 1 to 255 characters without `,` `(` `)` `"`.
    #[schemars(length(min = 1, max = 255), regex(pattern = r#"^[^,()"]*$"#))]
    pub name: String,
    /// The name the plugin is installed and addressed under.
    pub slug: PluginSlug,
    /// SemVer version of this release.
    #[schemars(
        with = "String",
        regex(pattern = r"^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$"),
        length(max = 50)
    )]
    pub version: semver::Version,
    /// What the plugin is for; decides its required methods.
    #[serde(rename = "type")]
    pub kind: PluginType,
    /// One or two sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Who wrote it: a name, or a name and `<e-mail>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// SPDX expression, or `commercial`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<String>,
    /// Web page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
    /// Source repository.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// Words for search, at most 20.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 20), inner(length(min = 1, max = 50)))]
    pub keywords: Vec<String>,
    /// Category in the marketplace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Entry module; default `index.js`, or `index.ts` when only that exists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<TreePath>,
    /// Host versions this plugin runs on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engines: Option<Engines>,
    /// What it may touch. Default: nothing.
    #[serde(default)]
    pub permissions: Permissions,
    /// Named remote services, for `permissions.api`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub apis: BTreeMap<String, Api>,
    /// What it may use up.
    #[serde(default)]
    pub resource_limits: ResourceLimits,
    /// What handlers may cost: `*` for all, else `method NAME`, `hook NAME`, `route METHOD PATH` or
    /// `cron NAME`. `daino-pdk test --suite performance` holds them to it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub budgets: BTreeMap<String, Budget>,
    /// Hook name to the method, or the file, that handles it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hooks: BTreeMap<HookName, String>,
    /// HTTP routes below the plugin's own address.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub routes: Vec<Route>,
    /// Scheduled calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cron: Vec<CronJob>,
    /// Storefront widgets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub widgets: Vec<Widget>,
    /// Admin pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub admin_pages: Vec<AdminPage>,
    /// Entities and their tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub entities: Vec<Entity>,
    /// JSON Schema of the settings the shop fills in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub config_schema: Option<serde_json::Map<String, serde_json::Value>>,
    /// Names of the secrets it needs, such as `STRIPE_SECRET_KEY`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(inner(regex(pattern = "^[A-Z][A-Z0-9_]{0,99}$")))]
    pub secrets: Vec<String>,
    /// Other plugins it needs, by slug.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, String>")]
    pub dependencies: BTreeMap<String, semver::VersionReq>,
    /// What it costs. Default: free.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing: Option<Pricing>,
    /// Menu entry in the host's admin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub admin_navigation: Option<AdminNavigation>,
}

impl Manifest {
    /// The entry module: `main`, else `index.js`, else `index.ts` when only that exists.
    pub(crate) fn entry(&self, files: &FileSet) -> TreePath {
        if let Some(main) = &self.main {
            return main.clone();
        }
        let name = if !files.contains("index.js") && files.contains("index.ts") {
            "index.ts"
        } else {
            "index.js"
        };
        TreePath::new(name).expect("both names are plain file names")
    }
}

/// Host versions a plugin runs on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Engines {
    /// SemVer range of the host's plugin API.
    #[schemars(with = "String")]
    pub daino: semver::VersionReq,
}

impl Engines {
    /// Version of the host's plugin API that this program provides.
    pub const HOST: semver::Version = semver::Version::new(1, 0, 0);
}

/// A remote service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Api {
    /// Hosts of the service.
    pub hosts: Vec<HostPattern>,
    /// Why the plugin calls it, shown when a shop installs it.
    pub purpose: String,
}

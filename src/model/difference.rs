//! What changes for a shop when one release of a plugin takes the place of another, and whether the
//! version number promised that much.
//!
//! *Breaking* is what somebody else may rely on and that goes or means something else: methods,
//! routes, hooks, settings, tables, columns. Wider rights are a kind of their own, because they are
//! consented to and not coped with; for the version number they count as breaking.

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::consent::asks;
use super::manifest::PricingModel;
use super::{Engines, Manifest};

/// How much a difference, or a version number, says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Nothing that anybody can see.
    Patch,
    /// Something new; what was there is as it was.
    Minor,
    /// Something that was there is not, or the plugin may do more than it was given.
    Breaking,
}

impl Level {
    /// The word for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Breaking => "breaking",
        }
    }

    /// What the step from one version to the other promises. Before 1.0.0 the second number counts
    /// as the first one, as Cargo and npm read it.
    pub fn promised(from: &Version, to: &Version) -> Self {
        let parts = |v: &Version| match v.major {
            0 => (v.minor, v.patch, 0),
            _ => (v.major, v.minor, v.patch),
        };
        let (old, new) = (parts(from), parts(to));
        if (from.major == 0) != (to.major == 0) || old.0 != new.0 {
            Self::Breaking
        } else if old.1 != new.1 && from.major > 0 {
            Self::Minor
        } else {
            Self::Patch
        }
    }
}

/// What a difference is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    /// What the plugin may do; needs consent when it is wider.
    Permissions,
    /// What it may use up.
    Limits,
    /// Methods.
    Methods,
    /// Routes.
    Routes,
    /// Hooks it listens to.
    Hooks,
    /// Cron jobs, widgets, admin pages, entities.
    Parts,
    /// Settings.
    Settings,
    /// Secrets.
    Secrets,
    /// Tables.
    Tables,
    /// Host versions.
    Engine,
    /// Other plugins.
    Dependencies,
    /// What it costs.
    Price,
    /// Its licence.
    License,
    /// What it is for.
    Type,
}

impl Area {
    /// The word of `--accept-breaking`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Permissions => "permissions",
            Self::Limits => "limits",
            Self::Methods => "methods",
            Self::Routes => "routes",
            Self::Hooks => "hooks",
            Self::Parts => "parts",
            Self::Settings => "settings",
            Self::Secrets => "secrets",
            Self::Tables => "tables",
            Self::Engine => "engine",
            Self::Dependencies => "dependencies",
            Self::Price => "price",
            Self::License => "license",
            Self::Type => "type",
        }
    }
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is about.
    pub area: Area,
    /// How much it is.
    pub level: Level,
    /// Which one: a permission, a method, `POST /pay`, `table.column`.
    pub name: String,
    /// What is different, in words.
    pub words: String,
}

impl Difference {
    /// Whether it gives the plugin more than it had.
    pub fn is_wider(&self) -> bool {
        matches!(self.area, Area::Permissions | Area::Limits) && self.level == Level::Breaking
    }
    /// Whether somebody who relies on the plugin has to do something.
    pub fn is_breaking(&self) -> bool {
        self.level == Level::Breaking && !self.is_wider()
    }
}

/// A column as a reader of the table sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnShape {
    /// Its type, as PostgreSQL writes it.
    pub kind: String,
    /// Whether it may be empty.
    pub nullable: bool,
    /// Whether a row can be written without it.
    pub has_default: bool,
}

/// Tables and views with their columns.
pub type Tables = BTreeMap<String, BTreeMap<String, ColumnShape>>;

/// One release, as others see it.
#[derive(Debug, Clone, Copy)]
pub struct Surface<'a> {
    /// What it says about itself.
    pub manifest: &'a Manifest,
    /// Its methods; `None` when they could not be read.
    pub methods: Option<&'a BTreeSet<String>>,
    /// Its tables; `None` when they are not known.
    pub tables: Option<&'a Tables>,
}

/// Every difference, the weightiest first.
pub fn compare(old: Surface<'_>, new: Surface<'_>) -> Vec<Difference> {
    let mut found = Found::default();
    let (before, after) = (old.manifest, new.manifest);
    permissions(before, after, &mut found);
    limits(before, after, &mut found);
    if let (Some(old), Some(new)) = (old.methods, new.methods) {
        found.sets(Area::Methods, "method", old, new);
    }
    routes(before, after, &mut found);
    let hooks = |m: &Manifest| m.hooks.keys().map(ToString::to_string).collect();
    found.sets(Area::Hooks, "hook", &hooks(before), &hooks(after));
    let parts = |m: &Manifest| -> BTreeSet<String> {
        let cron = m.cron.iter().map(|job| format!("cron job {}", job.name));
        let widgets = m.widgets.iter().map(|widget| format!("widget {}", widget.id));
        let pages = m.admin_pages.iter().map(|page| format!("admin page {}", page.key));
        let entities = m.entities.iter().map(|entity| format!("entity {}", entity.name));
        cron.chain(widgets).chain(pages).chain(entities).collect()
    };
    found.sets(Area::Parts, "", &parts(before), &parts(after));
    settings(before.config_schema.as_ref(), after.config_schema.as_ref(), &mut found);
    let secrets = |m: &Manifest| m.secrets.iter().cloned().collect();
    let (old_secrets, new_secrets): (BTreeSet<String>, BTreeSet<String>) =
        (secrets(before), secrets(after));
    for name in new_secrets.difference(&old_secrets) {
        found.add(Area::Secrets, Level::Minor, name, "is needed now");
    }
    for name in old_secrets.difference(&new_secrets) {
        found.add(Area::Secrets, Level::Patch, name, "is not used any more");
    }
    if let (Some(old), Some(new)) = (old.tables, new.tables) {
        tables(old, new, &mut found);
    }
    terms(before, after, &mut found);
    found.list.sort_by(|a, b| (b.level, a.area, &a.name).cmp(&(a.level, b.area, &b.name)));
    found.list
}

#[derive(Default)]
struct Found {
    list: Vec<Difference>,
}

impl Found {
    fn add(&mut self, area: Area, level: Level, name: &str, words: impl Into<String>) {
        self.list.push(Difference { area, level, name: name.to_owned(), words: words.into() });
    }

    fn sets(&mut self, area: Area, what: &str, old: &BTreeSet<String>, new: &BTreeSet<String>) {
        let words = |verb: &str| format!("{what} {verb}").trim().to_owned();
        for name in old.difference(new) {
            self.add(area, Level::Breaking, name, words("removed"));
        }
        for name in new.difference(old) {
            self.add(area, Level::Minor, name, words("added"));
        }
    }
}

fn permissions(before: &Manifest, after: &Manifest, found: &mut Found) {
    // By what it means: a name of `apis` with another host is another right.
    let of = |m: &Manifest| -> BTreeMap<String, BTreeSet<String>> {
        let mut rights: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ask in asks(m) {
            rights.entry(format!("{}:{}", ask.section, ask.permission)).or_default();
        }
        for grant in &m.permissions.api {
            let hosts = rights.entry(format!("api:{grant}")).or_default();
            if let super::permission::ApiGrant::Name(name) = grant
                && let Some(api) = m.apis.get(name)
            {
                hosts.extend(api.hosts.iter().map(ToString::to_string));
            }
        }
        rights
    };
    let (old, new) = (of(before), of(after));
    let held: BTreeMap<String, super::permission::Access> = before
        .permissions
        .database
        .iter()
        .map(|grant| (grant.resource().to_owned(), grant.access()))
        .collect();
    for ask in asks(after) {
        let key = format!("{}:{}", ask.section, ask.permission);
        let hosts = new.get(&key).cloned().unwrap_or_default();
        let is_held = old.get(&key).is_some_and(|known| hosts.is_subset(known));
        // Less of the same table is not wider.
        let is_less = ask.section == "database"
            && after.permissions.database.iter().any(|grant| {
                grant.to_string() == ask.permission
                    && held.get(grant.resource()).is_some_and(|had| *had >= grant.access())
            });
        if !is_held && !is_less {
            let words = format!("it may now {}", ask.words);
            found.add(Area::Permissions, Level::Breaking, &ask.permission, words);
        }
    }
    for ask in asks(before) {
        if !new.contains_key(&format!("{}:{}", ask.section, ask.permission)) {
            let words = format!("it may no longer {}", ask.words);
            found.add(Area::Permissions, Level::Patch, &ask.permission, words);
        }
    }
}

fn limits(before: &Manifest, after: &Manifest, found: &mut Found) {
    let of = |m: &Manifest| match serde_json::to_value(&m.resource_limits) {
        Ok(Value::Object(limits)) => limits,
        _ => Map::new(),
    };
    let (old, new) = (&before.resource_limits, &after.resource_limits);
    let wider = [
        ("memory", new.memory.count() > old.memory.count()),
        ("storage", new.storage.count() > old.storage.count()),
        ("timeout", new.timeout.duration() > old.timeout.duration()),
        ("networkConnections", new.network_connections > old.network_connections),
    ];
    let (old, new) = (of(before), of(after));
    for (name, value) in &new {
        if old.get(name) == Some(value) {
            continue;
        }
        let is_wider = wider.iter().any(|(key, wider)| key == name && *wider);
        let level = if is_wider { Level::Breaking } else { Level::Patch };
        let text = |value: Option<&Value>| match value {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => "the default".to_owned(),
        };
        let words = format!("{} instead of {}", text(Some(value)), text(old.get(name)));
        found.add(Area::Limits, level, name, words);
    }
}

fn routes(before: &Manifest, after: &Manifest, found: &mut Found) {
    let of = |m: &Manifest| -> BTreeMap<String, bool> {
        m.routes.iter().map(|r| (format!("{} {}", r.method, r.path), r.requires_auth)).collect()
    };
    let (old, new) = (of(before), of(after));
    found.sets(
        Area::Routes,
        "route",
        &old.keys().cloned().collect(),
        &new.keys().cloned().collect(),
    );
    for (route, signed_in) in &new {
        match (old.get(route), signed_in) {
            (Some(true), false) => {
                found.add(Area::Routes, Level::Breaking, route, "anybody may call it now");
            }
            (Some(false), true) => {
                found.add(Area::Routes, Level::Breaking, route, "the caller must be signed in now");
            }
            _ => {}
        }
    }
}

fn settings(
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

fn tables(old: &Tables, new: &Tables, found: &mut Found) {
    found.sets(
        Area::Tables,
        "table",
        &old.keys().cloned().collect(),
        &new.keys().cloned().collect(),
    );
    for (table, columns) in new {
        let Some(before) = old.get(table) else { continue };
        for column in before.keys().filter(|column| !columns.contains_key(*column)) {
            let name = format!("{table}.{column}");
            found.add(Area::Tables, Level::Breaking, &name, "column removed");
        }
        for (column, now) in columns {
            let name = format!("{table}.{column}");
            match before.get(column) {
                None if !now.nullable && !now.has_default => {
                    found.add(Area::Tables, Level::Breaking, &name, "must be written now");
                }
                None => found.add(Area::Tables, Level::Minor, &name, "column added"),
                Some(was) if was.kind != now.kind => {
                    let words = format!("{} instead of {}", now.kind, was.kind);
                    found.add(Area::Tables, Level::Breaking, &name, words);
                }
                Some(was) if was.nullable && !now.nullable => {
                    found.add(Area::Tables, Level::Breaking, &name, "may not be empty any more");
                }
                Some(was) if !was.nullable && now.nullable => {
                    found.add(Area::Tables, Level::Breaking, &name, "may be empty now");
                }
                Some(_) => {}
            }
        }
    }
}

/// Host versions, other plugins, price, licence, type.
fn terms(before: &Manifest, after: &Manifest, found: &mut Found) {
    let range = |m: &Manifest| m.engines.as_ref().map(|e| e.daino.to_string());
    if range(before) != range(after) {
        let text = range(after).unwrap_or_else(|| "any".to_owned());
        let words = format!("runs on DainoStore {text}; this is {}", Engines::HOST);
        found.add(Area::Engine, Level::Minor, "engines.daino", words);
    }
    for (slug, range) in &after.dependencies {
        match before.dependencies.get(slug) {
            None => found.add(Area::Dependencies, Level::Minor, slug, format!("needed: {range}")),
            Some(was) if was != range => {
                let words = format!("needed: {range} instead of {was}");
                found.add(Area::Dependencies, Level::Minor, slug, words);
            }
            Some(_) => {}
        }
    }
    for slug in before.dependencies.keys().filter(|slug| !after.dependencies.contains_key(*slug)) {
        found.add(Area::Dependencies, Level::Patch, slug, "not needed any more");
    }
    if before.pricing != after.pricing {
        let is_free = |m: &Manifest| {
            m.pricing.as_ref().is_none_or(|pricing| pricing.model == PricingModel::Free)
        };
        let level = if is_free(after) { Level::Minor } else { Level::Breaking };
        let words = format!("{} instead of {}", price(after), price(before));
        found.add(Area::Price, level, "pricing", words);
    }
    if before.license != after.license {
        let text = |m: &Manifest| m.license.clone().unwrap_or_else(|| "none".to_owned());
        let words = format!("{} instead of {}", text(after), text(before));
        found.add(Area::License, Level::Breaking, "license", words);
    }
    if before.kind != after.kind {
        let words = format!("{} instead of {}", after.kind.as_str(), before.kind.as_str());
        found.add(Area::Type, Level::Breaking, "type", words);
    }
}

fn price(manifest: &Manifest) -> String {
    let Some(pricing) = &manifest.pricing else { return "free".to_owned() };
    let model = match pricing.model {
        PricingModel::Free => return "free".to_owned(),
        PricingModel::OneTime => "once",
        PricingModel::Subscription => "a month",
        PricingModel::UsageBased => "by use",
    };
    let amount = pricing.price.as_ref().map(ToString::to_string).unwrap_or_default();
    let currency = pricing.currency.as_deref().unwrap_or_default();
    format!("{amount} {currency} {model}").trim().to_owned()
}

#[cfg(test)]
mod tests;

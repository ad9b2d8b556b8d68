//! What changes for a shop when one release of a plugin takes the place of another, and whether the
//! version number promised that much.
//!
//! *Breaking* is what somebody else may rely on and that goes or means something else: methods,
//! routes, hooks, settings, tables, columns. Wider rights are a kind of their own, because they are
//! consented to and not coped with; for the version number they count as breaking.

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;
use serde::{Deserialize, Serialize};

use super::Manifest;

mod rights;
mod routes;
mod settings;
mod tables;
mod terms;

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
    rights::permissions(before, after, &mut found);
    rights::limits(before, after, &mut found);
    if let (Some(old), Some(new)) = (old.methods, new.methods) {
        found.sets(Area::Methods, "method", old, new);
    }
    routes::routes(before, after, &mut found);
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
    settings::settings(before.config_schema.as_ref(), after.config_schema.as_ref(), &mut found);
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
        tables::tables(old, new, &mut found);
    }
    terms::terms(before, after, &mut found);
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

#[cfg(test)]
mod tests;

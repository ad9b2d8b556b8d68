//! A host's package becomes an authoring tree.
//!
//! Nothing of the package runs. Each handler becomes a file whose default export it is, so that it
//! works in our shops as it is. What cannot be carried over is told, and kept where that is
//! possible.

mod content;
mod handlers;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::fields::{number, put, text};
use super::{BridgeError, EXTRAS, OURS};
use crate::model::files::MAX_FILES;
use crate::model::permission::DatabaseGrant;
use crate::model::{FileSet, PluginSlug, TreePath};

/// A tree, and what a person should know.
#[derive(Debug)]
pub(crate) struct Imported {
    /// Its slug.
    pub slug: PluginSlug,
    /// Its files.
    pub files: FileSet,
    /// What could not be carried over as it was, one line each.
    pub notes: Vec<String>,
}

/// Reads a package.
pub(crate) fn import(bytes: &[u8]) -> Result<Imported, BridgeError> {
    if bytes.len() > super::shape::MAX_PACKAGE {
        return Err(BridgeError::Package("it is larger than the 10 MB a host takes".to_owned()));
    }
    let package: Value = serde_json::from_slice(bytes)
        .map_err(|error| BridgeError::Package(format!("it is no JSON: {error}")))?;
    // An answer of the host has the package inside.
    let package = match package.get("plugin") {
        Some(Value::Object(_)) => package,
        _ => return Err(BridgeError::Package("it has no object `plugin`".to_owned())),
    };
    let whole = packed_here(&package);
    if let Some(Ok(imported)) = whole {
        return Ok(imported);
    }
    let mut tree = Tree::new(&package)?;
    if whole.is_some() {
        tree.notes.push(
            "its parts were changed after it was packed: they were taken, and not the tree in it"
                .to_owned(),
        );
    }
    tree.parts(&package)?;
    tree.finish(&package)
}

/// The tree that a package of ours holds, when its parts are still what is made of that tree.
fn packed_here(package: &Value) -> Option<Result<Imported, ()>> {
    let texts = package[OURS]["files"].as_object()?;
    let file = |(path, text): (&String, &Value)| {
        Some((TreePath::new(path).ok()?, text.as_str()?.as_bytes().to_vec()))
    };
    let files: Option<FileSet> = texts.iter().take(MAX_FILES + 1).map(file).collect();
    let again = files.filter(|files| files.len() <= MAX_FILES).and_then(|files| {
        let project = crate::project::of_files(std::path::PathBuf::new(), files).ok()?;
        let exported = super::export(&project).ok()?;
        (exported.package == *package).then_some(Imported {
            slug: exported.slug,
            files: project.files,
            notes: Vec::new(),
        })
    });
    Some(again.ok_or(()))
}

struct Tree {
    slug: PluginSlug,
    manifest: Map<String, Value>,
    extras: Map<String, Value>,
    files: FileSet,
    notes: Vec<String>,
    taken: BTreeSet<String>,
    hooks: Map<String, Value>,
    database: BTreeSet<String>,
}

impl Tree {
    fn new(package: &Value) -> Result<Self, BridgeError> {
        let plugin = &package["plugin"];
        let mut notes = Vec::new();
        let name = text(plugin, "name").ok_or_else(|| missing("plugin.name"))?;
        let written = text(plugin, "slug").ok_or_else(|| missing("plugin.slug"))?;
        let slug = match PluginSlug::new(written) {
            Ok(slug) => slug,
            Err(error) => {
                let slug = PluginSlug::suggest(written).ok_or_else(|| {
                    BridgeError::Package(format!("`plugin.slug` cannot be used: {error}"))
                })?;
                notes.push(format!("the slug is `{slug}` now: {error}"));
                slug
            }
        };
        let mut manifest = match package[OURS]["manifest"].as_object() {
            Some(ours) => ours.clone(),
            None => Map::new(),
        };
        for part in ["hooks", "routes", "cron", "widgets", "adminPages", "entities", "main"] {
            manifest.remove(part);
        }
        let plain: String =
            name.chars().filter(|c| !",()\"".contains(*c) && !c.is_control()).collect();
        if plain != name {
            notes.push(format!("the name is `{plain}` now: the host cannot look the old one up"));
        }
        manifest.insert("name".to_owned(), json!(plain.trim()));
        manifest.insert("slug".to_owned(), json!(slug));
        let version = version(text(plugin, "version"), &mut notes);
        manifest.insert("version".to_owned(), json!(version));
        manifest.entry("type").or_insert(json!("custom"));
        for key in ["description", "author", "category"] {
            if !manifest.contains_key(key) {
                put(&mut manifest, key, text(plugin, key));
            }
        }
        for key in ["homepage", "repository"] {
            if !manifest.contains_key(key)
                && let Some(address) = text(&plugin["manifest"], key)
            {
                match url::Url::parse(address) {
                    Ok(url) if matches!(url.scheme(), "http" | "https") => {
                        put(&mut manifest, key, address);
                    }
                    _ => notes.push(format!("`{key}` is no web address and was left out")),
                }
            }
        }
        if !manifest.contains_key("keywords") {
            let tags = plugin["tags"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let tags: Vec<&str> = tags.filter(|tag| tag.len() <= 50).take(20).collect();
            put(&mut manifest, "keywords", json!(tags));
        }
        let navigation = &plugin["manifest"]["adminNavigation"];
        if !manifest.contains_key("adminNavigation") && navigation.is_object() {
            put(&mut manifest, "adminNavigation", known_navigation(navigation));
        }
        let mut extras = Map::new();
        put(&mut extras, "type", text(plugin, "type"));
        put(&mut extras, "framework", text(plugin, "framework"));
        put(&mut extras, "dependencies", plugin["dependencies"].clone());
        let mut tree = Self {
            slug,
            manifest,
            extras,
            files: FileSet::new(),
            notes,
            taken: BTreeSet::new(),
            hooks: Map::new(),
            database: BTreeSet::new(),
        };
        tree.permissions(plugin);
        Ok(tree)
    }

    /// `orders:read` and its like; the host never looks at them.
    fn permissions(&mut self, plugin: &Value) {
        let listed = plugin["permissions"].as_array().into_iter().flatten();
        for permission in listed.filter_map(Value::as_str) {
            let turned = match permission.split_once(':') {
                Some((verb @ ("read" | "write" | "delete"), resource)) => {
                    format!("{resource}:{verb}")
                }
                _ => permission.to_owned(),
            };
            let short = turned.strip_suffix(":read").unwrap_or(&turned);
            match short.parse::<DatabaseGrant>() {
                Ok(grant) => drop(self.database.insert(grant.to_string())),
                Err(_) => {
                    self.notes.push(format!("the permission `{permission}` is not known here"))
                }
            }
        }
    }

    fn parts(&mut self, package: &Value) -> Result<(), BridgeError> {
        self.controllers(package)?;
        self.listeners(package, "events", "eventName", "listenerCode")?;
        self.listeners(package, "hooks", "hookName", "handlerCode")?;
        self.cron(package)?;
        self.components(package);
        self.entities(package);
        self.migrations(package);
        self.documents(package);
        self.rest(package);
        Ok(())
    }

    fn file(&mut self, path: &str, content: impl Into<Vec<u8>>) {
        match TreePath::new(path) {
            Ok(path) => self.files.insert(path, content.into()),
            Err(error) => self.notes.push(error.to_string()),
        }
    }

    fn finish(mut self, package: &Value) -> Result<Imported, BridgeError> {
        let ours = package[OURS]["manifest"].is_object();
        if !self.manifest.contains_key("permissions") {
            let hooks: Vec<&String> = self.hooks.keys().collect();
            let mut permissions = Map::new();
            put(&mut permissions, "database", json!(self.database));
            put(&mut permissions, "hooks", json!(hooks));
            if self.manifest.contains_key("adminPages") {
                permissions.insert("admin".to_owned(), json!(true));
            }
            put(&mut self.manifest, "permissions", permissions);
        }
        put(&mut self.manifest, "hooks", std::mem::take(&mut self.hooks));
        if !self.files.contains("index.js") {
            self.file("index.js", "// Its parts are named in manifest.json.\nexport default {};\n");
        }
        if !self.files.contains("README.md") {
            let name = self.manifest["name"].as_str().unwrap_or_default().to_owned();
            let about = self.manifest.get("description").and_then(Value::as_str);
            let about = about.map_or_else(String::new, |about| format!("\n{about}\n"));
            self.file("README.md", format!("# {name}\n{about}"));
        }
        if !ours {
            self.notes.push(
                "hosts that it calls are not in a package: add them to `permissions.api`; \
                 `daino-pdk validate` names them"
                    .to_owned(),
            );
        }
        if !self.notes.is_empty() {
            let lines: String = self.notes.iter().map(|note| format!("- {note}\n")).collect();
            let text = format!("# What the import changed\n\n{lines}");
            self.file("IMPORT.md", text);
        }
        if !self.extras.is_empty() {
            let text = format!("{:#}\n", Value::Object(self.extras.clone()));
            self.file(EXTRAS, text);
        }
        let text = format!("{:#}\n", Value::Object(self.manifest.clone()));
        crate::project::parse_manifest(&text).map_err(crate::project::ProjectError::from)?;
        self.file("manifest.json", text);
        Ok(Imported { slug: self.slug, files: self.files, notes: self.notes })
    }
}

fn missing(what: &str) -> BridgeError {
    BridgeError::Package(format!("it has no `{what}`"))
}

/// A version as SemVer has it.
fn version(written: Option<&str>, notes: &mut Vec<String>) -> semver::Version {
    let text = written.unwrap_or("1.0.0").trim().trim_start_matches('v');
    if let Ok(version) = semver::Version::parse(text) {
        return version;
    }
    let mut parts = text.split('.').map(|part| part.parse::<u64>().ok());
    let mut next = || parts.next().flatten();
    let version = match next() {
        Some(major) => {
            semver::Version::new(major, next().unwrap_or_default(), next().unwrap_or_default())
        }
        None => semver::Version::new(1, 0, 0),
    };
    notes.push(format!("the version is {version} now: `{text}` is none"));
    version
}

/// A menu entry with the keys that manifest.json has.
fn known_navigation(navigation: &Value) -> Map<String, Value> {
    let mut known = Map::new();
    let enabled = navigation["enabled"].as_bool().unwrap_or(false);
    known.insert("enabled".to_owned(), json!(enabled));
    let label = text(navigation, "label").unwrap_or("Plugin");
    known.insert("label".to_owned(), json!(label));
    for key in ["icon", "route", "parentKey", "category", "description"] {
        put(&mut known, key, text(navigation, key));
    }
    let order = number(navigation, "order").filter(|order| (0..=1_000_000).contains(order));
    put(&mut known, "order", order);
    known
}

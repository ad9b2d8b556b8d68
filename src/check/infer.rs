//! The smallest permissions that what the code provably does needs.
//!
//! Where the code decides at run time which table, address or folder it uses, nothing can be proved:
//! then the manifest's own entries of that list stay, and the place is told.

use std::collections::{BTreeMap, BTreeSet};

use super::flow::{self, HOLE};
use super::ir::Place;
use super::plugin::Plugin;
use super::rules::{hosts, tables};
use super::{run, sources};
use crate::model::manifest::Engines;
use crate::model::permission::{Access, ApiGrant, HostPattern, Permissions};
use crate::model::resource::{self, Resource};
use crate::model::{FileSet, Manifest, Span, TreePath};
use crate::script::nesting;

/// What the code needs.
#[derive(Debug, Clone, Default, serde::Serialize)]
pub(crate) struct Inferred {
    /// The permissions.
    pub permissions: Permissions,
    /// What could not be proved.
    pub unproved: Vec<Unproved>,
}

/// Something that cannot be proved, or not be granted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub(crate) struct Unproved {
    /// The list of permissions.
    pub list: &'static str,
    /// Where, when it is one place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<TreePath>,
    /// Its line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What, in words.
    pub message: String,
}

/// Infers the permissions of a plugin.
pub(crate) fn infer(files: &FileSet, manifest: &Manifest) -> Inferred {
    let done = nesting::on_deep_stack(|| {
        let (sources, _) = sources::read(files, false, &[]);
        let purpose = run::purpose(Some(manifest), files, false);
        let outcome = flow::follow(&sources, &purpose, &[]);
        let plugin = Plugin {
            host: &Engines::HOST,
            files,
            manifest: Some(manifest),
            manifest_text: "",
            issues: &[],
            sources: &sources,
            facts: &outcome.facts,
            packages: &[],
            advisories: None,
        };
        let mut needs = Needs { plugin: &plugin, needed: Inferred::default() };
        if outcome.is_partial {
            needs.tell("database", None, "the code is larger than what can be followed".to_owned());
        }
        needs.database(outcome.is_partial);
        needs.api(outcome.is_partial);
        needs.filesystem(outcome.is_partial);
        needs.parts();
        needs.needed.unproved.sort();
        needs.needed.unproved.dedup();
        needs.needed
    });
    // A run that broke proves nothing: everything stays.
    done.unwrap_or_else(|| Inferred {
        permissions: manifest.permissions.clone(),
        unproved: vec![Unproved {
            list: "database",
            file: None,
            line: None,
            message: "the code could not be followed".to_owned(),
        }],
    })
}

struct Needs<'a> {
    plugin: &'a Plugin<'a>,
    needed: Inferred,
}

impl Needs<'_> {
    fn own(&self) -> Permissions {
        self.plugin.manifest.map(|m| m.permissions.clone()).unwrap_or_default()
    }

    fn tell(&mut self, list: &'static str, at: Option<(u32, Place)>, message: String) {
        let source = at.and_then(|(file, _)| self.plugin.sources.get(file as usize));
        let span = at.zip(source).map(|((_, place), s)| s.lines.span(&s.text, place));
        self.needed.unproved.push(Unproved {
            list,
            file: source.map(|s| s.path.clone()),
            line: span.map(|Span { line, .. }| line),
            message,
        });
    }

    fn database(&mut self, is_partial: bool) {
        let mut grants: BTreeMap<&str, Access> = BTreeMap::new();
        for used in tables::used(self.plugin) {
            if tables::is_own(self.plugin, &used.table) {
                continue;
            }
            let at = Some((used.file, used.place));
            match Resource::of_table(&used.table) {
                Some(_) if resource::is_never_grantable(&used.table) => {
                    self.tell(
                        "database",
                        at,
                        format!("no plugin can have the table `{}`", used.table),
                    );
                }
                Some(name) => {
                    let access = grants.entry(name).or_insert(used.access);
                    *access = (*access).max(used.access);
                }
                None => {
                    let message = format!(
                        "`{}` is neither a table of the shop nor one that a migration creates",
                        used.table
                    );
                    self.tell("database", at, message);
                }
            }
        }
        if self.plugin.facts.unknown_sql || is_partial {
            if self.plugin.facts.unknown_sql {
                let message = "some SQL or table is only known when the code runs; what the manifest grants stays";
                self.tell("database", None, message.to_owned());
            }
            for grant in &self.own().database {
                if let Some(name) = Resource::names().find(|name| *name == grant.resource()) {
                    let access = grants.entry(name).or_insert(grant.access());
                    *access = (*access).max(grant.access());
                }
            }
        }
        let text = |(name, access): (&str, Access)| match access {
            Access::Read => name.to_owned(),
            Access::Write => format!("{name}:write"),
            Access::Delete => format!("{name}:delete"),
        };
        let list = grants.into_iter().filter_map(|grant| text(grant).parse().ok());
        self.needed.permissions.database = list.collect();
    }

    fn api(&mut self, is_partial: bool) {
        let own = self.own().api;
        let Some(manifest) = self.plugin.manifest else { return };
        let mut grants: BTreeSet<ApiGrant> = BTreeSet::new();
        let mut is_open = self.plugin.facts.unknown_urls;
        for usage in &self.plugin.facts.urls {
            let at = Some((usage.file, usage.place));
            let Some((host, port, is_https)) = hosts::of(&usage.text) else {
                is_open = true;
                self.tell("api", at, "the address is only known when the code runs".to_owned());
                continue;
            };
            let covers = |grant: &&ApiGrant| {
                hosts::patterns(manifest, grant).iter().any(|p| p.matches(&host, port))
            };
            // A name of `apis` tells a shop more than the host behind it.
            if let Some(grant) = own.iter().find(covers) {
                grants.insert(grant.clone());
                continue;
            }
            let text = if port == 443 { host.clone() } else { format!("{host}:{port}") };
            match text.parse::<HostPattern>() {
                Ok(pattern) if is_https => drop(grants.insert(ApiGrant::Host(pattern))),
                _ => self.tell(
                    "api",
                    at,
                    format!("`{host}` cannot be granted: HTTPS to a named host only"),
                ),
            }
        }
        if is_open || is_partial {
            if self.plugin.facts.unknown_urls {
                let message =
                    "some address is only known when the code runs; what the manifest grants stays";
                self.tell("api", None, message.to_owned());
            }
            grants.extend(own);
        }
        self.needed.permissions.api = grants.into_iter().collect();
    }

    fn filesystem(&mut self, is_partial: bool) {
        let own = self.own().filesystem;
        let mut folders: BTreeSet<TreePath> = BTreeSet::new();
        let mut is_open = self.plugin.facts.unknown_files;
        for usage in &self.plugin.facts.files {
            let known = usage.text.split(HOLE).next().unwrap_or_default();
            let covers = |folder: &&TreePath| {
                known
                    .strip_prefix(folder.as_str())
                    .is_some_and(|r| r.is_empty() || r.starts_with('/'))
            };
            if let Some(folder) = own.iter().find(covers) {
                folders.insert(folder.clone());
                continue;
            }
            let folder = known.trim_start_matches("./").rsplit_once('/').map(|(dir, _)| dir);
            match folder.and_then(|dir| TreePath::new(dir).ok()) {
                Some(folder) => drop(folders.insert(folder)),
                None => {
                    is_open = true;
                    let at = Some((usage.file, usage.place));
                    let message =
                        "the folder is only known when the code runs, or is the root".to_owned();
                    self.tell("filesystem", at, message);
                }
            }
        }
        if is_open || is_partial {
            if self.plugin.facts.unknown_files {
                let message =
                    "some path is only known when the code runs; what the manifest grants stays";
                self.tell("filesystem", None, message.to_owned());
            }
            folders.extend(own);
        }
        // A folder holds those below it.
        let all = folders.clone();
        folders.retain(|folder| !all.iter().any(|o| o != folder && folder.is_below(o.as_str())));
        self.needed.permissions.filesystem = folders.into_iter().collect();
    }

    /// What the manifest's parts need.
    fn parts(&mut self) {
        let Some(manifest) = self.plugin.manifest else { return };
        self.needed.permissions.hooks = manifest.hooks.keys().cloned().collect();
        self.needed.permissions.hooks.sort();
        let has_pages = !manifest.admin_pages.is_empty() || manifest.admin_navigation.is_some();
        let may_route = manifest.permissions.admin && !manifest.routes.is_empty();
        self.needed.permissions.admin = has_pages || may_route;
        if may_route && !has_pages {
            let message = "whether a route is for admins is not known; `admin` stays".to_owned();
            self.tell("admin", None, message);
        }
    }
}

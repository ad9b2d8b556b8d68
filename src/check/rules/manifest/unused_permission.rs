//! Rights that the code does not use.

use crate::check::flow::HOLE;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::model::permission::Access;
use crate::model::resource::Resource;
use crate::project::ManifestChange;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unused-permission",
    category: Category::Manifest,
    severity: Severity::Warning,
    class: "manifest",
    summary: "The manifest asks for a right that the code does not use.",
    explanation: "A shop reads the list of rights before it installs a plugin; each one that is not needed is a reason to refuse, and a loss when the plugin is attacked. Nothing is said where tables or addresses are only known when the code runs.",
    help: "Remove the permission.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"database\": [\n   \"customers\"\n  ]\n }\n}",
    )],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"database\": [\n   \"customers\"\n  ]\n }\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('SELECT id FROM customers');\n  }\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let permissions = &manifest.permissions;
    let used = super::super::tables::used(plugin);
    if !plugin.facts.unknown_sql {
        for (index, grant) in permissions.database.iter().enumerate() {
            let Resource::Known(reaches) = Resource::find(grant.resource()) else { continue };
            let touches = |access: Access| {
                used.iter()
                    .any(|u| u.access >= access && reaches.iter().any(|r| r.table == u.table))
            };
            let pointer = format!("/permissions/database/{index}");
            if !touches(Access::Read) {
                let message = format!("Nothing in the code uses `{grant}`");
                remove(plugin, findings, ("database", index), &grant.to_string(), message);
            } else if grant.access() > Access::Read && !touches(Access::Write) {
                let message = format!(
                    "The code only reads `{}`; `{}` is enough",
                    grant.resource(),
                    grant.resource()
                );
                let (old, new) = (grant.to_string(), grant.resource());
                let change = ManifestChange::Replace(&["permissions", "database"], &old, new);
                let fix = plugin.manifest_fix(format!("grant `{new}` instead of `{old}`"), change);
                if let Some(finding) = findings.manifest(plugin, &pointer, message) {
                    finding.fix = fix;
                }
            }
        }
    }
    if !plugin.facts.unknown_urls {
        let hosts: Vec<(String, u16)> = plugin
            .facts
            .urls
            .iter()
            .filter_map(|u| super::super::hosts::of(&u.text).map(|(h, p, _)| (h, p)))
            .collect();
        let is_open = plugin.facts.urls.iter().any(|u| {
            !super::super::hosts::is_relative(&u.text) && super::super::hosts::of(&u.text).is_none()
        });
        for (index, grant) in permissions.api.iter().enumerate() {
            let patterns = super::super::hosts::patterns(manifest, grant);
            let called =
                hosts.iter().any(|(h, p)| patterns.iter().any(|pattern| pattern.matches(h, *p)));
            if !called && !is_open {
                let message = format!("Nothing in the code calls `{grant}`");
                remove(plugin, findings, ("api", index), &grant.to_string(), message);
            }
        }
    }
    if !plugin.facts.unknown_files {
        for (index, folder) in permissions.filesystem.iter().enumerate() {
            let used = plugin.facts.files.iter().any(|f| {
                let start = f.text.split(HOLE).next().unwrap_or_default();
                start.starts_with(folder.as_str()) || folder.as_str().starts_with(start)
            });
            if !used {
                let message = format!("Nothing in the code uses the folder `{folder}`");
                remove(plugin, findings, ("filesystem", index), folder.as_str(), message);
            }
        }
    }
    for (index, name) in permissions.hooks.iter().enumerate() {
        if !manifest.hooks.contains_key(name) {
            let message = format!("`hooks` has no handler for `{name}`");
            remove(plugin, findings, ("hooks", index), name.as_str(), message);
        }
    }
    if permissions.admin
        && manifest.admin_pages.is_empty()
        && manifest.admin_navigation.is_none()
        && manifest.routes.is_empty()
    {
        findings.manifest(
            plugin,
            "/permissions/admin",
            "The plugin has no admin pages and no routes",
        );
    }
}

/// Reports an entry of a list of permissions; the fix removes it.
fn remove(
    plugin: &Plugin<'_>,
    findings: &mut Findings<'_>,
    (list, index): (&str, usize),
    entry: &str,
    message: String,
) {
    let change = ManifestChange::Remove(&["permissions", list], entry);
    let fix = plugin.manifest_fix(format!("remove `{entry}`"), change);
    let pointer = format!("/permissions/{list}/{index}");
    if let Some(finding) = findings.manifest(plugin, &pointer, message) {
        finding.fix = fix;
    }
}

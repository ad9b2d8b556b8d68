//! Tables that the code uses without a grant.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::finding::{Category, Fix};
use crate::model::permission::Access;
use crate::model::resource::{self, Columns, Reach, Resource};
use crate::model::{Manifest, Severity};
use crate::project::ManifestChange;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "undeclared-table",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "The code uses a table of the shop that the manifest does not ask for.",
    explanation: "Every statement is checked against the grants when it runs, so this code fails in a shop. Tables are read from SQL text and from `from(…)`. Tables that the plugin's own migrations create need no grant.",
    help: "Add the resource to `permissions.database`, with `:write` or `:delete` when it is changed.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('SELECT id FROM customers WHERE id = $1', [input.id]);\n  }\n}\n",
    )],
    good: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('SELECT id FROM customers WHERE id = $1', [input.id]);\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"database\": [\n   \"customers\"\n  ]\n }\n}",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for used in super::super::tables::used(plugin) {
        if plugin.sources[used.file as usize].is_test
            || super::super::tables::is_own(plugin, &used.table)
        {
            continue;
        }
        let source = &plugin.sources[used.file as usize];
        let verb = match used.access {
            Access::Read => "read",
            Access::Write => "written",
            Access::Delete => "deleted from",
        };
        if resource::is_never_grantable(&used.table) || used.table.contains('.') {
            let message =
                format!("The table `{}` is {verb} here; no plugin can have it", used.table);
            findings.code(source, used.place, message);
            continue;
        }
        let granted = manifest.permissions.database.iter().any(|grant| {
            let Resource::Known(reaches) = Resource::find(grant.resource()) else { return false };
            reaches.iter().any(|reach| {
                reach.table == used.table && allows(reach, grant.access(), used.access)
            })
        });
        if granted {
            continue;
        }
        let message = match Resource::of_table(&used.table) {
            Some(resource) => {
                let ending = match used.access {
                    Access::Read => "",
                    Access::Write => ":write",
                    Access::Delete => ":delete",
                };
                format!(
                    "The table `{}` is {verb} here without the permission `{resource}{ending}`",
                    used.table
                )
            }
            None => format!(
                "The table `{}` is {verb} here; it is neither a table of the shop nor one that a migration creates",
                used.table
            ),
        };
        let fix = Resource::of_table(&used.table)
            .and_then(|resource| grant(plugin, manifest, resource, used.access));
        if let Some(finding) = findings.code(source, used.place, message) {
            finding.fix = fix;
        }
    }
}

/// Grants what the code does: by a new entry, or by a wider one.
fn grant(plugin: &Plugin<'_>, manifest: &Manifest, resource: &str, access: Access) -> Option<Fix> {
    const LIST: &[&str] = &["permissions", "database"];
    let wanted = match access {
        Access::Read => resource.to_owned(),
        Access::Write => format!("{resource}:write"),
        Access::Delete => format!("{resource}:delete"),
    };
    let own = manifest.permissions.database.iter().find(|g| g.resource() == resource);
    match own {
        Some(old) => {
            let old = old.to_string();
            let change = ManifestChange::Replace(LIST, &old, &wanted);
            plugin.manifest_fix(format!("grant `{wanted}` instead of `{old}`"), change)
        }
        None => {
            plugin.manifest_fix(format!("grant `{wanted}`"), ManifestChange::Add(LIST, &wanted))
        }
    }
}

fn allows(reach: &Reach, granted: Access, used: Access) -> bool {
    let (read, write, delete) = reach.at(granted);
    match used {
        Access::Read => read != Columns::Nothing,
        Access::Write => write != Columns::Nothing,
        Access::Delete => delete,
    }
}

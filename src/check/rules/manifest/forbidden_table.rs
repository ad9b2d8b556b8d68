//! Grants that no shop gives.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::model::resource::Resource;
use crate::project::nearest;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "forbidden-table",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "The manifest asks for a table that no plugin can have.",
    explanation: "Users, sessions, integration secrets, credits and the plugin system itself stay out of every grant, and names that the shop does not know grant nothing.",
    help: "Remove the permission, or ask for one of the resources that the message names.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"database\": [\n   \"users\"\n  ]\n }\n}",
    )],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"database\": [\n   \"orders\"\n  ]\n }\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('SELECT id FROM sales_orders');\n  }\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for (index, grant) in manifest.permissions.database.iter().enumerate() {
        let name = grant.resource();
        let message = match Resource::find(name) {
            Resource::Known(_) => continue,
            Resource::Never => format!("No plugin can have the table `{name}`"),
            Resource::Unknown if super::super::tables::is_own(plugin, name) => {
                format!("`{name}` is a table of the plugin itself and needs no permission")
            }
            Resource::Unknown => match nearest(name, Resource::names()) {
                Some(meant) => {
                    format!("The shop has no resource `{name}`; did you mean `{meant}`?")
                }
                None => {
                    let names: Vec<&str> = Resource::names().collect();
                    format!("The shop has no resource `{name}`; it has {}", names.join(", "))
                }
            },
        };
        findings.manifest(plugin, &format!("/permissions/database/{index}"), message);
    }
}

//! Entities that no migration makes.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::Schema;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "entity-without-table",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The manifest names an entity whose table no migration makes.",
    explanation: "The shop shows the entity in its admin and finds no table behind it.",
    help: "Add a migration that makes the table, or correct its name.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"entities\": [\n  {\n   \"name\": \"Row\",\n   \"table\": \"acme_plugin_rows\"\n  }\n ]\n}",
    )],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"entities\": [\n  {\n   \"name\": \"Row\",\n   \"table\": \"acme_plugin_a\"\n  }\n ]\n}",
        ),
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let schema = Schema::of(plugin.files);
    for (index, entity) in manifest.entities.iter().enumerate() {
        let is_made = schema.tables.get(&entity.table).is_some_and(|t| t.made_in.is_some());
        if !is_made && !schema.is_open {
            let pointer = format!("/entities/{index}/table");
            findings.manifest(plugin, &pointer, format!("No migration makes `{}`", entity.table));
        }
    }
}

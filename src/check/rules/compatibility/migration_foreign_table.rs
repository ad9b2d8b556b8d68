//! Migrations that touch what is not theirs.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::sql;
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "migration-foreign-table",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A migration changes a table that the plugin did not create.",
    explanation: "A plugin owns the tables its migrations create, and nothing else of the schema. Changing a table of the shop, or of another plugin, breaks both at the next update or uninstall.",
    help: "Keep the data in a table of your own, and refer to the shop's rows by their id.",
    bad: &[
        ("migrations/0001_a.sql", "ALTER TABLE customers ADD COLUMN IF NOT EXISTS points INT;\n"),
        ("migrations/0001_a.down.sql", "SELECT 1;\n"),
    ],
    good: &[
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT);\nALTER TABLE acme_plugin_a ADD COLUMN IF NOT EXISTS points INT;\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, text) in super::migrations(plugin) {
        for statement in sql::statements(text).unwrap_or_default() {
            let Some(table) = statement.alters() else { continue };
            if !super::super::tables::is_own(plugin, &table) {
                let span = Span::locate(text, statement.start, statement.end);
                findings.at(
                    path,
                    span,
                    format!("The table `{table}` is not one that this plugin creates"),
                );
            }
        }
    }
}

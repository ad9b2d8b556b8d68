//! Statements that change every row.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::parse;
use crate::model::Severity;
use crate::model::finding::Category;
use sqlparser::ast::Statement;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "change-without-where",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "An `UPDATE` or `DELETE` has no condition.",
    explanation: "It changes or deletes every row of the table; most often a condition was forgotten.",
    help: "Add `WHERE`, or write `WHERE true` when every row is meant.",
    bad: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('DELETE FROM acme_plugin_a');\n  }\n}\n",
        ),
        (
            "migrations/0001_a.sql",
            "CREATE TABLE IF NOT EXISTS acme_plugin_a (id INT PRIMARY KEY, name TEXT);\n",
        ),
        ("migrations/0001_a.down.sql", "DROP TABLE IF EXISTS acme_plugin_a;\n"),
    ],
    good: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('DELETE FROM acme_plugin_a WHERE id = $1', [input.id]);\n  }\n}\n",
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
    for usage in &plugin.facts.sql {
        let source = &plugin.sources[usage.file as usize];
        if source.is_test {
            continue;
        }
        for statement in parse(&usage.text).unwrap_or_default() {
            let is_open = match &statement {
                Statement::Update(update) => update.selection.is_none(),
                Statement::Delete(delete) => delete.selection.is_none(),
                _ => false,
            };
            if is_open {
                findings.code(source, usage.place, "Every row is changed");
            }
        }
    }
}

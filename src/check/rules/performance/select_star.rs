//! Queries for every column.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::rules::tables::statements;
use crate::check::schema::select;
use crate::model::Severity;
use crate::model::finding::Category;
use sqlparser::ast::SelectItem;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "select-star",
    category: Category::Performance,
    severity: Severity::Info,
    class: "performance",
    summary: "A query asks for all columns.",
    explanation: "It carries texts and JSON that nobody reads, and what it gives changes with every migration.",
    help: "Name the columns that are used.",
    bad: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT * FROM acme_plugin_a WHERE id = $1', [input.id]);\n  }\n}\n",
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
            "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT name FROM acme_plugin_a WHERE id = $1', [input.id]);\n  }\n}\n",
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
    for (source, usage, statement) in statements(plugin) {
        let Some((_, select)) = select(&statement) else { continue };
        if select.projection.iter().any(|i| matches!(i, SelectItem::Wildcard(_))) {
            findings.code(source, usage.place, "This asks for every column");
        }
    }
}

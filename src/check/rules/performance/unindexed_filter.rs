//! Conditions without an index.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::rules::tables::statements;
use crate::check::schema::{Schema, equal_columns, read, select};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unindexed-filter",
    category: Category::Performance,
    severity: Severity::Info,
    class: "performance",
    summary: "A query looks for rows by columns that no index begins with.",
    explanation: "PostgreSQL reads the table from end to end for each such query.",
    help: "Make an index that begins with one of the columns.",
    bad: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT id FROM acme_plugin_a WHERE name = $1', [input.name]);\n  }\n}\n",
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
    let schema = Schema::of(plugin.files);
    for (source, usage, statement) in statements(plugin) {
        let Some(reading) = read(&statement) else { continue };
        let (Some((_, select)), 1) = (select(&statement), reading.tables.len()) else {
            continue;
        };
        let Some(condition) = &select.selection else { continue };
        let Some(name) = reading.tables.values().next() else { continue };
        let Some(table) = schema.tables.get(name).filter(|t| t.made_in.is_some()) else {
            continue;
        };
        let columns = equal_columns(condition);
        if !columns.is_empty() && !columns.iter().any(|c| table.indexed.contains(c)) {
            let message = format!("No index of `{name}` begins with `{}`", columns.join("`, `"));
            findings.code(source, usage.place, message);
        }
    }
}

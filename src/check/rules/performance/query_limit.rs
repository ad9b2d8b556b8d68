//! Queries that read everything.

use crate::check::flow::HOLE;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::schema::{parse, select};
use crate::model::Severity;
use crate::model::finding::Category;
use sqlparser::ast::{Expr, SelectItem};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "query-without-limit",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A query has neither a condition nor a limit.",
    explanation: "It reads the whole table, which grows with the shop, and the answer with it.",
    help: "Add `WHERE` or `LIMIT`, and read the rest page by page.",
    bad: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT id, name FROM acme_plugin_a');\n  }\n}\n",
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
            "export default class Plugin {\n  async track(input, ctx) {\n    return await ctx.db.query('SELECT id, name FROM acme_plugin_a ORDER BY id LIMIT 100');\n  }\n}\n",
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
        if source.is_test || usage.text.contains(HOLE) {
            continue;
        }
        for statement in parse(&usage.text).unwrap_or_default() {
            let Some((query, select)) = select(&statement) else { continue };
            let counts = select.projection.iter().all(|item| match item {
                SelectItem::UnnamedExpr(e) | SelectItem::ExprWithAlias { expr: e, .. } => {
                    !matches!(e, Expr::Identifier(_) | Expr::CompoundIdentifier(_))
                }
                _ => false,
            });
            // What a statement before it gives is small already.
            if query.with.is_none()
                && select.selection.is_none()
                && query.limit_clause.is_none()
                && query.fetch.is_none()
                && !select.from.is_empty()
                && !counts
            {
                findings.code(source, usage.place, "This reads the whole table");
            }
        }
    }
}

//! Queries that read everything.

use crate::check::flow::HOLE;
use crate::check::ir::{
    Expr as Node, ExprKind, PatternKind, Place, Stmt, StmtKind, Visitor, visit_module,
};
use crate::check::plugin::{Findings, Plugin, Source};
use crate::check::rule::{Check, Rule};
use crate::check::rules::tables::statements;
use crate::check::schema::select;
use crate::model::Severity;
use crate::model::finding::{Category, Fix};
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
    for (source, usage, statement) in statements(plugin) {
        if usage.text.contains(HOLE) {
            continue;
        }
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
            let finding = findings.code(source, usage.place, "This reads the whole table");
            if let Some(finding) = finding {
                finding.fix = first_row(source, usage.place);
            }
        }
    }
}

/// Where only the first row is taken, one row is enough.
fn first_row(source: &Source, query: Place) -> Option<Fix> {
    struct Texts(Place, Option<Place>);
    impl Visitor for Texts {
        fn statement(&mut self, stmt: &Stmt) {
            if let StmtKind::Declare(pattern, Some(value)) = &stmt.kind
                && let PatternKind::Array(parts, None) = &pattern.kind
                && let [Some(_)] = parts.as_slice()
                && let ExprKind::Await(awaited) = &value.kind
                && awaited.place == self.0
                && let ExprKind::Call(call) = &awaited.kind
                && let ExprKind::Member(object, name) = &call.callee.kind
                && &**name == "query"
                && matches!(&object.kind, ExprKind::Member(_, db) if &**db == "db")
                && let Some(Node { kind: ExprKind::Text(_), place }) = call.args.first()
            {
                self.1 = Some(*place);
            }
        }
    }
    let mut texts = Texts(query, None);
    visit_module(source.module.as_ref()?, &mut texts);
    let place = texts.1?;
    let text = source.slice(place);
    let inner = text.get(1..text.len().checked_sub(1)?)?;
    // A comment or a semicolon at the end would take the limit with it.
    if inner.contains([';', '\\']) || inner.contains("--") || inner.trim_end() != inner {
        return None;
    }
    let end = Place { start: place.end - 1, end: place.end - 1 };
    source.fix("read one row: the others are dropped", &[(end, " LIMIT 1")])
}

//! Queries that read everything.

use crate::check::flow::HOLE;
use crate::check::ir::{
    Expr as Node, ExprKind, PatternKind, Place, Stmt, StmtKind, Visitor, visit_module,
};
use crate::check::plugin::{Findings, Plugin, Source};
use crate::check::rule::{Check, Rule};
use crate::check::rules::builder;
use crate::check::rules::tables::statements;
use crate::check::schema::{Schema, equal_columns, read, select};
use crate::model::Severity;
use crate::model::finding::{Category, Fix};
use sqlparser::ast::{Expr, GroupByExpr, SelectItem};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "query-without-limit",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A query has neither a condition nor a limit, or a public route lists rows without one.",
    explanation: "It reads the whole table, which grows with the shop, and the answer with it. In the handler file of a route that needs no login, a condition is not enough, unless it leaves one row.",
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
    open_routes(plugin, findings);
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

/// Lists that anybody can ask for, without an end.
fn open_routes(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let open: Vec<&str> = manifest
        .routes
        .iter()
        .filter(|r| !r.requires_auth && r.method == "GET")
        .map(|r| r.handler.as_str())
        .collect();
    let schema = Schema::of(plugin.files);
    const MESSAGE: &str = "Anybody can ask for a list without an end";
    for (source, usage, statement) in statements(plugin) {
        if !open.contains(&source.path.as_str()) {
            continue;
        }
        let Some((query, select)) = select(&statement) else { continue };
        let Some(condition) = &select.selection else { continue };
        let lists = select.projection.iter().any(|item| {
            matches!(
                item,
                SelectItem::Wildcard(_)
                    | SelectItem::QualifiedWildcard(..)
                    | SelectItem::UnnamedExpr(Expr::Identifier(_) | Expr::CompoundIdentifier(_))
            )
        });
        let is_grouped =
            !matches!(&select.group_by, GroupByExpr::Expressions(list, _) if list.is_empty());
        let equal = equal_columns(condition);
        let is_one = equal.iter().any(|c| c == "id" || c == "slug")
            || read(&statement).is_some_and(|r| {
                r.tables.values().filter_map(|t| schema.tables.get(t)).any(|t| {
                    t.uniques.iter().any(|u| u.iter().all(|column| equal.contains(column)))
                })
            });
        if lists && !is_grouped && !is_one && query.limit_clause.is_none() && query.fetch.is_none()
        {
            findings.code(source, usage.place, MESSAGE);
        }
    }
    for source in plugin.sources.iter().filter(|s| open.contains(&s.path.as_str())) {
        let Some(module) = &source.module else { continue };
        builder::chains(module, |chain, links| {
            let has = |names: &[&str]| links.iter().any(|l| names.contains(&l.name));
            let is_count = links
                .iter()
                .any(|l| l.name == "select" && builder::option(l.args.get(1), "head").is_some());
            let equal: Vec<&str> = links
                .iter()
                .filter(|l| l.name == "eq")
                .filter_map(|l| builder::text(l.args.first()))
                .collect();
            let is_one = equal.iter().any(|c| matches!(*c, "id" | "slug"))
                || schema.tables.get(links[0].table).is_some_and(|t| {
                    t.uniques.iter().any(|u| u.iter().all(|c| equal.contains(&c.as_str())))
                });
            let ends = has(&["limit", "range", "single", "maybeSingle", "first"]);
            if has(&["select"])
                && !links.iter().any(builder::changes)
                && !ends
                && !is_count
                && !is_one
            {
                findings.code(source, chain.place, MESSAGE);
            }
        });
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

//! Queries in loops.

use std::collections::BTreeSet;

use crate::check::flow::last_word;
use crate::check::ir::{Expr, ExprKind, Function, Place, Stmt, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::check::rules::builder;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "query-in-loop",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A query is sent in each round of a loop.",
    explanation: "A list of a hundred rows then makes a hundred round trips while the shop waits. One statement with a list (`= ANY($1)`), or one that joins, does the same at once.",
    help: "Collect the values and send one query with all of them.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    for (const id of input.ids) {\n      await ctx.db.query('SELECT name FROM acme_rows WHERE id = $1', [id]);\n    }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query('SELECT name FROM acme_rows WHERE id = ANY($1)', [input.ids]);\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    let Some(module) = &source.module else { return };
    let mut queries =
        Queries { source, loops: vec![0], rounds: BTreeSet::new(), found: Vec::new() };
    visit_module(module, &mut queries);
    for place in queries.found {
        findings.code(source, place, "This query is sent in each round of the loop");
    }
}

/// Queries that are awaited inside loops; a function inside a loop begins anew.
struct Queries<'s> {
    source: &'s Source,
    loops: Vec<u32>,
    rounds: BTreeSet<u32>,
    found: Vec<Place>,
}

impl Visitor for Queries<'_> {
    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Call(call) = &expr.kind
            && let ExprKind::Member(_, name) = &call.callee.kind
            && matches!(&**name, "map" | "forEach" | "flatMap" | "reduce")
            && let Some(Expr { kind: ExprKind::Function(f), .. }) = call.args.first()
        {
            self.rounds.insert(f.index);
        }
        if let ExprKind::Await(inner) = &expr.kind
            && self.loops.last().is_some_and(|depth| *depth > 0)
            && let ExprKind::Call(call) = &inner.kind
            && let ExprKind::Member(object, name) = &call.callee.kind
            && (matches!(&**name, "query" | "execute")
                && ["db", "sequelize", "pool"]
                    .contains(&last_word(self.source.slice(object.place)))
                || builder::table(inner).is_some())
        {
            self.found.push(expr.place);
        }
    }
    fn enter_function(&mut self, f: &Function) {
        // A callback of a list runs for each of its members.
        self.loops.push(u32::from(self.rounds.contains(&f.index)));
    }
    fn leave_function(&mut self, _: &Function) {
        self.loops.pop();
    }
    fn enter_loop(&mut self, _: &Stmt) {
        if let Some(depth) = self.loops.last_mut() {
            *depth += 1;
        }
    }
    fn leave_loop(&mut self, _: &Stmt) {
        if let Some(depth) = self.loops.last_mut() {
            *depth -= 1;
        }
    }
}

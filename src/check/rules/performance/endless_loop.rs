//! Loops without an end.

use crate::check::ir::{Expr, ExprKind, Place, Stmt, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "endless-loop",
    category: Category::Performance,
    severity: Severity::Error,
    class: "performance",
    summary: "A loop has no condition and nothing in it leaves it.",
    explanation: "The sandbox ends the call at its time limit; until then the plugin uses a whole processor.",
    help: "Give the loop a condition, or leave it with `break` or `return`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let n = 0;\n    while (true) {\n      n += 1;\n    }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let n = 0;\n    while (true) {\n      n += 1;\n      if (n > 10) break;\n    }\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    struct Loops(Vec<Place>);
    impl Visitor for Loops {
        fn statement(&mut self, stmt: &Stmt) {
            let StmtKind::Loop { test, body, .. } = &stmt.kind else { return };
            let is_open = match test {
                None => true,
                Some(Expr { kind: ExprKind::Bool(b), .. }) => *b,
                Some(Expr { kind: ExprKind::Number(n), .. }) => *n != 0.0,
                Some(_) => false,
            };
            if is_open && !leaves(body, true) {
                self.0.push(stmt.place);
            }
        }
    }
    let Some(module) = &source.module else { return };
    let mut loops = Loops(Vec::new());
    visit_module(module, &mut loops);
    for place in loops.0 {
        let line_end = source.text[place.start as usize..]
            .find('\n')
            .map_or(place.end, |i| place.start + i as u32);
        let head = Place { start: place.start, end: line_end.min(place.end) };
        findings.code(source, head, "Nothing leaves this loop");
    }
}

/// Whether a statement can leave the loop it is in. `own`: a plain `break` belongs to that loop.
fn leaves(stmt: &Stmt, own: bool) -> bool {
    let any = |list: &[Stmt], own: bool| list.iter().any(|s| leaves(s, own));
    match &stmt.kind {
        StmtKind::Return(_) | StmtKind::Throw(_) => true,
        StmtKind::Break(label) => own || label.is_some(),
        StmtKind::Continue(label) => label.is_some(),
        StmtKind::If(_, then, other) => {
            leaves(then, own) || other.as_ref().is_some_and(|s| leaves(s, own))
        }
        StmtKind::Loop { body, .. } | StmtKind::ForEach { body, .. } => leaves(body, false),
        StmtKind::Try { block, handler, finalizer } => {
            any(block, own)
                || handler.as_ref().is_some_and(|(_, b)| any(b, own))
                || finalizer.as_ref().is_some_and(|b| any(b, own))
        }
        StmtKind::Switch(_, cases) => cases.iter().any(|(_, body)| any(body, false)),
        StmtKind::Block(body) => any(body, own),
        StmtKind::Labeled(_, body) => leaves(body, own),
        // A generator and an exit of the process leave it in their own way.
        StmtKind::Expr(expr) => waits(expr),
        StmtKind::Declare(_, Some(expr)) => waits(expr),
        _ => false,
    }
}

/// A `yield` or `await` gives way; a call of `exit` ends everything.
fn waits(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Yield(_) | ExprKind::Await(_) => true,
        ExprKind::Assign(_, _, value) => waits(value),
        ExprKind::Call(call) => {
            matches!(&call.callee.kind, ExprKind::Member(_, n) if &**n == "exit")
        }
        _ => false,
    }
}

//! Timers that nobody stops.

use crate::check::ir::{ExprKind, Place, Stmt, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "interval-never-cleared",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "`setInterval` is called and what it returns is dropped.",
    explanation: "The timer then runs for as long as the instance lives, holds what it uses, and is started once more by each call.",
    help: "Keep the handle and call `clearInterval`, or use a cron job of the manifest.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    setInterval(() => ctx.log.info('alive'), 1000);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const timer = setInterval(() => ctx.log.info('alive'), 1000);\n    clearInterval(timer);\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    struct Lost(Vec<Place>);
    impl Visitor for Lost {
        fn statement(&mut self, stmt: &Stmt) {
            if let StmtKind::Expr(expr) = &stmt.kind
                && let ExprKind::Call(call) = &expr.kind
                && matches!(&call.callee.kind, ExprKind::Global(name) if &**name == "setInterval")
            {
                self.0.push(call.callee.place);
            }
        }
    }
    let Some(module) = &source.module else { return };
    let mut lost = Lost(Vec::new());
    visit_module(module, &mut lost);
    for place in lost.0 {
        findings.code(source, place, "Nobody can stop this timer");
    }
}

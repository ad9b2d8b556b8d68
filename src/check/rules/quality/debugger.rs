//! Left-over debugger statements.

use crate::check::ir::{Place, Stmt, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "debugger-statement",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A `debugger` statement is left in the code.",
    explanation: "It does nothing in a shop and stops the browser of everyone who has its tools open.",
    help: "Remove it.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    debugger;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input;\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    struct Found(Vec<Place>);
    impl Visitor for Found {
        fn statement(&mut self, stmt: &Stmt) {
            if matches!(stmt.kind, StmtKind::Debugger) {
                self.0.push(stmt.place);
            }
        }
    }
    let Some(module) = &source.module else { return };
    let mut found = Found(Vec::new());
    visit_module(module, &mut found);
    for place in found.0 {
        findings.code(source, place, "This stops a browser that has its tools open");
    }
}

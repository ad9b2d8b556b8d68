//! Constants that are written.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "const-assign",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A constant is assigned a second time.",
    explanation: "It throws a `TypeError` when it runs.",
    help: "Declare it with `let`, or write to another variable.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const total = input.total;\n    total = 0;\n    return total;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let total = input.total;\n    total = 0;\n    return total;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    if !matches!(node.kind(), AstKind::Program(_)) {
        return;
    }
    let scoping = cx.scoping();
    for symbol in scoping.symbol_ids().filter(|s| scoping.symbol_flags(*s).is_const_variable()) {
        for reference in cx.symbol_references(symbol).filter(|r| r.is_write()) {
            let name = scoping.symbol_name(symbol);
            notes.add(cx.reference_span(reference), format!("`{name}` is a constant"));
        }
    }
}

//! Generators that give nothing.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{head, own};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "generator-without-yield",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A generator has no `yield`.",
    explanation: "It gives nothing to whoever walks it; most often the `*` is a slip.",
    help: "Remove the `*`, or yield a value.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    function* rows() { return input; }\n    return rows();\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    function* rows() { yield input; }\n    return rows();\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::Function(f) = node.kind() else { return };
    let Some(body) = f.body.as_ref().filter(|b| f.generator && !b.statements.is_empty()) else {
        return;
    };
    if !own(&body.statements).yields {
        notes.add(head(cx, f.span), "The generator never yields");
    }
}

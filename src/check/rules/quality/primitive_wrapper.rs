//! Objects around plain values.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "primitive-wrapper",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "`new String`, `new Number` or `new Boolean` makes an object.",
    explanation: "Objects are always true and never equal: `new Boolean(false)` counts as true.",
    help: "Leave out `new`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return new Boolean(input.paid);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return Boolean(input.paid);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::NewExpression(new) = node.kind() else { return };
    if ["String", "Number", "Boolean"].iter().any(|n| new.callee.is_specific_id(n)) {
        notes.add(new.span, "This makes an object, not a plain value");
    }
}

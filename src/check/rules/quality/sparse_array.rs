//! Lists with holes.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "sparse-array",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A list has two commas in a row.",
    explanation: "The place between them is a hole that some methods skip and others do not.",
    help: "Remove the comma, or write `undefined`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return [input.a,, input.b];\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return [input.a, input.b];\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::ArrayExpression(array) = node.kind() else { return };
    if array.elements.iter().any(|e| e.is_elision()) {
        notes.add(array.span, "The list has a hole");
    }
}

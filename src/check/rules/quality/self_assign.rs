//! Variables that are assigned to themselves.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;
use oxc::syntax::operator::AssignmentOperator;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{is_name, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "self-assign",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A variable or property is assigned to itself.",
    explanation: "It changes nothing, so one of the two sides is a slip of the pen.",
    help: "Write the side that was meant.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let total = input.total;\n    total = total;\n    return total;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let total = input.total;\n    total = total + 1;\n    return total;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::AssignmentExpression(assign) = node.kind() else { return };
    let is_same = assign.operator == AssignmentOperator::Assign
        && is_name(&assign.right)
        && words(cx, assign.left.span()) == words(cx, assign.right.span());
    if is_same {
        notes.add(assign.span, "Both sides are the same");
    }
}

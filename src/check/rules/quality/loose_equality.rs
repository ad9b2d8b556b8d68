//! Comparisons that convert.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::syntax::operator::{BinaryOperator, UnaryOperator};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "loose-equality",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "`==` compares values of different types.",
    explanation: "`0 == \"\"` and `\"1\" == 1` are true: an empty quantity equals zero, a missing amount may pass.",
    help: "Use `===`; `== null` is fine, it means null or undefined.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.total == input.paid;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.total === input.paid;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::BinaryExpression(binary) = node.kind() else { return };
    if !matches!(binary.operator, BinaryOperator::Equality | BinaryOperator::Inequality) {
        return;
    }
    let is_fine = |e: &Expression<'_>| {
        e.is_null_or_undefined()
            || matches!(e, Expression::UnaryExpression(u) if u.operator == UnaryOperator::Typeof)
    };
    if !is_fine(&binary.left) && !is_fine(&binary.right) {
        notes.add(binary.span, "This converts before it compares");
    }
}

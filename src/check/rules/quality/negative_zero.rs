//! Comparisons with -0.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::syntax::operator::UnaryOperator;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "compare-negative-zero",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A value is compared with `-0`.",
    explanation: "`===` does not tell `0` from `-0`.",
    help: "Compare with `0`, or use `Object.is(x, -0)`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.change === -0) return 0;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.change === 0) return 0;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::BinaryExpression(binary) = node.kind() else { return };
    let is_zero = |e: &Expression<'_>| {
        matches!(e, Expression::UnaryExpression(u)
        if u.operator == UnaryOperator::UnaryNegation && u.argument.is_number_0())
    };
    if (binary.operator.is_equality() || binary.operator.is_compare())
        && (is_zero(&binary.left) || is_zero(&binary.right))
    {
        notes.add(binary.span, "`0` and `-0` compare the same");
    }
}

//! Negations of the wrong side.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::syntax::operator::{BinaryOperator, UnaryOperator};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unsafe-negation",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "`!a in b` or `!a instanceof B` negates only the left side.",
    explanation: "`!` binds closer: the test asks whether `true` or `false` is in b.",
    help: "Write `!(a in b)`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (!'id' in input) return null;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (!('id' in input)) return null;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::BinaryExpression(binary) = node.kind() else { return };
    let is_membership = matches!(binary.operator, BinaryOperator::In | BinaryOperator::Instanceof);
    if is_membership
        && matches!(&binary.left, Expression::UnaryExpression(u) if u.operator == UnaryOperator::LogicalNot)
    {
        notes.add(binary.span, "`!` negates the left side alone");
    }
}

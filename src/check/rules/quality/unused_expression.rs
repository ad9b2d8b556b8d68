//! Statements that do nothing.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::syntax::operator::BinaryOperator;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unused-expression",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A statement computes a value and drops it.",
    explanation: "`total == 5;` changes nothing; most often `=` or a call was meant.",
    help: "Use the value, or remove the statement.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let total = 0;\n    total == input.total;\n    return total;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let total = 0;\n    total = input.total;\n    return total;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::ExpressionStatement(statement) = node.kind() else { return };
    let is_idle = match &statement.expression {
        Expression::BinaryExpression(b) => !matches!(b.operator, BinaryOperator::In),
        Expression::Identifier(_)
        | Expression::NumericLiteral(_)
        | Expression::BooleanLiteral(_)
        | Expression::NullLiteral(_) => true,
        _ => false,
    };
    if is_idle {
        notes.add(statement.span, "This value is dropped");
    }
}

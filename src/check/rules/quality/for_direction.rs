//! Loops that count away from their end.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::syntax::operator::{BinaryOperator, UpdateOperator};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "loop-wrong-way",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A loop counts away from the value that ends it.",
    explanation: "It runs until the number overflows, or not at all.",
    help: "Count the other way.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let n = 0;\n    for (let i = 0; i < 10; i--) n += i;\n    return n;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let n = 0;\n    for (let i = 0; i < 10; i++) n += i;\n    return n;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::ForStatement(f) = node.kind() else { return };
    let (Some(Expression::BinaryExpression(test)), Some(Expression::UpdateExpression(update))) =
        (&f.test, &f.update)
    else {
        return;
    };
    let Expression::Identifier(counter) = &test.left else { return };
    let is_counter = update.argument.get_identifier_name() == Some(counter.name.as_str());
    let wrong = match test.operator {
        BinaryOperator::LessThan | BinaryOperator::LessEqualThan => UpdateOperator::Decrement,
        BinaryOperator::GreaterThan | BinaryOperator::GreaterEqualThan => UpdateOperator::Increment,
        _ => return,
    };
    if is_counter && update.operator == wrong {
        notes.add(update.span, "This counts away from the end");
    }
}

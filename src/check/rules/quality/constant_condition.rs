//! Conditions that are always the same.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "constant-condition",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A condition is a constant.",
    explanation: "One of the branches never runs: a test that was left over from trying something out.",
    help: "Write the condition that was meant, or remove the branch.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (true) return input;\n    return null;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.ready) return input;\n    return null;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let test = match node.kind() {
        AstKind::IfStatement(s) => &s.test,
        AstKind::ConditionalExpression(c) => &c.test,
        _ => return,
    };
    let test = test.without_parentheses();
    let is_made = matches!(
        test,
        Expression::ObjectExpression(_)
            | Expression::ArrayExpression(_)
            | Expression::ArrowFunctionExpression(_)
            | Expression::FunctionExpression(_)
    );
    if test.is_literal() || is_made {
        notes.add(test.span(), "This is always the same");
    }
}

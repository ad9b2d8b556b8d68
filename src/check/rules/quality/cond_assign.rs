//! Assignments where a comparison was meant.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "assignment-in-condition",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A condition is an assignment.",
    explanation: "`=` was most likely meant to be `===`: the variable is overwritten and the test is about the new value.",
    help: "Write `===`, or put the assignment in parentheses of its own.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.status = 'paid') return true;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.status === 'paid') return true;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let test = match node.kind() {
        AstKind::IfStatement(s) => &s.test,
        AstKind::WhileStatement(s) => &s.test,
        AstKind::DoWhileStatement(s) => &s.test,
        AstKind::ConditionalExpression(c) => &c.test,
        _ => return,
    };
    if let Expression::AssignmentExpression(assign) = test {
        notes.add(assign.span, "This assigns, it does not compare");
    }
}

//! Loops that run once.

use oxc::ast::AstKind;
use oxc::ast::ast::Statement;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{head, own};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "loop-runs-once",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "Every round of a loop leaves it.",
    explanation: "Only the first element is ever looked at.",
    help: "Make the way out conditional, or take the first element without a loop.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    for (const item of input.items) {\n      return item.id;\n    }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    for (const item of input.items) {\n      if (item.paid) return item.id;\n    }\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let body = match node.kind() {
        AstKind::ForStatement(s) if s.update.is_some() => &s.body,
        AstKind::ForOfStatement(s) => &s.body,
        AstKind::WhileStatement(s) => &s.body,
        _ => return,
    };
    let Statement::BlockStatement(block) = body else { return };
    let leaves = block.body.last().is_some_and(|s| {
        matches!(
            s,
            Statement::ReturnStatement(_)
                | Statement::BreakStatement(_)
                | Statement::ThrowStatement(_)
        )
    });
    if leaves && !own(&block.body).continues {
        notes.add(head(cx, node.kind().span()), "The loop never runs a second time");
    }
}

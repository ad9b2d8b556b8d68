//! Conditions that were asked before.

use oxc::ast::AstKind;
use oxc::ast::ast::Statement;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "duplicate-else-if",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "An `else if` asks what an `if` before it has asked already.",
    explanation: "Its branch never runs: the one before took every such value. Most often a copy whose condition was not changed.",
    help: "Ask for what was meant, or remove the branch.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.state === 'paid') return 1;\n    else if (input.state === 'open') return 2;\n    else if (input.state === 'paid') return 3;\n    return 0;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.state === 'paid') return 1;\n    else if (input.state === 'open') return 2;\n    else if (input.state === 'refunded') return 3;\n    return 0;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::IfStatement(first) = node.kind() else { return };
    // Chains are walked from their own `if` on.
    let is_chained = matches!(cx.nodes().parent_kind(node.id()), AstKind::IfStatement(outer)
        if outer.alternate.as_ref().is_some_and(|other| other.span() == first.span));
    if is_chained {
        return;
    }
    let mut asked = vec![words(cx, first.test.span())];
    let mut next = &first.alternate;
    while let Some(Statement::IfStatement(other)) = next {
        let text = words(cx, other.test.span());
        // A call may answer differently the second time.
        if asked.contains(&text) && !text.contains('(') && !text.contains("++") {
            notes.add(other.test.span(), "This was asked before, so the branch never runs");
        }
        asked.push(text);
        next = &other.alternate;
    }
}

//! Requests in loops.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{own, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "request-in-loop",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A request is awaited in each round of a loop.",
    explanation: "A list of fifty takes fifty times as long as one, and the call ends at its time limit.",
    help: "Ask for all of them at once, or run a few at a time with `Promise.all`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    for (const id of input.ids) {\n      await ctx.fetch(`https://api.example.com/items/${encodeURIComponent(id)}`);\n    }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.fetch('https://api.example.com/items', { method: 'POST', body: JSON.stringify(input.ids) });\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::AwaitExpression(awaited) = node.kind() else { return };
    let Expression::CallExpression(call) = &awaited.argument else { return };
    if !matches!(
        words(cx, call.callee.span()),
        "fetch" | "ctx.fetch" | "this.ctx.fetch" | "axios.get" | "axios.post"
    ) {
        return;
    }
    for around in cx.nodes().ancestors(node.id()) {
        match around.kind() {
            AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) => return,
            // Rounds that may end early ask again: pages, retries.
            AstKind::ForOfStatement(s) if !own(std::slice::from_ref(&s.body)).returns_value => {
                notes.add(awaited.span, "This request is sent in each round of the loop");
                return;
            }
            AstKind::ForStatement(_)
            | AstKind::WhileStatement(_)
            | AstKind::DoWhileStatement(_) => return,
            _ => {}
        }
    }
}

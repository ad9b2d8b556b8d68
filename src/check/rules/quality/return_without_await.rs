//! Errors that pass by their `catch`.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{is_in_async, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "return-without-await",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A promise is returned from a `try` without `await`.",
    explanation: "The `catch` below is left before the promise fails, so it never runs.",
    help: "Write `return await`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    try { return ctx.storage.get('a'); } catch (error) { return null; }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    try { return await ctx.storage.get('a'); } catch (error) { return null; }\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::ReturnStatement(statement) = node.kind() else { return };
    let Some(Expression::CallExpression(call)) = &statement.argument else { return };
    let callee = words(cx, call.callee.span());
    let is_host = ["ctx.db.", "ctx.storage.", "ctx.files.", "ctx.sequelize."]
        .iter()
        .any(|p| callee.starts_with(p))
        || matches!(callee, "ctx.fetch" | "fetch");
    if !is_host || !is_in_async(node, cx) {
        return;
    }
    for around in cx.nodes().ancestors(node.id()) {
        match around.kind() {
            AstKind::Function(_) | AstKind::ArrowFunctionExpression(_) => return,
            AstKind::TryStatement(t)
                if t.handler.is_some() && t.block.span.contains_inclusive(statement.span) =>
            {
                notes.add(statement.span, "The `catch` does not see this fail");
                return;
            }
            _ => {}
        }
    }
}

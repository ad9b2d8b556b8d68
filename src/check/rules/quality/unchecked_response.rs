//! Answers that are read whatever they are.

use oxc::ast::AstKind;
use oxc::ast::ast::{BindingPattern, Expression};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unchecked-response",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "The body of an answer is read, and whether the request worked is not looked at.",
    explanation: "`fetch` throws only when there is no answer. A provider's 402 or 500 has a body too: it is read as if the payment had worked, or `json()` fails with words about a `<`.",
    help: "Look at `ok` or `status` first, and throw with both.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const answer = await ctx.fetch('https://api.example.com/charges', { method: 'POST' });\n    const charge = await answer.json();\n    return charge.id;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const answer = await ctx.fetch('https://api.example.com/charges', { method: 'POST' });\n    if (!answer.ok) throw new Error(`the provider said ${answer.status}`);\n    const charge = await answer.json();\n    return charge.id;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::VariableDeclarator(declared) = node.kind() else { return };
    let BindingPattern::BindingIdentifier(name) = &declared.id else { return };
    let Some(Expression::AwaitExpression(awaited)) = &declared.init else { return };
    let Expression::CallExpression(call) = &awaited.argument else { return };
    if !matches!(words(cx, call.callee.span()), "fetch" | "ctx.fetch" | "this.ctx.fetch") {
        return;
    }
    let mut read = None;
    for reference in cx.symbol_references(name.symbol_id()) {
        let AstKind::StaticMemberExpression(member) = cx.nodes().parent_kind(reference.node_id())
        else {
            // It is handed on, and may be looked at elsewhere.
            return;
        };
        match member.property.name.as_str() {
            "json" | "text" | "arrayBuffer" | "blob" | "formData" => {
                read.get_or_insert(member.property.span);
            }
            "ok" | "status" => return,
            _ => {}
        }
    }
    if let Some(span) = read {
        notes.add(span, "Whether the request worked is not looked at");
    }
}

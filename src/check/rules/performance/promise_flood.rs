//! Requests without number.

use oxc::ast::AstKind;
use oxc::ast::ast::{Argument, Expression};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "promise-flood",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "One request or query for each element of a list is sent at the same moment.",
    explanation: "A list of a thousand opens a thousand connections: the limit of the plugin refuses most of them, or the other side does.",
    help: "Send one request with all of them, or a few at a time.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return Promise.all(input.ids.map((id) => ctx.fetch(`https://api.example.com/items/${encodeURIComponent(id)}`)));\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return Promise.all(input.ids.slice(0, 5).map((id) => ctx.fetch(`https://api.example.com/items/${encodeURIComponent(id)}`)));\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    if !call.callee.is_specific_member_access("Promise", "all")
        && !call.callee.is_specific_member_access("Promise", "allSettled")
    {
        return;
    }
    let Some(Argument::CallExpression(map)) = call.arguments.first() else { return };
    let Expression::StaticMemberExpression(member) = &map.callee else { return };
    let list = words(cx, member.object.span());
    let body = map.arguments.first().map(|a| words(cx, a.span())).unwrap_or_default();
    let sends = ["fetch(", "ctx.db.query(", "axios."].iter().any(|c| body.contains(c));
    let is_bounded = list.contains(".slice(")
        || list.starts_with('[')
        || list.contains("chunk")
        || list.contains("batch");
    let is_constant = list.bytes().all(|b| b.is_ascii_uppercase() || b == b'_');
    if member.property.name == "map" && sends && !is_bounded && !is_constant {
        notes.add(call.span, "All of these are sent at the same moment");
    }
}

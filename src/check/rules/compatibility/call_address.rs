//! Calls of the own routes that do not arrive.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "plugin-address",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A part calls the plugin's own route by an address that the shop does not have, or without the store.",
    explanation: "Routes are at `/api/plugins/<slug>/exec/<path>`, and every call needs the header `x-store-id`; without one of them the answer is an error.",
    help: "Call `/api/plugins/<slug>/exec/…` with the header `x-store-id`.",
    bad: &[(
        "widgets/box.js",
        "export async function load() {\n  return fetch('/api/plugins/acme-plugin/status');\n}\n",
    )],
    good: &[(
        "widgets/box.js",
        "export async function load(id) {\n  return fetch('/api/plugins/acme-plugin/exec/status', { headers: { 'x-store-id': id } });\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    if !call.callee.is_specific_id("fetch") {
        return;
    }
    let Some(first) = call.arguments.first() else { return };
    let address = words(cx, first.span());
    let Some(at) = address.find("/api/plugins/") else { return };
    let rest = &address[at + "/api/plugins/".len()..];
    if rest.starts_with("registry") || rest.starts_with("import") {
        return;
    }
    if !rest.contains("/exec/") {
        notes.add(first.span(), "Routes of a plugin are below `/exec/`");
    } else if !words(cx, call.span).to_lowercase().contains("x-store-id") {
        notes.add(call.span, "The header `x-store-id` is missing");
    }
}

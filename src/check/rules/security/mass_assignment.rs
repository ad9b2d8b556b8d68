//! Requests that become rows.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "mass-assignment",
    category: Category::Security,
    severity: Severity::Warning,
    class: "mass-assignment",
    summary: "The whole body of a request is stored as a row.",
    explanation: "Whoever sends it sets columns that no form shows: the role, the price, the owner.",
    help: "Take the fields that are meant, one by one.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    async function save(req, res) {\n      await ctx.supabase.from('acme_plugin_a').insert(req.body);\n      res.json({});\n    }\n    return save;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    async function save(req, res) {\n      await ctx.supabase.from('acme_plugin_a').insert({ name: req.body.name });\n      res.json({});\n    }\n    return save;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    let method = callee.rsplit('.').next().unwrap_or_default();
    let stores = matches!(
        method,
        "insert" | "update" | "upsert" | "create" | "bulkCreate" | "findByIdAndUpdate"
    ) && callee.contains('.');
    if !stores {
        return;
    }
    for argument in &call.arguments {
        let text = words(cx, argument.span());
        if matches!(text, "req.body" | "{ ...req.body }" | "request.body" | "ctx.request.body") {
            notes.add(argument.span(), "Every field of the request becomes a column");
        }
    }
}

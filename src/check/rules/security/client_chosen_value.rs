//! Prices and states that a client chooses.

use oxc::ast::AstKind;
use oxc::ast::ast::Argument;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{folded, mentions, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "client-chosen-value",
    category: Category::Security,
    severity: Severity::Warning,
    class: "client-chosen-value",
    summary: "A price, state, role or owner comes from the request and is stored as it is.",
    explanation: "Whoever sends the request pays what they like, approves their own review, or writes in the name of another customer.",
    help: "Compute the value on the server, or read it from the order.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    async function save(req, res) {\n      await ctx.db.query('INSERT INTO acme_plugin_a (price) VALUES ($1)', [req.body.price]);\n      res.json({});\n    }\n    return save;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    async function save(req, res) {\n      await ctx.db.query('INSERT INTO acme_plugin_a (text) VALUES ($1)', [req.body.text]);\n      res.json({});\n    }\n    return save;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    let stores = callee.ends_with("db.query")
        || callee.ends_with("sequelize.query")
        || [".insert", ".update", ".upsert", "storage.set"].iter().any(|m| callee.ends_with(m));
    if !stores || !is_change(cx, &call.arguments, callee) {
        return;
    }
    for mention in mentions(&call.arguments, cx) {
        let is_request = matches!(
            mention.owner.as_str(),
            "req.body" | "req.query" | "req.params" | "request.body"
        );
        let is_trusted = matches!(
            folded(&mention.name).as_str(),
            "price"
                | "amount"
                | "total"
                | "subtotal"
                | "discount"
                | "status"
                | "role"
                | "isadmin"
                | "verified"
                | "isverified"
                | "approved"
                | "isapproved"
                | "paid"
                | "balance"
                | "points"
                | "credit"
                | "customerid"
                | "userid"
                | "verifiedpurchase"
        );
        if is_request && is_trusted {
            let message = format!("Whoever sends the request chooses `{}`", mention.name);
            notes.add(mention.span, message);
            return;
        }
    }
}

/// Statements that only look change nothing.
fn is_change(cx: &Semantic<'_>, arguments: &[Argument<'_>], callee: &str) -> bool {
    if !callee.ends_with(".query") {
        return true;
    }
    let sql = arguments.first().map(|a| words(cx, a.span())).unwrap_or_default();
    let head = sql.trim_start_matches(['`', '"', '\'', ' ', '\n']).to_ascii_uppercase();
    head.starts_with("INSERT") || head.starts_with("UPDATE")
}

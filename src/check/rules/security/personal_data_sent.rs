//! Personal data to an address from the settings.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{mentions, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "personal-data-sent",
    category: Category::Security,
    severity: Severity::Warning,
    class: "personal-data",
    summary: "Personal data is sent to an address that the settings choose.",
    explanation: "Nobody who installs the plugin can see where the data of their customers goes: the manifest names no such host.",
    help: "Send it to a host that the manifest declares.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.fetch(ctx.config.webhookUrl, { method: 'POST', body: JSON.stringify({ email: input.customer.email }) });\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.fetch('https://api.example.com/contacts', { method: 'POST', body: JSON.stringify({ email: input.customer.email }) });\n  }\n}\n",
    )],
    check: Check::Node(look),
};

const PERSONAL: &[&str] = &[
    "email",
    "phone",
    "birth",
    "first_name",
    "firstname",
    "last_name",
    "lastname",
    "address",
    "full_name",
    "fullname",
];

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    if !matches!(callee, "fetch" | "ctx.fetch") {
        return;
    }
    let (Some(address), Some(options)) = (call.arguments.first(), call.arguments.get(1)) else {
        return;
    };
    let Some(address) = address.as_expression() else { return };
    // What is sent may have been put together before.
    let mut sent = words(cx, options.span()).to_lowercase();
    for mention in mentions(&call.arguments, cx).iter().filter(|m| m.owner.is_empty()) {
        sent.push_str(&declared(cx, &mention.name).to_lowercase());
    }
    if is_chosen(cx, address, 3) && PERSONAL.iter().any(|w| sent.contains(w)) {
        notes.add(call.span, "The settings choose where personal data goes");
    }
}

/// Whether the settings decide about an address.
fn is_chosen<'a>(cx: &Semantic<'a>, address: &Expression<'a>, depth: u32) -> bool {
    if depth == 0 {
        return false;
    }
    match address {
        Expression::TemplateLiteral(text) => {
            let first = text.quasis.first().map_or("", |q| q.value.raw.as_str());
            first.is_empty()
                && text.expressions.first().is_some_and(|e| is_chosen(cx, e, depth - 1))
        }
        Expression::BinaryExpression(sum) => is_chosen(cx, &sum.left, depth - 1),
        Expression::LogicalExpression(either) => is_chosen(cx, &either.left, depth - 1),
        Expression::ChainExpression(_)
        | Expression::StaticMemberExpression(_)
        | Expression::ComputedMemberExpression(_) => is_setting(words(cx, address.span())),
        Expression::Identifier(name) => {
            let init = declared(cx, name.name.as_str());
            let init = init.trim_start().trim_start_matches("await ");
            !init.starts_with(['\'', '"', '`', '/'])
                && is_setting(init.split(';').next().unwrap_or_default())
        }
        _ => false,
    }
}

/// Whether words name a value of the settings, or of what a shop stored for the plugin.
fn is_setting(words: &str) -> bool {
    let words: String = words.to_lowercase().chars().filter(|c| *c != '?').collect();
    ["config.", "settings.", "setting.", "data_value", "configuration."]
        .iter()
        .any(|w| words.contains(w))
}

/// What a name is declared as in the file, from behind its `=`.
fn declared<'a>(cx: &Semantic<'a>, name: &str) -> &'a str {
    let text = cx.source_text();
    for keyword in ["const", "let", "var"] {
        if let Some(at) = text.find(&format!("{keyword} {name} = ")) {
            let rest = &text[at..];
            let rest = rest.split_once("= ").map_or("", |(_, rest)| rest);
            let end = rest.find(";\n").unwrap_or(rest.len()).min(600);
            return &rest[..rest.floor_char_boundary(end)];
        }
    }
    ""
}

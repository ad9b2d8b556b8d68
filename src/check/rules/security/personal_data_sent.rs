//! Personal data to an address from the settings.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
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

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    if !matches!(callee, "fetch" | "ctx.fetch") {
        return;
    }
    let address = call.arguments.first().map(|a| words(cx, a.span())).unwrap_or_default();
    let options =
        call.arguments.get(1).map(|a| words(cx, a.span()).to_lowercase()).unwrap_or_default();
    let is_chosen = address.starts_with("ctx.config.") || address.starts_with("`${ctx.config.");
    let is_personal = ["email", "phone", "birth", "first_name", "firstname", "address"]
        .iter()
        .any(|w| options.contains(w));
    if is_chosen && is_personal {
        notes.add(call.span, "The settings choose where personal data goes");
    }
}

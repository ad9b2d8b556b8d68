//! Payments that may happen twice.

use oxc::ast::AstKind;
use oxc::ast::ast::Argument;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "missing-idempotency-key",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A request that moves money carries no idempotency key.",
    explanation: "When the answer is lost, the caller tries again, and the customer is charged or refunded twice. With a key of the order, providers carry the second request out only once.",
    help: "Send a header such as `Idempotency-Key` that is the same for each try of one order.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const answer = await ctx.fetch('https://api.example.com/v1/charges', { method: 'POST', body: JSON.stringify({ amount: input.cents }) });\n    if (!answer.ok) throw new Error(String(answer.status));\n    return answer.json();\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const answer = await ctx.fetch('https://api.example.com/v1/charges', { method: 'POST', headers: { 'Idempotency-Key': `order-${input.orderId}` }, body: JSON.stringify({ amount: input.cents }) });\n    if (!answer.ok) throw new Error(String(answer.status));\n    return answer.json();\n  }\n}\n",
    )],
    check: Check::Node(look),
};

/// Last parts of addresses that move money.
const MOVES: [&str; 8] = [
    "charges",
    "refunds",
    "payments",
    "payment_intents",
    "captures",
    "capture",
    "payouts",
    "transfers",
];

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    if !matches!(words(cx, call.callee.span()), "fetch" | "ctx.fetch" | "this.ctx.fetch") {
        return;
    }
    let [url, options] = call.arguments.as_slice() else { return };
    let Argument::ObjectExpression(options) = options else { return };
    let address = words(cx, url.span()).trim_matches(['\'', '"', '`']).to_lowercase();
    let moves = address.split('?').next().is_some_and(|path| {
        MOVES.iter().any(|name| path.strip_suffix(name).is_some_and(|rest| rest.ends_with('/')))
    });
    let text = words(cx, options.span);
    let is_post = ["'POST'", "\"POST\"", "`POST`"].iter().any(|method| text.contains(method));
    // The key may be put in elsewhere in the file.
    let has_key = || cx.source_text().to_lowercase().contains("idempoten");
    if moves && is_post && !has_key() {
        notes.add(call.callee.span(), "A second try of this moves the money again");
    }
}

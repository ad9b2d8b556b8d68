//! Card numbers that are kept.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{folded, mentions, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "card-data",
    category: Category::Security,
    severity: Severity::Error,
    class: "card-data",
    summary: "A card number or its security code is stored or logged.",
    explanation: "The rules of the card industry forbid to keep the security code at all, and a number only under conditions that no plugin meets. Hand the card to the payment provider and keep its token.",
    help: "Keep the token of the provider and the last four digits.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.storage.set('card', { number: input.cardNumber, code: input.cvv });\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.storage.set('card', { token: input.token });\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    let keeps = ["ctx.db.", "ctx.storage.", "ctx.log.", "ctx.files.", "console.", "logger."]
        .iter()
        .any(|p| callee.starts_with(p))
        || callee.ends_with(".insert")
        || callee.ends_with(".upsert");
    if !keeps {
        return;
    }
    for mention in mentions(&call.arguments, cx) {
        let is_card = matches!(
            folded(&mention.name).as_str(),
            "cvv"
                | "cvc"
                | "cvv2"
                | "cvc2"
                | "cardnumber"
                | "cardno"
                | "creditcard"
                | "creditcardnumber"
                | "securitycode"
                | "cardcvc"
                | "cardcvv"
                | "cardsecuritycode"
        );
        if is_card {
            notes.add(mention.span, format!("`{}` must not be kept", mention.name));
            return;
        }
    }
}

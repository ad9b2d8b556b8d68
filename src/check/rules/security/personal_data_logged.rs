//! Personal data in logs.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{folded, mentions, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "personal-data-logged",
    category: Category::Security,
    severity: Severity::Warning,
    class: "personal-data",
    summary: "A name, address, e-mail or birth date of a person is written into the log of the plugin.",
    explanation: "Logs outlive what a customer asks to be deleted, and more people read them than the data.",
    help: "Log the id of the customer or order.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    ctx.log.info(`mail to ${input.customer.email}`);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    ctx.log.info(`mail to customer ${input.customer.id}`);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    if !callee.starts_with("ctx.log.") && !callee.starts_with("console.") {
        return;
    }
    for mention in mentions(&call.arguments, cx) {
        let is_personal = matches!(
            folded(&mention.name).as_str(),
            "email"
                | "customeremail"
                | "phone"
                | "phonenumber"
                | "customerphone"
                | "dateofbirth"
                | "birthdate"
                | "birthday"
                | "iban"
                | "ssn"
                | "billingaddress"
                | "shippingaddress"
                | "streetaddress"
                | "ipaddress"
        ) && !mention.owner.is_empty();
        // Browsers and other programs log for whoever runs them.
        let text = cx.source_text();
        let is_server =
            ["ctx", "supabase", "sequelize", "(req, res"].iter().any(|w| text.contains(w));
        if is_personal && is_server {
            notes.add(mention.span, format!("`{}` is written into a log", mention.name));
            return;
        }
    }
}

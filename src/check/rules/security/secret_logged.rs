//! Secrets in logs.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{folded, mentions, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "secret-logged",
    category: Category::Security,
    severity: Severity::Warning,
    class: "secret-logged",
    summary: "A password, token or key is written into a log.",
    explanation: "Logs are kept, copied and read by many; whoever reads one can then act as the customer or the shop.",
    help: "Log what happened, not what it happened with.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    ctx.log.info('login', input.password);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    ctx.log.info('login', input.id);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    let is_log =
        ["ctx.log.", "console.", "logger.", "log.", "this.logger.", "this.log."].iter().any(|p| {
            callee.strip_prefix(p).is_some_and(|m| {
                matches!(m, "log" | "info" | "warn" | "error" | "debug" | "trace" | "fatal")
            })
        });
    if !is_log {
        return;
    }
    for mention in mentions(&call.arguments, cx) {
        let is_secret = matches!(
            folded(&mention.name).as_str(),
            "password"
                | "passwd"
                | "pwd"
                | "apikey"
                | "secretkey"
                | "privatekey"
                | "accesstoken"
                | "refreshtoken"
                | "authtoken"
                | "sessiontoken"
                | "clientsecret"
                | "authorization"
                | "resettoken"
                | "webhooksecret"
                | "jwttoken"
        ) || mention.owner == "ctx.secrets";
        if is_secret {
            notes.add(mention.span, format!("`{}` is written into a log", mention.name));
            return;
        }
    }
}

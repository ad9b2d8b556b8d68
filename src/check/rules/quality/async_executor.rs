//! Promises made by asynchronous functions.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::head;
use crate::check::syntax::{Notes, is_given_async};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "async-promise-executor",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "`new Promise` is given an asynchronous function.",
    explanation: "What it throws after its first `await` is lost: the promise stays open for ever and the call ends at its time limit.",
    help: "Use the asynchronous function itself instead of a promise around it.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return new Promise(async (resolve) => { resolve(await ctx.storage.get(\"a\")); });\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return new Promise((resolve) => { setTimeout(resolve, 10); });\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::NewExpression(new) = node.kind() else { return };
    if !new.callee.is_specific_id("Promise") {
        return;
    }
    let is_async = is_given_async(&new.arguments);
    if is_async {
        notes.add(head(cx, new.span), "What this function throws is lost");
    }
}

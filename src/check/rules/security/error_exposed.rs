//! Stack traces for everybody.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "error-exposed",
    category: Category::Security,
    severity: Severity::Warning,
    class: "error-exposed",
    summary: "An error's stack is sent to whoever made the request.",
    explanation: "It names files, libraries and versions: a map for an attacker.",
    help: "Log the error, and answer with a message of your own.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    function fail(req, res, error) {\n      res.json({ error: error.stack });\n    }\n    return fail;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    function fail(req, res, error) {\n      ctx.log.error(error.stack);\n      res.json({ error: 'failed' });\n    }\n    return fail;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    let answers = ["res.send", "res.json", "res.end", "res.write"].contains(&callee)
        || callee.starts_with("res.status(")
            && (callee.ends_with(").json") || callee.ends_with(").send"));
    if !answers {
        return;
    }
    for argument in &call.arguments {
        let text = words(cx, argument.span());
        let is_stack = ["err.stack", "error.stack", "e.stack"].iter().any(|s| text.contains(s));
        if is_stack {
            notes.add(argument.span(), "The stack of the error is sent");
        }
    }
}

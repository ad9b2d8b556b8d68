//! Copies by way of text.

use oxc::ast::AstKind;
use oxc::ast::ast::Argument;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "json-clone",
    category: Category::Performance,
    severity: Severity::Info,
    class: "performance",
    summary: "A value is copied by `JSON.parse(JSON.stringify(x))`.",
    explanation: "It writes and reads the whole value as text, and loses dates, maps and `undefined` on the way.",
    help: "Use `structuredClone`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return JSON.parse(JSON.stringify(input));\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return structuredClone(input);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    if !call.callee.is_specific_member_access("JSON", "parse") || call.arguments.len() != 1 {
        return;
    }
    if let Some(Argument::CallExpression(inner)) = call.arguments.first()
        && inner.callee.is_specific_member_access("JSON", "stringify")
        && inner.arguments.len() == 1
    {
        notes.add(call.span, "This copies by way of text");
    }
}

//! Loops that do not wait.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, is_given_async};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "async-for-each",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "`forEach` is given an asynchronous function.",
    explanation: "`forEach` waits for nothing: the code after it runs first, errors are lost, and all rounds run at once.",
    help: "Use `for (const x of list)` with `await`, or `Promise.all(list.map(…))`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    input.items.forEach(async (item) => { await ctx.storage.set(item.id, item); });\n    return { ok: true };\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    for (const item of input.items) await ctx.storage.set(item.id, item);\n    return { ok: true };\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let is_async = is_given_async(&call.arguments);
    if member.property.name == "forEach" && is_async {
        notes.add(member.property.span, "`forEach` does not wait for this function");
    }
}

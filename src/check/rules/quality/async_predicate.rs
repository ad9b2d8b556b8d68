//! Promises taken for an answer.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, is_given_async};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "async-predicate",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "`filter`, `some`, `every`, `find` or `sort` is given an `async` function.",
    explanation: "A promise is always true: everything is kept, the first is found, nothing is sorted. No error is thrown.",
    help: "Ask for all answers first with `Promise.all`, then choose by them.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.items.filter(async (item) => await ctx.storage.get(item.id));\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const known = await Promise.all(input.items.map((item) => ctx.storage.get(item.id)));\n    return input.items.filter((item, i) => known[i]);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let is_async = is_given_async(&call.arguments);
    let name = member.property.name.as_str();
    let asks = matches!(
        name,
        "filter" | "some" | "every" | "find" | "findIndex" | "findLast" | "findLastIndex" | "sort"
    );
    if is_async && asks {
        notes.add(member.property.span, format!("`{name}` takes the promise for an answer"));
    }
}

//! Rejections that nobody hears of.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::block_of;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "swallowed-rejection",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "A promise is given a `catch` that does nothing.",
    explanation: "What fails then fails in silence, and whoever looks for the reason finds nothing.",
    help: "Log the error, or say in a comment why it does not matter.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.storage.set('a', 1).catch(() => {});\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.storage.set('a', 1).catch((error) => ctx.log.warn(String(error)));\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    if member.property.name != "catch" || call.arguments.len() != 1 {
        return;
    }
    let is_empty = call.arguments.first().and_then(block_of).is_some_and(<[_]>::is_empty);
    if is_empty && !cx.has_comments_between(call.span) {
        notes.add(member.property.span, "An error here is lost");
    }
}

//! Catches that only throw again.

use oxc::ast::AstKind;
use oxc::ast::ast::Statement;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "useless-catch",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "A `catch` only throws what it caught.",
    explanation: "It does nothing, and hides that the errors are not dealt with here.",
    help: "Remove the `try`, or add what was missing: a log, a cause.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    try { return await ctx.storage.get(\"a\"); } catch (error) { throw error; }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    try { return await ctx.storage.get(\"a\"); } catch (error) { throw new Error(\"no a\", { cause: error }); }\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::TryStatement(t) = node.kind() else { return };
    let Some(handler) = t.handler.as_ref().filter(|_| t.finalizer.is_none()) else { return };
    let (Some(param), [Statement::ThrowStatement(throw)]) =
        (&handler.param, handler.body.body.as_slice())
    else {
        return;
    };
    if param
        .pattern
        .get_identifier_name()
        .is_some_and(|n| throw.argument.is_specific_id(n.as_str()))
    {
        notes.add(throw.span, "This only throws what was caught");
    }
}

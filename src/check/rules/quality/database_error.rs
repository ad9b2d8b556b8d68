//! Database errors that nobody looks at.

use oxc::ast::AstKind;
use oxc::ast::ast::{BindingPattern, Expression};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unchecked-database-error",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "The result of a query is taken apart without its `error`.",
    explanation: "The query builder never throws: when a query fails, `data` is null and `error` says why. Code that looks at `data` alone goes on as if there were no rows.",
    help: "Take `error` too, and stop when it is set.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const { data } = await ctx.supabase.from('acme_plugin_a').select('id').limit(5);\n    return data;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const { data, error } = await ctx.supabase.from('acme_plugin_a').select('id').limit(5);\n    if (error) throw new Error(error.message);\n    return data;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::VariableDeclarator(declared) = node.kind() else { return };
    let BindingPattern::ObjectPattern(pattern) = &declared.id else { return };
    let Some(Expression::AwaitExpression(awaited)) = &declared.init else { return };
    let query = words(cx, awaited.argument.span());
    let is_query = ["ctx.supabase.from(", "ctx.db.from(", "supabase.from(", "db.from("]
        .iter()
        .any(|p| query.starts_with(p));
    let has = |name: &str| pattern.properties.iter().any(|p| p.key.is_specific_static_name(name));
    if is_query && !has("error") && pattern.rest.is_none() {
        notes.add(declared.span, "Whether this failed is not looked at");
    }
}

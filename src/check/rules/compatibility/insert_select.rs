//! Rows that are not given back.

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
    id: "insert-without-select",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "`data` of an insert, update or upsert is read, and the rows are not asked for.",
    explanation: "Without `.select()` the builder gives `data: null`.",
    help: "Add `.select()` at the end.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const { data, error } = await ctx.supabase.from('acme_plugin_a').insert({ id: input.id });\n    if (error) throw new Error(error.message);\n    return data;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const { data, error } = await ctx.supabase.from('acme_plugin_a').insert({ id: input.id }).select();\n    if (error) throw new Error(error.message);\n    return data;\n  }\n}\n",
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
    let changes = [".insert(", ".update(", ".upsert("].iter().any(|m| query.contains(m));
    if is_query && changes && has("data") && !query.contains(".select(") {
        notes.add(declared.span, "`data` is null here");
    }
}

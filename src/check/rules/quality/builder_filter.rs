//! Changes of every row.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "change-without-filter",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "An update or delete of the query builder has no filter.",
    explanation: "It would change every row of the table; the shop refuses it.",
    help: "Add `.eq(…)` or another filter.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.supabase.from('acme_plugin_a').update({ name: input.name });\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.supabase.from('acme_plugin_a').update({ name: input.name }).eq('id', input.id);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::AwaitExpression(awaited) = node.kind() else { return };
    let query = words(cx, awaited.argument.span());
    let is_query = ["ctx.supabase.from(", "ctx.db.from(", "supabase.from("]
        .iter()
        .any(|p| query.starts_with(p));
    let changes = [").update(", ").delete("].iter().any(|m| query.contains(m));
    const FILTERS: [&str; 14] = [
        ".eq(",
        ".neq(",
        ".gt(",
        ".gte(",
        ".lt(",
        ".lte(",
        ".like(",
        ".ilike(",
        ".in(",
        ".is(",
        ".not(",
        ".or(",
        ".contains(",
        ".where(",
    ];
    if is_query && changes && !FILTERS.iter().any(|f| query.contains(f)) {
        notes.add(awaited.span, "Every row is changed");
    }
}

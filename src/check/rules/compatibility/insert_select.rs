//! Rows that are not given back.

use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, taken_apart};
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
    let Some(taken) = taken_apart(node, cx) else { return };
    let changes = [".insert(", ".update(", ".upsert("].iter().any(|m| taken.query.contains(m));
    if changes && taken.has("data") && !taken.query.contains(".select(") {
        notes.add(taken.span, "`data` is null here");
    }
}

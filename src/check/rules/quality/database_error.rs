//! Database errors that nobody looks at.

use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, taken_apart};
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
    let Some(taken) = taken_apart(node, cx) else { return };
    if !taken.has("error") && taken.pattern.rest.is_none() {
        notes.add(taken.span, "Whether this failed is not looked at");
    }
}

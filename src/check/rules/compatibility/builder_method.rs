//! Query methods that there are not.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unknown-builder-method",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A method is called on a query that the query builder does not have.",
    explanation: "The builder of the shop has fewer methods than the library it is named after: no `match`, `filter`, `overlaps`, `textSearch`, `csv`, `returns`, and it is no real promise, so no `catch` and `finally`.",
    help: "Use `eq`, `in`, `or` and the like, and `try … catch`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.supabase.from('acme_plugin_a').select('id').match({ id: input.id });\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.supabase.from('acme_plugin_a').select('id').eq('id', input.id);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let chain = words(cx, member.object.span());
    let is_query = ["ctx.supabase.from(", "ctx.db.from(", "supabase.from(", "db.from("]
        .iter()
        .any(|p| chain.starts_with(p));
    let name = member.property.name.as_str();
    let is_absent = matches!(
        name,
        "match"
            | "filter"
            | "overlaps"
            | "textSearch"
            | "csv"
            | "throwOnError"
            | "returns"
            | "abortSignal"
            | "rangeGt"
            | "rangeGte"
            | "rangeLt"
            | "rangeLte"
            | "catch"
            | "finally"
            | "explain"
            | "geojson"
            | "rollback"
    );
    if is_query && is_absent {
        notes.add(member.property.span, format!("The query builder has no `{name}`"));
    }
}

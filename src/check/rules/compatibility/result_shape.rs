//! Results read in the form of another query.

use oxc::ast::AstKind;
use oxc::ast::ast::{BindingPattern, Expression};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "sequelize-result-shape",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The result of `sequelize.query` is read in a form that the query does not have.",
    explanation: "With `type: SELECT` it is the list of rows. Without a type it is a pair: the rows, and what else is known. `result[0][0]` of a list is `undefined`, and `result[0].name` of a pair is the name of no row.",
    help: "Read rows as the type of the query gives them.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const result = await ctx.sequelize.query('SELECT name FROM acme_plugin_a WHERE id = $1', { bind: [input.id], type: 'SELECT' });\n    return result[0][0].name;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const result = await ctx.sequelize.query('SELECT name FROM acme_plugin_a WHERE id = $1', { bind: [input.id], type: 'SELECT' });\n    return result[0].name;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::VariableDeclarator(declared) = node.kind() else { return };
    let BindingPattern::BindingIdentifier(name) = &declared.id else { return };
    let Some(Expression::AwaitExpression(awaited)) = &declared.init else { return };
    let Expression::CallExpression(call) = &awaited.argument else { return };
    let callee = words(cx, call.callee.span());
    if !callee.ends_with("sequelize.query") {
        return;
    }
    let options = call.arguments.get(1).map_or("", |options| words(cx, options.span()));
    // Options that are a name may hold any type.
    if call.arguments.len() > 1 && !options.starts_with('{') {
        return;
    }
    let gives_rows =
        ["QueryTypes.SELECT", "'SELECT'", "\"SELECT\""].iter().any(|t| options.contains(t));
    if !gives_rows && options.contains("type") {
        return;
    }
    for reference in cx.symbol_references(name.symbol_id()) {
        let nodes = cx.nodes();
        let AstKind::ComputedMemberExpression(first) = nodes.parent_kind(reference.node_id())
        else {
            continue;
        };
        if words(cx, first.expression.span()) != "0" {
            continue;
        }
        let outer = nodes.parent_id(reference.node_id());
        let (span, is_row) = match nodes.parent_kind(outer) {
            AstKind::ComputedMemberExpression(m) => (m.span, false),
            AstKind::StaticMemberExpression(m) if !is_of_lists(m.property.name.as_str()) => {
                (m.span, true)
            }
            _ => continue,
        };
        match (gives_rows, is_row) {
            (true, false) => notes.add(span, "A SELECT gives the rows, not a pair with them"),
            (false, true) => notes.add(span, "Without a type this is the list of rows, not a row"),
            _ => {}
        }
    }
}

/// Whether lists have a member of this name.
fn is_of_lists(name: &str) -> bool {
    matches!(
        name,
        "length"
            | "map"
            | "filter"
            | "find"
            | "forEach"
            | "some"
            | "every"
            | "reduce"
            | "at"
            | "slice"
            | "sort"
            | "flatMap"
            | "includes"
            | "join"
            | "entries"
            | "concat"
    )
}

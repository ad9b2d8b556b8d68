//! Queries with named values.

use oxc::ast::AstKind;
use oxc::ast::ast::{Argument, Expression};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "query-replacements",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A query is given `replacements`.",
    explanation: "The shop binds values only: `replacements` are ignored, and the statement fails at its first `:name`.",
    help: "Write `$1`, `$2`, … and give the values in `bind`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.sequelize.query('SELECT id FROM acme_plugin_a WHERE id = :id', { replacements: { id: input.id } });\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.sequelize.query('SELECT id FROM acme_plugin_a WHERE id = $1', { bind: [input.id] });\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let chain = words(cx, member.object.span());
    if member.property.name != "query" || !chain.ends_with("sequelize") && !chain.ends_with("db") {
        return;
    }
    let Some(Argument::ObjectExpression(options)) = call.arguments.get(1) else { return };
    let key = options
        .properties
        .iter()
        .filter_map(|p| p.as_property())
        .find(|p| p.key.is_specific_static_name("replacements"));
    if let Some(key) = key {
        notes.add(key.span, "`replacements` is ignored");
    }
}

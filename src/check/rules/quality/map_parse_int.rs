//! Numbers read with their place as base.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "map-parse-int",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "`map` is given `parseInt` itself.",
    explanation: "`map` hands over the value and its place, and `parseInt` takes the place as the base: `['10', '10'].map(parseInt)` is `[10, NaN]`.",
    help: "Write `map(Number)`, or `map((text) => parseInt(text, 10))`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.prices.map(parseInt);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.prices.map(Number);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let [only] = call.arguments.as_slice() else { return };
    let Some(only) = only.as_expression() else { return };
    let is_parser = only.is_specific_id("parseInt")
        || matches!(only, Expression::StaticMemberExpression(m)
            if m.object.is_specific_id("Number") && m.property.name == "parseInt");
    if member.property.name == "map" && is_parser {
        notes.add(call.span, "`parseInt` takes the place in the list as its base");
    }
}

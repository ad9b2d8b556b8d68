//! Copies in each round.

use oxc::ast::AstKind;
use oxc::ast::ast::{Argument, ArrayExpressionElement, Expression, ObjectPropertyKind};
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "spread-in-reduce",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A `reduce` copies what it has so far in each round.",
    explanation: "A list of n elements makes n copies that grow: a thousand elements take half a million steps.",
    help: "Write into the accumulator, or use `map` and `Object.fromEntries`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.items.reduce((all, item) => ({ ...all, [item.id]: item }), {});\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return Object.fromEntries(input.items.map((item) => [item.id, item]));\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let Some(Argument::ArrowFunctionExpression(f)) = call.arguments.first() else { return };
    if !matches!(member.property.name.as_str(), "reduce" | "reduceRight") {
        return;
    }
    let Some(so_far) = f.params.items.first().and_then(|p| p.pattern.get_identifier_name()) else {
        return;
    };
    let Some(result) = f.body.as_expression() else { return };
    let spread = match result.without_parentheses() {
        Expression::ObjectExpression(o) => o.properties.iter().find_map(|p| match p {
            ObjectPropertyKind::SpreadProperty(s) if s.argument.is_specific_id(so_far.as_str()) => {
                Some(s.span)
            }
            _ => None,
        }),
        Expression::ArrayExpression(a) => a.elements.iter().find_map(|e| match e {
            ArrayExpressionElement::SpreadElement(s)
                if s.argument.is_specific_id(so_far.as_str()) =>
            {
                Some(s.span)
            }
            _ => None,
        }),
        _ => None,
    };
    if let Some(span) = spread {
        notes.add(span, "Each round copies all that came before");
    }
}

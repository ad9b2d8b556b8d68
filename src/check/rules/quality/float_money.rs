//! Amounts that round.

use oxc::ast::AstKind;
use oxc::ast::ast::{BinaryExpression, Expression};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;
use oxc::syntax::operator::BinaryOperator;

use crate::check::flow::last_word;
use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{folded, is_name, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "float-money",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "An amount of money is read as a floating-point number and computed with.",
    explanation: "`0.1 + 0.2` is not `0.3`: totals are wrong by cents, and no two sides agree.",
    help: "Compute in whole cents, or let the database compute with `NUMERIC`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return parseFloat(input.price) * input.quantity;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return Math.round(Number(input.priceInCents) * input.quantity);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::BinaryExpression(binary) = node.kind() else { return };
    if !binary.operator.is_arithmetic() {
        return;
    }
    if rate(cx, binary) && !is_rounded(node, cx) {
        notes.add(binary.span, "Amounts in floating point round");
        return;
    }
    for side in [&binary.left, &binary.right] {
        let Expression::CallExpression(call) = side else { continue };
        let callee = words(cx, call.callee.span());
        let Some(first) = call.arguments.first() else { continue };
        if matches!(callee, "parseFloat" | "Number.parseFloat") && is_money(words(cx, first.span()))
        {
            notes.add(binary.span, "Amounts in floating point round");
        }
    }
}

fn is_money(words: &str) -> bool {
    ["price", "amount", "total", "subtotal", "unitprice", "totalamount", "balance", "fee"]
        .contains(&folded(last_word(words)).as_str())
}

/// An amount times a fraction: `total_amount * 0.19`.
fn rate(cx: &Semantic<'_>, binary: &BinaryExpression<'_>) -> bool {
    let is_fraction =
        |e: &Expression<'_>| matches!(e, Expression::NumericLiteral(n) if n.value.fract() != 0.0);
    let is_amount = |e: &Expression<'_>| is_name(e) && is_money(words(cx, e.span()));
    binary.operator == BinaryOperator::Multiplication
        && (is_fraction(&binary.left) && is_amount(&binary.right)
            || is_fraction(&binary.right) && is_amount(&binary.left))
}

/// Whether the sum around it is rounded.
fn is_rounded(node: &AstNode<'_>, cx: &Semantic<'_>) -> bool {
    let mut kinds = cx.nodes().ancestors(node.id()).take(4).map(|n| n.kind());
    kinds.any(|kind| match kind {
        AstKind::CallExpression(call) => {
            let callee = words(cx, call.callee.span());
            ["round", "floor", "ceil", "trunc", "toFixed"].iter().any(|n| callee.ends_with(n))
        }
        AstKind::StaticMemberExpression(member) => member.property.name == "toFixed",
        _ => false,
    })
}

//! Amounts that round.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::flow::last_word;
use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{folded, words};
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
    for side in [&binary.left, &binary.right] {
        let Expression::CallExpression(call) = side else { continue };
        let callee = words(cx, call.callee.span());
        let Some(first) = call.arguments.first() else { continue };
        let last = folded(last_word(words(cx, first.span())));
        let is_money =
            ["price", "amount", "total", "subtotal", "unitprice", "totalamount", "balance", "fee"]
                .contains(&last.as_str());
        if matches!(callee, "parseFloat" | "Number.parseFloat") && is_money {
            notes.add(binary.span, "Amounts in floating point round");
        }
    }
}

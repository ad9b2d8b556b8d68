//! Values that are said to be there and may not be.

use oxc::ast::AstKind;
use oxc::ast::ast::ChainElement;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "non-null-chain",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "TypeScript's `!` stands after an optional chain.",
    explanation: "`?.` says that the value may be absent and gives `undefined` then; `!` says that it is not. One of them is wrong, and the compiler is told to be silent.",
    help: "Check the value, or write the chain without `?.`.",
    bad: &[(
        "lib/total.ts",
        "export function total(order?: { total: number }): number {\n  return order?.total!;\n}\n",
    )],
    good: &[(
        "lib/total.ts",
        "export function total(order?: { total: number }): number {\n  return order?.total ?? 0;\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::ChainExpression(chain) = node.kind() else { return };
    if let ChainElement::TSNonNullExpression(sure) = &chain.expression {
        notes.add(sure.span, "`?.` says that this may be absent, `!` that it is not");
    }
}

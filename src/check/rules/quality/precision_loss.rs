//! Numbers that JavaScript cannot hold.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "precision-loss",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A whole number has more digits than a number can hold.",
    explanation: "It is rounded when it is read: ids and amounts change in silence.",
    help: "Write it as text, or as a `BigInt`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.id === 9007199254740993;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.id === '9007199254740993';\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::NumericLiteral(number) = node.kind() else { return };
    let Some(raw) = number.raw.as_ref() else { return };
    let digits = raw.as_str().replace('_', "");
    let is_whole = digits.len() >= 16
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !digits.starts_with('0');
    if is_whole && digits.parse::<u128>().is_ok_and(|n| n != number.value as u128) {
        notes.add(number.span, format!("This is read as {}", number.value));
    }
}

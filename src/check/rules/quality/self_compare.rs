//! Values that are compared with themselves.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{is_name, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "self-compare",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A value is compared with itself.",
    explanation: "The answer never changes; only `NaN` differs from itself, and `Number.isNaN` says that.",
    help: "Compare with what was meant, or use `Number.isNaN`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.total === input.total) return 1;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.total === input.paid) return 1;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::BinaryExpression(binary) = node.kind() else { return };
    let is_same = (binary.operator.is_equality() || binary.operator.is_compare())
        && is_name(&binary.left)
        && words(cx, binary.left.span()) == words(cx, binary.right.span());
    if is_same {
        notes.add(binary.span, "Both sides are the same");
    }
}

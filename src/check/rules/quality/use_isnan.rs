//! Comparisons with NaN.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "compare-nan",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A value is compared with `NaN`.",
    explanation: "Nothing equals `NaN`, not even `NaN`: the test is always false, or always true.",
    help: "Use `Number.isNaN(x)`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (Number(input.total) === NaN) return 0;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (Number.isNaN(Number(input.total))) return 0;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::BinaryExpression(binary) = node.kind() else { return };
    let is_nan = |e: &Expression<'_>| {
        e.is_specific_id("NaN") || e.is_specific_member_access("Number", "NaN")
    };
    if (binary.operator.is_equality() || binary.operator.is_compare())
        && (is_nan(&binary.left) || is_nan(&binary.right))
    {
        notes.add(binary.span, "Nothing equals `NaN`");
    }
}

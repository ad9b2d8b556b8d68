//! Types that do not exist.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::syntax::operator::UnaryOperator;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "invalid-typeof",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "`typeof` is compared with a word that it never gives.",
    explanation: "The comparison is never true. The words are `undefined`, `object`, `boolean`, `number`, `string`, `function`, `symbol` and `bigint`.",
    help: "Correct the word.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (typeof input.id === 'strnig') return input.id;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (typeof input.id === 'string') return input.id;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    const TYPES: [&str; 8] =
        ["undefined", "object", "boolean", "number", "string", "function", "symbol", "bigint"];
    let AstKind::BinaryExpression(binary) = node.kind() else { return };
    if !binary.operator.is_equality() {
        return;
    }
    for (a, b) in [(&binary.left, &binary.right), (&binary.right, &binary.left)] {
        if let Expression::UnaryExpression(unary) = a
            && unary.operator == UnaryOperator::Typeof
            && let Expression::StringLiteral(word) = b
            && !TYPES.contains(&word.value.as_str())
        {
            notes.add(word.span, format!("`typeof` never gives `{}`", word.value));
        }
    }
}

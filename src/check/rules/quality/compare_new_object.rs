//! Comparisons with something new.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::syntax::operator::BinaryOperator;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "compare-new-object",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A value is compared with an object, array, function or pattern that is made on the spot.",
    explanation: "Two objects are equal only when they are one and the same; the answer is always no. `items === []` never tells an empty list.",
    help: "Look at the length or the keys, or use `deepStrictEqual` in a test.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.items === []) return 0;\n    return 1;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    if (input.items.length === 0) return 0;\n    return 1;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::BinaryExpression(binary) = node.kind() else { return };
    // `==` may turn an object into text first.
    let is_strict = matches!(
        binary.operator,
        BinaryOperator::StrictEquality | BinaryOperator::StrictInequality
    );
    let is_new = |e: &Expression<'_>| {
        matches!(
            e.get_inner_expression(),
            Expression::ObjectExpression(_)
                | Expression::ArrayExpression(_)
                | Expression::ArrowFunctionExpression(_)
                | Expression::FunctionExpression(_)
                | Expression::RegExpLiteral(_)
                | Expression::NewExpression(_)
        )
    };
    if is_strict && (is_new(&binary.left) || is_new(&binary.right)) {
        notes.add(binary.span, "This is never equal to something that is new");
    }
}

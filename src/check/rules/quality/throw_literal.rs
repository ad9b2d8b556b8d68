//! Errors that are not errors.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "throw-literal",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "Something that is no `Error` is thrown.",
    explanation: "It carries no stack, and code that reads `error.message` finds nothing.",
    help: "Throw `new Error(…)`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    throw 'no id';\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    throw new Error('no id');\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::ThrowStatement(throw) = node.kind() else { return };
    let is_literal = throw.argument.is_literal()
        || matches!(
            throw.argument,
            Expression::TemplateLiteral(_) | Expression::BinaryExpression(_)
        )
        || throw.argument.is_undefined();
    if is_literal {
        notes.add(throw.span, "This is no `Error`");
    }
}

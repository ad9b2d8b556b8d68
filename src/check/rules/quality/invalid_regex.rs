//! Regular expressions that do not parse.

use oxc::allocator::Allocator;
use oxc::ast::AstKind;
use oxc::ast::ast::Argument;
use oxc::regular_expression::{LiteralParser, Options};
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "invalid-regex",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A regular expression is not valid.",
    explanation: "`RegExp` throws when it meets it.",
    help: "Correct the expression.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return new RegExp('[a-z').test(input.name);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return new RegExp('[a-z]').test(input.name);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::NewExpression(new) = node.kind() else { return };
    if !new.callee.is_specific_id("RegExp") {
        return;
    }
    let Some(Argument::StringLiteral(pattern)) = new.arguments.first() else { return };
    let flags = match new.arguments.get(1) {
        None => None,
        Some(Argument::StringLiteral(flags)) => Some(flags.value.as_str()),
        Some(_) => return,
    };
    let allocator = Allocator::default();
    let parser = LiteralParser::new(&allocator, pattern.value.as_str(), flags, Options::default());
    if let Err(error) = parser.parse() {
        notes.add(new.span, format!("The expression does not parse: {}", error.message));
    }
}

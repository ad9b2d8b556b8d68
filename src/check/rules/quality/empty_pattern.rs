//! Patterns that take nothing.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "empty-pattern",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A declaration takes a value apart and keeps nothing of it.",
    explanation: "`const {} = value` declares no name. Most often `= {}` was meant, a default.",
    help: "Name what is needed, or write a default: `{ total = 0 }`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const { total: {} } = input;\n    return input;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const { total = {} } = input;\n    return total;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let span = match node.kind() {
        AstKind::ObjectPattern(p) if p.properties.is_empty() && p.rest.is_none() => p.span,
        AstKind::ArrayPattern(p) if p.elements.is_empty() && p.rest.is_none() => p.span,
        _ => return,
    };
    // A parameter that is there only for its place may be empty.
    let is_parameter = matches!(
        cx.nodes().parent_kind(node.id()),
        AstKind::FormalParameter(_) | AstKind::CatchParameter(_)
    );
    if !is_parameter {
        notes.add(span, "Nothing is taken out of this value");
    }
}

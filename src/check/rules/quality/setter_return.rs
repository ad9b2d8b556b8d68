//! Setters that give a value.

use oxc::ast::AstKind;
use oxc::ast::ast::{Expression, MethodDefinitionKind, PropertyKind};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, head, own};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "setter-return",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A setter returns a value.",
    explanation: "Nobody gets it: the value of an assignment is what was assigned.",
    help: "Return nothing from a setter.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    class Cart {\n      set total(value) { return (this.n = value); }\n    }\n    return new Cart();\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    class Cart {\n      set total(value) { this.n = value; }\n    }\n    return new Cart();\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let body = match node.kind() {
        AstKind::MethodDefinition(m) if m.kind == MethodDefinitionKind::Set => {
            m.value.body.as_ref()
        }
        AstKind::ObjectProperty(p) if p.kind == PropertyKind::Set => match &p.value {
            Expression::FunctionExpression(f) => f.body.as_ref(),
            _ => None,
        },
        _ => None,
    };
    if body.is_some_and(|body| own(&body.statements).returns_value) {
        notes.add(head(cx, node.kind().span()), "What a setter returns is dropped");
    }
}

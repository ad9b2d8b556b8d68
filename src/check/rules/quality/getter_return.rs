//! Getters that give nothing.

use oxc::ast::AstKind;
use oxc::ast::ast::{Expression, MethodDefinitionKind, PropertyKind};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{head, own};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "getter-without-return",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A getter returns no value.",
    explanation: "Whoever reads the property gets `undefined`.",
    help: "Return the value.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    class Cart {\n      get total() { this.n += 1; }\n    }\n    return new Cart();\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    class Cart {\n      get total() { return this.n; }\n    }\n    return new Cart();\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let body = match node.kind() {
        AstKind::MethodDefinition(m) if m.kind == MethodDefinitionKind::Get => {
            m.value.body.as_ref()
        }
        AstKind::ObjectProperty(p) if p.kind == PropertyKind::Get => match &p.value {
            Expression::FunctionExpression(f) => f.body.as_ref(),
            _ => None,
        },
        _ => None,
    };
    let Some(body) = body else { return };
    let own = own(&body.statements);
    if !own.returns_value && !own.throws {
        notes.add(head(cx, node.kind().span()), "The getter returns nothing");
    }
}

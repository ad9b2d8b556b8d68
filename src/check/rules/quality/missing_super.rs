//! Constructors that forget their parent.

use oxc::ast::AstKind;
use oxc::ast::ast::MethodDefinitionKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::{head, own};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "missing-super",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "The constructor of a class that extends another does not call `super`.",
    explanation: "It throws a `ReferenceError` as soon as the class is used.",
    help: "Call `super(…)` first.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    class Base {}\n    class Cart extends Base {\n      constructor() { this.items = []; }\n    }\n    return new Cart();\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    class Base {}\n    class Cart extends Base {\n      constructor() { super(); this.items = []; }\n    }\n    return new Cart();\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::MethodDefinition(method) = node.kind() else { return };
    if method.kind != MethodDefinitionKind::Constructor {
        return;
    }
    let Some(body) = &method.value.body else { return };
    let extends = cx.nodes().ancestors(node.id()).find_map(|n| match n.kind() {
        AstKind::Class(c) => Some(c.heritage_expression().is_some_and(|e| !e.is_null())),
        _ => None,
    });
    let own = own(&body.statements);
    if extends == Some(true) && !own.calls_super && !own.returns_value && !own.throws {
        notes.add(head(cx, method.span), "`super` is not called");
    }
}

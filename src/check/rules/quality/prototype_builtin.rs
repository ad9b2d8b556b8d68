//! Methods of `Object.prototype` on objects of any kind.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "prototype-builtin",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "`hasOwnProperty` is called on an object.",
    explanation: "An object from outside may have a key of that name, or no prototype at all; then the call fails or lies.",
    help: "Use `Object.hasOwn(object, key)`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.hasOwnProperty('id');\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return Object.hasOwn(input, 'id');\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let Expression::StaticMemberExpression(member) = &call.callee else { return };
    let name = member.property.name.as_str();
    if matches!(name, "hasOwnProperty" | "isPrototypeOf" | "propertyIsEnumerable") {
        notes.add(call.span, format!("The object may have a `{name}` of its own"));
    }
}

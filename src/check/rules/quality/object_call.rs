//! Calls of what is no function.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "object-call",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "`Math`, `JSON`, `Reflect`, `Intl` or `Atomics` is called, or `Symbol` or `BigInt` is made with `new`.",
    explanation: "They are no functions, or no classes: the line throws a TypeError whenever it runs.",
    help: "Call one of their methods, such as `Math.round(x)`; call `Symbol()` and `BigInt(x)` without `new`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return new BigInt(input.total);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return BigInt(input.total);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let (callee, names): (&Expression<'a>, &[&str]) = match node.kind() {
        AstKind::CallExpression(call) => {
            (&call.callee, &["Math", "JSON", "Reflect", "Intl", "Atomics"])
        }
        AstKind::NewExpression(call) => {
            (&call.callee, &["Math", "JSON", "Reflect", "Intl", "Atomics", "Symbol", "BigInt"])
        }
        _ => return,
    };
    let Expression::Identifier(name) = callee else { return };
    if names.contains(&name.name.as_str()) && cx.is_reference_to_global_variable(name) {
        notes.add(name.span, format!("`{}` cannot be called like this", name.name));
    }
}

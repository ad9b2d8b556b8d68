//! Ways out of the sandbox.

use oxc::ast::AstKind;
use oxc::ast::ast::Expression;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "sandbox-escape",
    category: Category::Security,
    severity: Severity::Error,
    class: "sandbox-escape",
    summary: "Code reaches for the function behind all functions, or for the host behind the API.",
    explanation: "`x.constructor.constructor` makes code from text, `getClient()` and `serviceRoleKey` are the host's own rights. None of them works in the sandbox; code that tries has no place in a shop.",
    help: "Remove it.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.constructor.constructor('return process')();\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input.name;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::StaticMemberExpression(member) = node.kind() else { return };
    let name = member.property.name.as_str();
    let is_escape = match name {
        "constructor" => {
            matches!(&member.object, Expression::StaticMemberExpression(inner) if inner.property.name == "constructor")
        }
        "serviceRoleKey" | "mainModule" => true,
        "getClient" => words(cx, member.object.span()).contains("ctx"),
        _ => false,
    };
    if is_escape {
        notes.add(member.span, format!("`{name}` leads out of the sandbox"));
    }
}

//! Placeholders in plain text.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "placeholder-in-string",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "Text in plain quotes has a `${…}` in it.",
    explanation: "Only text in backticks fills placeholders; customers see the braces.",
    help: "Use backticks.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return 'Order ${input.id} is paid';\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return `Order ${input.id} is paid`;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::StringLiteral(text) = node.kind() else { return };
    let value = text.value.as_str();
    let Some(at) = value.find("${") else { return };
    let inner = value[at + 2..].split('}').next().unwrap_or_default();
    let is_name = !inner.is_empty()
        && value[at..].contains('}')
        && inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && inner.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.[]()$".contains(&b));
    // Shell variables and templates of other tools are written in capitals or with `$` in front.
    if is_name && inner.contains('.') && !value.contains("$${") {
        notes.add(text.span, "Only text in backticks fills placeholders");
    }
}

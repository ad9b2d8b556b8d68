//! Control characters in regular expressions.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "control-in-regex",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "A regular expression names a control character.",
    explanation: "They are rare in text and easily written by mistake, such as `\\x0a` for `\\n`.",
    help: "Use the name of the character (`\\n`, `\\t`), or say in a comment what is meant.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return /\\x0d\\x0a/.test(input.name);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return /\\r\\n/.test(input.name);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::RegExpLiteral(regex) = node.kind() else { return };
    let text = regex.regex.pattern.text.as_str();
    let is_escape = |at: usize, digits: &str, len: usize| {
        text.get(at + 2..at + 2 + len)
            .and_then(|hex| hex.strip_prefix(digits))
            .and_then(|hex| u32::from_str_radix(hex, 16).ok())
            .is_some_and(|code| code < 0x20)
    };
    let has = text.char_indices().any(|(at, c)| {
        (c as u32) < 0x20
            || text[at..].starts_with("\\x") && is_escape(at, "", 2)
            || text[at..].starts_with("\\u") && is_escape(at, "00", 4)
    });
    if has {
        notes.add(regex.span, "The expression names a control character");
    }
}

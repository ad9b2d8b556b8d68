//! Character classes that match nothing.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "empty-character-class",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A regular expression has an empty class `[]`.",
    explanation: "It matches no character, so the expression never matches.",
    help: "Write the characters, or remove the class.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return /^abc[]/.test(input.name);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return /^abc[a-z]/.test(input.name);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::RegExpLiteral(regex) = node.kind() else { return };
    let mut chars = regex.regex.pattern.text.chars().peekable();
    let mut inside = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' if !inside => {
                if chars.peek() == Some(&']') {
                    notes.add(regex.span, "`[]` matches nothing");
                    return;
                }
                inside = true;
            }
            ']' => inside = false,
            _ => {}
        }
    }
}

//! Lines that run into the next one.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;
use oxc::span::Span;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, words};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unexpected-multiline",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A line begins with `(` or `[`, and the one before has no semicolon.",
    explanation: "JavaScript reads both as one: a call of the value on the line before, or an element of it.",
    help: "End the line before with a semicolon.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const total = input.total\n    [1, 2].forEach((n) => ctx.log.info(total + n));\n    return total;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const total = input.total;\n    [1, 2].forEach((n) => ctx.log.info(total + n));\n    return total;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let (before, end) = match node.kind() {
        AstKind::CallExpression(c) if !c.optional && c.type_arguments.is_none() => {
            (c.callee.span(), c.span.end)
        }
        AstKind::ComputedMemberExpression(m) if !m.optional => (m.object.span(), m.span.end),
        _ => return,
    };
    let rest = words(cx, Span::new(before.end, end));
    let sign = rest.trim_start();
    let gap = &rest[..rest.len() - sign.len()];
    if gap.contains('\n') && sign.starts_with(['(', '[']) {
        let at = before.end + gap.len() as u32;
        notes.add(Span::new(at, at + 1), "This continues the line before");
    }
}

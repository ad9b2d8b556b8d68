//! Tests that silence the others.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "focused-test",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A test is marked `only`.",
    explanation: "All other tests are skipped, and the run passes.",
    help: "Remove `.only`.",
    bad: &[(
        "tests/unit/plugin.test.js",
        "import { it } from 'node:test';\nit.only('works', () => {});\n",
    )],
    good: &[(
        "tests/unit/plugin.test.js",
        "import { it } from 'node:test';\nit('works', () => {});\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::CallExpression(call) = node.kind() else { return };
    let callee = words(cx, call.callee.span());
    if matches!(callee, "it.only" | "test.only" | "describe.only" | "suite.only") {
        notes.add(call.callee.span(), "All other tests are skipped");
    }
}

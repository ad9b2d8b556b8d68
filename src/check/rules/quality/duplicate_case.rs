//! Cases that stand twice.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::check::syntax::words;
use crate::model::Severity;
use crate::model::finding::Category;
use std::collections::BTreeSet;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "duplicate-case",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A `switch` has the same case twice.",
    explanation: "The second one never runs.",
    help: "Remove it, or correct its value.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    switch (input.kind) {\n      case 'a': return 1;\n      case 'a': return 2;\n    }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    switch (input.kind) {\n      case 'a': return 1;\n      case 'b': return 2;\n    }\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::SwitchStatement(switch) = node.kind() else { return };
    let mut seen = BTreeSet::new();
    for test in switch.cases.iter().filter_map(|c| c.test.as_ref()) {
        if !seen.insert(words(cx, test.span())) {
            notes.add(test.span(), "This case stands a second time");
        }
    }
}

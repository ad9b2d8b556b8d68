//! Imports that are written.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "import-assign",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "An imported name is assigned.",
    explanation: "Imports cannot be written; it throws a `TypeError` when it runs.",
    help: "Write to a variable of your own.",
    bad: &[(
        "index.js",
        "import { rate } from './rate.js';\nrate = 2;\nexport default class Plugin { track() { return rate; } }\n",
    )],
    good: &[(
        "index.js",
        "import { rate } from './rate.js';\nconst own = rate * 2;\nexport default class Plugin { track() { return own; } }\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    if !matches!(node.kind(), AstKind::Program(_)) {
        return;
    }
    let scoping = cx.scoping();
    for symbol in scoping.symbol_ids().filter(|s| scoping.symbol_flags(*s).is_import()) {
        for reference in cx.symbol_references(symbol).filter(|r| r.is_write()) {
            let name = scoping.symbol_name(symbol);
            notes.add(cx.reference_span(reference), format!("`{name}` is imported"));
        }
    }
}

//! Variables that are declared twice.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "redeclared-variable",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A variable is declared a second time in the same function.",
    explanation: "The second declaration is the same variable; whoever reads either of them is wrong about the other.",
    help: "Give the second one a name of its own.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    var n = input.a;\n    var n = input.b;\n    return n;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    let n = input.a;\n    const m = input.b;\n    return n + m;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    if !matches!(node.kind(), AstKind::Program(_)) {
        return;
    }
    let scoping = cx.scoping();
    for symbol in scoping.symbol_ids() {
        let again = scoping.symbol_redeclarations(symbol);
        if again.len() < 2 || cx.source_type().is_typescript() {
            continue;
        }
        if let Some(second) = again.get(1) {
            let name = scoping.symbol_name(symbol);
            notes.add(second.span, format!("`{name}` is declared a second time"));
        }
    }
}

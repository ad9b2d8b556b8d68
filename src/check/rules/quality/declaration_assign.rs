//! Functions, classes and caught errors that are assigned.

use oxc::ast::AstKind;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "declaration-assign",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A function, a class or a caught error is assigned another value.",
    explanation: "Whoever calls the name later gets something else. The error that was caught is lost.",
    help: "Give the new value a name of its own.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    function fee(total) { return total; }\n    fee = 3;\n    return fee;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    function fee(total) { return total; }\n    const amount = fee(3);\n    return amount;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    if !matches!(node.kind(), AstKind::Program(_)) {
        return;
    }
    let scoping = cx.scoping();
    for symbol in scoping.symbol_ids() {
        let declared = cx.symbol_declaration(symbol);
        let what = match declared.kind() {
            AstKind::Function(f) if f.is_function_declaration() => "function",
            AstKind::Class(c) if c.is_declaration() => "class",
            AstKind::CatchParameter(_) => "caught error",
            _ => continue,
        };
        // Declared again, a name is more than one thing.
        if !scoping.symbol_redeclarations(symbol).is_empty() {
            continue;
        }
        let own = declared.kind().span();
        for reference in cx.symbol_references(symbol).filter(|r| r.is_write()) {
            let place = cx.reference_span(reference);
            // Code made by compilers replaces a function from within.
            let is_inside = own.start <= place.start && place.end <= own.end;
            if !is_inside || what == "caught error" {
                let name = scoping.symbol_name(symbol);
                notes.add(place, format!("`{name}` is a {what}, and this replaces it"));
            }
        }
    }
}

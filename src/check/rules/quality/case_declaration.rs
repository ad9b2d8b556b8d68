//! Names that all cases share.

use oxc::ast::AstKind;
use oxc::ast::ast::Statement;
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::{Notes, head};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "case-declaration",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "A `case` declares a name with `let`, `const` or `class` and has no block of its own.",
    explanation: "Every other case sees the name too, and throws when it uses it before its line has run.",
    help: "Put braces around the case.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    switch (input.kind) {\n      case 'a':\n        const fee = 1;\n        return fee;\n      default:\n        return 0;\n    }\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    switch (input.kind) {\n      case 'a': {\n        const fee = 1;\n        return fee;\n      }\n      default:\n        return 0;\n    }\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::SwitchStatement(switch) = node.kind() else { return };
    // The last case shares with nobody that comes after it.
    let Some((_, cases)) = switch.cases.split_last() else { return };
    for statement in cases.iter().flat_map(|case| &case.consequent) {
        let is_shared = match statement {
            Statement::VariableDeclaration(d) => !d.kind.is_var(),
            Statement::ClassDeclaration(_) => true,
            _ => false,
        };
        if is_shared {
            notes.add(head(cx, statement.span()), "The other cases see this name, too");
        }
    }
}

//! Variables that nobody reads.

use oxc::ast::AstKind;
use oxc::ast::ast::BindingPattern;
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unused-variable",
    category: Category::Quality,
    severity: Severity::Info,
    class: "quality",
    summary: "A variable, function or import is never used.",
    explanation: "It is left over from an earlier version, or a misspelled name stands where it was meant.",
    help: "Remove it, or begin its name with `_`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const total = input.total;\n    return input;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const total = input.total;\n    return total;\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    if !matches!(node.kind(), AstKind::Program(_)) {
        return;
    }
    let scoping = cx.scoping();
    let is_script = !cx.source_type().is_module();
    for symbol in scoping.symbol_ids() {
        let name = scoping.symbol_name(symbol);
        if !scoping.symbol_is_unused(symbol) || name.starts_with('_') || name == "React" {
            continue;
        }
        let is_root = scoping.symbol_scope_id(symbol) == scoping.root_scope_id();
        let declared = cx.symbol_declaration(symbol);
        let is_plain = match declared.kind() {
            AstKind::VariableDeclarator(d) => matches!(d.id, BindingPattern::BindingIdentifier(_)),
            AstKind::Function(f) => f.is_function_declaration() && f.body.is_some(),
            AstKind::ImportSpecifier(_) | AstKind::ImportDefaultSpecifier(_) => true,
            _ => false,
        };
        let is_import = scoping.symbol_flags(symbol).is_import();
        let is_exported = cx.nodes().ancestors(declared.id()).take(3).any(|n| {
            matches!(
                n.kind(),
                AstKind::ExportDeclaration(_)
                    | AstKind::ExportNamedDeclaration(_)
                    | AstKind::ExportDefaultDeclaration(_)
                    | AstKind::ForInStatement(_)
                    | AstKind::ForOfStatement(_)
                    | AstKind::TSModuleBlock(_)
                    | AstKind::TSGlobalDeclaration(_)
            )
        });
        if is_plain && !is_exported && !(is_root && is_script && !is_import) {
            notes.add(scoping.symbol_span(symbol), format!("`{name}` is never used"));
        }
    }
}

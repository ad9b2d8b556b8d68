//! Caches that only grow.

use oxc::ast::AstKind;
use oxc::ast::ast::{BindingPattern, Expression};
use oxc::semantic::{AstNode, Semantic};

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unbounded-cache",
    category: Category::Performance,
    severity: Severity::Warning,
    class: "performance",
    summary: "A list or map at the top of a file is filled by functions and never emptied.",
    explanation: "It lives as long as the instance: the plugin ends at its memory limit, in the middle of a call.",
    help: "Bound its size, remove old entries, or keep the data in `ctx.storage`.",
    bad: &[(
        "index.js",
        "const seen = new Map();\nexport default class Plugin {\n  async track(input, ctx) {\n    seen.set(input.id, input);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "const seen = new Map();\nexport default class Plugin {\n  async track(input, ctx) {\n    if (seen.size > 1000) seen.clear();\n    seen.set(input.id, input);\n  }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, cx: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::VariableDeclarator(declared) = node.kind() else { return };
    let BindingPattern::BindingIdentifier(id) = &declared.id else { return };
    let Some(symbol) = id.symbol_id.get() else { return };
    if cx.scoping().symbol_scope_id(symbol) != cx.scoping().root_scope_id() {
        return;
    }
    let is_map = match &declared.init {
        Some(Expression::NewExpression(new)) => {
            new.arguments.is_empty()
                && (new.callee.is_specific_id("Map") || new.callee.is_specific_id("Set"))
        }
        Some(Expression::ArrayExpression(array)) => array.elements.is_empty(),
        _ => false,
    };
    if !is_map || cx.scoping().symbol_is_mutated(symbol) {
        return;
    }
    let mut fills = false;
    for reference in cx.symbol_references(symbol) {
        let parent = cx.nodes().parent_node(reference.node_id());
        let AstKind::StaticMemberExpression(member) = parent.kind() else {
            // Handed to somebody else: nothing is known.
            return;
        };
        let in_function = cx.nodes().ancestors(parent.id()).any(|n| {
            matches!(n.kind(), AstKind::Function(_) | AstKind::ArrowFunctionExpression(_))
        });
        match member.property.name.as_str() {
            "set" | "add" | "push" | "unshift" => fills |= in_function,
            "delete" | "clear" | "shift" | "pop" | "splice" | "length" => return,
            _ => {}
        }
    }
    if fills {
        notes.add(declared.span, format!("Nothing is ever removed from `{}`", id.name));
    }
}

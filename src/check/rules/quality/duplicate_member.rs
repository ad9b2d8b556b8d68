//! Methods that stand twice.

use oxc::ast::AstKind;
use oxc::ast::ast::{ClassElement, MethodDefinitionKind};
use oxc::semantic::{AstNode, Semantic};
use oxc::span::GetSpan;

use crate::check::rule::{Check, Rule};
use crate::check::syntax::Notes;
use crate::model::Severity;
use crate::model::finding::Category;
use std::collections::BTreeSet;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "duplicate-class-member",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A class has two members of one name.",
    explanation: "The last one wins; the first is never called.",
    help: "Rename one of them.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  track() { return 1; }\n  track() { return 2; }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  track() { return 1; }\n  report() { return 2; }\n}\n",
    )],
    check: Check::Node(look),
};

fn look<'a>(node: &AstNode<'a>, _: &Semantic<'a>, notes: &mut Notes<'_>) {
    let AstKind::ClassBody(body) = node.kind() else { return };
    let mut seen = BTreeSet::new();
    for element in &body.body {
        let ClassElement::MethodDefinition(method) = element else { continue };
        if method.computed || method.value.body.is_none() {
            continue;
        }
        let Some(name) = method.key.static_name() else { continue };
        let kind = match method.kind {
            MethodDefinitionKind::Get => 1,
            MethodDefinitionKind::Set => 2,
            _ => 0,
        };
        if !seen.insert((name.to_string(), method.r#static, kind)) {
            notes.add(method.key.span(), format!("`{name}` stands here a second time"));
        }
    }
}

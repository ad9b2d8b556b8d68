//! Keys that stand twice in an object.

use std::collections::BTreeSet;

use crate::check::ir::{Expr, ExprKind, Key, MethodKind, Place, Property, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "duplicate-key",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A key stands twice in one object.",
    explanation: "The last one wins; the first is written for nothing and read by people all the same.",
    help: "Remove one of them.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return { id: 1, name: 'a', id: 2 };\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return { id: 1, name: 'a' };\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    struct Found(Vec<(Place, String)>);
    impl Visitor for Found {
        fn expression(&mut self, expr: &Expr) {
            let ExprKind::Object(properties) = &expr.kind else { return };
            let mut seen = BTreeSet::new();
            for property in properties {
                if let Property::Value(Key::Name(name), MethodKind::Plain, value) = property
                    && !seen.insert(name.clone())
                {
                    self.0.push((value.place, name.to_string()));
                }
            }
        }
    }
    let Some(module) = &source.module else { return };
    let mut found = Found(Vec::new());
    visit_module(module, &mut found);
    for (place, name) in found.0 {
        findings.code(source, place, format!("`{name}` stands here a second time"));
    }
}

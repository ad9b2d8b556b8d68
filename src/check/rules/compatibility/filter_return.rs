//! Filters that give nothing back.

use crate::check::hooks;
use crate::check::ir::{Class, Expr, Key, Place, Stmt, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "filter-without-return",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A filter hook returns no value.",
    explanation: "A filter gives back the value it was handed, changed or not; without one the shop keeps the old value and the filter does nothing.",
    help: "Return the value.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"cart.getCheckoutUrl\": \"checkoutUrl\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"cart.getCheckoutUrl\"\n  ]\n }\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  checkoutUrl(url, context, ctx) { ctx.log.info(url); }\n}\n",
        ),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"cart.getCheckoutUrl\": \"checkoutUrl\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"cart.getCheckoutUrl\"\n  ]\n }\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  checkoutUrl(url, context, ctx) { return url; }\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let entry = plugin.entry();
    let Some(source) = plugin.source(entry.as_str()) else { return };
    let Some(module) = &source.module else { return };
    let filters: Vec<&str> = manifest
        .hooks
        .iter()
        .filter(|(hook, _)| hooks::is_filter(hook.as_str()))
        .map(|(_, handler)| handler.as_str())
        .collect();
    let mut methods = Silent { filters, found: Vec::new() };
    visit_module(module, &mut methods);
    for (place, name) in methods.found {
        findings.code(source, place, format!("`{name}` gives no value back"));
    }
}

struct Silent<'a> {
    filters: Vec<&'a str>,
    found: Vec<(Place, String)>,
}

impl Visitor for Silent<'_> {
    fn class(&mut self, class: &Class, _: &Expr) {
        for method in &class.methods {
            let Key::Name(name) = &method.key else { continue };
            if self.filters.contains(&&**name) && !method.function.body.iter().any(returns) {
                let start = method.function.place.start;
                self.found.push((Place { start, end: start + 1 }, name.to_string()));
            }
        }
    }
}

/// Whether a statement may return a value or throw.
pub(super) fn returns(stmt: &Stmt) -> bool {
    let any = |list: &[Stmt]| list.iter().any(returns);
    match &stmt.kind {
        StmtKind::Return(value) => value.is_some(),
        StmtKind::Throw(_) => true,
        StmtKind::If(_, then, other) => returns(then) || other.as_ref().is_some_and(|s| returns(s)),
        StmtKind::Loop { body, .. }
        | StmtKind::ForEach { body, .. }
        | StmtKind::Labeled(_, body) => returns(body),
        StmtKind::Try { block, handler, finalizer } => {
            any(block)
                || handler.as_ref().is_some_and(|(_, b)| any(b))
                || finalizer.as_ref().is_some_and(|b| any(b))
        }
        StmtKind::Switch(_, cases) => cases.iter().any(|(_, body)| any(body)),
        StmtKind::Block(body) => any(body),
        _ => false,
    }
}

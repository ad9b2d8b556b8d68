//! Handlers that wait for more than they get.

use crate::check::hooks;
use crate::check::ir::{Class, Expr, Key, Place, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use std::collections::BTreeMap;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "handler-arity",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A handler has more parameters than the shop passes.",
    explanation: "Required methods and listeners get `(input, ctx)`, filters `(value, context, ctx)`, routes `(req, res, ctx)`. What follows is always `undefined`.",
    help: "Remove the parameter, or read the value from `ctx`.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"analytics\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx, db) { return db; }\n  async report(input, ctx) { return input; }\n}\n",
        ),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"analytics\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
        ),
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) { return ctx.db; }\n  async report(input, ctx) { return input; }\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let entry = plugin.entry();
    let Some(source) = plugin.source(entry.as_str()) else { return };
    let Some(module) = &source.module else { return };
    let mut allowed: BTreeMap<&str, usize> = BTreeMap::new();
    for method in manifest.kind.required_methods() {
        allowed.insert(method, 2);
    }
    for (hook, handler) in &manifest.hooks {
        allowed.insert(handler, if hooks::is_filter(hook.as_str()) { 3 } else { 2 });
    }
    for route in &manifest.routes {
        allowed.insert(&route.handler, 3);
    }
    let mut methods = Methods(Vec::new());
    visit_module(module, &mut methods);
    for (place, name, count) in methods.0 {
        if allowed.get(name.as_str()).is_some_and(|most| count > *most) {
            let most = allowed[name.as_str()];
            findings.code(source, place, format!("`{name}` gets {most} arguments, not {count}"));
        }
    }
}

struct Methods(Vec<(Place, String, usize)>);

impl Visitor for Methods {
    fn class(&mut self, class: &Class, _: &Expr) {
        for method in &class.methods {
            if let Key::Name(name) = &method.key {
                let f = &method.function;
                let count =
                    f.params.iter().filter(|p| !p.rest && p.pattern.default.is_none()).count();
                let end = f.params.last().map_or(f.place.start, |p| p.pattern.place.end);
                let place = Place { start: f.place.start, end };
                self.0.push((place, name.to_string(), count));
            }
        }
    }
}

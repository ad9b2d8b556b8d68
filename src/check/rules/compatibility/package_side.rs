//! Code of a package on the wrong side.

use std::collections::BTreeMap;

use crate::check::ir::{Expr, ExprKind, Place, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-wrong-side",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A controller of a DainoStore package uses the browser, or browser code uses the server.",
    explanation: "A controller has no `window`, no `document` and no timers; listeners, filters and widgets have no `require`, `Buffer` or `process`.",
    help: "Move the code to the side that has it.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({ at: window.location.href }); }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({}); }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        for unit in package.units() {
            let wrong: &[&str] = if unit.is_server() {
                &[
                    "window",
                    "document",
                    "localStorage",
                    "sessionStorage",
                    "navigator",
                    "location",
                    "process",
                    "globalThis",
                    "require",
                    "setTimeout",
                    "setInterval",
                    "setImmediate",
                ]
            } else {
                &["require", "Buffer", "process", "__dirname", "__filename", "module"]
            };
            let Some(read) = unit.read() else { continue };
            let mut used = Used { wrong, found: BTreeMap::new() };
            visit_module(&read.module, &mut used);
            for (name, place) in used.found {
                let message = if name.starts_with("set") {
                    format!("`{}` has no timers: `{name}` never runs what it is given", unit.name)
                } else {
                    format!("`{}` has no `{name}`", unit.name)
                };
                findings.at(package.path, package.inside(&unit, &read, place), message);
            }
        }
    }
}

struct Used<'w> {
    wrong: &'w [&'w str],
    /// Names, and where they stand first.
    found: BTreeMap<String, Place>,
}

impl Visitor for Used<'_> {
    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Global(name) = &expr.kind
            && self.wrong.contains(&&**name)
        {
            self.found.entry(name.to_string()).or_insert(expr.place);
        }
    }
}

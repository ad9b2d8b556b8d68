//! Code of a package on the wrong side.

use crate::check::ir::{Expr, ExprKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use std::collections::BTreeSet;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-wrong-side",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A controller of a DainoStore package uses the browser, or browser code uses the server.",
    explanation: "A controller has no `window` and no `document`; listeners, filters and widgets have no `require`, `Buffer` or `process`.",
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
                    "process",
                    "globalThis",
                    "require",
                ]
            } else {
                &["require", "Buffer", "process", "__dirname"]
            };
            let module = unit.function().or_else(|| unit.module());
            let Some(module) = module else { continue };
            let mut used = Used(BTreeSet::new());
            visit_module(&module, &mut used);
            for name in used.0.iter().filter(|n| wrong.contains(&n.as_str())) {
                let message = format!("`{}` has no `{name}`", unit.name);
                findings.at(package.path, package.span(&unit.pointer), message);
            }
        }
    }
}

struct Used(BTreeSet<String>);

impl Visitor for Used {
    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Global(name) = &expr.kind {
            self.0.insert(name.to_string());
        }
    }
}

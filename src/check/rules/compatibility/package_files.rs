//! Files of a package that nobody loads.

use std::collections::BTreeSet;

use crate::check::ir::{self, Expr, ExprKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-file-used",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A handler of a DainoStore package relies on something that only an entry of `files` declares.",
    explanation: "The host keeps `files` and never loads them: the import fails, or the name is not defined.",
    help: "Put the shared code into each handler that needs it.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"files\": [\n  {\n   \"name\": \"helpers.js\",\n   \"content\": \"export const fee = (total) => total;\"\n  }\n ],\n \"events\": [\n  {\n   \"eventName\": \"cart.viewed\",\n   \"listenerCode\": \"(data) => { console.log(fee(data.total)); }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"files\": [\n  {\n   \"name\": \"helpers.js\",\n   \"content\": \"export const fee = (total) => total;\"\n  }\n ],\n \"events\": [\n  {\n   \"eventName\": \"cart.viewed\",\n   \"listenerCode\": \"(data) => { const fee = (total) => total; console.log(fee(data.total)); }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        let mut names = BTreeSet::new();
        let mut declared = BTreeSet::new();
        for (_, row) in package.rows("files") {
            let text = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_default();
            names.insert(text("name").trim_start_matches("./").to_owned());
            if let Some(module) = ir::build(0, "file.js", text("content"), &[]).0 {
                declared.extend(module.symbols.iter().map(|s| s.name.to_string()));
            }
        }
        if names.is_empty() {
            continue;
        }
        for unit in package.units() {
            let Some(module) = unit.function().or_else(|| unit.module()) else { continue };
            let mut used = Used { names: &names, declared: &declared, found: None };
            visit_module(&module, &mut used);
            let import = module.imports.iter().map(|i| i.source.to_string());
            let import = import.into_iter().find(|source| is_file(&names, source));
            if let Some(what) = import.or(used.found) {
                let message = format!("`{what}` is only in `files`, which the host never loads");
                findings.at(package.path, package.span(&unit.pointer), message);
            }
        }
    }
}

/// Whether `source` names one of the files, with or without its ending.
fn is_file(names: &BTreeSet<String>, source: &str) -> bool {
    let Some(source) = source.strip_prefix("./") else { return false };
    names.iter().any(|name| name == source || name.strip_suffix(".js") == Some(source))
}

struct Used<'a> {
    names: &'a BTreeSet<String>,
    declared: &'a BTreeSet<String>,
    found: Option<String>,
}

impl Visitor for Used<'_> {
    fn expression(&mut self, expr: &Expr) {
        let found = match &expr.kind {
            ExprKind::Global(name) if self.declared.contains(&**name) => Some(name.to_string()),
            ExprKind::Call(call) => match (&call.callee.kind, call.args.first()) {
                (ExprKind::Global(name), Some(Expr { kind: ExprKind::Text(text), .. }))
                    if &**name == "require" && is_file(self.names, text) =>
                {
                    Some(text.to_string())
                }
                _ => None,
            },
            ExprKind::Import(source) => match &source.kind {
                ExprKind::Text(text) if is_file(self.names, text) => Some(text.to_string()),
                _ => None,
            },
            _ => None,
        };
        if self.found.is_none() {
            self.found = found;
        }
    }
}

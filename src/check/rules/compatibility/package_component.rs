//! Components of a package that break.

use crate::check::host_package::{UnitKind, names, packages};
use crate::check::ir::{Function, Visitor, visit_module};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::model::host_names::{IN_PAGES, IN_WIDGETS};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-component",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A widget or page of a DainoStore package asks for props it never gets, or declares a name that the host declares for it.",
    explanation: "A widget gets `config` and `slotData`, a page nothing. `useState`, `Button`, `Star` and other names are there already: to declare one of them again is a syntax error.",
    help: "Read from `slotData`, and use the names that are there.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"widgets\": [\n  {\n   \"widgetId\": \"b\",\n   \"widgetName\": \"B\",\n   \"componentCode\": \"function B({ productId }) { return productId; }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"widgets\": [\n  {\n   \"widgetId\": \"b\",\n   \"widgetName\": \"B\",\n   \"componentCode\": \"function B({ config, slotData }) { return slotData.productId; }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in packages(plugin.files) {
        for unit in package.units() {
            let (known, given): (&[&str], &[&str]) = match unit.kind {
                UnitKind::Widget => (&["config", "slotData"], IN_WIDGETS),
                UnitKind::AdminPage => (&[], IN_PAGES),
                _ => continue,
            };
            let Some(module) = unit.module() else { continue };
            let mut report = |message: String| {
                findings.at(package.path, package.span(&unit.pointer), message);
            };
            for symbol in module.symbols.iter().filter(|s| given.contains(&&*s.name)) {
                let is_import = module.imports.iter().any(|i| {
                    i.symbol.is_some_and(|s| std::ptr::eq(&module.symbols[s as usize], symbol))
                });
                if !is_import {
                    report(format!("`{}` is declared already", symbol.name));
                }
            }
            let mut first = First::default();
            visit_module(&module, &mut first);
            for name in first.0.unwrap_or_default().iter().filter(|n| !known.contains(&n.as_str()))
            {
                report(format!("`{}` never gets `{name}`", unit.name));
            }
        }
    }
}

#[derive(Default)]
struct First(Option<Vec<String>>);

impl Visitor for First {
    fn enter_function(&mut self, f: &Function) {
        if self.0.is_none() && f.name.as_ref().is_some_and(|n| n.starts_with(char::is_uppercase)) {
            self.0 = Some(names(f, 0).unwrap_or_default());
        }
    }
}

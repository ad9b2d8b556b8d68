//! Handlers of a package that do not load.

use crate::check::host_package::{Unit, UnitKind};
use crate::check::ir;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-handler-form",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A controller, listener or filter of a DainoStore package is not one function expression.",
    explanation: "The host pastes the code between parentheses: a semicolon at the end, a second function, an import or `module.exports` makes it fail. A widget or page has to parse, and a class that extends `Plugin` is nothing to a host.",
    help: "Write one function, with everything it needs inside.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({}); };\"\n  }\n ]\n}\n",
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
            if matches!(unit.kind, UnitKind::Widget | UnitKind::AdminPage) {
                if let Some(message) = broken(&unit) {
                    let message = format!("`{}` does not parse: {message}", unit.name);
                    findings.at(package.path, package.span(&unit.pointer), message);
                }
            } else if unit.function().is_none() {
                let message = format!("`{}` is not one function expression", unit.name);
                findings.at(package.path, package.span(&unit.pointer), message);
            }
        }
        for (pointer, row) in package.rows("files") {
            let content = row.get("content").and_then(|c| c.as_str()).unwrap_or_default();
            if content.contains("extends Plugin") {
                let span = package.span(&format!("{pointer}/content"));
                findings.at(package.path, span, "The host makes no plugin of a class");
            }
        }
    }
}

/// What is wrong with the code of a component.
fn broken(unit: &Unit<'_>) -> Option<String> {
    let body = unit.code.trim().strip_prefix("export default ").unwrap_or(unit.code);
    match ir::build(0, "unit.jsx", body, &[]) {
        (_, Some(fault)) => Some(fault.message.to_string()),
        (None, None) => Some("it cannot be read".to_owned()),
        _ => None,
    }
}

//! Handlers of a package that do not load.

use crate::check::host_package::UnitKind;
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
    explanation: "The host pastes the code between parentheses: a semicolon at the end, a second function, an import or `module.exports` makes it fail.",
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
                if unit.module().is_none() {
                    let message = format!("`{}` does not parse", unit.name);
                    findings.at(package.path, package.span(&unit.pointer), message);
                }
            } else if unit.function().is_none() {
                let message = format!("`{}` is not one function expression", unit.name);
                findings.at(package.path, package.span(&unit.pointer), message);
            }
        }
    }
}

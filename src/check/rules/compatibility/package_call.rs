//! Calls of a package's own routes that do not arrive.

use crate::check::host_package::packages;
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-call",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A widget or page of a DainoStore package calls its own route by an address that fails.",
    explanation: "Routes are below `/exec/`, every call needs the header `x-store-id`, and a route has to have a controller.",
    help: "Call `/api/plugins/<slug>/exec/…` with `x-store-id`, and add the controller.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"widgets\": [\n  {\n   \"widgetId\": \"b\",\n   \"widgetName\": \"B\",\n   \"componentCode\": \"function B() { fetch('/api/plugins/acme-plugin/status'); }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"widgets\": [\n  {\n   \"widgetId\": \"b\",\n   \"widgetName\": \"B\",\n   \"componentCode\": \"function B({ config }) { fetch('/api/plugins/acme-plugin/exec/list', { headers: { 'x-store-id': config.id } }); }\"\n  }\n ],\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({}); }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in packages(plugin.files) {
        for unit in package.units() {
            let Some(at) = unit.code.find("/api/plugins/") else { continue };
            let rest = &unit.code[at + "/api/plugins/".len()..];
            let address = rest.split(['\'', '"', '`', '?', ')', ' ']).next().unwrap_or_default();
            let message = match address.split_once("/exec/") {
                None => "Routes of a plugin are below `/exec/`".to_owned(),
                Some(_) if !unit.code.to_lowercase().contains("x-store-id") => {
                    "The header `x-store-id` is missing".to_owned()
                }
                Some((_, path)) => {
                    let has = package.rows("controllers").any(|(_, row)| {
                        let own = row.get("path").and_then(|p| p.as_str()).unwrap_or_default();
                        let own = own.trim_start_matches('/');
                        own == path || own.contains(':') || path.contains("${")
                    });
                    if has {
                        continue;
                    }
                    format!("There is no controller for `/{path}`")
                }
            };
            findings.at(package.path, package.span(&unit.pointer), message);
        }
    }
}

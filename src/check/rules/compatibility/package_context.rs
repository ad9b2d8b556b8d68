//! Handlers of a package that ask for what they do not get.

use crate::check::host_package::{UnitKind, names, only, packages};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-context",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A handler of a DainoStore package takes a name from its context that the shop does not pass.",
    explanation: "The third argument of a controller is `{ supabase }` and nothing else; listeners get `(data)` and filters `(value, context)`. Any other name is undefined, and the first use of it fails.",
    help: "Use `supabase`, and the global `fetch`.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { sequelize }) { res.json(await sequelize.query('SELECT 1')); }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({}); }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in packages(plugin.files) {
        for unit in package.units() {
            let Some(module) = unit.function() else { continue };
            let Some(f) = only(&module) else { continue };
            let (index, known): (usize, &[&str]) = match unit.kind {
                UnitKind::Controller => (2, &["supabase"]),
                UnitKind::Event => (1, &[]),
                UnitKind::Hook => (2, &[]),
                UnitKind::Widget | UnitKind::AdminPage => continue,
            };
            let mut asked = names(f, index).unwrap_or_default();
            if unit.kind == UnitKind::Hook {
                asked.extend(names(f, 1).unwrap_or_default().into_iter().filter(|n| {
                    matches!(n.as_str(), "db" | "supabase" | "sequelize" | "secrets" | "fetch")
                }));
            }
            for name in asked.iter().filter(|n| !known.contains(&n.as_str())) {
                let message = format!("`{}` never gets `{name}`", unit.name);
                findings.at(package.path, package.span(&unit.pointer), message);
            }
        }
    }
}

//! Entities and migrations of a package that disagree.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::check::sql;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-tables",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "An entity of a DainoStore package has no migration, or its migrations are out of order.",
    explanation: "The host makes no table for an entity, and runs migrations in the order of the calls; a version that does not grow is run too early.",
    help: "Add a migration for each entity, with versions that grow.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"entities\": [\n  {\n   \"name\": \"Row\",\n   \"tableName\": \"acme_plugin_rows\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"entities\": [\n  {\n   \"name\": \"Row\",\n   \"tableName\": \"acme_plugin_rows\"\n  }\n ],\n \"migrations\": [\n  {\n   \"name\": \"rows\",\n   \"migrationVersion\": \"1700000000000\",\n   \"code\": \"CREATE TABLE IF NOT EXISTS acme_plugin_rows (id UUID PRIMARY KEY)\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        let code: Vec<&str> = package
            .json
            .get("migrations")
            .and_then(|m| m.as_array())
            .into_iter()
            .flatten()
            .filter_map(|m| m.get("code").and_then(|c| c.as_str()))
            .collect();
        for (pointer, row) in package.rows("entities") {
            let Some(table) = row.get("tableName").and_then(|t| t.as_str()) else { continue };
            let is_made = code.iter().any(|c| {
                sql::statements(c)
                    .unwrap_or_default()
                    .iter()
                    .any(|s| s.creates().as_deref() == Some(table))
            });
            if !is_made {
                findings.at(
                    package.path,
                    package.span(&pointer),
                    format!("No migration makes `{table}`"),
                );
            }
        }
        let mut last = String::new();
        for (pointer, row) in package.rows("migrations") {
            let version = row.get("migrationVersion").and_then(|v| v.as_str()).unwrap_or_default();
            if !version.is_empty() && version <= last.as_str() && version.len() <= last.len() {
                let span = package.span(&format!("{pointer}/migrationVersion"));
                findings.at(package.path, span, format!("`{version}` does not follow `{last}`"));
            }
            last = version.to_owned();
        }
    }
}

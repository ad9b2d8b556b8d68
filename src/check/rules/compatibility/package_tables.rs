//! Entities and migrations of a package that disagree.

use std::collections::BTreeSet;

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
            let text = |key: &str| row.get(key).and_then(|t| t.as_str());
            let named = text("name").map(|name| name.to_lowercase().replace(' ', "_"));
            let Some(table) = text("tableName").map(str::to_owned).or(named) else { continue };
            let is_made = code.iter().any(|c| {
                sql::statements(c)
                    .unwrap_or_default()
                    .iter()
                    .any(|s| s.creates().as_deref() == Some(table.as_str()))
            });
            if !is_made {
                findings.at(
                    package.path,
                    package.span(&pointer),
                    format!("No migration makes `{table}`"),
                );
            }
        }
        // Where there are entities, each table is one.
        let entities: BTreeSet<String> = package
            .rows("entities")
            .filter_map(|(_, row)| {
                let text = |key: &str| row.get(key).and_then(|t| t.as_str());
                let name = text("name")?.to_lowercase().replace(' ', "_");
                Some(text("tableName").map_or(name, str::to_lowercase))
            })
            .collect();
        for (pointer, row) in package.rows("migrations").filter(|_| !entities.is_empty()) {
            let code = row.get("code").and_then(|c| c.as_str()).unwrap_or_default();
            for made in sql::statements(code).unwrap_or_default().iter().filter_map(|s| s.creates())
            {
                if !entities.contains(&made) {
                    let span = package.span(&format!("{pointer}/code"));
                    findings.at(package.path, span, format!("No entity is the table `{made}`"));
                }
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

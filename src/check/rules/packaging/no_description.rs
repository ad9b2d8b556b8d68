//! A plugin without description.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "no-description",
    category: Category::Packaging,
    severity: Severity::Info,
    class: "packaging",
    summary: "The manifest has no description.",
    explanation: "It is what people see in a search.",
    help: "Add one or two sentences as `description`.",
    bad: &[(
        "manifest.json",
        "{\"name\": \"Acme\", \"slug\": \"acme-plugin\", \"version\": \"1.0.0\", \"type\": \"custom\", \"license\": \"MIT\"}",
    )],
    good: &[("README.md", "# Acme\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    if plugin.manifest.is_some_and(|m| m.description.as_ref().is_none_or(|d| d.trim().is_empty())) {
        findings.manifest(plugin, "", "The manifest has no `description`");
    }
}

//! A plugin without licence.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "no-license",
    category: Category::Packaging,
    severity: Severity::Warning,
    class: "packaging",
    summary: "The plugin has no licence.",
    explanation: "Without one nobody may use it. A LICENSE file, or `license` in the manifest with an SPDX name or `commercial`, says the terms.",
    help: "Add a LICENSE file and `license` to the manifest.",
    bad: &[
        ("LICENSE", ""),
        (
            "manifest.json",
            "{\"name\": \"Acme\", \"slug\": \"acme-plugin\", \"version\": \"1.0.0\", \"type\": \"custom\", \"description\": \"x\"}",
        ),
    ],
    good: &[("README.md", "# Acme\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let has_file = plugin.files.paths().any(|path| {
        let name = path.as_str().to_ascii_lowercase();
        name.starts_with("license") || name.starts_with("licence")
    });
    let is_named = plugin.manifest.is_none_or(|m| m.license.is_some());
    if !has_file && !is_named {
        findings.manifest(
            plugin,
            "",
            "There is neither a LICENSE file nor `license` in the manifest",
        );
    }
}

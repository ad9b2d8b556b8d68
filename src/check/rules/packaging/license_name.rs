//! Licences without a known name.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "license-not-spdx",
    category: Category::Packaging,
    severity: Severity::Warning,
    class: "packaging",
    summary: "The licence in the manifest is no SPDX name.",
    explanation: "The marketplace sorts plugins by licence, and `MIT License` is not `MIT`.",
    help: "Use a name of spdx.org/licenses, or `commercial`.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT License\"\n}",
    )],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT OR Apache-2.0\"\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let Some(license) = &manifest.license else { return };
    let is_own = matches!(license.as_str(), "commercial" | "UNLICENSED")
        || license.starts_with("LicenseRef-");
    if !is_own && spdx::Expression::parse(license).is_err() {
        findings.manifest(plugin, "/license", format!("`{license}` is no SPDX name"));
    }
}

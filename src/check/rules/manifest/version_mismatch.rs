//! Two versions of one plugin.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "version-mismatch",
    category: Category::Manifest,
    severity: Severity::Warning,
    class: "manifest",
    summary: "manifest.json and package.json name different versions.",
    explanation: "The manifest decides; a reader of package.json is misled.",
    help: "Write the same version into both files.",
    bad: &[("package.json", "{ \"version\": \"2.0.0\" }")],
    good: &[("package.json", "{ \"version\": \"1.0.0\" }")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let version = plugin
        .files
        .text("package.json")
        .and_then(|text| serde_json::from_str::<serde_json::Value>(text).ok())
        .and_then(|json| json.get("version")?.as_str().map(str::to_owned));
    if let Some(version) = version
        && version != manifest.version.to_string()
    {
        let message =
            format!("package.json says {version}, the manifest says {}", manifest.version);
        findings.manifest(plugin, "/version", message);
    }
}

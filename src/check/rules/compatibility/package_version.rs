//! Versions of a package that disagree.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-version",
    category: Category::Compatibility,
    severity: Severity::Warning,
    class: "compatibility",
    summary: "A DainoStore package names a version that is not SemVer, or two that differ.",
    explanation: "The host keeps the one of the plugin and shows the one of its manifest.",
    help: "Write one version, such as `1.2.0`, in both places.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.1\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n }\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    // Beside a manifest of its own, a tree's package.json is compared with that.
    let npm = plugin.files.text("package.json").filter(|_| plugin.manifest_text.is_empty());
    let npm: Option<serde_json::Value> = npm.and_then(|text| serde_json::from_str(text).ok());
    let npm = npm.as_ref().filter(|json| json.get("plugin").is_none());
    let npm = npm.and_then(|json| json.get("version")).and_then(|v| v.as_str());
    for package in plugin.packages {
        let text = |pointer: &str| package.json.pointer(pointer).and_then(|v| v.as_str());
        let Some(own) = text("/plugin/version") else { continue };
        let span = package.span("/plugin/version");
        let manifest = text("/plugin/manifest/version");
        if semver::Version::parse(own).is_err() {
            findings.at(package.path, span, format!("`{own}` is not SemVer"));
        } else if let Some(other) = manifest.filter(|v| *v != own) {
            findings.at(package.path, span, format!("Its manifest says `{other}`, not `{own}`"));
        } else if let Some(other) = npm.filter(|v| *v != own) {
            let message = format!("`package.json` says `{other}`, not `{own}`");
            findings.at(package.path, span, message);
        }
    }
}

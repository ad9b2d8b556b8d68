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
    for package in plugin.packages {
        let text = |pointer: &str| package.json.pointer(pointer).and_then(|v| v.as_str());
        let Some(own) = text("/plugin/version") else { continue };
        let span = package.span("/plugin/version");
        if semver::Version::parse(own).is_err() {
            findings.at(package.path, span, format!("`{own}` is not SemVer"));
        } else if let Some(other) = text("/plugin/manifest/version").filter(|v| *v != own) {
            findings.at(package.path, span, format!("Its manifest says `{other}`, not `{own}`"));
        }
    }
}

//! Releases that the changelog does not know.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "changelog-without-version",
    category: Category::Packaging,
    severity: Severity::Info,
    class: "packaging",
    summary: "CHANGELOG.md does not name the version of the manifest.",
    explanation: "Whoever updates wants to know what changes.",
    help: "Add a heading with the version and what changed.",
    bad: &[("CHANGELOG.md", "# 0.9.0\n")],
    good: &[("CHANGELOG.md", "# 1.0.0\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let Some(path) = plugin.files.paths().find(|p| p.as_str().eq_ignore_ascii_case("changelog.md"))
    else {
        return;
    };
    let text = plugin.files.text(path.as_str()).unwrap_or_default();
    let version = manifest.version.to_string();
    if !text.contains(&version) && !text.to_lowercase().contains("unreleased") {
        findings.at(path, Span::START, format!("It does not name version {version}"));
    }
}

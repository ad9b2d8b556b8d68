//! A plugin without change log.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "no-changelog",
    category: Category::Packaging,
    severity: Severity::Info,
    class: "packaging",
    summary: "The plugin has no CHANGELOG.md.",
    explanation: "Shops read it before they update.",
    help: "Add a CHANGELOG.md.",
    bad: &[("CHANGELOG.md", "")],
    good: &[("README.md", "# Acme\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let has = plugin.files.paths().any(|path| path.as_str().eq_ignore_ascii_case("changelog.md"));
    if !has {
        findings.manifest(plugin, "", "There is no CHANGELOG.md");
    }
}

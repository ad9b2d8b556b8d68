//! A plugin without README.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "no-readme",
    category: Category::Packaging,
    severity: Severity::Warning,
    class: "packaging",
    summary: "The plugin has no README.md.",
    explanation: "It is the page of the plugin in the marketplace.",
    help: "Add a README.md: what it does, how it is set up.",
    bad: &[("README.md", "")],
    good: &[("README.md", "# Acme\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let has = plugin.files.paths().any(|path| path.as_str().eq_ignore_ascii_case("readme.md"));
    if !has {
        findings.manifest(plugin, "", "There is no README.md");
    }
}

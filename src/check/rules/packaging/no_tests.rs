//! A plugin without tests.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "no-tests",
    category: Category::Packaging,
    severity: Severity::Warning,
    class: "packaging",
    summary: "The plugin has no tests.",
    explanation: "`daino-pdk test` runs `tests/**/*.test.js` in the sandbox, with a database of their own.",
    help: "Add a file such as `tests/unit/plugin.test.js`.",
    bad: &[("tests/unit/plugin.test.js", "")],
    good: &[("README.md", "# Acme\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let has = plugin
        .files
        .paths()
        .any(|path| path.as_str().contains(".test.") || path.as_str().contains(".spec."));
    if !has {
        findings.manifest(plugin, "", "There are no tests");
    }
}

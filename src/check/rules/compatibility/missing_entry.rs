//! A plugin without entry.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "missing-entry",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The entry module does not exist.",
    explanation: "It is `main` of the manifest, else `index.js` or `index.ts`.",
    help: "Create the file, or name another one as `main`.",
    bad: &[("index.js", "")],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let entry = plugin.entry();
    if !plugin.files.contains(entry.as_str()) {
        findings.manifest(plugin, "/main", format!("The entry `{entry}` does not exist"));
    }
}

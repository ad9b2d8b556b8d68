//! The manifest is not JSON.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::IssueKind;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "manifest-syntax",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "manifest.json is not a JSON object.",
    explanation: "Nothing else about the plugin can be known then. The manifest is strict JSON: no comments, no trailing commas, double quotes, UTF-8 without byte order mark, at most 1 MB.",
    help: "Mend the place that is named.",
    bad: &[("manifest.json", "{ \"name\": \"Acme\", }")],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    super::issues(plugin, findings, IssueKind::Syntax);
}

//! Required keys that are absent.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::IssueKind;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "manifest-missing-key",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "A required key is missing from the manifest.",
    explanation: "`name`, `slug`, `version` and `type` identify a plugin; parts have required keys of their own.",
    help: "Add the key.",
    bad: &[(
        "manifest.json",
        "{\"name\": \"Acme\", \"slug\": \"acme-plugin\", \"version\": \"1.0.0\"}",
    )],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    super::issues(plugin, findings, IssueKind::MissingKey);
}

//! Keys that stand twice.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::IssueKind;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "manifest-duplicate-key",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "A key stands twice in one object of the manifest.",
    explanation: "Readers of JSON disagree about which one counts.",
    help: "Remove one of them.",
    bad: &[(
        "manifest.json",
        "{\"name\":\"Acme\",\"name\":\"Other\",\"slug\":\"acme-plugin\",\"version\":\"1.0.0\",\"type\":\"custom\"}",
    )],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    super::issues(plugin, findings, IssueKind::DuplicateKey);
}

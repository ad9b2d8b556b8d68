//! Values that are not accepted.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::IssueKind;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "manifest-bad-value",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "A value in the manifest is not accepted.",
    explanation: "The type is right and the value is not: a slug with spaces, a price of a free plugin, a host with a scheme, a cron schedule with four fields.",
    help: "Write a value as the message says.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"Acme Plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
    )],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    super::issues(plugin, findings, IssueKind::BadValue);
}

//! Values of the wrong type.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::IssueKind;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "manifest-wrong-type",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "A value in the manifest has the wrong type.",
    explanation: "The schema that `daino-pdk schema` prints says which type each key has.",
    help: "Write the type that the message names.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"admin\": \"no\"\n }\n}",
    )],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    super::issues(plugin, findings, IssueKind::WrongType);
}

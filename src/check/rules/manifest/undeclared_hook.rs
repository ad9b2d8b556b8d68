//! Hooks without a grant.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "undeclared-hook",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "The manifest handles a hook that it does not ask for.",
    explanation: "A shop only delivers the hooks in `permissions.hooks`; a handler for another one never runs.",
    help: "Add the name to `permissions.hooks`.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"order.payment\": \"onPayment\"\n }\n}",
        ),
        ("index.js", "export default class Plugin {\n  async onPayment(payload, ctx) {}\n}\n"),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"order.payment\": \"onPayment\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"order.payment\"\n  ]\n }\n}",
        ),
        ("index.js", "export default class Plugin {\n  async onPayment(payload, ctx) {}\n}\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for name in manifest.hooks.keys() {
        if !manifest.permissions.hooks.contains(name) {
            let message = format!("`{name}` has a handler but no permission");
            findings.manifest(plugin, &format!("/hooks/{name}"), message);
        }
    }
}

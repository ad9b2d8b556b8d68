//! Hooks that the shop does not have.

use crate::check::hooks::{self, HookKind};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::nearest;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unknown-hook",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The manifest listens to a hook that the shop does not know.",
    explanation: "A mistyped name is never called and nobody says so. Names that are known to mean another one are suggested.",
    help: "Write the name that the shop uses.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"product.viewed\": \"onView\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"product.viewed\"\n  ]\n }\n}",
        ),
        ("index.js", "export default class Plugin {\n  async onView(payload, ctx) {}\n}\n"),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"product.view\": \"onView\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"product.view\"\n  ]\n }\n}",
        ),
        ("index.js", "export default class Plugin {\n  async onView(payload, ctx) {}\n}\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for name in manifest.hooks.keys() {
        let mut message = format!("The shop has no hook `{name}`");
        match hooks::hook(name.as_str()) {
            HookKind::Fires | HookKind::Silent => continue,
            HookKind::Alias(meant) => message.push_str(&format!("; did you mean `{meant}`?")),
            HookKind::Unknown => {
                if let Some(meant) = nearest(name.as_str(), hooks::names()) {
                    message.push_str(&format!("; did you mean `{meant}`?"));
                }
            }
        }
        findings.manifest(plugin, &format!("/hooks/{name}"), message);
    }
}

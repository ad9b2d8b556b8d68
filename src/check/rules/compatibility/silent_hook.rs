//! Hooks that the host does not fire by itself yet.

use crate::check::hooks::{self, HookKind};
use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "silent-hook",
    category: Category::Compatibility,
    severity: Severity::Info,
    class: "compatibility",
    summary: "The hook is known, and DainoStore itself does not fire it today.",
    explanation: "Of the names in its catalogue the host fires only those of the cart page. The shop runtime of `daino-pdk` delivers all of them.",
    help: "Nothing has to be changed; do not rely on it in a host without the plugin runtime.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"product.view\": \"onView\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"product.view\"\n  ]\n }\n}",
        ),
        ("index.js", "export default class Plugin {\n  async onView(payload, ctx) {}\n}\n"),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"hooks\": {\n  \"cart.viewed\": \"onView\"\n },\n \"permissions\": {\n  \"hooks\": [\n   \"cart.viewed\"\n  ]\n }\n}",
        ),
        ("index.js", "export default class Plugin {\n  async onView(payload, ctx) {}\n}\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for name in manifest.hooks.keys() {
        if hooks::hook(name.as_str()) != HookKind::Silent {
            continue;
        }
        let message = match hooks::design(name.as_str()) {
            Some(canonical) => format!(
                "`{name}` stands for `{canonical}`, which DainoStore itself does not fire today"
            ),
            None => format!("DainoStore itself does not fire `{name}` today"),
        };
        findings.manifest(plugin, &format!("/hooks/{name}"), message);
    }
}

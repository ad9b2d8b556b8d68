//! Methods that the type of a plugin needs.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "missing-method",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The plugin lacks a method that its type requires.",
    explanation: "The shop calls these methods; without one, a payment or a shipment fails. Classes, objects and CommonJS exports are read, inherited methods too.",
    help: "Add the method: `async method(input, ctx)`.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"analytics\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
        ),
        ("index.js", "export default class Plugin {\n  async track(input, ctx) {}\n}\n"),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"analytics\",\n \"description\": \"An example.\",\n \"license\": \"MIT\"\n}",
        ),
        (
            "index.js",
            "class Base {\n  async report(input, ctx) {}\n}\nexport default class Plugin extends Base {\n  async track(input, ctx) {}\n}\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let entry = plugin.entry();
    let Some(source) = plugin.source(entry.as_str()) else { return };
    if source.module.is_none() {
        return;
    }
    let Some(exported) = super::exported(plugin, entry.as_str()) else { return };
    for method in manifest.kind.required_methods() {
        if !exported.names.contains(*method) && !exported.is_open {
            let message =
                format!("A `{}` plugin needs the method `{method}`", manifest.kind.as_str());
            findings.code(source, super::default_export(source), message);
        }
    }
}

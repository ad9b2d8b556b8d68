//! Widgets that could be anybody's.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unprefixed-widget",
    category: Category::Manifest,
    severity: Severity::Warning,
    class: "manifest",
    summary: "The id of a widget does not begin with the slug of the plugin.",
    explanation: "All plugins of a shop share the ids of widgets.",
    help: "Begin the id with the slug and `-`.",
    bad: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"box\",\n   \"name\": \"Box\",\n   \"file\": \"widgets/box.js\"\n  }\n ]\n}",
        ),
        ("widgets/box.js", "export default function Box() {}\n"),
    ],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"acme-plugin-box\",\n   \"name\": \"Box\",\n   \"file\": \"widgets/box.js\"\n  }\n ]\n}",
        ),
        ("widgets/box.js", "export default function Box() {}\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let prefix = format!("{}-", manifest.slug.as_str());
    for (index, widget) in manifest.widgets.iter().enumerate() {
        if !widget.id.starts_with(&prefix) {
            let pointer = format!("/widgets/{index}/id");
            findings.manifest(
                plugin,
                &pointer,
                format!("`{}` does not begin with `{prefix}`", widget.id),
            );
        }
    }
}

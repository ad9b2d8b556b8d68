//! Files that the manifest names and that are not there.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "missing-part",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "The manifest names a file that does not exist.",
    explanation: "Widgets, admin pages and entities are shipped as their files.",
    help: "Correct the path, or add the file.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"acme-plugin-w\",\n   \"name\": \"W\",\n   \"file\": \"widgets/w.js\"\n  }\n ]\n}",
    )],
    good: &[
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"widgets\": [\n  {\n   \"id\": \"acme-plugin-w\",\n   \"name\": \"W\",\n   \"file\": \"widgets/w.js\"\n  }\n ]\n}",
        ),
        ("widgets/w.js", "export default function W() { return null; }\n"),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let widgets =
        manifest.widgets.iter().enumerate().map(|(i, w)| (format!("/widgets/{i}/file"), &w.file));
    let pages = manifest
        .admin_pages
        .iter()
        .enumerate()
        .map(|(i, p)| (format!("/adminPages/{i}/file"), &p.file));
    let entities = manifest
        .entities
        .iter()
        .enumerate()
        .filter_map(|(i, e)| Some((format!("/entities/{i}/file"), e.file.as_ref()?)));
    for (pointer, file) in widgets.chain(pages).chain(entities) {
        if !plugin.files.contains(file.as_str()) {
            findings.manifest(plugin, &pointer, format!("`{file}` does not exist"));
        }
    }
}

//! Secrets that the code does not read.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::ManifestChange;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unused-secret",
    category: Category::Manifest,
    severity: Severity::Warning,
    class: "manifest",
    summary: "The manifest names a secret that the code does not read.",
    explanation: "The shop then asks for a key that the plugin does not need.",
    help: "Remove it from `secrets`.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"secrets\": [\n  \"ACME_KEY\"\n ]\n}",
    )],
    good: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.secrets.ACME_KEY;\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"secrets\": [\n  \"ACME_KEY\"\n ]\n}",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    let read = super::super::secrets::read(plugin);
    if super::super::secrets::is_open(plugin) {
        return;
    }
    for (index, name) in manifest.secrets.iter().enumerate() {
        if !read.iter().any(|(_, _, used)| used == name) {
            let message = format!("Nothing in the code reads the secret `{name}`");
            let change = ManifestChange::Remove(&["secrets"], name);
            let fix = plugin.manifest_fix(format!("remove `{name}` from `secrets`"), change);
            if let Some(finding) = findings.manifest(plugin, &format!("/secrets/{index}"), message)
            {
                finding.fix = fix;
            }
        }
    }
}

//! Secrets that the manifest does not name.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::project::ManifestChange;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "undeclared-secret",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "The code reads a secret that the manifest does not name.",
    explanation: "A shop only asks for, and only hands over, the secrets that are declared; this one is always absent.",
    help: "Add its name to `secrets`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.secrets.ACME_KEY;\n  }\n}\n",
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
    for (file, place, name) in super::super::secrets::read(plugin) {
        if !manifest.secrets.contains(&name) {
            let source = &plugin.sources[file];
            let message = format!("The secret `{name}` is not declared");
            let change = ManifestChange::Add(&["secrets"], &name);
            let fix = plugin.manifest_fix(format!("add `{name}` to `secrets`"), change);
            if let Some(finding) = findings.code(source, place, message) {
                finding.fix = fix;
            }
        }
    }
}

//! Hosts that the code calls without a grant.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use crate::model::permission::HostPattern;
use crate::project::ManifestChange;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "undeclared-host",
    category: Category::Manifest,
    severity: Severity::Error,
    class: "manifest",
    summary: "The code calls a host that the manifest does not ask for.",
    explanation: "The broker refuses the request. Hosts are read from the text of URLs, as far as it is constant.",
    help: "Add the host to `permissions.api`, or to a service in `apis` that is named there.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.fetch('https://api.example.com/items');\n  }\n}\n",
    )],
    good: &[
        (
            "index.js",
            "export default class Plugin {\n  async track(input, ctx) {\n    return ctx.fetch('https://api.example.com/items');\n  }\n}\n",
        ),
        (
            "manifest.json",
            "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"api\": [\n   \"api.example.com\"\n  ]\n }\n}",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(manifest) = plugin.manifest else { return };
    for usage in &plugin.facts.urls {
        let source = &plugin.sources[usage.file as usize];
        if source.is_test {
            continue;
        }
        let Some((host, port, is_https)) = super::super::hosts::of(&usage.text) else { continue };
        if !is_https {
            let message =
                format!("`{host}` is called without TLS; the broker only makes HTTPS requests");
            findings.code(source, usage.place, message);
        } else if !super::super::hosts::granted(manifest).iter().any(|p| p.matches(&host, port)) {
            let message = format!("`{host}` is called here without a permission");
            let wanted = if port == 443 { host } else { format!("{host}:{port}") };
            // An address without a name cannot be granted.
            let fix = wanted.parse::<HostPattern>().is_ok().then(|| {
                let change = ManifestChange::Add(&["permissions", "api"], &wanted);
                plugin.manifest_fix(format!("grant `{wanted}`"), change)
            });
            if let Some(finding) = findings.code(source, usage.place, message) {
                finding.fix = fix.flatten();
            }
        }
    }
}

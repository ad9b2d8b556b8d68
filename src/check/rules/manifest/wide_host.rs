//! Hosts that are half of the internet.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "wide-host",
    category: Category::Manifest,
    severity: Severity::Warning,
    class: "manifest",
    summary: "A host of the manifest allows every name below a public ending.",
    explanation: "`*.com` allows each site there is, so the grant says nothing.",
    help: "Name the host, or `*.` and a domain of the service.",
    bad: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"api\": [\n   \"*.github.io\"\n  ]\n }\n}",
    )],
    good: &[(
        "manifest.json",
        "{\n \"name\": \"Acme\",\n \"slug\": \"acme-plugin\",\n \"version\": \"1.0.0\",\n \"type\": \"custom\",\n \"description\": \"An example.\",\n \"license\": \"MIT\",\n \"permissions\": {\n  \"api\": [\n   \"api.example.com\"\n  ]\n }\n}",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    const SHARED: [&str; 12] = [
        "github.io",
        "herokuapp.com",
        "vercel.app",
        "netlify.app",
        "amazonaws.com",
        "cloudfront.net",
        "azurewebsites.net",
        "web.app",
        "pages.dev",
        "workers.dev",
        "ngrok.io",
        "co.uk",
    ];
    let Some(manifest) = plugin.manifest else { return };
    for (index, grant) in manifest.permissions.api.iter().enumerate() {
        for pattern in super::super::hosts::patterns(manifest, grant) {
            let text = pattern.to_string();
            let Some(domain) = text.strip_prefix("*.") else { continue };
            let domain = domain.split(':').next().unwrap_or_default();
            if !domain.contains('.') || SHARED.contains(&domain) {
                let pointer = format!("/permissions/api/{index}");
                findings.manifest(plugin, &pointer, format!("`{text}` belongs to everybody"));
            }
        }
    }
}

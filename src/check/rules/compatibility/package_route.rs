//! Controllers of a package that are never reached.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;
use std::collections::BTreeSet;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-route",
    category: Category::Compatibility,
    severity: Severity::Error,
    class: "compatibility",
    summary: "A controller of a DainoStore package has a method, path or body that the host does not take.",
    explanation: "Methods are compared letter by letter, so they are upper case; paths begin with `/`; of two with one method and path only the first is called; below `/webhook` the body is a buffer that has to be verified and parsed first.",
    help: "Correct the method or path; parse `req.body` of a webhook.",
    bad: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"get\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({}); }\"\n  }\n ]\n}\n",
    )],
    good: &[(
        "package/acme.json",
        "{\n \"packageVersion\": \"1.0.0\",\n \"plugin\": {\n  \"name\": \"Acme\",\n  \"slug\": \"acme-plugin\",\n  \"version\": \"1.0.0\",\n  \"manifest\": {\n   \"version\": \"1.0.0\"\n  }\n },\n \"controllers\": [\n  {\n   \"name\": \"list\",\n   \"method\": \"GET\",\n   \"path\": \"/list\",\n   \"code\": \"async function list(req, res, { supabase }) { res.json({}); }\"\n  }\n ]\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for package in plugin.packages {
        let mut seen = BTreeSet::new();
        for (pointer, row) in package.rows("controllers") {
            let text = |key: &str| row.get(key).and_then(|v| v.as_str()).unwrap_or_default();
            let (method, path, code) = (text("method"), text("path"), text("code"));
            let mut report = |key: &str, message: String| {
                findings.at(package.path, package.span(&format!("{pointer}/{key}")), message);
            };
            if method.bytes().any(|b| b.is_ascii_lowercase()) {
                report("method", format!("`{method}` is never matched; methods are upper case"));
            }
            if !path.is_empty() && !path.starts_with('/') {
                report("path", format!("`{path}` does not begin with `/`"));
            }
            let method = if method.is_empty() { "GET" } else { method };
            // Names of parts do not tell routes apart.
            let parts: Vec<&str> = path
                .split('/')
                .filter(|p| !p.is_empty())
                .map(|p| if p.starts_with(':') { ":" } else { p })
                .collect();
            if !seen.insert((method.to_ascii_uppercase(), parts.join("/"))) {
                report("path", format!("`{method} {path}` stands here a second time"));
            }
            if path.contains("/webhook")
                && code.contains("req.body")
                && !code.contains("JSON.parse")
            {
                report("code", "The body of a webhook is a buffer here".to_owned());
            }
        }
    }
}

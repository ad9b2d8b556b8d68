//! A package.json that does not parse.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "package-json-invalid",
    category: Category::Packaging,
    severity: Severity::Error,
    class: "packaging",
    summary: "package.json is not a JSON object.",
    explanation: "Packages of the plugin cannot be found, so it cannot be packed.",
    help: "Correct the file.",
    bad: &[("package.json", "{ \"name\": \"acme\", }\n")],
    good: &[("package.json", "{ \"name\": \"acme\" }\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(text) = plugin.files.text("package.json") else { return };
    let Some(path) = plugin.files.paths().find(|p| p.as_str() == "package.json") else { return };
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(json) if json.is_object() => {}
        Ok(_) => {
            findings.at(path, Span::START, "The file is not a JSON object");
        }
        Err(error) => {
            findings.at(path, Span::START, format!("The file does not parse: {error}"));
        }
    }
}

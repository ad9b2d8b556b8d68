//! Packages that nothing imports.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unused-dependency",
    category: Category::Packaging,
    severity: Severity::Info,
    class: "packaging",
    summary: "A dependency of package.json is imported by no file.",
    explanation: "It is fetched, audited and updated for nothing.",
    help: "Remove it, or move it to `devDependencies`.",
    bad: &[(
        "package.json",
        "{ \"name\": \"acme\", \"dependencies\": { \"dayjs\": \"^1.11.0\" } }\n",
    )],
    good: &[
        ("package.json", "{ \"name\": \"acme\", \"dependencies\": { \"dayjs\": \"^1.11.0\" } }\n"),
        (
            "index.js",
            "import dayjs from 'dayjs';\nexport default class Plugin { track() { return dayjs(); } }\n",
        ),
    ],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(text) = plugin.files.text("package.json") else { return };
    let Ok(json) = serde_json::from_str::<serde_json::Value>(text) else { return };
    let Some(path) = plugin.files.paths().find(|p| p.as_str() == "package.json") else { return };
    let Some(list) = json.get("dependencies").and_then(|d| d.as_object()) else { return };
    for name in list.keys().filter(|n| !n.starts_with("@types/")) {
        let is_used = plugin.sources.iter().any(|s| {
            [format!("'{name}'"), format!("\"{name}\""), format!("'{name}/"), format!("\"{name}/")]
                .iter()
                .any(|quoted| s.text.contains(quoted.as_str()))
        });
        if !is_used {
            let at = text.find(&format!("\"{name}\"")).unwrap_or(0);
            let span = Span::locate(text, at, at + name.len() + 2);
            findings.at(path, span, format!("No file imports `{name}`"));
        }
    }
}

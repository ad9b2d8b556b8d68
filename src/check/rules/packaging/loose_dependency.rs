//! Packages of any version.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "loose-dependency",
    category: Category::Packaging,
    severity: Severity::Warning,
    class: "packaging",
    summary: "A dependency has no version, or comes from an address.",
    explanation: "What is bundled changes from one build to the next, and nobody sees it.",
    help: "Name a range such as `^1.2.0`, and keep the lock file.",
    bad: &[("package.json", "{ \"name\": \"acme\", \"dependencies\": { \"dayjs\": \"*\" } }\n")],
    good: &[(
        "package.json",
        "{ \"name\": \"acme\", \"dependencies\": { \"dayjs\": \"^1.11.0\" } }\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(text) = plugin.files.text("package.json") else { return };
    let Ok(json) = serde_json::from_str::<serde_json::Value>(text) else { return };
    let Some(path) = plugin.files.paths().find(|p| p.as_str() == "package.json") else { return };
    let Some(list) = json.get("dependencies").and_then(|d| d.as_object()) else { return };
    for (name, version) in list {
        let version = version.as_str().unwrap_or_default();
        let is_loose = matches!(version, "" | "*" | "latest" | "x")
            || ["git", "http:", "https:", "github:"].iter().any(|p| version.starts_with(p));
        if is_loose {
            let at = text.find(&format!("\"{name}\"")).unwrap_or(0);
            let span = Span::locate(text, at, at + name.len() + 2);
            findings.at(path, span, format!("`{name}` may be any version: `{version}`"));
        }
    }
}

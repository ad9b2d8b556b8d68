//! Programs that run at installation.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "install-script",
    category: Category::Packaging,
    severity: Severity::Error,
    class: "packaging",
    summary: "package.json runs a program when the package is installed.",
    explanation: "Nobody reads it before it runs, with the rights of whoever installs. The shop never runs it, so what it prepares is missing.",
    help: "Do the work before the release, and ship the result.",
    bad: &[(
        "package.json",
        "{ \"name\": \"acme\", \"scripts\": { \"postinstall\": \"node setup.js\" } }\n",
    )],
    good: &[(
        "package.json",
        "{ \"name\": \"acme\", \"scripts\": { \"test\": \"daino-pdk test\" } }\n",
    )],
    check: Check::Tree(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let Some(text) = plugin.files.text("package.json") else { return };
    let Ok(json) = serde_json::from_str::<serde_json::Value>(text) else { return };
    let Some(path) = plugin.files.paths().find(|p| p.as_str() == "package.json") else { return };
    for name in ["preinstall", "install", "postinstall", "preprepare", "prepare"] {
        if json.pointer(&format!("/scripts/{name}")).is_some() {
            let at = text.find(&format!("\"{name}\"")).unwrap_or(0);
            findings.at(
                path,
                Span::locate(text, at, at + name.len() + 2),
                format!("`{name}` runs a program"),
            );
        }
    }
}

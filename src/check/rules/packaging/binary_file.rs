//! Programs and archives in a release.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "binary-shipped",
    category: Category::Packaging,
    severity: Severity::Warning,
    class: "packaging",
    summary: "A program, library or archive is among the files.",
    explanation: "Nothing in it was checked, and the sandbox loads none of it.",
    help: "Remove it.",
    bad: &[("tool.exe", "MZ\n")],
    good: &[("README.md", "# Acme\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    const KINDS: [&str; 14] = [
        "exe", "dll", "so", "dylib", "node", "zip", "tgz", "tar", "gz", "7z", "rar", "jar", "wasm",
        "dpk",
    ];
    for path in plugin.files.paths() {
        if KINDS.contains(&path.extension()) && !path.is_below("tests") {
            findings.at(path, Span::START, "Nothing in this file can be checked");
        }
    }
}

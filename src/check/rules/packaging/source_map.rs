//! Source maps in a release.

use crate::check::plugin::{Findings, Plugin};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::Span;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "source-map-shipped",
    category: Category::Packaging,
    severity: Severity::Warning,
    class: "packaging",
    summary: "A source map is among the files.",
    explanation: "It carries the whole source and the paths of the author's machine, and no shop reads it.",
    help: "Leave it out: add `*.map` to .gitignore.",
    bad: &[("index.js.map", "{\"version\":3}\n")],
    good: &[("README.md", "# Acme\n")],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    for (path, bytes) in plugin.files.iter() {
        let is_inline = path.extension() == "js"
            && std::str::from_utf8(bytes).is_ok_and(|t| t.contains("sourceMappingURL=data:"));
        if path.as_str().ends_with(".js.map") || path.as_str().ends_with(".css.map") || is_inline {
            findings.at(path, Span::START, "A source map is shipped");
        }
    }
}

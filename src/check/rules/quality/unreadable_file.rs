//! Files that cannot be read as code.

use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "unreadable-file",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A file has the name of code and cannot be read as such.",
    explanation: "It is binary, not UTF-8, larger than 8 MB, or nested so deep that no parser reads it safely. The checks do not look at what they cannot read.",
    help: "Remove the file from the plugin, or save it as UTF-8.",
    bad: &[("src/a.js", "export const a = 1;\u{0}\n")],
    good: &[("src/a.js", "export const a = 1;\n")],
    check: Check::Built,
};

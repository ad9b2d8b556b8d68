//! Suppressions that say nothing.

use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "suppression-without-reason",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A suppression has no reason, or names no rule.",
    explanation: "`// daino-ignore RULE: reason` takes back findings of its line and of the next one. Without a reason it does nothing, so that whoever reads it knows why.",
    help: "Write the name of the rule and a reason after a colon.",
    bad: &[("src/a.js", "// daino-ignore xss\nexport const a = 1;\n")],
    good: &[("src/a.js", "// daino-ignore xss: the text is a constant\nexport const a = 1;\n")],
    check: Check::Built,
};

//! Code that does not parse.

use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "syntax-error",
    category: Category::Quality,
    severity: Severity::Error,
    class: "quality",
    summary: "A file of code does not parse.",
    explanation: "It cannot be loaded, so nothing in it can be checked. JavaScript up to the current standard, TypeScript and JSX are read.",
    help: "Correct the place that is named.",
    bad: &[("src/a.js", "const = 1;\n")],
    good: &[("src/a.js", "const a = 1;\nexport default a;\n")],
    check: Check::Built,
};

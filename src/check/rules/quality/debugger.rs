//! Left-over debugger statements.

use crate::check::ir::{Place, Stmt, StmtKind, Visitor, visit_module};
use crate::check::plugin::{Findings, Source};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::{Category, Fix};

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "debugger-statement",
    category: Category::Quality,
    severity: Severity::Warning,
    class: "quality",
    summary: "A `debugger` statement is left in the code.",
    explanation: "It does nothing in a shop and stops the browser of everyone who has its tools open.",
    help: "Remove it.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    debugger;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    return input;\n  }\n}\n",
    )],
    check: Check::File(look),
};

fn look(source: &Source, findings: &mut Findings<'_>) {
    struct Found(Vec<Place>);
    impl Visitor for Found {
        fn statement(&mut self, stmt: &Stmt) {
            if matches!(stmt.kind, StmtKind::Debugger) {
                self.0.push(stmt.place);
            }
        }
    }
    let Some(module) = &source.module else { return };
    let mut found = Found(Vec::new());
    visit_module(module, &mut found);
    for place in found.0 {
        let message = "This stops a browser that has its tools open";
        if let Some(finding) = findings.code(source, place, message) {
            finding.fix = removal(source, place);
        }
    }
}

/// Removes the statement: its whole line when it stands alone there, else an empty one is left.
fn removal(source: &Source, place: Place) -> Option<Fix> {
    let text = source.text.as_str();
    let before = text.get(..place.start as usize)?;
    let after = text.get(place.end as usize..)?;
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = after.find('\n').map_or(after.len(), |at| at + 1);
    let stands_alone = before[start..].trim().is_empty()
        && after[..rest].trim().is_empty()
        && before.trim_end().ends_with(['{', '}', ';']);
    let title = "remove the statement";
    if stands_alone {
        let line = Place { start: start as u32, end: place.end + rest as u32 };
        return source.fix(title, &[(line, "")]);
    }
    source.fix(title, &[(place, ";")])
}

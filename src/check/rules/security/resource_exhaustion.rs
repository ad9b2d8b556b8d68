//! Sizes that a stranger chooses.

use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "resource-exhaustion",
    category: Category::Security,
    severity: Severity::Warning,
    class: "resource-exhaustion",
    summary: "A value from a request decides how much memory is taken.",
    explanation: "One request with a large number ends the process.",
    help: "Bound the number first.",
    bad: &[(
        "src/pad.js",
        "export function pad(req, res) {\n  res.json(Buffer.alloc(Number(req.query.n) * 1).length + '-'.repeat(req.query.n).length);\n}\n",
    )],
    good: &[(
        "src/pad.js",
        "export function pad(req, res) {\n  res.json('-'.repeat(10).length);\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let index = match call.name {
        "alloc" | "allocUnsafe" if call.is_of("Buffer") => 0,
        "repeat" if call.receiver.is_some_and(|r| r.is_text) => 0,
        "padStart" | "padEnd" if call.receiver.is_some_and(|r| r.is_text) => 0,
        _ => return,
    };
    super::argument(
        call,
        hits,
        index,
        sink::LENGTH,
        &[OriginKind::Remote],
        "decides how much memory is taken",
    );
}

//! Cookies that scripts and onlookers can read.

use crate::check::flow::{CallSite, Hits, Hooks};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "insecure-cookie",
    category: Category::Security,
    severity: Severity::Warning,
    class: "insecure-cookie",
    summary: "A cookie is set with `httpOnly` or `secure` turned off.",
    explanation: "A script in the page can then read it, or it travels in plain text.",
    help: "Set `httpOnly: true` and `secure: true`.",
    bad: &[(
        "src/login.js",
        "export function login(req, res) {\n  res.cookie('session', makeId(), { httpOnly: false });\n}\n",
    )],
    good: &[(
        "src/login.js",
        "export function login(req, res) {\n  res.cookie('session', makeId(), { httpOnly: true, secure: true });\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let options = match call.name {
        "cookie" if call.paths.iter().any(|p| p.starts_with("@res")) => 2,
        "session" | "cookieSession" if call.is_of_any(&["express-session", "cookie-session"]) => 0,
        _ => return,
    };
    let direct = ["httpOnly", "secure"]
        .iter()
        .any(|o| call.option(options, o).is_some_and(|v| v.bool() == Some(false)));
    let inner = call.option(options, "cookie").is_some_and(|cookie| {
        ["httpOnly", "secure"]
            .iter()
            .any(|o| call.heap.property(&cookie, o).is_some_and(|v| v.bool() == Some(false)))
    });
    if direct || inner {
        hits.add(call.file, call.place, "Scripts or onlookers can read this cookie");
    }
}

//! Predictable numbers where secrets are made.

use super::sentence;
use crate::check::flow::{CallSite, Hits, Hooks, ObjectSite, OriginKind, VariableSite, WriteSite};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "weak-random",
    category: Category::Security,
    severity: Severity::Error,
    class: "insecure-randomness",
    summary: "A token, key or password is made with `Math.random`.",
    explanation: "Its numbers can be predicted from a few that were seen. For ids on a page that does \
        not matter; for licence keys, tokens, passwords and session ids it does.",
    help: "Use `crypto.randomUUID()` or `crypto.getRandomValues()`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const token = Math.random().toString(36);\n    return { token };\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    const token = crypto.randomUUID();\n    const delay = Math.random() * 100;\n    return { token, delay };\n  }\n}\n",
    )],
    check: Check::Flow(Hooks {
        write: Some(write),
        object: Some(object),
        call: Some(call),
        variable: Some(variable),
        ..super::super::NO_HOOKS
    }),
};

const RANDOM: &[OriginKind] = &[OriginKind::Random];

/// Names of what must not be guessed.
pub(in crate::check::rules) fn is_secret_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [
        "password",
        "passwd",
        "secret",
        "token",
        "apikey",
        "api_key",
        "sessionid",
        "session_id",
        "nonce",
        "salt",
        "csrf",
        "otp",
        "licensekey",
        "license_key",
        "licencekey",
        "resetcode",
        "privatekey",
    ]
    .iter()
    .any(|w| lower.contains(w))
}

fn write(site: &WriteSite<'_, '_>, hits: &mut Hits<'_>) {
    if site.name.is_some_and(is_secret_name)
        && let Some((taint, origin)) = site.heap.harmful_text(site.value, !0, RANDOM)
    {
        let message = format!("{} makes a value that must not be guessed", sentence(&origin.what));
        hits.taint(site.file, site.place, taint, message);
    }
}

fn object(site: &ObjectSite<'_, '_>, hits: &mut Hits<'_>) {
    for (name, place) in site.keys {
        if is_secret_name(name)
            && let Some(value) = site.heap.objects[site.object as usize].props.get(name)
            && let Some((taint, origin)) = site.heap.harmful_text(value, !0, RANDOM)
        {
            let message =
                format!("{} makes a value that must not be guessed", sentence(&origin.what));
            hits.taint(site.file, *place, taint, message);
        }
    }
}

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.name == "pseudoRandomBytes" && call.is_of("crypto") {
        hits.add(call.file, call.place, "`pseudoRandomBytes` gives bytes that can be guessed");
    }
    let is_key = call.is_of("crypto")
        && matches!(call.name, "createHmac" | "createCipheriv" | "createHash" | "pbkdf2Sync");
    if is_key || is_secret_name(call.name) {
        for index in 0..call.args.len() {
            if super::text_argument(
                call,
                hits,
                index,
                !0,
                RANDOM,
                "makes a value that must not be guessed",
            ) {
                return;
            }
        }
    }
}

fn variable(site: &VariableSite<'_, '_>, hits: &mut Hits<'_>) {
    if is_secret_name(site.name)
        && let Some((taint, origin)) = site.heap.harmful_text(site.value, !0, RANDOM)
    {
        let message = format!("{} makes a value that must not be guessed", sentence(&origin.what));
        hits.taint(site.file, site.place, taint, message);
    }
}

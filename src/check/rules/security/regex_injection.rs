//! Values from outside that become regular expressions.

use super::text_argument;
use crate::check::flow::{CallSite, Hits, Hooks, OriginKind, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "regex-injection",
    category: Category::Security,
    severity: Severity::Error,
    class: "regex-injection",
    summary: "A value from outside becomes a regular expression.",
    explanation: "Who chooses the expression can choose one that takes for ever, or that matches what \
        it should not.",
    help: "Escape the special characters of the value, or compare with `includes`.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input) {\n    return new RegExp(input.pattern).test('order');\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input) {\n    return 'order'.includes(String(input.pattern));\n  }\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..super::super::NO_HOOKS }),
};

const KINDS: &[OriginKind] = &[
    OriginKind::Remote,
    OriginKind::Payload,
    OriginKind::CommandLine,
    OriginKind::Client,
    OriginKind::Message,
];

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    if call.name == "RegExp" && call.is_path("RegExp") {
        text_argument(call, hits, 0, sink::REGEX, KINDS, "becomes a regular expression");
    }
    let is_text = matches!(call.name, "match" | "search" | "matchAll")
        && call.receiver.is_some_and(|r| r.is_text || r.is_tainted());
    if is_text {
        text_argument(call, hits, 0, sink::REGEX, KINDS, "becomes a regular expression");
    }
}

//! Regular expressions that a short text can keep busy for ever.

use super::sentence;
use crate::check::flow::{CallSite, Hits, Hooks, ObjectSite, OriginKind, RegexSite, sink};
use crate::check::regex::{Danger, danger};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "redos",
    category: Category::Security,
    severity: Severity::Error,
    class: "redos",
    summary: "A regular expression can take exponential time, or polynomial time on text from outside.",
    explanation: "The engine tries every way in which the expression can match. Where one text can be \
        read in two ways inside a repetition, such as by `(a+)+`, the number of ways doubles with \
        each character; where two repetitions in a row read the same text, it grows with the square. \
        The expression is turned into an automaton and searched for such ways; it is only reported \
        where what follows can fail, and polynomial ones only where text from outside reaches them.",
    help: "Let each repetition read what the one next to it cannot, or bound the length of the text first.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input) {\n    return /^(\\w+\\s?)*$/.test(input.name);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input) {\n    return /^\\w+(\\s\\w+)*$/.test(input.name);\n  }\n}\n",
    )],
    check: Check::Flow(Hooks {
        regex: Some(regex),
        call: Some(call),
        object: Some(object),
        ..super::super::NO_HOOKS
    }),
};

fn regex(site: &RegexSite<'_>, hits: &mut Hits<'_>) {
    if danger(site.pattern, site.flags, false) == Some(Danger::Exponential) {
        hits.add(site.file, site.place, "This expression can take exponential time");
    }
}

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    const KINDS: &[OriginKind] = &[OriginKind::Remote, OriginKind::Payload];
    let (regex, text) = match call.name {
        "test" | "exec" => (call.receiver, call.arg(0)),
        "match" | "matchAll" | "replace" | "replaceAll" | "search" | "split" => {
            (call.arg(0), call.receiver)
        }
        _ => return,
    };
    let (Some(regex), Some(text)) = (regex, text) else { return };
    let Some(pattern) = regex.regex.as_deref() else { return };
    let Some((taint, origin)) = call.heap.harmful_text(text, sink::LENGTH, KINDS) else { return };
    if danger(&pattern.0, &pattern.1, true) == Some(Danger::Polynomial) {
        let message =
            format!("{} meets an expression that can take polynomial time", sentence(&origin.what));
        hits.taint(call.file, call.place, taint, message);
    }
}

/// `pattern` of a JSON Schema.
fn object(site: &ObjectSite<'_, '_>, hits: &mut Hits<'_>) {
    for (name, place) in site.keys.iter().filter(|(name, _)| &**name == "pattern") {
        let value = site.heap.objects[site.object as usize].props.get(name);
        if let Some(text) = value.and_then(|v| v.exact())
            && danger(text, "", false) == Some(Danger::Exponential)
        {
            hits.add(site.file, *place, "This expression can take exponential time");
        }
    }
}

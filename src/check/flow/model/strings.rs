//! Methods of text.

use super::super::call::Called;
use super::super::frame::Frame;
use super::super::heap::OriginKind;
use super::super::interp::Interp;
use super::super::value::{Value, sink};
use super::{made, regex_of};
use crate::check::ir::{Name, Place};
use crate::check::regex::replacing_means;

/// Calls of methods that text has; nothing when it is none.
pub(super) fn call<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    frame: &mut Frame<'m>,
) -> Option<Value> {
    let receiver = called.receiver?;
    if called.call.is_new {
        return None;
    }
    let file = frame.function.file;
    let is_outside = !receiver.apis.is_empty() && !receiver.is_tainted() && receiver.text.is_none();
    match &*called.name {
        "trim" | "trimStart" | "trimEnd" | "toLowerCase" | "toUpperCase" | "toLocaleLowerCase"
        | "toLocaleUpperCase" | "trimLeft" | "trimRight" | "valueOf" | "substring" | "substr"
        | "slice" | "padStart" | "padEnd" | "repeat" | "charAt"
            if !is_outside || receiver.is_tainted() =>
        {
            // Without its start, a text is still dangerous in the same ways.
            let same = matches!(&*called.name, "trim" | "toLowerCase" | "toUpperCase" | "trimEnd");
            Some(receiver.edit(|d| {
                if !(same && d.text.is_none()) {
                    let text = d.text.take();
                    d.text = match (&*called.name, text) {
                        ("toLowerCase", Some(t)) => Some(t.to_lowercase().as_str().into()),
                        ("toUpperCase", Some(t)) => Some(t.to_uppercase().as_str().into()),
                        ("trim", Some(t)) => Some(t),
                        _ => None,
                    };
                }
                d.objects.clear();
                d.apis.clear();
                d.taints.iter_mut().for_each(|t| t.safe |= sink::NOSQL);
            }))
        }
        "toString" | "toJSON" | "toLocaleString" => Some(receiver.edit(|d| {
            d.taints.iter_mut().for_each(|t| t.safe |= sink::NOSQL);
            d.is_text = true;
        })),
        "toFixed" | "toPrecision" | "getTime" | "charCodeAt" => Some(Value::plain()),
        "indexOf" | "lastIndexOf" | "startsWith" | "endsWith" | "includes" | "test" | "search"
        | "localeCompare" | "hasOwnProperty" | "codePointAt"
            if receiver.functions.is_empty() =>
        {
            Some(Value::plain())
        }
        "concat" if receiver.objects.is_empty() && !is_outside => {
            let mut parts = vec![receiver.clone()];
            parts.extend(called.args.iter().cloned());
            Some(interp.joined(&parts, called.expr, frame))
        }
        "split" | "match" | "matchAll"
            if !is_outside || receiver.is_tainted() || interp.is_open(receiver) =>
        {
            let list = made(interp, called, file, 12);
            interp.heap.objects[list as usize].is_array = true;
            let mut item = receiver.edit(|d| {
                d.text = None;
                d.objects.clear();
                d.apis.clear();
                d.taints.iter_mut().for_each(|t| t.safe |= sink::NOSQL);
            });
            if &*called.name == "split" && interp.is_open(receiver) {
                let what = || "a part of a path that may come from anywhere".to_owned();
                let place = called.expr.place;
                let key = interp.source(OriginKind::Key, file, place, sink::NOSQL, what);
                item = item.join(&key);
            }
            if let Some(separator) = called.args.first() {
                if &*called.name == "split" {
                    let mask = match separator.exact() {
                        Some("/" | "\\") => sink::PATH,
                        _ => 0,
                    };
                    item = item.with_safe(mask & !sink::PATH);
                } else if let Some((pattern, flags)) = regex_of(separator) {
                    item =
                        item.with_safe(crate::check::regex::matches_mean(&pattern, &flags, true));
                }
            }
            interp.heap.put_element(list, &item);
            Some(Value::object(list))
        }
        "exec" if receiver.regex.is_some() => {
            let arg = called.args.first()?;
            let list = made(interp, called, file, 12);
            interp.heap.objects[list as usize].is_array = true;
            let (pattern, flags) = regex_of(receiver)?;
            let mask = crate::check::regex::matches_mean(&pattern, &flags, true);
            let item = arg.taints_only().with_safe(mask | sink::NOSQL);
            interp.heap.put_element(list, &item);
            Some(Value::object(list))
        }
        "replace" | "replaceAll" if !called.args.is_empty() => {
            Some(replace(interp, called, receiver, frame))
        }
        "normalize" if called.args.is_empty() && !is_outside => Some(receiver.clone()),
        _ => None,
    }
}

fn replace<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    receiver: &Value,
    frame: &mut Frame<'m>,
) -> Value {
    let what = &called.args[0];
    let mut by = called.args.get(1).cloned().unwrap_or_else(Value::unknown);
    if !by.functions.is_empty() {
        let part = receiver.taints_only();
        let args = vec![part.clone(), part.clone(), part.clone(), part];
        by = interp.call_value(&by, &Value::unknown(), &args, Place::default(), frame);
    }
    let all = &*called.name == "replaceAll";
    let mut mask = match (regex_of(what), what.exact()) {
        (Some((pattern, flags)), _) => replacing_means(&pattern, &flags, all),
        (None, Some(text)) if all => {
            let pattern: String = text.chars().flat_map(escape_regex).collect();
            replacing_means(&pattern, "g", true)
        }
        _ => 0,
    };
    // Each `'` doubled, each `<` written as an entity: the character is there no more as itself.
    let escapes =
        by.exact().is_some_and(|t| t.starts_with('\\') || t.starts_with('&') || t.contains("''"));
    if let (Some((pattern, flags)), true) = (regex_of(what), escapes || by.exact().is_none()) {
        let is_global = flags.contains('g') || all;
        if is_global && pattern.contains('<') {
            mask |= sink::HTML;
        }
        if is_global && pattern.contains('\'') && by.exact() != Some("\\'") {
            mask |= sink::SQL;
        }
    }
    // `normalize(x).replace(/^(\.\.[/\\])+/, '')`: nothing climbs out any more.
    let drops_climbs = regex_of(what).is_some_and(|(pattern, _)| {
        pattern.contains("\\.\\.") && pattern.contains('/') && pattern.ends_with(['+', '*'])
    });
    let is_normal =
        receiver.is_tainted() && receiver.taints.iter().all(|t| t.safe & sink::NORMAL != 0);
    if drops_climbs && is_normal && by.exact() == Some("") {
        mask |= sink::DOTS;
    }
    let mut value = receiver.with_safe(mask | sink::NOSQL).edit(|d| {
        d.text = None;
        d.objects.clear();
        d.is_text = true;
    });
    if by.is_tainted() {
        value = value.join(&by.taints_only());
    }
    // Filling a placeholder keeps the text around it.
    if let Some(text) = receiver.text.as_deref() {
        let shape: Name = match what.exact() {
            Some(part) if !part.is_empty() => text.replace(part, "\u{0}").as_str().into(),
            _ => format!("{}\u{0}", receiver.prefix()).as_str().into(),
        };
        value = value.edit(|d| d.text = Some(shape));
    }
    value
}

fn escape_regex(c: char) -> Vec<char> {
    if c.is_ascii_punctuation() { vec!['\\', c] } else { vec![c] }
}

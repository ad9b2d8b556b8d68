//! Functions that turn one value into another: numbers, JSON, URLs, paths, escaping.

use super::super::call::Called;
use super::super::frame::Frame;
use super::super::interp::Interp;
use super::super::value::{Constant, Data, HOLE, Value, sink};
use super::made;
use crate::check::ir::Name;

/// Calls that convert; nothing when it is none of them.
pub(super) fn call<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    frame: &mut Frame<'m>,
) -> Option<Value> {
    let file = frame.function.file;
    let arg = |i: usize| called.args.get(i).cloned().unwrap_or_else(Value::unknown);
    for path in called.paths {
        let path: &str = path;
        let value = match path {
            "Math.floor" | "Math.round" | "Math.ceil" | "Math.trunc" | "Math.abs" | "Number"
            | "parseInt" | "parseFloat" | "Number.parseInt" | "Number.parseFloat" | "BigInt"
            | "Boolean" | "isNaN" | "isFinite" | "Number.isInteger" | "Array.isArray"
            | "Date.now" | "Date.parse" | "Object.is" => {
                let random = interp.random_of(&[&arg(0)]);
                random.unwrap_or_else(Value::plain)
            }
            "String"
            | "Buffer.from"
            | "Buffer.from().toString"
            | "atob"
            | "btoa"
            | "unescape"
            | "decodeURIComponent"
            | "decodeURI"
            | "querystring.unescape" => {
                let value = arg(0);
                let all = interp.everything_in(&value, 2);
                let mut out = all.with_safe(sink::NOSQL);
                if value.text.is_some() && path == "String" {
                    out = out.edit(|d| d.text = value.text.clone());
                }
                if path != "String" {
                    // What was encoded is so no longer.
                    out = out.without_safe(
                        sink::HTML
                            | sink::PATH
                            | sink::URL
                            | sink::REDIRECT
                            | sink::DOTS
                            | sink::NORMAL,
                    );
                }
                out
            }
            "Object" | "Promise.resolve" | "Symbol" | "Object.seal" => arg(0),
            "encodeURIComponent" | "querystring.escape" => {
                arg(0).edit(|d| d.text = None).with_safe(
                    sink::HTML
                        | sink::PATH
                        | sink::URL
                        | sink::REDIRECT
                        | sink::NOSQL
                        | sink::LOG
                        | sink::HEADER,
                )
            }
            "encodeURI" | "escape" => arg(0)
                .edit(|d| d.text = None)
                .with_safe(sink::HTML | sink::NOSQL | sink::LOG | sink::HEADER),
            "JSON.stringify" => {
                let all = interp.everything_in(&arg(0), 4);
                let mut out = all.with_safe(sink::NOSQL | sink::LOG | sink::HEADER);
                if arg(0).is_constant() {
                    out = out.edit(|d| d.text = arg(0).text.clone());
                }
                out.edit(|d| d.is_text = true)
            }
            "JSON.parse" => arg(0).taints_only().without_safe(sink::NOSQL),
            "path.basename" | "path.extname" => {
                arg(0).taints_only().with_safe(sink::PATH | sink::NOSQL)
            }
            "path.normalize" | "path.posix.normalize" => {
                arg(0).taints_only().with_safe(sink::NORMAL)
            }
            "path.join" | "path.posix.join" | "path.win32.join" => {
                joined(called, sink::NORMAL | sink::RELATIVE)
            }
            "path.resolve" | "path.posix.resolve" => joined(called, sink::NORMAL),
            "path.dirname" => arg(0).edit(|d| d.text = None),
            "path.relative" => {
                let all: Vec<Value> = called.args.to_vec();
                Value::concat(&all).taints_only().with_safe(sink::NORMAL)
            }
            "fs.realpathSync" | "fs.realpath" => arg(0).taints_only().with_safe(sink::NORMAL),
            "util.promisify"
            | "promisify"
            | "bluebird.promisify"
            | "util.callbackify"
            | "bluebird.promisifyAll"
            | "pify"
            | "promisifyAll"
            | "thenify" => arg(0),
            "util.format" | "util.inspect" | "sprintf-js.sprintf" | "sprintf" | "printf"
            | "string-template" | "format" => {
                let parts: Vec<Value> = called
                    .args
                    .iter()
                    .map(|a| interp.everything_in(a, 2).join(&a.taints_only()))
                    .collect();
                let mut value = Value::concat(&parts);
                value = value.edit(|d| {
                    d.text =
                        arg(0).text.as_deref().map(|t| t.replace("%s", "\u{0}").as_str().into())
                });
                value
            }
            "RegExp" => {
                let source = arg(0);
                let flags: Name = arg(1).exact().unwrap_or_default().into();
                if let Some(text) = source.exact() {
                    let flags: &str = &flags;
                    let place = called.call.args.first().map_or(called.expr.place, |a| a.place);
                    interp.show_regex(text, flags, place, file);
                }
                let regex = match (source.exact(), super::regex_of(&source)) {
                    (Some(text), _) => Some(std::rc::Rc::new((text.into(), flags))),
                    (None, Some(own)) => Some(std::rc::Rc::new(own)),
                    _ => None,
                };
                Value::new(Data { regex, ..Data::default() })
            }
            "Date" => Value::plain(),
            "Error" | "TypeError" | "RangeError" => {
                let object = made(interp, called, file, 15);
                interp.heap.put(object, &"message".into(), &arg(0));
                Value::object(object)
            }
            "URL" => url(interp, called, file),
            "URLSearchParams" => interp.everything_in(&arg(0), 2),
            "url.parse" | "querystring.parse" | "qs.parse" | "url.resolve" | "url.format"
            | "query-string.parse" | "legacy-url.parse" => {
                let parts: Vec<Value> = called.args.to_vec();
                let mut all = interp.everything_in(&arg(0), 2);
                if path == "url.resolve" {
                    all = Value::concat(&parts).taints_only();
                }
                if path.ends_with(".parse") && !path.starts_with("url") {
                    all = all.without_safe(sink::NOSQL);
                }
                all
            }
            "Object.defineProperty" | "Reflect.set" => {
                if let (Some(target), Some(name)) = (called.args.first(), called.args.get(1)) {
                    let value = interp.heap.property(&arg(2), "value").unwrap_or_else(|| arg(2));
                    if let Some(name) = name.exact() {
                        interp.put(target, &name.into(), &value);
                    }
                    return Some(target.clone());
                }
                Value::unknown()
            }
            _ => continue,
        };
        return Some(value);
    }
    escaped(interp, called)
}

fn joined(called: &Called<'_, '_>, mask: u32) -> Value {
    let mut out = Value::unknown();
    let mut text = String::new();
    for (index, part) in called.args.iter().enumerate() {
        let own =
            if index == 0 { part.with_safe(mask & !sink::RELATIVE) } else { part.with_safe(mask) };
        out = out.join(&own.taints_only());
        if index > 0 && !text.ends_with('/') {
            text.push('/');
        }
        match part.text.as_deref() {
            Some(own) => text.push_str(own.trim_start_matches("./")),
            None => text.push(HOLE),
        }
    }
    out.edit(|d| {
        d.text = (text.len() < 500).then(|| text.as_str().into());
        d.is_text = true;
        d.constant = Constant::Unknown;
        d.taints.iter_mut().for_each(|t| t.safe |= sink::NOSQL);
    })
}

/// `new URL(x, base)`: the host comes from x only when x may be a whole address.
fn url(interp: &mut Interp<'_>, called: &Called<'_, '_>, file: u32) -> Value {
    let first = called.args.first().cloned().unwrap_or_else(Value::unknown);
    let object = made(interp, called, file, 17);
    let text = match called.args.get(1).and_then(|b| b.text.clone()) {
        Some(base) if !first.prefix().contains("://") => Some(base),
        _ => first.text.clone(),
    };
    let href = Value::new(Data { text, taints: first.taints.clone(), ..Data::default() });
    interp.heap.put(object, &"@href".into(), &href);
    let mut out = first.taints_only();
    if let Some(base) = called.args.get(1) {
        out = out.join(&base.taints_only());
    }
    out.edit(|d| {
        d.objects.push(object);
        d.taints.iter_mut().for_each(|t| t.safe |= sink::NOSQL);
    })
}

/// Functions that say in their name that they make text safe, and functions of packages that pass
/// on what they are given.
fn escaped<'m>(interp: &mut Interp<'m>, called: &Called<'m, '_>) -> Option<Value> {
    let name = called.name.to_ascii_lowercase();
    let first_path = called.paths.first().map(|p| &**p).unwrap_or_default();
    let package = first_path.split(['.', '(']).next().unwrap_or_default();
    let tainted: Vec<Value> = called
        .args
        .iter()
        .filter(|a| a.functions.is_empty())
        .map(|a| interp.everything_in(a, 1))
        .filter(Value::is_tainted)
        .collect();
    if tainted.is_empty() {
        return None;
    }
    let all = tainted.iter().fold(Value::bottom(), |all, v| all.join(v));
    let words = format!("{} {name}", package.to_ascii_lowercase());
    if let Some(mask) = safe_by_name(&words) {
        return Some(all.with_safe(mask).edit(|d| d.is_text = true));
    }
    if called.call.is_new || called.args.iter().any(|a| !a.functions.is_empty()) {
        return None;
    }
    // A bare function of a package usually gives back what it made of its argument.
    let is_package_function = called.receiver.is_none_or(|r| {
        r.apis.iter().any(|a| {
            let path = interp.heap.path(*a);
            !path.starts_with(['?', '@']) && !path.contains(['.', '('])
        })
    });
    let is_sinkish = [
        "fs",
        "child_process",
        "http",
        "https",
        "axios",
        "request",
        "got",
        "superagent",
        "net",
        "console",
        "document",
        "window",
        "localStorage",
        "sessionStorage",
        "cp",
        "shelljs",
        "mongoose",
        "history",
        "process",
        "fetch",
        "eval",
        "setTimeout",
        "setInterval",
        "Math",
        "require",
        "import",
        "Array",
        "alert",
        "exec",
        "needle",
        "node-fetch",
        "redis",
        "execa",
        "cross-spawn",
        "validator",
        "jsonwebtoken",
        "crypto",
        "bcrypt",
        "bcryptjs",
        "uuid",
    ]
    .contains(&package);
    let is_question = ["is", "has", "can", "should", "check", "verify", "hash", "find", "count"]
        .iter()
        .any(|p| name.starts_with(p));
    let is_unknown = first_path.starts_with('?') && called.receiver.is_some();
    // Colours wrap text and keep it.
    let is_paint =
        ["chalk", "colors", "kleur", "picocolors", "ansi-colors", "colorette"].contains(&package);
    let is_conversion = is_paint
        || !first_path.starts_with(['?', '@'])
            && [
                "render",
                "process",
                "convert",
                "make",
                "tohtml",
                "tostring",
                "parse",
                "stringify",
                "format",
                "compile",
                "transform",
                "encode",
                "decode",
                "highlight",
                "markdown",
                "translate",
                "wrap",
                "concat",
                "capitalize",
                "merge",
                "template",
                "inline",
                "beautify",
                "minify",
                "underline",
                "bold",
                "red",
                "green",
                "yellow",
                "blue",
                "gray",
                "magenta",
                "cyan",
                "bgwhite",
                "italic",
            ]
            .iter()
            .any(|w| name.starts_with(w));
    if !(is_package_function || is_conversion)
        || is_sinkish
        || is_question
        || is_unknown
        || first_path.starts_with("@")
    {
        return None;
    }
    let mut out = all;
    for api in called.callee.apis.clone() {
        if let Some(api) = interp.heap.result(api) {
            out = out.join(&Value::api(api));
        }
    }
    Some(out)
}

/// What a function makes safe, judging by its package and name.
fn safe_by_name(words: &str) -> Option<u32> {
    let has = |list: &[&str]| list.iter().any(|w| words.contains(w));
    if has(&["shell-quote", "shellescape", "shell-escape", "shq"]) {
        return Some(sink::COMMAND);
    }
    if has(&[
        "escaperegex",
        "escape-string-regexp",
        "escape-regexp",
        "regexescape",
        "regexp.escape",
        "quoteregex",
    ]) {
        return Some(sink::REGEX);
    }
    if has(&["sanitize-filename", "filenamify", "sanitizefilename", "slugify"]) {
        return Some(sink::PATH | sink::HTML | sink::COMMAND);
    }
    if has(&["mongo-sanitize", "mongosanitize"]) {
        return Some(sink::NOSQL);
    }
    if has(&[
        "sqlstring",
        "pg-escape",
        "pg-format",
        "escapeid",
        "escapeliteral",
        "escapeidentifier",
        "escapesql",
        "sqlescape",
    ]) {
        return Some(sink::SQL);
    }
    if has(&[
        "escapehtml",
        "escape-html",
        "dompurify",
        "sanitize-html",
        "sanitizehtml",
        "htmlescape",
        "htmlencode",
        "striptags",
        "xss-filters",
        "escape-goat",
        "escapexml",
        "sanitizer",
        "insane",
    ]) || words == "he encode"
        || words == "he escape"
        || words == "xss xss"
        || words.starts_with("xss ")
        || words == "entities encode"
        || words == "html-entities encode"
    {
        return Some(sink::HTML | sink::XML);
    }
    if has(&["striplinebreak", "removenewline"]) {
        return Some(sink::LOG);
    }
    if has(&["sanitize", "sanitise", "purify", "escape", "whitelist", "cleanse"])
        && !has(&["unescape", "unsanitize", "noescape"])
    {
        return Some(sink::ALL & !sink::KEY);
    }
    if has(&["hash", "digest", "createhmac", "md5", "sha1", "sha256", "encrypt", "uuid"]) {
        return Some(sink::ALL);
    }
    None
}

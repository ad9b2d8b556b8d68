//! Functions that are handed to something from outside: who calls them, with what.

use super::super::call::Called;
use super::super::frame::Frame;
use super::super::heap::OriginKind;
use super::super::interp::Interp;
use super::super::value::{Closure, Value};

/// Calls every function among the arguments, as far as it is known what it is given.
pub(super) fn call_back<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    frame: &mut Frame<'m>,
) {
    let mut functions: Vec<Closure> = Vec::new();
    for arg in called.args {
        functions.extend(arg.functions.iter().cloned());
        for id in arg.objects.iter() {
            for (name, inner) in &interp.heap.objects[*id as usize].props {
                let is_handler = !matches!(&**name, "constructor");
                if is_handler {
                    functions.extend(inner.functions.iter().cloned());
                }
            }
            functions.extend(interp.heap.objects[*id as usize].elements.functions.iter().cloned());
        }
    }
    functions.truncate(24);
    for closure in functions {
        let args = arguments(interp, called, &closure);
        let this = this_of(interp, called);
        interp.call_closure(&closure, &this, &args, called.expr.place);
    }
    let _ = frame;
}

fn this_of(interp: &mut Interp<'_>, called: &Called<'_, '_>) -> Value {
    if called.paths.iter().any(|p| p.starts_with("$(") || p.starts_with("jQuery(")) {
        let api = interp.heap.api("@field");
        return Value::api(api);
    }
    Value::unknown()
}

/// What the caller of a handler passes.
fn arguments<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    closure: &Closure,
) -> Vec<Value> {
    let Some(f) = interp.functions[closure.function as usize] else { return Vec::new() };
    let count = f.params.len();
    let api = |interp: &mut Interp<'m>, path: &str| {
        let api = interp.heap.api(path);
        Value::api(api)
    };
    let name: &str = &called.name;
    let path = called.paths.first().cloned().unwrap_or_else(|| "".into());
    let path: &str = &path;
    let is_route = matches!(
        name,
        "get"
            | "post"
            | "put"
            | "delete"
            | "patch"
            | "all"
            | "use"
            | "head"
            | "options"
            | "del"
            | "route"
    );
    if is_route && count >= 1 {
        let is_koa = path.starts_with("koa")
            || path.starts_with("@koa")
            || path.starts_with("koa-router")
            || path.starts_with("@koa/router");
        if is_koa {
            return vec![api(interp, "@koa"), api(interp, "?next")];
        }
        let is_web = [
            "express", "fastify", "restify", "polka", "connect", "router", "?app", "?router",
            "?server", "app", "router", "server", "http",
        ]
        .iter()
        .any(|p| path.strip_prefix(p).is_some_and(|r| r.starts_with(['.', '('])));
        let by_name = f
            .params
            .first()
            .is_some_and(|p| interp.by_name(f, p, &interp.param_name(f, p), 0).is_some());
        let takes_pair = count >= 2
            && called.receiver.is_some()
            && called.args.first().is_some_and(|a| a.exact().is_some_and(|t| t.starts_with('/')));
        if is_web || by_name || takes_pair {
            if count == 4 {
                return vec![
                    api(interp, "@error"),
                    api(interp, "@req"),
                    api(interp, "@res"),
                    api(interp, "?next"),
                ];
            }
            return vec![api(interp, "@req"), api(interp, "@res"), api(interp, "?next")];
        }
    }
    if name == "createServer"
        || (name == "on" && called.args.first().and_then(Value::exact) == Some("request"))
    {
        if path.starts_with("net") || path.starts_with("tls") {
            return vec![api(interp, "@socket")];
        }
        return vec![api(interp, "@req"), api(interp, "@res")];
    }
    let is_form = [
        "busboy",
        "multiparty",
        "formidable",
        "dicer",
        "connect-busboy",
        "@req.busboy",
        "@fastify/busboy",
    ]
    .iter()
    .any(|p| path.starts_with(p));
    let parses_form = name == "parse"
        && called
            .args
            .first()
            .is_some_and(|a| a.apis.iter().any(|a| interp.heap.path(*a).starts_with("@req")));
    if is_form && matches!(name, "on" | "once") || parses_form && count >= 2 {
        let mut args = Vec::new();
        for (index, param) in f.params.iter().enumerate() {
            if parses_form && index == 0 {
                args.push(api(interp, "@error"));
                continue;
            }
            let what = || "a part of the form".to_owned();
            args.push(interp.source(OriginKind::Remote, f.file, param.pattern.place, 0, what));
        }
        return args;
    }
    if matches!(name, "on" | "once" | "addEventListener" | "addListener") {
        let event = called.args.first().and_then(Value::exact).unwrap_or_default().to_owned();
        let place = f.params.first().map_or(f.place, |p| p.pattern.place);
        let is_request = called
            .receiver
            .is_some_and(|r| r.apis.iter().any(|a| interp.heap.path(*a).starts_with("@req")));
        let is_socket = ["ws", "socket.io", "@socket", "net.", "sockjs", "dgram", "?ws", "?socket"]
            .iter()
            .any(|p| path.starts_with(p));
        if is_request && event == "data" || is_socket && matches!(&*event, "message" | "data") {
            let what = || "data from the network".to_owned();
            let value = interp.source(OriginKind::Remote, f.file, place, 0, what);
            return vec![value];
        }
        if is_socket && matches!(&*event, "connection" | "connect") {
            return vec![api(interp, "@socket"), api(interp, "@req")];
        }
        // Every other event of a socket carries what the other side sends.
        let is_custom = ["@socket", "?socket"].iter().any(|p| path.starts_with(p))
            && !matches!(
                &*event,
                "error" | "close" | "end" | "disconnect" | "drain" | "open" | "timeout"
            );
        if is_custom {
            let what = || "data from the network".to_owned();
            let value = interp.source(OriginKind::Remote, f.file, place, 0, what);
            return vec![value; count.max(1)];
        }
        if event == "entry" {
            return vec![api(interp, "@archive"), api(interp, "?stream"), api(interp, "?next")];
        }
        if event == "message" {
            return vec![api(interp, "@message")];
        }
        if matches!(&*event, "paste" | "drop") {
            return vec![api(interp, "@clipboard")];
        }
    }
    if matches!(name, "readdir") && path.starts_with("fs") {
        let place = f.params.get(1).map_or(f.place, |p| p.pattern.place);
        let what = || "the names of files".to_owned();
        let value = interp.source(OriginKind::File, f.file, place, 0, what);
        return vec![api(interp, "@error"), value];
    }
    // Node's convention: the error, then what the value is that the call itself would give.
    let first = f.params.first().map(|p| interp.param_name(f, p));
    if first.as_deref().is_some_and(|n| matches!(n, "err" | "error" | "e" | "er" | "_err" | "_"))
        && count >= 2
    {
        let mut args = vec![api(interp, "@error")];
        let mut result = Value::unknown();
        for a in called.callee.apis.clone() {
            if let Some(a) = interp.heap.result(a) {
                result = Value::api(a);
            }
        }
        args.push(result);
        let defaults = interp.callback_args(f);
        args.extend(defaults.into_iter().skip(2));
        return args;
    }
    interp.callback_args(f)
}

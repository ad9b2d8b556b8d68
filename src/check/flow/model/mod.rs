//! What happens to values in code that the plugin does not hold: the language, the platform,
//! packages.

mod convert;
mod handlers;
mod lists;
pub(super) mod sources;
mod strings;

use super::call::Called;
use super::frame::Frame;
use super::interp::Interp;
use super::value::{Closure, Value};
use crate::check::ir::{Name, Place};

/// The regular expression a value is.
pub(super) fn regex_of(value: &Value) -> Option<(Name, Name)> {
    value.regex.as_deref().cloned()
}

/// `f.call(…)`, `f.apply(…)`, `f.bind(…)` for a function of the plugin.
pub(super) fn through_function<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    frame: &mut Frame<'m>,
) -> Option<Value> {
    let receiver = called.receiver?;
    if receiver.functions.is_empty() || !called.callee.functions.is_empty() {
        return None;
    }
    let this = called.args.first().cloned().unwrap_or_else(Value::unknown);
    match &*called.name {
        "call" => {
            let rest = called.args.get(1..).unwrap_or_default();
            Some(interp.call_value(receiver, &this, rest, called.expr.place, frame))
        }
        "apply" => {
            let list = called.args.get(1).cloned().unwrap_or_else(Value::unknown);
            let args = spread(interp, &list);
            Some(interp.call_value(receiver, &this, &args, called.expr.place, frame))
        }
        "bind" => {
            let bound: Vec<Value> = called.args.iter().skip(1).cloned().collect();
            Some(receiver.edit(|data| {
                for f in &mut data.functions {
                    let own = f.this.clone();
                    *f = Closure {
                        function: f.function,
                        this: own.or_else(|| Some(this.clone())),
                        known: f.known.clone(),
                        bound: bound.clone().into(),
                    };
                }
            }))
        }
        _ => None,
    }
}

/// The arguments that a list stands for.
fn spread(interp: &mut Interp<'_>, list: &Value) -> Vec<Value> {
    let mut args = Vec::new();
    for index in 0..8 {
        let name: Name = index.to_string().as_str().into();
        match interp.heap.property(list, &name) {
            Some(value) => args.push(value),
            None => break,
        }
    }
    if args.is_empty() {
        let rest = interp.elements_of(list);
        args.extend(std::iter::repeat_n(rest, 3));
    }
    args
}

/// A call of something that the plugin does not hold.
pub(super) fn outside<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    frame: &mut Frame<'m>,
) -> Value {
    let file = frame.function.file;
    if let Some(value) = module(interp, called, file) {
        return value;
    }
    if let Some(value) = borrowed(interp, called, frame) {
        return value;
    }
    let is_write = matches!(&*called.name, "val" | "text" if !called.args.is_empty())
        || matches!(&*called.name, "attr" | "data" | "prop"
            if called.args.len() > 1 || called.args.first().is_some_and(|a| !a.objects.is_empty()));
    let takes_nothing = called.args.is_empty() && called.receiver.is_none();
    for path in called.paths.iter().filter(|_| !is_write) {
        // A parser of options without options to parse.
        if takes_nothing && matches!(&**path, "minimist" | "mri" | "arg" | "nopt") {
            continue;
        }
        if let Some(found) = sources::call(path, &called.name) {
            let value =
                interp.source(found.kind, file, called.expr.place, found.safe, || found.what);
            let api = interp.heap.api(path);
            let api = interp.heap.result(api);
            return value.edit(|d| d.apis.extend(api));
        }
    }
    if let Some(value) = lists::call(interp, called, frame) {
        return value;
    }
    if let Some(value) = strings::call(interp, called, frame) {
        return value;
    }
    if let Some(value) = convert::call(interp, called, frame) {
        return value;
    }
    handlers::call_back(interp, called, frame);
    result(interp, called)
}

/// `Array.prototype.slice.call(x, 1)`, `[].concat.apply([], x)`: a method on another value.
fn borrowed<'m>(
    interp: &mut Interp<'m>,
    called: &Called<'m, '_>,
    frame: &mut Frame<'m>,
) -> Option<Value> {
    if !matches!(&*called.name, "call" | "apply") || called.call.is_new {
        return None;
    }
    let path = called.paths.iter().find(|p| p.ends_with(".call") || p.ends_with(".apply"))?;
    let (head, _) = path.rsplit_once('.')?;
    let method: Name = head.rsplit(['.', '?']).next()?.into();
    let is_method = head.contains(".prototype.") || head.starts_with('?') && !head.contains('(');
    if !is_method {
        return None;
    }
    let receiver = called.args.first().cloned()?;
    let args: Vec<Value> = match &*called.name {
        "call" => called.args[1..].to_vec(),
        _ => match called.args.get(1) {
            Some(list) => spread(interp, list),
            None => Vec::new(),
        },
    };
    let callee = interp.read(&receiver, &method, frame.function.file, called.expr.place);
    let paths: Vec<Name> = callee.apis.iter().map(|a| interp.heap.path(*a)).collect();
    let inner = Called {
        call: called.call,
        expr: called.expr,
        name: method,
        callee: &callee,
        receiver: Some(&receiver),
        args: &args,
        paths: &paths,
    };
    if !callee.functions.is_empty() {
        return Some(interp.call_value(&callee, &receiver, &args, called.expr.place, frame));
    }
    Some(outside(interp, &inner, frame))
}

/// `require('x')`.
fn module(interp: &mut Interp<'_>, called: &Called<'_, '_>, file: u32) -> Option<Value> {
    if called.receiver.is_some() || !called.paths.iter().any(|p| &**p == "require") {
        return None;
    }
    let source = called.args.first()?.exact()?.to_owned();
    Some(interp.imported(file, &source, "*"))
}

/// What is known of the result of an unknown call.
fn result(interp: &mut Interp<'_>, called: &Called<'_, '_>) -> Value {
    let mut result = Value::bottom();
    for api in called.callee.apis.clone() {
        if let Some(api) = interp.heap.result(api) {
            result = result.join(&Value::api(api));
        }
    }
    // A method of a value from outside gives more of it.
    if let Some(receiver) = called.receiver
        && receiver.is_tainted()
        && !is_answer(&called.name)
    {
        let passed = receiver.taints_only();
        result = result.join(&interp.without_prototype(&passed));
    }
    if result.is_bottom { Value::unknown() } else { result }
}

/// Methods whose result says something about a value but holds nothing of it.
fn is_answer(name: &str) -> bool {
    matches!(
        name,
        "indexOf"
            | "lastIndexOf"
            | "includes"
            | "startsWith"
            | "endsWith"
            | "test"
            | "search"
            | "localeCompare"
            | "has"
            | "hasOwnProperty"
            | "charCodeAt"
            | "codePointAt"
            | "getTime"
            | "isArray"
            | "every"
            | "some"
            | "findIndex"
            | "equals"
            | "compare"
    )
}

/// An object of a model's own for a call.
fn made(interp: &mut Interp<'_>, called: &Called<'_, '_>, file: u32, kind: u8) -> u32 {
    interp.heap.object((file, called.expr.place, kind))
}

/// A place that is nowhere.
const NOWHERE: Place = Place { start: 0, end: 0 };

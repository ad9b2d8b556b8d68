//! `daino:native`: the functions that built-in modules get from Rust.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use rquickjs::context::EvalOptions;
use rquickjs::{Coerced, Ctx, Exception, Function, Module, Object, Promise, Value};
use serde_json::value::RawValue;

use super::commonjs;
use super::event_loop::EventLoop;
use super::plugin::Plugin;
use crate::sandbox::host::LogLevel;
use crate::sandbox::js;
use crate::sandbox::native::{self, Dice};
use crate::sandbox::protocol::WorkerToBroker;

/// Where the functions stand until `daino:native` takes them.
const GLOBAL: &str = "__daino_native";
/// Functions made here, beside those of [`native::NAMES`].
const NAMES: [&str; 12] = [
    "hostCall",
    "log",
    "loadModule",
    "publicModule",
    "startTimer",
    "stopTimer",
    "settings",
    "commonJsOf",
    "compileCommonJs",
    "emit",
    "engineTicks",
    "randomNumber",
];

/// Host calls that may wait for an answer at the same time; the broker works on no more.
const MOST_WAITING: usize = crate::sandbox::broker::MOST_AT_ONCE;
/// Timers that may wait at the same time.
const MOST_TIMERS: usize = 10_000;
/// Longest line of the log, bytes.
const LONGEST_LINE: usize = 16 * 1024;

/// The source of the module `daino:native`.
pub(super) fn source() -> String {
    let names: Vec<&str> = NAMES.iter().chain(native::NAMES).copied().collect();
    js::NATIVE.replace("NAMES", &names.join(", "))
}

/// Puts the functions where `daino:native` finds them.
pub(super) fn install<'js>(
    ctx: &Ctx<'js>,
    events: &Rc<EventLoop<'js>>,
    plugin: &Rc<Plugin>,
    dice: &Rc<Dice>,
) -> rquickjs::Result<()> {
    let target = Object::new(ctx.clone())?;
    native::install(ctx, &target)?;
    let dice = Rc::clone(dice);
    target.set("randomNumber", Function::new(ctx.clone(), move || dice.number())?)?;
    install_requests(ctx, &target, events)?;
    install_timers(ctx, &target, events)?;
    let busy = Cell::new(false);
    let load = move |ctx: Ctx<'js>, name: String| load_module(ctx, &busy, name);
    target.set("loadModule", Function::new(ctx.clone(), load)?)?;
    target.set("publicModule", Function::new(ctx.clone(), public_module)?)?;
    let shared = Rc::clone(events);
    let ticks = move || shared.deadline.ticks() as f64;
    target.set("engineTicks", Function::new(ctx.clone(), ticks)?)?;
    let shared = Rc::clone(plugin);
    let settings = move || shared.settings().map(str::to_owned);
    target.set("settings", Function::new(ctx.clone(), settings)?)?;

    let shared = Rc::clone(plugin);
    let about = move |ctx: Ctx<'js>, path: String| {
        let about = shared.graph().and_then(|graph| commonjs::about(graph, &path));
        about.ok_or_else(|| unknown(&ctx, &path))
    };
    target.set("commonJsOf", Function::new(ctx.clone(), about)?)?;

    let shared = Rc::clone(plugin);
    let compile = move |ctx: Ctx<'js>, path: String| {
        let code = shared.graph().and_then(|graph| commonjs::wrapped(graph, &path));
        let code = code.ok_or_else(|| unknown(&ctx, &path))?;
        let mut options = EvalOptions::default();
        options.strict = false;
        options.filename = Some(path);
        ctx.eval_with_options::<Function<'js>, _>(code, options)
    };
    target.set("compileCommonJs", Function::new(ctx.clone(), compile)?)?;
    ctx.globals().set(GLOBAL, target)
}

/// Evaluates a built-in module now; none of them awaits at its top level, nor needs another one
/// loaded this way while it is evaluated. Code of the plugin that a replaced function brings in
/// there could ask for that, and the engine would not survive it.
fn load_module<'js>(
    ctx: Ctx<'js>,
    busy: &Cell<bool>,
    name: String,
) -> rquickjs::Result<Object<'js>> {
    if busy.replace(true) {
        return Err(Exception::throw_message(&ctx, "the platform is being loaded"));
    }
    let loaded = evaluate(ctx, &name);
    busy.set(false);
    loaded
}

/// The exports of a built-in module that plugins may import, its default too; `None` when there is no
/// such module.
fn public_module<'js>(ctx: Ctx<'js>, name: String) -> rquickjs::Result<Option<Object<'js>>> {
    if !js::canonical(&name).is_some_and(js::is_public) {
        return Ok(None);
    }
    let quoted = serde_json::Value::from(name.as_str());
    let source = format!("import * as all from {quoted}; export {{ all }};");
    let bridge = format!("{}all:{name}", commonjs::PREFIX);
    let (module, _) = Module::declare(ctx, bridge, source)?.eval()?;
    module.namespace()?.get("all").map(Some)
}

/// Evaluates built-in modules before there is a plugin.
pub(super) fn load_all(ctx: &Ctx<'_>, modules: &[&str]) -> rquickjs::Result<()> {
    modules.iter().try_for_each(|name| evaluate(ctx.clone(), name).map(drop))
}

fn evaluate<'js>(ctx: Ctx<'js>, name: &str) -> rquickjs::Result<Object<'js>> {
    let source = format!("export * from {};", serde_json::Value::from(name));
    let bridge = format!("{}{name}", commonjs::PREFIX);
    let (module, _) = Module::declare(ctx, bridge, source)?.eval()?;
    module.namespace()
}

fn unknown(ctx: &Ctx<'_>, path: &str) -> rquickjs::Error {
    Exception::throw_message(ctx, &format!("there is no module `{path}`"))
}

fn install_requests<'js>(
    ctx: &Ctx<'js>,
    target: &Object<'js>,
    events: &Rc<EventLoop<'js>>,
) -> rquickjs::Result<()> {
    let shared = Rc::clone(events);
    let host_call = move |ctx: Ctx<'js>, op: String, arguments: Value<'js>| {
        start_host_call(&ctx, &shared, op, arguments)
    };
    target.set("hostCall", Function::new(ctx.clone(), host_call)?)?;
    let shared = Rc::clone(events);
    let log = move |level: String, text: Coerced<String>| write_log(&shared, &level, text.0);
    target.set("log", Function::new(ctx.clone(), log)?)?;
    let shared = Rc::clone(events);
    let emit = move |name: Coerced<String>, payload: String| write_event(&shared, name.0, payload);
    target.set("emit", Function::new(ctx.clone(), emit)?)
}

fn install_timers<'js>(
    ctx: &Ctx<'js>,
    target: &Object<'js>,
    events: &Rc<EventLoop<'js>>,
) -> rquickjs::Result<()> {
    let shared = Rc::clone(events);
    let start = move |ctx: Ctx<'js>, millis: f64, callback: Function<'js>| {
        let mut timers = shared.timers.borrow_mut();
        if timers.len() >= MOST_TIMERS {
            let message = format!("at most {MOST_TIMERS} timers may be pending");
            return Err(Exception::throw_range(&ctx, &message));
        }
        let wait = Duration::from_millis(millis.clamp(0.0, 2_147_483_647.0) as u64);
        Ok(timers.start(wait, callback) as f64)
    };
    target.set("startTimer", Function::new(ctx.clone(), start)?)?;
    let shared = Rc::clone(events);
    let stop = move |number: f64| shared.timers.borrow_mut().stop(number as u64);
    target.set("stopTimer", Function::new(ctx.clone(), stop)?)
}

fn start_host_call<'js>(
    ctx: &Ctx<'js>,
    events: &EventLoop<'js>,
    op: String,
    arguments: Value<'js>,
) -> rquickjs::Result<Promise<'js>> {
    if events.waiting.borrow().len() >= MOST_WAITING {
        let message = format!("at most {MOST_WAITING} requests may wait for an answer; await some");
        return Err(Exception::throw_range(ctx, &message));
    }
    let json = match ctx.json_stringify(arguments)? {
        Some(text) => text.to_string()?,
        None => "null".to_owned(),
    };
    let arguments = RawValue::from_string(json)
        .map_err(|_| Exception::throw_type(ctx, "the arguments have no JSON form"))?;
    let id = events.host_calls.get() + 1;
    events.host_calls.set(id);
    let (promise, resolve, reject) = ctx.promise()?;
    let message = WorkerToBroker::HostCall { id, op, arguments };
    events.wire.borrow_mut().send(&message).map_err(|error| {
        Exception::throw_range(ctx, &format!("the request cannot be sent: {error}"))
    })?;
    events.waiting.borrow_mut().insert(id, (resolve, reject));
    Ok(promise)
}

/// Tells of an event. One that cannot be sent is too large to be looked at.
fn write_event(events: &EventLoop<'_>, name: String, payload: String) {
    if let Ok(payload) = RawValue::from_string(payload) {
        let _ = events.wire.borrow_mut().send(&WorkerToBroker::Emitted { name, payload });
    }
}

fn write_log(events: &EventLoop<'_>, level: &str, mut text: String) {
    let level = match level {
        "debug" => LogLevel::Debug,
        "warn" => LogLevel::Warn,
        "error" => LogLevel::Error,
        _ => LogLevel::Info,
    };
    if text.len() > LONGEST_LINE {
        text.truncate(text.floor_char_boundary(LONGEST_LINE));
        text.push('…');
    }
    // The broker's absence shows at the next receive.
    let _ = events.wire.borrow_mut().send(&WorkerToBroker::Log { level, text });
}

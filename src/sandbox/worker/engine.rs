//! The JavaScript engine of a worker: QuickJS-NG with limits, and the calls into it.

use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::{CatchResultExt, Context, Ctx, Function, Module, Promise, Runtime, Value};
use serde_json::value::RawValue;

use super::event_loop::{Deadline, EventLoop, Stop};
use super::heap::{CountingHeap, Meter};
use super::loader::Modules;
use super::natives;
use super::plugin::Plugin;
use super::wire::Wire;
use crate::sandbox::instance::Target;
use crate::sandbox::native::{self, Dice};
use crate::sandbox::protocol::{
    BrokerToWorker, CallFailure, CallReply, Start, Thrown, Use, WorkerToBroker,
};

/// Native stack the engine may use; the process has 8 MB of it.
const STACK: usize = 1024 * 1024;
/// Building the platform is our own code; this only bounds a broken machine.
const BOOT_LIMIT: Duration = Duration::from_secs(10);
/// How much a plugin takes, at most, before the engine first looks for garbage: looking touches every
/// object, and a copy of a template shares the platform's with it only while nobody writes to them.
const FIRST_LOOK: usize = 4 * 1024 * 1024;
/// Largest value a call may give, as JSON.
const LARGEST_REPLY: usize = 8 * 1024 * 1024;

/// What an engine waits for: the broker, and the plugin it gave.
pub(super) struct Arrival {
    /// Messages from and to the broker.
    pub wire: Wire,
    /// The plugin.
    pub start: Start,
}

/// Builds the engine with `modules` of the platform loaded, takes the plugin that `arrive` gives,
/// and answers calls until the broker goes.
///
/// `arrive` may come back in a copy of this process.
pub(super) fn run(modules: &[&str], arrive: impl FnOnce() -> Option<Arrival>) {
    let meter = Rc::new(Meter::default());
    let heap = CountingHeap(Rc::clone(&meter));
    let Ok(runtime) = Runtime::new_with_alloc(heap) else { return };
    runtime.set_max_stack_size(STACK);
    let deadline = Rc::new(Deadline::default());
    let watched = Rc::clone(&deadline);
    runtime.set_interrupt_handler(Some(Box::new(move || watched.tick())));
    let plugin = Rc::new(Plugin::default());
    runtime.set_loader(Modules(Rc::clone(&plugin)), Modules(Rc::clone(&plugin)));
    let Ok(context) = Context::full(&runtime) else { return };
    // The process ends with the engine; taking it apart first would gain nothing.
    let context: &'static Context = Box::leak(Box::new(context));
    std::mem::forget(runtime);
    context.with(|ctx| {
        let dice = Rc::new(Dice::default());
        let events = Rc::new(EventLoop::new(deadline));
        events.deadline.set(Some(Instant::now() + BOOT_LIMIT));
        let booted = natives::install(&ctx, &events, &plugin, &dice)
            .and_then(|()| Engine::boot(&ctx, Rc::clone(&events), meter, dice))
            .and_then(|engine| natives::load_all(&ctx, modules).map(|()| engine));
        let booted = booted.catch(&ctx).map_err(|error| error.to_string());
        if let Some(Arrival { wire, start }) = arrive() {
            events.wire.replace(wire);
            let failed =
                |message| Thrown { name: "platform".to_owned(), message, ..Thrown::default() };
            let ready = booted.map_err(failed).and_then(|engine| engine.take(&plugin, start));
            match ready {
                Ok(engine) => engine.answer_calls(),
                Err(thrown) => {
                    let failure = WorkerToBroker::NotReady(CallFailure::Load(thrown));
                    // The broker's absence is all that can go wrong, and then nobody listens.
                    let _ = events.wire.borrow_mut().send(&failure);
                }
            }
        }
        // Values of the engine must not outlive this closure, and the process ends here anyway.
        std::mem::forget(events);
    });
}

struct Engine<'js> {
    ctx: Ctx<'js>,
    events: Rc<EventLoop<'js>>,
    meter: Rc<Meter>,
    dice: Rc<Dice>,
    /// Bytes of the heap that the platform had when the plugin arrived, and those beside them that
    /// the plugin may have.
    platform: u64,
    memory: u64,
    begin: Function<'js>,
    invoke: Function<'js>,
    refusal_of: Function<'js>,
    describe: Function<'js>,
}

impl<'js> Engine<'js> {
    fn boot(
        ctx: &Ctx<'js>,
        events: Rc<EventLoop<'js>>,
        meter: Rc<Meter>,
        dice: Rc<Dice>,
    ) -> rquickjs::Result<Self> {
        let source = "export * from 'daino:internal/boot';";
        let (module, done) = Module::declare(ctx.clone(), "commonjs:boot", source)?.eval()?;
        match events.settle(ctx, &done) {
            Ok(()) => {}
            Err(Stop::Rejected) => return Err(rejection(ctx, &done)),
            Err(_) => return Err(rquickjs::Error::Unknown),
        }
        Ok(Self {
            ctx: ctx.clone(),
            begin: module.get("begin")?,
            invoke: module.get("invoke")?,
            refusal_of: module.get("refusalOf")?,
            describe: module.get("describeText")?,
            events,
            meter,
            dice,
            platform: 0,
            memory: 0,
        })
    }

    /// Makes everything ready for the plugin; nothing of it runs yet.
    fn take(mut self, plugin: &Plugin, start: Start) -> Result<Self, Thrown> {
        if let Some(name) = start.graph.modules.keys().find(|name| name.contains([':', '\0'])) {
            let message = format!("a file may not be named `{name}`");
            return Err(Thrown { name: "Error".to_owned(), message, ..Thrown::default() });
        }
        self.memory = start.memory;
        self.platform = self.meter.now();
        let (platform, memory) = (self.platform as usize, start.memory as usize);
        let first_look = platform + FIRST_LOOK.min(memory / 4);
        native::limit_heap(&self.ctx, platform.saturating_add(memory), first_look);
        native::restart_clock(&self.ctx);
        self.dice.forget();
        plugin.arrive(start.graph, start.settings.to_string());
        match self.begin.call::<_, ()>(()).catch(&self.ctx) {
            Ok(()) => Ok(self),
            Err(error) => Err(Thrown { message: error.to_string(), ..Thrown::default() }),
        }
    }

    fn answer_calls(&self) {
        self.events.deadline.set(None);
        let send = |message: &WorkerToBroker| self.events.wire.borrow_mut().send(message);
        if send(&WorkerToBroker::Ready).is_err() {
            return;
        }
        loop {
            let received = self.events.wire.borrow_mut().receive(None);
            match received {
                Ok(Some(BrokerToWorker::Call { id, target, arguments, timeout_millis })) => {
                    let result =
                        self.call(&target, &arguments, Duration::from_millis(timeout_millis));
                    self.events.deadline.set(None);
                    if send(&WorkerToBroker::Done { id, result }).is_err() {
                        return;
                    }
                }
                // The answer to something an earlier call did not wait for.
                Ok(Some(BrokerToWorker::HostReply { id, result })) => {
                    self.events.answer(&self.ctx, id, result.map(|raw| raw.get().to_owned()));
                }
                Ok(Some(BrokerToWorker::Start(_)) | None) | Err(_) => return,
            }
        }
    }

    fn call(
        &self,
        target: &Target,
        arguments: &RawValue,
        limit: Duration,
    ) -> Result<CallReply, CallFailure> {
        let started = Instant::now();
        self.events.deadline.set(Some(started + limit));
        let host_calls = self.events.host_calls.get();
        self.meter.restart();
        let json = self.run(target, arguments)?;
        let value = RawValue::from_string(json).map_err(|e| CallFailure::NotJson(e.to_string()))?;
        let used = Use {
            millis: started.elapsed().as_secs_f64() * 1_000.0,
            host_calls: self.events.host_calls.get() - host_calls,
            peak_heap: self.meter.peak().saturating_sub(self.platform),
        };
        Ok(CallReply { value, used })
    }

    fn run(&self, target: &Target, arguments: &RawValue) -> Result<String, CallFailure> {
        #[derive(serde::Serialize)]
        struct Request<'a> {
            target: &'a Target,
            args: &'a RawValue,
        }
        let request = serde_json::to_string(&Request { target, args: arguments })
            .map_err(|e| CallFailure::NotJson(e.to_string()))?;
        let promise: Promise<'js> =
            self.invoke.call((request,)).map_err(|_| self.failure(self.ctx.catch()))?;
        match self.events.settle(&self.ctx, &promise) {
            Ok(()) => {}
            Err(Stop::Rejected) => return Err(self.failure(reason(&self.ctx, &promise))),
            // A job that had no room to be queued is lost, and what waits for it with it.
            Err(Stop::NeverSettles) if self.was_full() => return Err(CallFailure::MemoryLimit),
            Err(Stop::NeverSettles) => return Err(CallFailure::NeverSettles),
            Err(Stop::TimeLimit | Stop::Gone) => return Err(CallFailure::TimeLimit),
        }
        let text = match promise.result::<rquickjs::String<'js>>() {
            Some(Ok(text)) => text,
            _ => return Err(self.failure(self.ctx.catch())),
        };
        let text = text.to_string().map_err(|_| CallFailure::MemoryLimit)?;
        if text.len() > LARGEST_REPLY {
            return Err(CallFailure::ReplyTooLarge(text.len() as u64));
        }
        Ok(text)
    }

    /// Whether the call came close to the limit of its memory.
    fn was_full(&self) -> bool {
        self.meter.peak() > self.platform + self.memory / 10 * 9
    }

    /// What a thrown value means. Code of the plugin may run in here (getters); the deadline of
    /// the call still holds.
    fn failure(&self, error: Value<'js>) -> CallFailure {
        if self.events.deadline.has_passed() {
            return CallFailure::TimeLimit;
        }
        let refused = self.refusal_of.call::<_, Option<String>>((error.clone(),));
        if let Ok(Some(text)) = refused {
            return refusal(&text);
        }
        match self.describe.call::<_, String>((error,)) {
            Ok(text) => {
                let thrown: Thrown = serde_json::from_str(&text).unwrap_or_default();
                // An engine that is too full to make its error throws `null` instead.
                if thrown.name == "null" && self.was_full() {
                    return CallFailure::MemoryLimit;
                }
                classify(thrown)
            }
            Err(_) if self.events.deadline.has_passed() => CallFailure::TimeLimit,
            Err(_) => CallFailure::MemoryLimit,
        }
    }
}

fn reason<'js>(ctx: &Ctx<'js>, promise: &Promise<'js>) -> Value<'js> {
    match promise.result::<Value<'js>>() {
        Some(Ok(value)) => value,
        Some(Err(_)) | None => ctx.catch(),
    }
}

fn rejection<'js>(ctx: &Ctx<'js>, promise: &Promise<'js>) -> rquickjs::Error {
    let reason = reason(ctx, promise);
    ctx.throw(reason)
}

/// Full memory shows as an error of the engine's own.
fn classify(thrown: Thrown) -> CallFailure {
    if thrown.name == "InternalError" && thrown.message == "out of memory" {
        return CallFailure::MemoryLimit;
    }
    CallFailure::Thrown(thrown)
}

fn refusal(text: &str) -> CallFailure {
    let thrown = |data| serde_json::from_value::<Thrown>(data).unwrap_or_default();
    match serde_json::from_str::<(String, serde_json::Value)>(text) {
        Ok((kind, data)) => match kind.as_str() {
            "load" => match classify(thrown(data)) {
                CallFailure::Thrown(thrown) => CallFailure::Load(thrown),
                other => other,
            },
            "no-such-method" => {
                CallFailure::NoSuchMethod(serde_json::from_value(data).unwrap_or_default())
            }
            _ => CallFailure::NotJson(data.as_str().unwrap_or_default().to_owned()),
        },
        Err(_) => CallFailure::Thrown(Thrown::default()),
    }
}

//! Runs jobs, fires timers, takes the broker's answers, until a promise settles or time is up.
//!
//! The engine looks at the deadline only while it runs code; a flood of tiny jobs never runs long
//! enough for that, so the loop looks between jobs too.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::time::Instant;

use rquickjs::promise::PromiseState;
use rquickjs::{Ctx, Function, Object, Promise, Value};

use super::timers::Timers;
use super::wire::Wire;
use crate::sandbox::host::LogLevel;
use crate::sandbox::protocol::{BrokerToWorker, HostFailure, WorkerToBroker};

/// The deadline of the call that runs, shared with the engine's interrupt handler.
#[derive(Debug, Default)]
pub(super) struct Deadline {
    at: Cell<Option<Instant>>,
    hit: Cell<bool>,
    ticks: Cell<u64>,
}

impl Deadline {
    pub(super) fn set(&self, at: Option<Instant>) {
        self.at.set(at);
        self.hit.set(false);
    }

    /// The engine's own question, once per ten thousand steps: counted, as a measure of work that
    /// is the same on every machine.
    pub(super) fn tick(&self) -> bool {
        self.ticks.set(self.ticks.get() + 1);
        self.has_passed()
    }

    /// How often the engine has asked.
    pub(super) fn ticks(&self) -> u64 {
        self.ticks.get()
    }

    /// Whether it has passed; once it has, it stays so until it is set again.
    pub(super) fn has_passed(&self) -> bool {
        if !self.hit.get() && self.at.get().is_some_and(|at| Instant::now() >= at) {
            self.hit.set(true);
        }
        self.hit.get()
    }
}

/// What the natives and the loop share.
pub(super) struct EventLoop<'js> {
    pub wire: RefCell<Wire>,
    pub deadline: Rc<Deadline>,
    pub timers: RefCell<Timers<Function<'js>>>,
    /// Host calls without an answer: what resolves and what rejects each.
    pub waiting: RefCell<HashMap<u64, (Function<'js>, Function<'js>)>>,
    /// Host calls made so far.
    pub host_calls: Cell<u64>,
}

/// Why a promise was not waited for to its end.
#[derive(Debug)]
pub(super) enum Stop {
    /// Rejected; the reason is taken from the promise.
    Rejected,
    /// The deadline passed.
    TimeLimit,
    /// Nothing is left that could settle it.
    NeverSettles,
    /// The broker is gone.
    Gone,
}

impl<'js> EventLoop<'js> {
    /// A loop without a broker yet.
    pub(super) fn new(deadline: Rc<Deadline>) -> Self {
        Self {
            wire: RefCell::new(Wire::unconnected()),
            deadline,
            timers: RefCell::default(),
            waiting: RefCell::default(),
            host_calls: Cell::new(0),
        }
    }

    /// Runs until `promise` settles.
    pub(super) fn settle(&self, ctx: &Ctx<'js>, promise: &Promise<'js>) -> Result<(), Stop> {
        loop {
            if self.deadline.has_passed() {
                return Err(Stop::TimeLimit);
            }
            match promise.state() {
                PromiseState::Resolved => return Ok(()),
                PromiseState::Rejected => return Err(Stop::Rejected),
                PromiseState::Pending => {}
            }
            if ctx.execute_pending_job() || self.fire_timer(ctx) {
                continue;
            }
            self.wait(ctx)?;
        }
    }

    fn fire_timer(&self, ctx: &Ctx<'js>) -> bool {
        let Some(callback) = self.timers.borrow_mut().take_due(Instant::now()) else {
            return false;
        };
        if callback.call::<_, Value<'js>>(()).is_err() {
            let thrown = ctx.catch();
            let message = thrown.as_exception().and_then(|e| e.message()).unwrap_or_default();
            let text = format!("uncaught in a timer: {message}");
            // The broker's absence shows at the next receive.
            let line = WorkerToBroker::Log { level: LogLevel::Error, text };
            let _ = self.wire.borrow_mut().send(&line);
        }
        true
    }

    fn wait(&self, ctx: &Ctx<'js>) -> Result<(), Stop> {
        let timer = self.timers.borrow().next_due();
        if timer.is_none() && self.waiting.borrow().is_empty() {
            return Err(Stop::NeverSettles);
        }
        let until = match (timer, self.deadline.at.get()) {
            (Some(timer), Some(deadline)) => Some(timer.min(deadline)),
            (timer, deadline) => timer.or(deadline),
        };
        let wait = until.map(|until| until.saturating_duration_since(Instant::now()));
        let message = self.wire.borrow_mut().receive(wait).map_err(|_| Stop::Gone)?;
        match message {
            None => Ok(()),
            Some(BrokerToWorker::HostReply { id, result }) => {
                self.answer(ctx, id, result.map(|raw| raw.get().to_owned()));
                Ok(())
            }
            Some(_) => Err(Stop::Gone),
        }
    }

    /// Gives the broker's answer to the promise that waits for it.
    pub(super) fn answer(&self, ctx: &Ctx<'js>, id: u64, result: Result<String, HostFailure>) {
        let Some((resolve, reject)) = self.waiting.borrow_mut().remove(&id) else { return };
        let settled = match result {
            Ok(json) => match ctx.json_parse(json) {
                Ok(value) => resolve.call::<_, ()>((value,)),
                Err(_) => reject.call::<_, ()>((ctx.catch(),)),
            },
            Err(failure) => error_of(ctx, failure).and_then(|error| reject.call::<_, ()>((error,))),
        };
        if settled.is_err() {
            // Out of memory while answering: the promise stays pending, the deadline ends the call.
            ctx.catch();
        }
    }
}

fn error_of<'js>(ctx: &Ctx<'js>, failure: HostFailure) -> rquickjs::Result<Object<'js>> {
    let error = rquickjs::Exception::from_message(ctx.clone(), &failure.message)?.into_object();
    error.set("code", failure.code)?;
    if let Some(detail) = failure.detail {
        error.set("detail", detail)?;
    }
    if let Some(hint) = failure.hint {
        error.set("hint", hint)?;
    }
    if let Some(limit) = failure.limit {
        error.set("limit", limit)?;
    }
    Ok(error)
}

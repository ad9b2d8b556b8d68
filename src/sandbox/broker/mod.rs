//! The broker's end of one worker: sends calls, does what the plugin asks, ends what goes too far.

mod ahead;
mod leash;
mod outbox;
mod pacing;
mod process;
mod requests;
mod slots;
mod template;

use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use serde_json::Value;
use serde_json::value::RawValue;
use tokio::time::{Instant, timeout_at};

use super::audit::shortened;
use super::confine;
use super::error::SandboxError;
use super::instance::{CallOutcome, InstanceSpec, Target};
use super::protocol::{
    BrokerToWorker, CallFailure, CallReply, LayerReport, Start, VERSION, WorkerToBroker,
};
use crate::config::sandbox::SandboxMode;
use pacing::{Budget, Pace};
pub(super) use process::{Process, Received};
use requests::Requests;
pub(crate) use template::Template;

/// What a worker may map beyond its heap: messages, the native stack, the allocator's own.
const HEADROOM: u64 = 160 * 1024 * 1024;
/// How long a worker may take to confine itself and build its engine.
const START_LIMIT: Duration = Duration::from_secs(15);
/// How much longer than its limit a call may take before the worker is killed.
const GRACE: Duration = Duration::from_millis(300);
/// Requests of one call.
const MOST_HOST_CALLS: u64 = 10_000;
/// Most events of one call that are looked at.
const MOST_EMITTED: u64 = 1_000;
/// Requests that are worked on at the same time.
pub(super) const MOST_AT_ONCE: usize = 128;
/// Log lines of one call that are passed on, and those after which the worker is ended.
const MOST_LINES: u64 = 10_000;
const FLOOD_OF_LINES: u64 = 200_000;
/// Bytes of the log of one call that are passed on.
const MOST_LOG_BYTES: usize = 4 * 1024 * 1024;

/// One worker and what it may ask for.
pub(super) struct Broker {
    process: Process,
    requests: Arc<Requests>,
    memory: String,
    next_call: u64,
    ended: Option<String>,
    /// The worker's share of the processor, when that is less than a whole one.
    budget: Option<Budget>,
}

/// What one call has used so far.
#[derive(Default)]
struct Tally {
    host_calls: u64,
    emitted: u64,
    lines: u64,
    log_bytes: usize,
    paced: Duration,
}

/// Decides whether a worker with these layers may run; words for the log when it lacks one.
fn accept(layers: &[LayerReport], mode: SandboxMode) -> Result<Option<String>, SandboxError> {
    let Some((layer, why)) = confine::missing(layers) else { return Ok(None) };
    let missing = SandboxError::LayerMissing { layer: layer.into(), why: why.into() };
    match mode {
        SandboxMode::Full => Err(missing),
        SandboxMode::Reduced => Ok(Some(format!("reduced sandbox: {missing}"))),
    }
}

impl Broker {
    /// Starts a worker, looks at its confinement, gives it the code. A worker that cannot be copied
    /// from the template is executed.
    pub(super) async fn start(
        spec: InstanceSpec,
        start: Start,
        template: Option<&Template>,
    ) -> Result<(Self, Vec<LayerReport>), SandboxError> {
        let memory = start.memory.saturating_add(HEADROOM);
        let copied = match template {
            Some(template) => template.copy(memory, None).await.ok(),
            None => None,
        };
        let process = match copied {
            Some(process) => process,
            None => Process::start(memory, None).await?,
        };
        Self::greet(process, spec, start).await
    }

    /// The same, with a process that runs already. Nothing it says is believed.
    pub(super) async fn greet(
        mut process: Process,
        spec: InstanceSpec,
        start: Start,
    ) -> Result<(Self, Vec<LayerReport>), SandboxError> {
        let until = Instant::now() + START_LIMIT;
        let layers = match process.receive_until(until).await? {
            WorkerToBroker::Hello { version: VERSION, layers } => layers,
            _ => return Err(SandboxError::Protocol("no greeting".to_owned())),
        };
        if let Some(warning) = accept(&layers, crate::config::sandbox::mode())? {
            spec.host.log.log(super::LogLevel::Warn, &warning);
        }
        process.send(&BrokerToWorker::Start(Box::new(start)), "the plugin's code")?;
        match process.receive_until(until).await? {
            WorkerToBroker::Ready => {}
            WorkerToBroker::NotReady(CallFailure::Load(thrown)) => {
                return Err(SandboxError::Load(thrown));
            }
            _ => return Err(SandboxError::Protocol("not ready".to_owned())),
        }
        let memory = spec.limits.memory.to_string();
        let budget = Budget::new(spec.limits.cpu, Instant::now(), process.cpu_time());
        let requests = Arc::new(Requests::new(spec));
        Ok((Self { process, requests, memory, next_call: 1, ended: None, budget }, layers))
    }

    /// Makes one call.
    pub(super) async fn call(
        &mut self,
        target: Target,
        arguments: &[Value],
        timeout: Duration,
    ) -> Result<CallOutcome, SandboxError> {
        if let Some(why) = &self.ended {
            return Err(SandboxError::Ended(why.clone()));
        }
        let id = self.next_call;
        self.next_call += 1;
        let method = target.name().to_owned();
        let arguments = serde_json::value::to_raw_value(arguments)
            .map_err(|_| SandboxError::TooLarge("the list of arguments"))?;
        let message = BrokerToWorker::Call {
            id,
            target,
            arguments,
            timeout_millis: timeout.as_millis() as u64,
        };
        self.process.send(&message, "the list of arguments")?;
        // A caller that stops waiting leaves a worker in the middle of something: not reusable.
        self.ended = Some(format!("`{method}` was abandoned"));
        let before = self.process.cpu_time();
        self.process.leash().begin();
        let result = self.work(id, &method, timeout).await.map(|mut outcome| {
            let used = self.process.cpu_time().saturating_sub(before);
            outcome.cpu_millis = used.as_secs_f64() * 1_000.0;
            outcome
        });
        if self.budget.is_some() {
            self.process.leash().rest();
        }
        self.ended = match &result {
            Ok(_) => None,
            Err(error) if leaves_worker_usable(error) => None,
            Err(error) => {
                self.process.kill();
                Some(error.to_string())
            }
        };
        result
    }

    async fn work(
        &mut self,
        id: u64,
        method: &str,
        timeout: Duration,
    ) -> Result<CallOutcome, SandboxError> {
        let deadline = Instant::now() + timeout + GRACE;
        let mut tally = Tally::default();
        let mut running = FuturesUnordered::new();
        let mut paused_at = None;
        let mut look = self.pace(&mut tally, &mut paused_at);
        loop {
            let event = async {
                tokio::select! {
                    () = until(look) => Event::Look,
                    received = self.process.receive() => Event::Received(received),
                    Some((id, result)) = running.next(), if !running.is_empty() => {
                        Event::Answered(id, result)
                    }
                }
            };
            let event = timeout_at(deadline, event).await.map_err(|_| SandboxError::TimeLimit {
                method: method.to_owned(),
                limit_millis: timeout.as_millis(),
                paced_millis: tally.paced_until_now(paused_at).as_millis(),
            })?;
            match event {
                Event::Look => look = self.pace(&mut tally, &mut paused_at),
                Event::Answered(id, result) => {
                    let reply = BrokerToWorker::HostReply { id, result };
                    if self.process.send(&reply, "the answer").is_err() {
                        let reply = BrokerToWorker::HostReply { id, result: Err(too_large()) };
                        self.process.send(&reply, "the answer")?;
                    }
                }
                Event::Received(Received::Message(message)) => match message {
                    WorkerToBroker::HostCall { id, op, arguments } => {
                        tally.host_calls += 1;
                        if tally.host_calls > MOST_HOST_CALLS {
                            let method = method.to_owned();
                            return Err(SandboxError::HostCalls { method, limit: MOST_HOST_CALLS });
                        }
                        if running.len() >= MOST_AT_ONCE {
                            return Err(SandboxError::Protocol("too many requests".to_owned()));
                        }
                        let requests = Arc::clone(&self.requests);
                        let call = method.to_owned();
                        running.push(
                            async move { (id, requests.answer(&call, &op, &arguments).await) },
                        );
                    }
                    WorkerToBroker::Log { level, text } => {
                        self.log(method, &mut tally, level, &text)?;
                    }
                    WorkerToBroker::Emitted { name, payload } => {
                        tally.emitted += 1;
                        let onlooker = self.requests.host().onlooker.as_ref();
                        // More are let pass, unseen: they cost nobody anything.
                        if let Some(onlooker) = onlooker.filter(|_| tally.emitted <= MOST_EMITTED) {
                            onlooker.emitted(&shortened(&name), payload.get());
                        }
                    }
                    WorkerToBroker::Done { id: done, result } if done == id => {
                        tally.paced = tally.paced_until_now(paused_at);
                        return self.outcome(method, timeout, tally, result);
                    }
                    _ => return Err(SandboxError::Protocol("a message out of turn".to_owned())),
                },
                Event::Received(Received::Broken(what)) => {
                    return Err(SandboxError::Protocol(what));
                }
                Event::Received(Received::Ended) => {
                    let how = self.process.ending().await;
                    return Err(SandboxError::Crashed { method: method.to_owned(), how });
                }
            }
        }
    }

    /// Lets the worker run or pause, as its budget has it; gives when to look again.
    fn pace(&mut self, tally: &mut Tally, paused_at: &mut Option<Instant>) -> Option<Instant> {
        let now = Instant::now();
        let used = self.process.cpu_time();
        tally.paced = tally.paced_until_now(paused_at.take());
        Some(match self.budget.as_mut()?.step(now, used) {
            Pace::Run(look) => {
                self.process.leash().resume();
                look
            }
            Pace::Pause(look) => {
                self.process.leash().pause();
                *paused_at = Some(now);
                look
            }
        })
    }

    fn log(
        &self,
        method: &str,
        tally: &mut Tally,
        level: super::LogLevel,
        text: &str,
    ) -> Result<(), SandboxError> {
        tally.lines += 1;
        if tally.lines > FLOOD_OF_LINES {
            let method = method.to_owned();
            return Err(SandboxError::LogFlood { method, limit: FLOOD_OF_LINES });
        }
        if tally.log_bytes > MOST_LOG_BYTES || tally.lines > MOST_LINES {
            return Ok(());
        }
        tally.log_bytes += text.len();
        let log = &self.requests.host().log;
        log.log(level, text);
        if tally.log_bytes > MOST_LOG_BYTES || tally.lines == MOST_LINES {
            log.log(super::LogLevel::Warn, "the log of this call is full; what follows is dropped");
        }
        Ok(())
    }

    fn outcome(
        &self,
        method: &str,
        timeout: Duration,
        tally: Tally,
        result: Result<CallReply, CallFailure>,
    ) -> Result<CallOutcome, SandboxError> {
        let method = method.to_owned();
        let failure = match result {
            Ok(reply) => {
                let value = serde_json::from_str(reply.value.get()).map_err(|_| {
                    let why = "it nests deeper than 127 levels".to_owned();
                    SandboxError::NotJson { method, why }
                })?;
                return Ok(CallOutcome {
                    value,
                    millis: reply.used.millis,
                    host_calls: tally.host_calls,
                    cpu_millis: 0.0,
                    paced_millis: tally.paced.as_secs_f64() * 1_000.0,
                    peak_memory: reply.used.peak_heap,
                });
            }
            Err(failure) => failure,
        };
        Err(match failure {
            CallFailure::Thrown(thrown) => SandboxError::Thrown { method, thrown },
            CallFailure::NoSuchMethod(available) => {
                SandboxError::NoSuchMethod { method, available }
            }
            CallFailure::Load(thrown) => SandboxError::Load(thrown),
            CallFailure::TimeLimit => {
                let paced_millis = tally.paced.as_millis();
                SandboxError::TimeLimit { method, limit_millis: timeout.as_millis(), paced_millis }
            }
            CallFailure::MemoryLimit => {
                SandboxError::MemoryLimit { method, limit: self.memory.clone() }
            }
            CallFailure::NeverSettles => SandboxError::NeverSettles(method),
            CallFailure::NotJson(why) => SandboxError::NotJson { method, why },
            CallFailure::ReplyTooLarge(bytes) => SandboxError::ReplyTooLarge { method, bytes },
        })
    }

    /// The worker's process id.
    #[cfg(test)]
    pub(super) fn pid(&self) -> u32 {
        self.process.pid()
    }

    /// Ends the worker.
    pub(super) async fn stop(mut self) {
        self.process.kill();
        // How it ended does not matter: we ended it.
        let _ = self.process.ending().await;
    }
}

impl Tally {
    fn paced_until_now(&self, paused_at: Option<Instant>) -> Duration {
        self.paced + paused_at.map(|at| at.elapsed()).unwrap_or_default()
    }
}

async fn until(at: Option<Instant>) {
    match at {
        Some(at) => tokio::time::sleep_until(at).await,
        None => std::future::pending().await,
    }
}

enum Event {
    Look,
    Received(Received),
    Answered(u64, Result<Box<RawValue>, super::protocol::HostFailure>),
}

fn too_large() -> super::protocol::HostFailure {
    super::protocol::HostFailure::limit(
        "answer",
        "the answer is larger than 16MB",
        "ask for less at a time",
    )
}

/// After these the plugin's engine is as sound as after a normal call.
fn leaves_worker_usable(error: &SandboxError) -> bool {
    matches!(
        error,
        SandboxError::Thrown { .. }
            | SandboxError::NoSuchMethod { .. }
            | SandboxError::Load(_)
            | SandboxError::NotJson { .. }
            | SandboxError::NeverSettles(_)
            | SandboxError::ReplyTooLarge { .. }
    )
}

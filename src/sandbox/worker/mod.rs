//! The worker: this binary, executed again, with one socket and no rights.
//!
//! It confines itself first, says how that went, and only then receives code. One thread, one
//! engine, one call at a time.

mod commonjs;
mod engine;
mod event_loop;
mod heap;
mod loader;
mod natives;
mod timers;
mod wire;

use std::process::ExitCode;

use super::confine::{self, Plan};
use super::protocol::{BrokerToWorker, VERSION, WorkerToBroker};
use wire::Wire;

/// The hidden first argument that makes a process a worker.
const ARGUMENT: &str = "__sandbox-worker";

/// What a worker is started with, beside its socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Arguments {
    /// The broker's process id.
    pub broker: u32,
    /// Bytes the process may map beyond what it starts with.
    pub memory: u64,
    /// Number of the attack to try instead of serving, for `doctor --sandbox`.
    pub attack: Option<usize>,
    /// Try that attack without any confinement, to show that it is real. Such a process never
    /// takes code.
    pub without_layers: bool,
}

impl Arguments {
    /// As arguments of a process.
    pub(super) fn to_words(self) -> Vec<String> {
        let mut words = vec![ARGUMENT.to_owned(), self.broker.to_string(), self.memory.to_string()];
        words.extend(self.attack.map(|attack| attack.to_string()));
        words.extend((self.attack.is_some() && self.without_layers).then(|| "1".to_owned()));
        words
    }

    /// From the arguments of this process; `None` when it is no worker.
    fn read() -> Option<Result<Self, ()>> {
        let mut words = std::env::args_os().skip(1);
        if words.next()? != ARGUMENT {
            return None;
        }
        let mut number = || words.next()?.to_str()?.parse::<u64>().ok();
        let parsed = (|| {
            let broker = u32::try_from(number()?).ok()?;
            let memory = number()?;
            let attack = number().map(|n| n as usize);
            Some(Self { broker, memory, attack, without_layers: number() == Some(1) })
        })();
        Some(parsed.ok_or(()))
    }
}

/// Turns this process into a worker when it was started as one.
pub(super) fn enter() -> Option<ExitCode> {
    let arguments = match Arguments::read()? {
        Ok(arguments) => arguments,
        Err(()) => return Some(ExitCode::from(2)),
    };
    let Ok(channel) = confine::take_channel() else { return Some(ExitCode::from(2)) };
    let plan = Plan { memory: arguments.memory, broker: arguments.broker };
    let unconfined = arguments.without_layers && arguments.attack.is_some();
    let layers = if unconfined { Vec::new() } else { confine::confine(&channel, plan) };
    let mut wire = Wire::new(channel);
    if wire.send(&WorkerToBroker::Hello { version: VERSION, layers }).is_err() {
        return Some(ExitCode::from(2));
    }
    if let Some(number) = arguments.attack {
        let outcome = confine::attack::perform(number);
        let told = wire.send(&WorkerToBroker::Attacked { outcome });
        return Some(if told.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(2) });
    }
    // Whatever goes wrong from here on, the broker sees the socket close.
    let served = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| serve(wire)));
    Some(if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::from(70) })
}

fn serve(mut wire: Wire) {
    // Anything else first is a broken broker; there is nobody to tell.
    if let Ok(Some(BrokerToWorker::Start(start))) = wire.receive(None) {
        engine::serve(wire, *start);
    }
}

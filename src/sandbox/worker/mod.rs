//! The worker: this binary, executed again (or copied from a template), with one socket and no
//! rights.
//!
//! It confines itself first, says how that went, and only then receives code. One thread, one
//! engine, one call at a time.

mod arguments;
mod commonjs;
mod engine;
mod event_loop;
mod heap;
mod loader;
mod natives;
mod plugin;
mod template;
mod timers;
mod wire;

use std::io;
use std::process::ExitCode;

use super::confine::{self, Plan};
use super::protocol::{BrokerToWorker, LayerReport, Start, VERSION, WorkerToBroker};
pub(super) use arguments::{Arguments, Purpose, TemplateArguments, WorkerArguments};
use engine::Arrival;
pub(super) use template::Order;
use wire::Wire;

/// Turns this process into a worker or a template when it was started as one.
pub(super) fn enter() -> Option<ExitCode> {
    let Ok(arguments) = Arguments::read()? else { return Some(ExitCode::from(2)) };
    // Whatever goes wrong in here, the broker sees the socket close.
    let done = std::panic::catch_unwind(|| match arguments {
        Arguments::Worker(arguments) => work(arguments),
        Arguments::Template(arguments) => {
            template::serve(arguments);
            Ok(())
        }
    });
    Some(match done {
        Ok(Ok(())) => ExitCode::SUCCESS,
        Ok(Err(_)) => ExitCode::from(2),
        Err(_) => ExitCode::from(70),
    })
}

fn work(arguments: WorkerArguments) -> io::Result<()> {
    let channel = confine::take_channel()?;
    let plan = Plan { memory: arguments.memory, broker: arguments.broker };
    let unconfined = arguments.without_layers && arguments.attack.is_some();
    let layers = if unconfined { Vec::new() } else { confine::confine(&channel, plan) };
    let mut wire = Wire::new(channel);
    greet(&mut wire, layers)?;
    if let Some(number) = arguments.attack {
        return attack(&mut wire, number);
    }
    engine::run(&[], || {
        let start = start_of(&mut wire)?;
        Some(Arrival { wire, start })
    });
    Ok(())
}

fn greet(wire: &mut Wire, layers: Vec<LayerReport>) -> io::Result<()> {
    wire.send(&WorkerToBroker::Hello { version: VERSION, layers })
}

fn attack(wire: &mut Wire, number: usize) -> io::Result<()> {
    let outcome = confine::attack::perform(number);
    wire.send(&WorkerToBroker::Attacked { outcome })
}

/// The plugin. Anything else first is a broken broker; there is nobody to tell.
fn start_of(wire: &mut Wire) -> Option<Start> {
    match wire.receive(None) {
        Ok(Some(BrokerToWorker::Start(start))) => Some(*start),
        _ => None,
    }
}

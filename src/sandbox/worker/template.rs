//! The template: a process that sets up an engine with the whole platform and is then copied, once
//! for each instance. No plugin code ever enters it.
//!
//! It is confined before it builds anything, as far as a process can be that has to copy itself. A
//! copy confines itself like a worker, tells the broker how that went, and only then gets code.

use super::arguments::{Purpose, TemplateArguments};
use super::engine::{self, Arrival};
use super::wire::Wire;
use super::{attack, greet, start_of};
use crate::sandbox::confine::{self, Plan};
use crate::sandbox::js;
use crate::sys::fork::{Original, TOLD};
use crate::sys::{code, heap};

/// What a copy is told: bytes it may map, and the number of the attack it tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::sandbox) struct Order {
    /// Bytes the process may map beyond what the template started with.
    pub memory: u64,
    /// Number of the attack to try instead of serving.
    pub attack: Option<usize>,
}

impl Order {
    /// As bytes.
    pub(in crate::sandbox) fn to_bytes(self) -> [u8; TOLD] {
        let attack = self.attack.map_or(u64::MAX, |number| number as u64);
        let mut bytes = [0; TOLD];
        bytes[..8].copy_from_slice(&self.memory.to_le_bytes());
        bytes[8..].copy_from_slice(&attack.to_le_bytes());
        bytes
    }

    fn read(bytes: [u8; TOLD]) -> Self {
        let number = |at: usize| {
            let mut eight = [0; 8];
            eight.copy_from_slice(&bytes[at..at + 8]);
            u64::from_le_bytes(eight)
        };
        let attack = Some(number(8)).filter(|n| *n != u64::MAX).map(|n| n as usize);
        Self { memory: number(0), attack }
    }
}

/// Sets up, and is copied until the broker goes. Comes back in the copies, too, when they are done.
pub(super) fn serve(arguments: TemplateArguments) {
    let Ok(original) = Original::inherited() else { return };
    let broker = arguments.broker;
    let (layers, inherited) = confine::confine_template(original.descriptor(), broker);
    let Ok(greeting) = serde_json::to_vec(&layers) else { return };
    let modules = match arguments.purpose {
        Purpose::Plugins => js::PLATFORM,
        Purpose::Tests => js::TEST_ENGINE,
    };
    engine::run(modules, || {
        heap::close_gaps();
        code::forget();
        original.greet(&greeting).ok()?;
        let (told, channel) = original.serve()?;
        let order = Order::read(told);
        let plan = Plan { memory: order.memory, broker };
        let layers = confine::confine_copy(&channel, plan, inherited);
        let mut wire = Wire::new(channel);
        greet(&mut wire, layers).ok()?;
        if let Some(number) = order.attack {
            // What came of it is told; if that cannot be told, the broker sees the socket close.
            let _ = attack(&mut wire, number);
            return None;
        }
        let start = start_of(&mut wire)?;
        Some(Arrival { wire, start })
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_as_it_was_written() {
        for attack in [None, Some(0), Some(7)] {
            let order = Order { memory: 1 << 40, attack };
            assert_eq!(Order::read(order.to_bytes()), order);
        }
    }
}

//! A copy made before anybody asks for it, so that who asks need not wait until it is made and has
//! confined itself.
//!
//! Nothing of a plugin is in it. It is given out once, to the first who asks for the same room, and
//! nothing is ever put back. One is kept at most, and only for a while.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::process::Process;

/// Room for one copy.
#[derive(Debug)]
pub(super) struct Shelf {
    kept: Mutex<Slot>,
    /// How long a copy is kept.
    idle: Duration,
}

#[derive(Debug, Default)]
struct Slot {
    /// How many copies have been put here.
    count: u64,
    copy: Option<Kept>,
}

struct Kept {
    memory: u64,
    process: Process,
}

impl std::fmt::Debug for Kept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("memory", &self.memory).finish_non_exhaustive()
    }
}

impl Shelf {
    /// An empty shelf that keeps a copy for `idle`.
    pub(super) fn new(idle: Duration) -> Self {
        Self { kept: Mutex::default(), idle }
    }

    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The copy, when it may map just `memory` bytes and runs. One that does not serve is ended: who
    /// asks now will ask for the same next time.
    pub(super) fn take(&self, memory: u64) -> Option<Process> {
        let kept = self.slot().copy.take()?;
        (kept.memory == memory && !kept.process.has_ended()).then_some(kept.process)
    }

    /// Whether there is a copy.
    pub(super) fn is_full(&self) -> bool {
        self.slot().copy.is_some()
    }

    /// Keeps a copy instead of what was there; its number, for [`Shelf::discard`].
    pub(super) fn put(&self, memory: u64, process: Process) -> u64 {
        let mut slot = self.slot();
        slot.count += 1;
        slot.copy = Some(Kept { memory, process });
        slot.count
    }

    /// Ends the copy with that number if nobody has taken it.
    pub(super) fn discard(&self, number: u64) {
        let mut slot = self.slot();
        if slot.count == number {
            slot.copy = None;
        }
    }

    /// How long a copy is kept.
    pub(super) fn idle(&self) -> Duration {
        self.idle
    }

    /// Number of the process of the copy.
    #[cfg(test)]
    pub(super) fn pid(&self) -> Option<u32> {
        self.slot().copy.as_ref().map(|kept| kept.process.pid())
    }
}

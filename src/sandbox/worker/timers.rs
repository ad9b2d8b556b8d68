//! Pending timers, earliest first; equal times fire in the order they were set.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Timers that wait to fire, each with what it calls.
#[derive(Debug)]
pub(super) struct Timers<T> {
    waiting: BTreeMap<(Instant, u64), T>,
    due: BTreeMap<u64, Instant>,
    last: u64,
}

impl<T> Default for Timers<T> {
    fn default() -> Self {
        Self { waiting: BTreeMap::new(), due: BTreeMap::new(), last: 0 }
    }
}

impl<T> Timers<T> {
    /// Sets a timer; gives its number.
    pub(super) fn start(&mut self, wait: Duration, callback: T) -> u64 {
        self.last += 1;
        let at = Instant::now() + wait;
        self.waiting.insert((at, self.last), callback);
        self.due.insert(self.last, at);
        self.last
    }

    /// Forgets a timer.
    pub(super) fn stop(&mut self, number: u64) {
        if let Some(at) = self.due.remove(&number) {
            self.waiting.remove(&(at, number));
        }
    }

    /// How many wait.
    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }

    /// When the next one is due.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.waiting.keys().next().map(|(at, _)| *at)
    }

    /// Takes the next one that is due by `now`.
    pub(super) fn take_due(&mut self, now: Instant) -> Option<T> {
        let entry = self.waiting.first_entry()?;
        if entry.key().0 > now {
            return None;
        }
        let ((_, number), callback) = entry.remove_entry();
        self.due.remove(&number);
        Some(callback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_fire_by_time_then_by_order() {
        let mut timers = Timers::default();
        let late = timers.start(Duration::from_secs(60), "late");
        timers.start(Duration::ZERO, "first");
        let gone = timers.start(Duration::ZERO, "gone");
        timers.start(Duration::ZERO, "second");
        timers.stop(gone);
        let now = Instant::now();
        let fired: Vec<_> = std::iter::from_fn(|| timers.take_due(now)).collect();
        assert_eq!(fired, ["first", "second"]);
        assert_eq!(timers.len(), 1);
        timers.stop(late);
        assert_eq!(timers.next_due(), None);
    }
}

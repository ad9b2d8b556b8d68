//! Makes a worker pause between calls: one that its plugin took over could go on working.
//!
//! Stopping a process and letting it go on costs more than a small call does, and calls often come
//! in rows. So a worker is left alone for a moment after each call and stopped when none follows.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;

use crate::sys::children;

/// How long a worker may go on after a call. It waits for the next one; if it works instead, that is
/// taken from its budget.
const LINGER: Duration = Duration::from_millis(5);

/// Stops a worker and lets it go on.
#[derive(Clone)]
pub(super) struct Leash(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    rests: Notify,
}

struct State {
    pid: u32,
    is_paused: bool,
    /// Whether a call runs; then its own pace decides.
    is_busy: bool,
    /// Calls so far.
    calls: u64,
    /// The process was waited for, or soon is: its number may be another's.
    is_gone: bool,
    is_watched: bool,
}

impl Leash {
    pub(super) fn new(pid: u32) -> Self {
        let state = State {
            pid,
            is_paused: false,
            is_busy: true,
            calls: 0,
            is_gone: false,
            is_watched: false,
        };
        Self(Arc::new(Shared { state: Mutex::new(state), rests: Notify::new() }))
    }

    fn with<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Stops the worker.
    pub(super) fn pause(&self) {
        self.with(State::pause);
    }

    /// Lets the worker go on.
    pub(super) fn resume(&self) {
        self.with(State::resume);
    }

    /// A call begins.
    pub(super) fn begin(&self) {
        self.with(|state| {
            state.is_busy = true;
            state.calls += 1;
            state.resume();
        });
    }

    /// A call has ended: the worker is stopped unless another one begins soon.
    pub(super) fn rest(&self) {
        let is_first = self.with(|state| {
            state.is_busy = false;
            !std::mem::replace(&mut state.is_watched, true)
        });
        if is_first {
            tokio::spawn(watch(self.clone()));
        }
        self.0.rests.notify_one();
    }

    /// The process is about to be waited for: nothing is done to its number from now on.
    pub(super) fn let_go(&self) {
        self.with(|state| state.is_gone = true);
        self.0.rests.notify_one();
    }
}

impl State {
    fn pause(&mut self) {
        self.is_paused = self.is_paused || (!self.is_gone && children::pause(self.pid));
    }

    fn resume(&mut self) {
        if self.is_paused && !self.is_gone {
            self.is_paused = !children::resume(self.pid);
        }
    }
}

async fn watch(leash: Leash) {
    loop {
        let seen = leash.with(|state| (!state.is_gone).then_some((state.calls, state.is_busy)));
        let Some((calls, is_busy)) = seen else { return };
        if is_busy || leash.with(|state| state.is_paused) {
            leash.0.rests.notified().await;
            continue;
        }
        tokio::time::sleep(LINGER).await;
        leash.with(|state| {
            if !state.is_busy && state.calls == calls {
                state.pause();
            }
        });
    }
}

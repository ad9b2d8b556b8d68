//! When a plugin is read and loaded again: a pure state machine without clock, files or threads.
//!
//! A change is read at once (leading edge); loads are at least [`BETWEEN`] apart, which is twenty a
//! second, so a storm of saves costs a bounded number of them and none is lost. What decides is
//! content: a file that is written anew with the same bytes changes nothing. One thing is done at
//! a time; what comes meanwhile waits in [`Pending`]. A file that was read while somebody wrote it
//! may have been half there and still be valid code, or empty; the system's word about that comes
//! later than the read. So a version is loaded aside, and served only when nothing has been heard of
//! its files since.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use serde::Serialize;

use super::{Part, Pending, Signal};
use crate::error::Failure;
use crate::model::{Digest, TreePath};

/// Shortest time between two loads.
pub(crate) const BETWEEN: Duration = Duration::from_millis(50);
/// Shortest time after a load that came to nothing: it cost little, and its mend is waited for.
const AFTER_FAILURE: Duration = Duration::from_millis(10);

/// What the machine is told.
#[derive(Debug, Clone)]
pub(crate) enum Input {
    /// Something happened on disk.
    Signal(Signal),
    /// Time has passed.
    Tick,
    /// What [`Effect::Read`] found.
    Read(Result<Seen, Failure>),
    /// What became of [`Effect::Load`]: the number of the version that could be served.
    Loaded(Result<u64, Failure>),
    /// A person wants the plugin loaded again, changed or not.
    Asked,
}

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Whether these are all files of the plugin.
    pub whole: bool,
    /// Digest of each file that was read; `None` for one that is not there.
    pub digests: BTreeMap<TreePath, Option<Digest>>,
    /// Files that keep their old content, because what was found may be half of the new one: they
    /// changed while they were read, or were found empty. A system empties a file first and tells of
    /// it later, sometimes much later.
    pub doubted: BTreeSet<TreePath>,
}

/// What is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Scope {
    /// These files.
    Paths(BTreeSet<TreePath>),
    /// Every file but these, which are being written and keep their last content.
    AllBut(BTreeSet<TreePath>),
}

/// One file that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Change {
    /// Which.
    pub path: TreePath,
    /// What it is to the plugin.
    pub part: Part,
}

/// What is to be done.
#[derive(Debug, Clone)]
pub(crate) enum Effect {
    /// Read files, then tell [`Input::Read`].
    Read(Scope),
    /// Load the plugin aside from what was read, then tell [`Input::Loaded`].
    Load,
    /// Serve what was loaded.
    Serve,
    /// Forget what was loaded; its files have changed again.
    Forget,
    /// Tell people.
    Report(Report),
    /// Tell [`Input::Tick`] at this time.
    WakeAt(Duration),
}

/// What people are told.
#[derive(Debug, Clone)]
pub(crate) enum Report {
    /// A new version is served.
    Served {
        /// Its number.
        generation: u64,
        /// What changed.
        changes: Vec<Change>,
        /// From the first sign of the change to now.
        took: Duration,
    },
    /// The new version is not served; the last good one is.
    Failed(Failure),
    /// Files changed that the running plugin does not depend on.
    Noted(Vec<Change>),
    /// The plugin's folder is gone; the last good version is served.
    Gone,
    /// The folder is there again.
    Back,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Work {
    #[default]
    Idle,
    Reading,
    Loading(Vec<Change>),
}

/// Where one plugin stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct State {
    sees_closing: bool,
    pending: Pending,
    work: Work,
    /// Digests of what was last read.
    known: BTreeMap<TreePath, Digest>,
    last_load: Option<Duration>,
    /// Whether that load came to nothing.
    has_failed: bool,
    /// First sign of the change that is worked on.
    since: Duration,
    forced: bool,
    /// What was loaded and forgotten: the next version has it.
    unserved: Vec<Change>,
    is_gone: bool,
    /// A failure that was held back because newer changes waited.
    held_back: Option<Failure>,
}

impl State {
    /// A plugin that was never read. `sees_closing`: whether the system tells when a file that is
    /// written is closed. The first [`Input::Asked`] reads and loads it.
    pub(crate) fn new(sees_closing: bool) -> Self {
        Self { sees_closing, ..Self::default() }
    }

    /// Takes one input; gives the state after it and what is to be done.
    pub(crate) fn step(mut self, now: Duration, input: Input) -> (Self, Vec<Effect>) {
        let mut effects = Vec::new();
        match input {
            Input::Tick => {}
            Input::Asked => {
                self.forced = true;
                self.pending.add(now, Signal::Unsure);
            }
            Input::Signal(Signal::RootBack) => {
                self.is_gone = false;
                self.pending.add(now, Signal::RootBack);
                effects.push(Effect::Report(Report::Back));
            }
            Input::Signal(_) if self.is_gone => {}
            Input::Signal(Signal::RootGone) => {
                self.is_gone = true;
                self.pending.add(now, Signal::RootGone);
                effects.push(Effect::Report(Report::Gone));
            }
            Input::Signal(signal) => self.pending.add(now, signal),
            Input::Read(result) => self.was_read(now, result, &mut effects),
            Input::Loaded(result) => self.was_loaded(now, result, &mut effects),
        }
        self.advance(now, &mut effects);
        (self, effects)
    }

    /// Begins the next piece of work when it is due.
    fn advance(&mut self, now: Duration, effects: &mut Vec<Effect>) {
        if self.work != Work::Idle || self.is_gone {
            return;
        }
        let Some(due) = self.pending.due(self.sees_closing) else { return };
        let between = if self.has_failed { AFTER_FAILURE } else { BETWEEN };
        let due = self.last_load.map_or(due, |last| due.max(last + between));
        if due > now {
            effects.push(Effect::WakeAt(due));
            return;
        }
        let taken = self.pending.take(now, self.sees_closing);
        self.since = taken.since;
        self.work = Work::Reading;
        effects.push(Effect::Read(if taken.everything {
            Scope::AllBut(taken.unfinished)
        } else {
            Scope::Paths(taken.paths)
        }));
    }

    fn was_read(
        &mut self,
        now: Duration,
        result: Result<Seen, Failure>,
        effects: &mut Vec<Effect>,
    ) {
        self.work = Work::Idle;
        let changes = match result {
            Ok(seen) => {
                for path in &seen.doubted {
                    // What was heard of it since says more.
                    if !self.pending.touches(std::iter::once(path)) {
                        self.pending.add(now, Signal::Open(path.clone()));
                    }
                }
                self.compare(seen)
            }
            Err(failure) => {
                self.last_load = Some(now);
                self.has_failed = true;
                return self.fail(failure, effects);
            }
        };
        let is_new = changes.iter().any(|change| change.part.needs_reload());
        if self.forced || is_new || !self.unserved.is_empty() {
            self.forced = false;
            self.held_back = None;
            self.last_load = Some(now);
            self.has_failed = false;
            let mut all = std::mem::take(&mut self.unserved);
            all.retain(|old| changes.iter().all(|change| change.path != old.path));
            all.extend(changes);
            self.work = Work::Loading(all);
            effects.push(Effect::Load);
            return;
        }
        if !changes.is_empty() {
            effects.push(Effect::Report(Report::Noted(changes)));
        }
        if self.pending.is_empty()
            && let Some(failure) = self.held_back.take()
        {
            effects.push(Effect::Report(Report::Failed(failure)));
        }
    }

    fn was_loaded(
        &mut self,
        now: Duration,
        result: Result<u64, Failure>,
        effects: &mut Vec<Effect>,
    ) {
        let changes = match std::mem::take(&mut self.work) {
            Work::Loading(changes) => changes,
            Work::Idle | Work::Reading => Vec::new(),
        };
        match result {
            Ok(_) if self.pending.touches(changes.iter().map(|change| &change.path)) => {
                self.unserved = changes;
                effects.push(Effect::Forget);
            }
            Ok(generation) => {
                let took = now.saturating_sub(self.since);
                effects.push(Effect::Serve);
                effects.push(Effect::Report(Report::Served { generation, changes, took }));
            }
            Err(failure) => {
                self.has_failed = true;
                self.fail(failure, effects);
            }
        }
    }

    /// A failure is told once nothing newer waits: half a save is not a mistake of the author.
    fn fail(&mut self, failure: Failure, effects: &mut Vec<Effect>) {
        if self.is_gone {
            // What fails without the folder was told with `Report::Gone`.
        } else if self.pending.is_empty() {
            effects.push(Effect::Report(Report::Failed(failure)));
        } else {
            self.held_back = Some(failure);
        }
    }

    /// Files whose content is another than before; remembers the new one.
    fn compare(&mut self, seen: Seen) -> Vec<Change> {
        let mut changed = BTreeSet::new();
        if seen.whole {
            let gone = |path: &&TreePath| !seen.digests.contains_key(*path);
            changed.extend(self.known.keys().filter(gone).cloned());
            self.known.retain(|path, _| seen.digests.contains_key(path));
        }
        for (path, digest) in seen.digests {
            if self.known.get(&path) == digest.as_ref() {
                continue;
            }
            match digest {
                Some(digest) => drop(self.known.insert(path.clone(), digest)),
                None => drop(self.known.remove(&path)),
            }
            changed.insert(path);
        }
        changed.into_iter().map(|path| Change { part: Part::of(&path), path }).collect()
    }
}

#[cfg(test)]
mod tests;

//! What the watcher tells, and what of it still waits to be looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::model::TreePath;

/// Something that happened in a plugin's tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Signal {
    /// A file is complete: closed after writing, or moved into place.
    Settled(TreePath),
    /// A file is being written.
    Open(TreePath),
    /// A file went away; often the first half of a save.
    Removed(TreePath),
    /// More may have changed than is known: folders came or went, or the system lost count.
    Unsure,
    /// The plugin's folder is gone.
    RootGone,
    /// The plugin's folder is there again.
    RootBack,
}

/// How long a file that went away may take to come back before its absence counts.
const ABSENCE: Duration = Duration::from_millis(40);
/// How long a file that is being written may rest before it counts as complete, where the system
/// tells of the closing: only a program that keeps it open gets here.
const REST_UNTIL_CLOSED: Duration = Duration::from_millis(1_000);
/// The same where nobody tells of the closing.
const REST: Duration = Duration::from_millis(60);

/// Signals that nobody has looked at yet, folded by file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Pending {
    settled: BTreeSet<TreePath>,
    open: BTreeMap<TreePath, Duration>,
    removed: BTreeMap<TreePath, Duration>,
    unsure: bool,
    since: Option<Duration>,
}

impl Pending {
    /// Adds what was told at `now`.
    pub(crate) fn add(&mut self, now: Duration, signal: Signal) {
        self.since.get_or_insert(now);
        match signal {
            Signal::Settled(path) => {
                self.open.remove(&path);
                self.removed.remove(&path);
                self.settled.insert(path);
            }
            Signal::Open(path) => {
                self.removed.remove(&path);
                self.settled.remove(&path);
                self.open.insert(path, now);
            }
            Signal::Removed(path) => {
                self.open.remove(&path);
                self.settled.remove(&path);
                self.removed.insert(path, now);
            }
            Signal::Unsure | Signal::RootBack => self.unsure = true,
            Signal::RootGone => *self = Self::default(),
        }
    }

    /// Whether nothing waits.
    pub(crate) fn is_empty(&self) -> bool {
        !self.unsure && self.settled.is_empty() && self.open.is_empty() && self.removed.is_empty()
    }

    /// Whether one of these files may have changed again.
    pub(crate) fn touches<'a>(&self, mut paths: impl Iterator<Item = &'a TreePath>) -> bool {
        self.unsure
            || paths.any(|path| {
                self.settled.contains(path)
                    || self.open.contains_key(path)
                    || self.removed.contains_key(path)
            })
    }

    /// When the first of it can be looked at; `None` when nothing waits.
    pub(crate) fn due(&self, sees_closing: bool) -> Option<Duration> {
        if self.unsure || !self.settled.is_empty() {
            return Some(Duration::ZERO);
        }
        let rest = rest(sees_closing);
        let open = self.open.values().map(|at| *at + rest);
        open.chain(self.removed.values().map(|at| *at + ABSENCE)).min()
    }

    /// Takes what can be looked at, with the time of the oldest of it. Files that are still being
    /// written stay, and are named, so that nobody takes half of one for the whole.
    pub(crate) fn take(&mut self, now: Duration, sees_closing: bool) -> Taken {
        let rest = rest(sees_closing);
        let mut paths = std::mem::take(&mut self.settled);
        for (waiting, patience) in [(&mut self.open, rest), (&mut self.removed, ABSENCE)] {
            waiting.retain(|path, at| {
                let is_due = *at + patience <= now;
                if is_due {
                    paths.insert(path.clone());
                }
                !is_due
            });
        }
        let everything = std::mem::take(&mut self.unsure);
        let since = self.since.take().unwrap_or(now);
        if !self.is_empty() {
            self.since = self.open.values().chain(self.removed.values()).min().copied();
        }
        let unfinished = self.open.keys().chain(self.removed.keys()).cloned().collect();
        Taken { paths, everything, unfinished, since }
    }
}

/// What can be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Taken {
    /// Files that are complete, or gone.
    pub paths: BTreeSet<TreePath>,
    /// Whether any file may have changed.
    pub everything: bool,
    /// Files that must not be looked at yet.
    pub unfinished: BTreeSet<TreePath>,
    /// Time of the first signal.
    pub since: Duration,
}

fn rest(sees_closing: bool) -> Duration {
    if sees_closing { REST_UNTIL_CLOSED } else { REST }
}

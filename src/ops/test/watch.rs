//! Runs what a change touches, again and again: `test --watch`.
//!
//! The first run is of everything. After it, a complete change on disk is looked at at once, and
//! only the tests run that stand on a file with other content. A change while tests run calls them
//! off; what they were to do is done together with what it touches.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Instant;

use tokio::sync::mpsc::UnboundedReceiver;

use super::{TestOutcome, TestRequest, finish};
use crate::error::{ErrorCode, Failure};
use crate::harness::{Dependencies, Rig};
use crate::model::{ExitCode, Observer, TreePath};
use crate::project::{self, Project};
use crate::watch::{Mode, Part, Pending, Scope, Signal, Tree, Watched, Watcher};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&WATCH];

static WATCH: ErrorCode = ErrorCode {
    id: "test.watch",
    exit: ExitCode::Usage,
    meaning: "The plugin's directory cannot be watched.",
    remedy: "Check that it is there and that you may read it.",
};

/// What a person asks for while it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// Run every test.
    All,
    /// Run the files in which something failed.
    Failed,
    /// Run what was run last.
    Again,
    /// Run every test with this filter from now on; an empty one takes it away.
    Filter(String),
    /// Run the failed files, and write their snapshots.
    Update,
    /// End.
    Quit,
}

/// What a person is told.
pub(crate) enum Told {
    /// Tests ran.
    Ran(Box<TestOutcome>),
    /// They could not.
    Failed(Failure),
    /// A change touches no test.
    Untouched(Vec<TreePath>),
    /// Changes are looked for and not told, for this reason.
    Polling(String),
}

/// Which jobs are to run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
enum Owed {
    #[default]
    Nothing,
    All,
    Some(BTreeSet<String>),
}

impl Owed {
    fn add(&mut self, names: BTreeSet<String>) {
        match self {
            Self::All => {}
            Self::Some(owed) => owed.extend(names),
            Self::Nothing if names.is_empty() => {}
            Self::Nothing => *self = Self::Some(names),
        }
    }

    fn only(&self) -> Option<&BTreeSet<String>> {
        match self {
            Self::Some(names) => Some(names),
            Self::Nothing | Self::All => None,
        }
    }
}

/// What made the run stop waiting.
enum Woken {
    Order(Option<Order>),
    Signal(Option<Watched>),
    Due,
    Ran(Result<TestOutcome, Failure>),
}

struct Watch {
    request: TestRequest,
    root: PathBuf,
    tree: Tree,
    pending: Pending,
    started: Instant,
    sees_closing: bool,
    known: Dependencies,
    /// Files by name, and whether something failed in them when they ran last.
    failed: BTreeMap<String, bool>,
    owed: Owed,
    last: Owed,
    update: bool,
    /// Whether the plugin could not be read when tests were to run last.
    unproven: bool,
}

/// Runs tests until it is asked to end.
pub(crate) async fn watch(
    request: TestRequest,
    mut orders: UnboundedReceiver<Order>,
    mut tell: impl FnMut(Told),
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let root = request.dir.canonicalize().map_err(|cause| unreadable(&request, &cause))?;
    let (watcher, mut signals) =
        Watcher::start(vec![root.clone()], false).map_err(|cause| unreadable(&request, &cause))?;
    let sees_closing = matches!(watcher.mode(), Mode::Told { sees_closing: true });
    if let Mode::Polling(why) = watcher.mode() {
        tell(Told::Polling(why.clone()));
    }
    let mut watch = Watch {
        tree: Tree::new(root.clone()),
        request,
        root,
        pending: Pending::default(),
        started: Instant::now(),
        sees_closing,
        known: Dependencies::default(),
        failed: BTreeMap::new(),
        owed: Owed::All,
        last: Owed::All,
        update: false,
        unproven: false,
    };
    watch.pending.add(watch.started.elapsed(), Signal::Unsure);
    let mut rig = Rig::new();
    loop {
        if watch.is_due() {
            match watch.look() {
                Ok(changed) if watch.owed == Owed::Nothing && changed.iter().any(is_read) => {
                    tell(Told::Untouched(changed));
                }
                Ok(_) => {}
                Err(failure) => tell(Told::Failed(failure)),
            }
        }
        if watch.may_run()
            && let Ok(project) = watch.project()
        {
            let (options, only) = (&watch.request.options, watch.owed.only());
            rig.prepare(&project, options, only, observer).await;
        }
        let woken = watch.next(&mut rig, &mut orders, &mut signals, observer).await;
        match woken {
            Woken::Order(None | Some(Order::Quit)) => break,
            Woken::Order(Some(order)) => watch.obey(order),
            Woken::Signal(Some(Watched::Signal(_, signal))) => {
                watch.pending.add(watch.started.elapsed(), signal);
            }
            Woken::Signal(Some(Watched::FellBack(why))) => {
                watch.sees_closing = false;
                tell(Told::Polling(why));
            }
            Woken::Signal(Some(Watched::Synced(_))) | Woken::Due => {}
            // The thread that watches has ended: nothing is told any more.
            Woken::Signal(None) => break,
            Woken::Ran(result) => {
                watch.ran(&result);
                tell(match result {
                    Ok(outcome) => Told::Ran(Box::new(outcome)),
                    Err(failure) => Told::Failed(failure),
                });
            }
        }
    }
    rig.close().await;
    drop(watcher);
    Ok(())
}

/// Whether tests could read such a file: a report that a run writes is none.
fn is_read(path: &TreePath) -> bool {
    !matches!(Part::of(path), Part::Other)
}

fn unreadable(request: &TestRequest, cause: &std::io::Error) -> Failure {
    let shown = request.dir.display();
    Failure::new(&WATCH, format!("cannot watch `{shown}`")).caused_by(cause)
}

impl Watch {
    /// Half of a save is no reason to run the rest of it twice.
    fn may_run(&self) -> bool {
        self.owed != Owed::Nothing && self.pending.due(self.sees_closing).is_none()
    }

    fn is_due(&self) -> bool {
        let due = self.pending.due(self.sees_closing);
        due.is_some_and(|at| at <= self.started.elapsed())
    }

    /// Waits for what comes first: an order, a signal, the time to look, the end of the tests.
    async fn next(
        &mut self,
        rig: &mut Rig,
        orders: &mut UnboundedReceiver<Order>,
        signals: &mut UnboundedReceiver<Watched>,
        observer: &dyn Observer,
    ) -> Woken {
        let due = self.pending.due(self.sees_closing).map(|at| self.started + at);
        let sleep = async {
            match due {
                Some(at) => tokio::time::sleep_until(at.into()).await,
                None => std::future::pending().await,
            }
        };
        let project = self.may_run().then(|| self.project());
        let tests = async {
            let Some(project) = project else { return std::future::pending().await };
            let (project, request) = (project?, &self.request);
            let only = self.owed.only();
            let mut options = request.options.clone();
            if self.update {
                options.snapshots = super::SnapshotMode::All;
            }
            let run = rig.run(&project, &options, only, observer).await?;
            finish(&project, request, None, run, observer)
        };
        tokio::select! {
            biased;
            order = orders.recv() => Woken::Order(order),
            signal = signals.recv() => Woken::Signal(signal),
            () = sleep => Woken::Due,
            result = tests => Woken::Ran(result),
        }
    }

    fn project(&self) -> Result<Project, Failure> {
        Ok(project::of_files(self.root.clone(), self.tree.files().clone())?)
    }

    /// Reads what changed, and adds what it touches to what is to run; gives what has other content.
    fn look(&mut self) -> Result<Vec<TreePath>, Failure> {
        let now = self.started.elapsed();
        let taken = self.pending.take(now, self.sees_closing);
        let scope = if taken.everything {
            Scope::AllBut(taken.unfinished)
        } else {
            Scope::Paths(taken.paths)
        };
        let before = self.tree.files().clone();
        let seen = self.tree.read(&scope)?;
        for path in seen.doubted {
            self.pending.add(now, Signal::Open(path));
        }
        let files = self.tree.files();
        let paths = before.paths().chain(files.paths()).cloned().collect::<BTreeSet<_>>();
        let differs = |path: &TreePath| before.get(path.as_str()) != files.get(path.as_str());
        let changed: BTreeSet<TreePath> = paths.into_iter().filter(differs).collect();
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        let project = match self.project() {
            Ok(project) if !self.unproven => project,
            // Nothing runs before the manifest is mended, and then anything may be different.
            _ => {
                self.owed = Owed::All;
                return Ok(changed.into_iter().collect());
            }
        };
        let touched = self.known.touched(&project, &self.request.options.suites, &changed);
        self.owed.add(touched);
        Ok(changed.into_iter().collect())
    }

    fn obey(&mut self, order: Order) {
        let failed =
            self.failed.iter().filter(|(_, failed)| **failed).map(|(name, _)| name.clone());
        match order {
            Order::All => self.owed = Owed::All,
            Order::Failed => {
                let failed = failed.collect();
                self.owed.add(failed);
            }
            Order::Again => self.owed = self.last.clone(),
            Order::Filter(text) => {
                self.request.options.filter = text;
                self.owed = Owed::All;
            }
            Order::Update => {
                let failed = failed.collect();
                self.owed.add(failed);
                self.update = self.owed != Owed::Nothing;
            }
            Order::Quit => {}
        }
    }

    /// What a run said of its files; what it wrote is no change.
    fn ran(&mut self, result: &Result<TestOutcome, Failure>) {
        self.last = std::mem::take(&mut self.owed);
        self.update = false;
        self.unproven = self.project().is_err();
        let Ok(outcome) = result else { return };
        for file in &outcome.report.files {
            self.failed.insert(file.file.clone(), file.failed() > 0);
        }
        if !outcome.written.is_empty() {
            // What cannot be read now is read when it is told of.
            let _ = self.tree.read(&Scope::Paths(outcome.written.clone()));
        }
    }
}

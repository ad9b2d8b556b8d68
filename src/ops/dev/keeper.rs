//! Keeps one plugin up to date: carries out what [`watch::State`] decides.
//!
//! [`watch::State`]: crate::watch::State

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use super::journal::What;
use super::plugin::Plugin;
use super::problem::Problem;
use super::version::Version;
use crate::error::Failure;
use crate::model::FileSet;
use crate::watch::{Effect, Input, Mode, Report, Scope, Seen, Signal, State, Tree, Watcher};

/// What happens to the plugin from outside.
#[derive(Debug)]
pub(crate) enum Heard {
    /// For the machine.
    Input(Input),
    /// Everything was told that had happened when [`Watcher::sync`] gave this number.
    Synced(u64),
}

/// Longest time a loaded version waits to hear that its files have not changed again.
const LONGEST_SYNC: Duration = Duration::from_millis(500);

/// What was begun and tells an input at its end.
type Task = BoxFuture<'static, Outcome>;

enum Outcome {
    Read(Box<(Tree, Result<Seen, Failure>)>),
    Loaded(Box<Result<Version, Problem>>),
    /// Time is up.
    NotSynced,
}

struct Keeper {
    plugin: Arc<Plugin>,
    state: State,
    started: Instant,
    /// `None` while it is being read.
    tree: Option<Tree>,
    /// What was last read.
    files: FileSet,
    task: Option<Task>,
    wake: Option<Duration>,
    /// Why the last load failed, with its place; the machine carries only its words.
    problem: Option<Problem>,
    /// Loaded, and not served yet.
    loaded: Option<Version>,
    watcher: Arc<Watcher>,
    /// What must be told before a loaded version is judged.
    awaited: Option<u64>,
    /// Hears of every version after the first that is served because of a change.
    served: UnboundedSender<String>,
}

/// Keeps `plugin` up to date until nobody sends inputs any more.
pub(crate) async fn keep(
    plugin: Arc<Plugin>,
    mut inputs: UnboundedReceiver<Heard>,
    watcher: Arc<Watcher>,
    served: UnboundedSender<String>,
) {
    let sees_closing = matches!(watcher.mode(), Mode::Told { sees_closing: true });
    let root = plugin.root.clone();
    let mut keeper = Keeper {
        plugin,
        state: State::new(sees_closing),
        started: Instant::now(),
        tree: Some(Tree::new(root)),
        files: FileSet::new(),
        task: None,
        wake: None,
        problem: None,
        loaded: None,
        watcher,
        awaited: None,
        served,
    };
    loop {
        let wake = keeper.wake;
        let started = keeper.started;
        let sleep = async move {
            match wake {
                Some(at) => tokio::time::sleep_until((started + at).into()).await,
                None => std::future::pending().await,
            }
        };
        let task = &mut keeper.task;
        let working = async {
            match task {
                Some(task) => task.await,
                None => std::future::pending().await,
            }
        };
        // What was told is heard before what was done, so that a version is judged by all that is
        // known.
        let input = tokio::select! {
            biased;
            heard = inputs.recv() => match heard {
                Some(Heard::Input(input)) => Some(input),
                Some(Heard::Synced(number)) => keeper.synced(number),
                None => return,
            },
            outcome = working => {
                keeper.task = None;
                keeper.ended(outcome)
            }
            () = sleep => {
                keeper.wake = None;
                Some(Input::Tick)
            }
        };
        if let Some(input) = input {
            keeper.take(input);
        }
    }
}

impl Keeper {
    fn take(&mut self, input: Input) {
        let now = self.started.elapsed();
        let (state, effects) = std::mem::take(&mut self.state).step(now, input);
        self.state = state;
        for effect in effects {
            match effect {
                Effect::WakeAt(at) => self.wake = Some(at),
                Effect::Read(scope) => self.read(scope),
                Effect::Load => self.load(),
                Effect::Serve => {
                    if let Some(version) = self.loaded.take() {
                        self.plugin.serve(version);
                    }
                }
                Effect::Forget => self.loaded = None,
                Effect::Report(report) => self.report(report),
            }
        }
    }

    fn read(&mut self, scope: Scope) {
        let Some(mut tree) = self.tree.take() else { return };
        let task = tokio::task::spawn_blocking(move || {
            let seen = tree.read(&scope);
            Box::new((tree, seen))
        });
        let root = self.plugin.root.clone();
        self.task = Some(
            task.map(|done| {
                // A read that panicked has lost its tree; everything is read anew.
                Outcome::Read(done.unwrap_or_else(|_| {
                    let failure =
                        Failure::new(&super::UNHEALTHY, "reading the plugin was given up");
                    Box::new((Tree::new(root), Err(failure)))
                }))
            })
            .boxed(),
        );
    }

    fn load(&mut self) {
        let plugin = Arc::clone(&self.plugin);
        let files = self.files.clone();
        self.task =
            Some(async move { Outcome::Loaded(Box::new(plugin.load(files).await)) }.boxed());
    }

    /// What a piece of work means to the machine; nothing yet for a version that was loaded: first
    /// everything must be heard that happened to its files meanwhile.
    fn ended(&mut self, outcome: Outcome) -> Option<Input> {
        match outcome {
            Outcome::Read(done) => {
                let (tree, seen) = *done;
                self.files = tree.files().clone();
                self.tree = Some(tree);
                // A load that failed may still have to be told: only a newer failure replaces it.
                if let Err(failure) = &seen {
                    self.problem = Some(Problem::of(failure, &self.files));
                }
                Some(Input::Read(seen))
            }
            Outcome::Loaded(result) => match *result {
                Ok(version) => {
                    self.loaded = Some(version);
                    self.awaited = self.watcher.sync();
                    match self.awaited {
                        Some(_) => {
                            let wait = tokio::time::sleep(LONGEST_SYNC);
                            self.task = Some(wait.map(|()| Outcome::NotSynced).boxed());
                            None
                        }
                        None => self.look_again(),
                    }
                }
                Err(problem) => {
                    let failure = Failure::new(&super::UNHEALTHY, problem.message.clone());
                    self.problem = Some(problem);
                    Some(Input::Loaded(Err(failure)))
                }
            },
            Outcome::NotSynced => {
                self.awaited = None;
                self.look_again()
            }
        }
    }

    /// Everything was heard that had happened before `number`.
    fn synced(&mut self, number: u64) -> Option<Input> {
        self.awaited.take_if(|awaited| *awaited <= number)?;
        self.task = None;
        self.judged()
    }

    /// Where nobody tells in order, the disk is asked once more.
    fn look_again(&mut self) -> Option<Input> {
        let changed = self.tree.as_ref().map(Tree::changed_since).unwrap_or_default();
        for path in changed {
            self.take(Input::Signal(Signal::Open(path)));
        }
        self.judged()
    }

    fn judged(&self) -> Option<Input> {
        self.loaded.as_ref().map(|version| Input::Loaded(Ok(version.generation)))
    }

    fn report(&mut self, report: Report) {
        let name = self.plugin.name();
        let what = match report {
            Report::Served { generation, changes, took } => {
                self.plugin.set_problem(None);
                if generation > 1 && changes.iter().any(|change| change.part.needs_reload()) {
                    // Nobody hears it at the end of the run.
                    let _ = self.served.send(self.plugin.name());
                }
                What::Served { generation, changes, millis: took.as_secs_f64() * 1_000.0 }
            }
            Report::Failed(failure) => {
                let words = || Problem::of(&failure, &self.files);
                let problem = self.problem.clone().unwrap_or_else(words);
                self.plugin.set_problem(Some(problem.clone()));
                let generation = self.plugin.version().map(|version| version.generation);
                What::Failed { problem: Box::new(problem), generation }
            }
            Report::Noted(changes) => What::Noted { changes },
            Report::Gone => {
                let text =
                    "the plugin's folder is gone; the last version is served until it is back";
                What::Told { text: text.to_owned() }
            }
            Report::Back => What::Told { text: "the plugin's folder is there again".to_owned() },
        };
        self.plugin.journal.add(&name, None, what);
    }
}

//! Keeps one plugin up to date: carries out what [`watch::State`] decides.
//!
//! [`watch::State`]: crate::watch::State

use std::sync::Arc;
use std::time::{Duration, Instant};

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::sync::mpsc::UnboundedReceiver;

use super::journal::What;
use super::plugin::Plugin;
use super::problem::Problem;
use super::version::Version;
use crate::error::Failure;
use crate::model::FileSet;
use crate::watch::{Effect, Input, Report, Scope, Seen, Signal, State, Tree};

/// What happens to the plugin from outside.
pub(crate) type Inputs = UnboundedReceiver<Input>;

/// What was begun and tells an input at its end.
type Task = BoxFuture<'static, Outcome>;

enum Outcome {
    Read(Box<(Tree, Result<Seen, Failure>)>),
    Loaded(Box<Result<Version, Problem>>),
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
}

/// Keeps `plugin` up to date until nobody sends inputs any more.
pub(crate) async fn keep(plugin: Arc<Plugin>, mut inputs: Inputs, sees_closing: bool) {
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
            input = inputs.recv() => match input {
                Some(input) => input,
                None => return,
            },
            outcome = working => {
                keeper.task = None;
                keeper.look_again(&outcome);
                keeper.ended(outcome)
            }
            () = sleep => {
                keeper.wake = None;
                Input::Tick
            }
        };
        keeper.take(input);
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

    /// Looks at the files once more before a version of them is served: one that was half written
    /// when it was read may be valid code all the same.
    fn look_again(&mut self, outcome: &Outcome) {
        if let (Outcome::Loaded(loaded), Some(tree)) = (outcome, &self.tree)
            && loaded.is_ok()
        {
            for path in tree.changed_since() {
                self.take(Input::Signal(Signal::Open(path)));
            }
        }
    }

    fn ended(&mut self, outcome: Outcome) -> Input {
        match outcome {
            Outcome::Read(done) => {
                let (tree, seen) = *done;
                self.files = tree.files().clone();
                self.tree = Some(tree);
                // A load that failed may still have to be told: only a newer failure replaces it.
                if let Err(failure) = &seen {
                    self.problem = Some(Problem::of(failure, &self.files));
                }
                Input::Read(seen)
            }
            Outcome::Loaded(result) => Input::Loaded(match *result {
                Ok(version) => {
                    let generation = version.generation;
                    self.loaded = Some(version);
                    Ok(generation)
                }
                Err(problem) => {
                    let failure = Failure::new(&super::UNHEALTHY, problem.message.clone());
                    self.problem = Some(problem);
                    Err(failure)
                }
            }),
        }
    }

    fn report(&mut self, report: Report) {
        let name = self.plugin.name();
        let what = match report {
            Report::Served { generation, changes, took } => {
                self.plugin.set_problem(None);
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

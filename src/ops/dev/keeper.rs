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
use crate::error::Failure;
use crate::model::FileSet;
use crate::watch::{Effect, Input, Report, Scope, Seen, State, Tree};

/// What happens to the plugin from outside.
pub(crate) type Inputs = UnboundedReceiver<Input>;

/// What was begun and tells an input at its end.
type Task = BoxFuture<'static, Outcome>;

enum Outcome {
    Read(Box<(Tree, Result<Seen, Failure>)>),
    Loaded(Result<u64, Problem>),
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
        let input = tokio::select! {
            biased;
            outcome = working => {
                keeper.task = None;
                keeper.ended(outcome)
            }
            input = inputs.recv() => match input {
                Some(input) => input,
                None => return,
            },
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
                Effect::Reload(_) => self.load(),
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
        self.task = Some(async move { Outcome::Loaded(plugin.load(files).await) }.boxed());
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
            Outcome::Loaded(result) => Input::Reloaded(result.map_err(|problem| {
                let failure = Failure::new(&super::UNHEALTHY, problem.message.clone());
                self.problem = Some(problem);
                failure
            })),
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

//! One run of the local shop from its start to its end.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::database::Data;
use super::fixture::{Fixtures, Recorded};
use super::journal::{Journal, Spread, What};
use super::keeper::Heard;
use super::lock::Lock;
use super::names::Names;
use super::parts::Parts;
use super::plugin::{Around, Plugin};
use super::recent::Recent;
use super::replay::{self, Replayed};
use super::{Dev, find, keeper, sample, server};
use crate::error::Failure;
use crate::model::size::Bytes;
use crate::ops::mapped_hosts::mapped_hosts;
use crate::watch::{Input, Mode, Watched, Watcher};

/// The port tried first.
const PORT: u16 = 4747;
/// How many ports are tried when none was asked for.
const PORTS: u16 = 20;

/// What to serve, and how.
#[derive(Debug, Clone)]
pub(crate) struct DevRequest {
    /// A plugin, or a directory of plugins.
    pub dir: PathBuf,
    /// The port; `None` for the first free one from 4747.
    pub port: Option<u16>,
    /// Whether changes are looked for instead of being told.
    pub poll: bool,
    /// Whether the shop's database may be used.
    pub database: bool,
    /// Whether nothing may be fetched.
    pub offline: bool,
    /// `HOST=URL`: hosts that are a server on this machine.
    pub mocks: Vec<String>,
    /// Where calls and their answers are written.
    pub record: Option<PathBuf>,
    /// Whether calls are written down as tests of their plugins.
    pub fixtures: bool,
    /// A recording whose calls are made again; the run ends after it.
    pub replay: Option<PathBuf>,
}

/// What a person asks for while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Command {
    /// Load every plugin again.
    Reload,
    /// Fire every hook that is listened to, with samples.
    Fire,
    /// Say what was used so far.
    Permissions,
    /// End.
    Quit,
}

/// What a person is told.
pub(crate) enum Told {
    /// It serves.
    Ready(Ready),
    /// Something happened.
    Entry(Arc<Spread>),
    /// The smallest permissions of each plugin so far.
    Permissions(Vec<(String, Value)>),
    /// A recorded call was made again.
    Replayed(Replayed),
    /// Calls were written down as tests, and tried.
    Recorded(Recorded),
}

/// Where it serves, and what.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Ready {
    /// Address of the page.
    pub url: String,
    /// The plugins' folders and names.
    pub plugins: Vec<(String, PathBuf)>,
    /// Why changes are looked for, when nobody tells of them.
    pub polling: Option<String>,
}

/// How a run ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct DevOutcome {
    /// Calls that were made again.
    pub replayed: usize,
    /// Those of them whose answer differs.
    pub different: usize,
}

/// Serves until it is asked to end.
pub(crate) async fn dev(
    request: DevRequest,
    mut commands: UnboundedReceiver<Command>,
    tell: impl Fn(Told),
) -> Result<DevOutcome, Failure> {
    let mocks = mapped_hosts(&request.mocks)?;
    let recording = request.replay.as_deref().map(replay::read).transpose()?;
    let found = find::plugins(&request.dir)?;
    let home = std::fs::canonicalize(&request.dir).unwrap_or(request.dir.clone()).join(".daino");
    let mut lock = Lock::take(&home)?;
    let record = request.record.as_deref().map(replay::create).transpose()?;
    let listener = listen(request.port).await?;
    let address = listener.local_addr().map_err(|cause| no_port(PORT, &cause))?;
    let url = format!("http://{address}/");
    lock.tell(&url);

    let roots = found.iter().map(|(root, _)| root.clone()).collect();
    let (watcher, watched) = Watcher::start(roots, request.poll)
        .map_err(|cause| Failure::new(&super::WATCH, "cannot watch the files").caused_by(&cause))?;
    let journal = Arc::new(Journal::new(record));
    let calls = Arc::new(Recent::default());
    let (enabled, offline) = (request.database, request.offline);
    let data = Arc::new(Data::new(home.clone(), enabled, offline, Arc::clone(&journal)));
    let fixtures = request.fixtures.then(Arc::<Fixtures>::default);
    let around = Around {
        journal: Arc::clone(&journal),
        calls: Arc::clone(&calls),
        data: Arc::clone(&data),
        names: Arc::new(Names::of(&found)),
        fixtures: fixtures.clone(),
    };
    let plugins: Vec<Arc<Plugin>> = found
        .into_iter()
        .map(|(root, name)| {
            let parts = Parts::new(&home, Bytes::mb(64), &mocks);
            Arc::new(Plugin::new(root, name, parts, around.clone()))
        })
        .collect();
    let watcher = Arc::new(watcher);
    let mode = match watcher.mode() {
        Mode::Told { .. } => None,
        Mode::Polling(why) => Some(why.clone()),
    };
    let (_, mut entries) = journal.listen(0);
    let mut inputs = Vec::new();
    let (served, was_served) = unbounded_channel();
    let mut keepers = tokio::task::JoinSet::new();
    for plugin in &plugins {
        let (sender, receiver) = unbounded_channel();
        // The first load is asked for like any other.
        let _ = sender.send(Heard::Input(Input::Asked));
        inputs.push(sender);
        let (plugin, watcher) = (Arc::clone(plugin), Arc::clone(&watcher));
        keepers.spawn(keeper::keep(plugin, receiver, watcher, served.clone()));
    }
    let names = plugins.iter().map(|plugin| (plugin.name(), plugin.root.clone())).collect();
    tell(Told::Ready(Ready { url, plugins: names, polling: mode.clone() }));
    let token = uuid::Uuid::new_v4().simple().to_string();
    let polling = std::sync::Mutex::new(mode);
    let dev =
        Arc::new(Dev { plugins, inputs, journal, calls, token, address, polling, home, data });

    let mut server = tokio::spawn(server::serve(listener, Arc::clone(&dev)));
    keepers.spawn(pass_on(Arc::clone(&dev), watched));
    keepers.spawn(follow(Arc::clone(&dev), was_served));
    let mut outcome = DevOutcome::default();
    let mut first = FirstLoads::of(&dev);
    let mut replaying = recording;
    loop {
        tokio::select! {
            entry = entries.recv() => match entry {
                Ok(spread) => {
                    first.see(&spread);
                    tell(Told::Entry(spread));
                }
                // A terminal that cannot follow loses lines; the page has them.
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {}
                Err(tokio::sync::broadcast::error::RecvError::Closed) => break,
            },
            command = commands.recv() => match command {
                Some(Command::Quit) | None => break,
                Some(command) => carry_out(&dev, command, &tell),
            },
            ended = &mut server => {
                let cause = ended.map_err(std::io::Error::other).and_then(|result| result);
                if let Err(cause) = cause {
                    return Err(no_port(address.port(), &cause));
                }
                break;
            }
        }
        if first.are_done()
            && let Some(lines) = replaying.take()
        {
            for line in lines {
                let replayed = replay::again(&dev, line).await;
                outcome.replayed += 1;
                outcome.different += usize::from(!replayed.same);
                tell(Told::Replayed(replayed));
            }
            break;
        }
    }
    server.abort();
    keepers.shutdown().await;
    dev.data.close().await;
    drop((watcher, lock));
    if let Some(fixtures) = fixtures {
        let proved = fixtures.prove(offline).await?;
        proved.into_iter().for_each(|recorded| tell(Told::Recorded(recorded)));
    }
    Ok(outcome)
}

/// Loads again what a changed plugin matters to: those that depend on it, and those that wait for a
/// slug that it may have given up.
async fn follow(dev: Arc<Dev>, mut served: UnboundedReceiver<String>) {
    while let Some(slug) = served.recv().await {
        for (plugin, input) in dev.plugins.iter().zip(&dev.inputs) {
            let depends = plugin.version().is_some_and(|version| {
                version.project.manifest.dependencies.contains_key(slug.as_str())
            });
            let waits = plugin.problem().is_some_and(|problem| problem.code == super::SAME_SLUG.id);
            if depends {
                let text =
                    format!("`{slug}`, on which it depends, has changed: it is loaded again");
                dev.journal.add(&plugin.name(), None, What::Told { text });
            }
            if depends || waits {
                let _ = input.send(Heard::Input(Input::Asked));
            }
        }
    }
}

fn carry_out(dev: &Arc<Dev>, command: Command, tell: &impl Fn(Told)) {
    match command {
        Command::Reload => {
            dev.inputs.iter().for_each(|keeper| drop(keeper.send(Heard::Input(Input::Asked))))
        }
        Command::Fire => {
            let dev = Arc::clone(dev);
            tokio::spawn(async move {
                for hook in dev.hooks() {
                    dev.fire(&hook, &sample::arguments(&hook)).await;
                }
            });
        }
        Command::Permissions => {
            let needed = |plugin: &Arc<Plugin>| {
                let permissions = plugin.used.least_privilege();
                (plugin.name(), serde_json::to_value(permissions).unwrap_or_default())
            };
            tell(Told::Permissions(dev.plugins.iter().map(needed).collect()));
        }
        Command::Quit => {}
    }
}

/// Passes on what the watcher tells.
async fn pass_on(dev: Arc<Dev>, mut watched: UnboundedReceiver<Watched>) {
    while let Some(watched) = watched.recv().await {
        match watched {
            Watched::Signal(at, signal) => {
                if let Some(keeper) = dev.inputs.get(at) {
                    let _ = keeper.send(Heard::Input(Input::Signal(signal)));
                }
            }
            Watched::Synced(number) => {
                dev.inputs.iter().for_each(|keeper| drop(keeper.send(Heard::Synced(number))));
            }
            Watched::FellBack(why) => {
                let text = format!("{why}: changes are looked for four times a second from now on");
                for plugin in &dev.plugins {
                    dev.journal.add(&plugin.name(), None, What::Told { text: text.clone() });
                }
                if let Ok(mut polling) = dev.polling.lock() {
                    *polling = Some(why);
                }
            }
        }
    }
}

/// Whether each plugin was loaded, or could not be, for the first time.
struct FirstLoads {
    wait_for: usize,
    seen: std::collections::BTreeSet<String>,
}

impl FirstLoads {
    fn of(dev: &Dev) -> Self {
        Self { wait_for: dev.plugins.len(), seen: Default::default() }
    }

    fn see(&mut self, spread: &Spread) {
        if matches!(spread.entry.what, What::Served { .. } | What::Failed { .. }) {
            self.seen.insert(spread.entry.plugin.clone());
        }
    }

    fn are_done(&self) -> bool {
        self.seen.len() >= self.wait_for
    }
}

/// Listens on loopback: on the port that was asked for, or on the first free one.
async fn listen(asked: Option<u16>) -> Result<TcpListener, Failure> {
    let ports = match asked {
        Some(port) => port..=port,
        None => PORT..=PORT + PORTS,
    };
    let mut last = None;
    for port in ports {
        match TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], port))).await {
            Ok(listener) => return Ok(listener),
            Err(cause) => last = Some((port, cause)),
        }
    }
    let (port, cause) = last.unwrap_or((PORT, std::io::Error::other("no port was tried")));
    Err(no_port(port, &cause))
}

fn no_port(port: u16, cause: &std::io::Error) -> Failure {
    Failure::new(&super::PORT, format!("cannot serve on port {port}"))
        .caused_by(cause)
        .hint("give another port: `daino-pdk dev --port 5000`; 0 takes any free one")
}

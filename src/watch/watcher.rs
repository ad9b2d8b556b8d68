//! Turns what the system tells about folders into [`Signal`]s.
//!
//! One thread for all plugins of a run. It registers every folder of a plugin that belongs to it
//! (ignored ones cost nothing), and each folder that is made later; what was put into a new folder
//! before it was registered is found because the whole tree is looked at afterwards. Where the
//! system has no more watches, or none at all, it looks at the tree by itself.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RenameMode};
use notify::{RecommendedWatcher, RecursiveMode, Watcher as _};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::Signal;
use super::editor::is_editor_file;
use super::poll::{EVERY, Poll};
use super::tree::relative;
use crate::project::Rules;
use crate::sys::notice;

/// How often a folder that is gone is looked for.
const LOOK_FOR_ROOT: Duration = Duration::from_millis(200);

/// Most folders of one plugin that are registered.
const MOST_FOLDERS: usize = 10_000;

/// How changes are found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The system tells.
    Told {
        /// Whether it also tells when a file that was written is closed.
        sees_closing: bool,
    },
    /// By looking again and again, and why.
    Polling(String),
}

/// A signal and the plugin it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Watched {
    /// Something happened below the root of this number.
    Signal(usize, Signal),
    /// From now on changes are found by polling, because of this.
    FellBack(String),
}

/// Watches folders until it is dropped.
#[derive(Debug)]
pub(crate) struct Watcher {
    stop: Sender<Told>,
    mode: Mode,
}

enum Told {
    Event(notify::Result<notify::Event>),
    Stop,
}

struct Root {
    path: PathBuf,
    rules: Rules,
    /// Folders that are registered, by their full paths.
    folders: BTreeSet<PathBuf>,
    is_gone: bool,
    poll: Option<Poll>,
}

struct Work {
    roots: Vec<Root>,
    system: Option<RecommendedWatcher>,
    signals: UnboundedSender<Watched>,
    next_look: Instant,
}

impl Watcher {
    /// Watches these folders, given by their real paths. `poll` looks by itself from the start.
    pub(crate) fn start(
        roots: Vec<PathBuf>,
        poll: bool,
    ) -> std::io::Result<(Self, UnboundedReceiver<Watched>)> {
        let (sender, told) = channel();
        let (signals, receiver) = unbounded_channel();
        let events = sender.clone();
        let started = if poll {
            Err("it was asked for".to_owned())
        } else {
            notify::recommended_watcher(move |event| {
                // The other end is gone only when nobody watches any more.
                let _ = events.send(Told::Event(event));
            })
            .map_err(|error| words(&error))
        };
        let (system, why) = match started {
            Ok(system) => (Some(system), None),
            Err(why) => (None, Some(why)),
        };
        let roots = roots.into_iter().map(Root::new).collect();
        let mut work = Work { roots, system, signals, next_look: Instant::now() };
        let why = match why {
            None => (0..work.roots.len()).find_map(|at| work.register_root(at).err()),
            Some(why) => Some(why),
        };
        let mode = match why {
            None => Mode::Told { sees_closing: notice::tells_closing() },
            Some(why) => {
                work.look_by_itself();
                Mode::Polling(why)
            }
        };
        std::thread::Builder::new().name("watcher".to_owned()).spawn(move || work.run(&told))?;
        Ok((Self { stop: sender, mode }, receiver))
    }

    /// How changes are found, as it was at the start.
    pub(crate) fn mode(&self) -> &Mode {
        &self.mode
    }
}

impl Drop for Watcher {
    fn drop(&mut self) {
        let _ = self.stop.send(Told::Stop);
    }
}

impl Root {
    fn new(path: PathBuf) -> Self {
        let rules = Rules::read(&path);
        Self { path, rules, folders: BTreeSet::new(), is_gone: false, poll: None }
    }
}

impl Work {
    fn run(mut self, told: &Receiver<Told>) {
        loop {
            let wait = self.wait();
            match told.recv_timeout(wait) {
                Ok(Told::Event(Ok(event))) => self.hear(&event),
                Ok(Told::Event(Err(error))) => self.trouble(&error),
                Ok(Told::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.signals.is_closed() {
                return;
            }
            if Instant::now() >= self.next_look {
                self.look();
            }
        }
    }

    /// How long to wait for the system before looking by itself.
    fn wait(&self) -> Duration {
        self.next_look.saturating_duration_since(Instant::now())
    }

    fn send(&self, at: usize, signal: Signal) {
        let _ = self.signals.send(Watched::Signal(at, signal));
    }

    /// Registers every folder of a plugin.
    fn register_root(&mut self, at: usize) -> Result<(), String> {
        let path = self.roots[at].path.clone();
        self.register(at, &path)
    }

    /// Registers `dir` and every folder of the plugin below it. Each is registered before what is in
    /// it is looked at, so that nothing made meanwhile is missed.
    fn register(&mut self, at: usize, dir: &Path) -> Result<(), String> {
        let Some(system) = &mut self.system else { return Ok(()) };
        let root = &mut self.roots[at];
        let mut waiting = vec![dir.to_path_buf()];
        while let Some(folder) = waiting.pop() {
            let inside = folder.strip_prefix(&root.path).unwrap_or(Path::new(""));
            let is_root = inside.as_os_str().is_empty();
            if !is_root && !root.rules.is_part(inside, true) {
                continue;
            }
            match system.watch(&folder, RecursiveMode::NonRecursive) {
                Ok(()) => {}
                // It went away meanwhile; its parent tells.
                Err(error) if is_absence(&error) => continue,
                Err(error) => return Err(words(&error)),
            }
            let below = std::fs::read_dir(&folder).into_iter().flatten().flatten();
            let is_folder = |e: &std::fs::DirEntry| e.file_type().is_ok_and(|kind| kind.is_dir());
            waiting.extend(below.filter(is_folder).map(|entry| entry.path()));
            root.folders.insert(folder);
            if root.folders.len() > MOST_FOLDERS {
                return Err(format!("the plugin has more than {MOST_FOLDERS} folders"));
            }
        }
        Ok(())
    }

    /// Forgets `dir` and the folders below it; whether it was one.
    fn forget(&mut self, at: usize, dir: &Path) -> bool {
        let root = &mut self.roots[at];
        let gone: Vec<PathBuf> =
            root.folders.iter().filter(|folder| folder.starts_with(dir)).cloned().collect();
        for folder in &gone {
            root.folders.remove(folder);
            if let Some(system) = &mut self.system {
                // The system has mostly forgotten it already.
                let _ = system.unwatch(folder);
            }
        }
        !gone.is_empty()
    }

    /// Goes on without the system.
    fn look_by_itself(&mut self) {
        self.system = None;
        for root in &mut self.roots {
            root.poll = Some(Poll::new(&root.path));
        }
        self.next_look = Instant::now() + EVERY;
    }

    fn trouble(&mut self, error: &notify::Error) {
        if is_absence(error) || self.system.is_none() {
            return;
        }
        self.fall_back(words(error));
    }

    fn fall_back(&mut self, why: String) {
        self.look_by_itself();
        let _ = self.signals.send(Watched::FellBack(why));
        (0..self.roots.len()).for_each(|at| self.send(at, Signal::Unsure));
    }

    /// What nobody tells: folders that came back, and everything when polling.
    fn look(&mut self) {
        for at in 0..self.roots.len() {
            let is_there = self.roots[at].path.is_dir();
            if self.roots[at].is_gone && is_there {
                self.roots[at].is_gone = false;
                self.roots[at].rules = Rules::read(&self.roots[at].path);
                if let Err(why) = self.register_root(at) {
                    return self.fall_back(why);
                }
                self.send(at, Signal::RootBack);
            } else if !self.roots[at].is_gone && !is_there {
                self.root_gone(at);
            }
            let root = &mut self.roots[at];
            if let (Some(poll), false) = (&mut root.poll, root.is_gone) {
                let changes = poll.changes(&root.path);
                changes.into_iter().for_each(|signal| self.send(at, signal));
            }
        }
        let any_gone = self.roots.iter().any(|root| root.is_gone);
        let every = match (self.system.is_none(), any_gone) {
            (true, _) => EVERY,
            (false, true) => LOOK_FOR_ROOT,
            (false, false) => Duration::from_secs(2),
        };
        self.next_look = Instant::now() + every;
    }

    fn root_gone(&mut self, at: usize) {
        if !self.roots[at].is_gone {
            self.roots[at].is_gone = true;
            let path = self.roots[at].path.clone();
            self.forget(at, &path);
            self.send(at, Signal::RootGone);
        }
        self.next_look = Instant::now() + LOOK_FOR_ROOT;
    }

    fn hear(&mut self, event: &notify::Event) {
        if event.need_rescan() {
            (0..self.roots.len()).for_each(|at| self.send(at, Signal::Unsure));
            return;
        }
        for path in &event.paths {
            for at in 0..self.roots.len() {
                if let Ok(inside) = path.strip_prefix(&self.roots[at].path) {
                    let inside = inside.to_path_buf();
                    self.hear_of(at, event.kind, path, &inside);
                }
            }
        }
    }

    fn hear_of(&mut self, at: usize, kind: EventKind, path: &Path, inside: &Path) {
        if inside.as_os_str().is_empty() {
            if !path.is_dir() {
                self.root_gone(at);
            }
            return;
        }
        if Rules::is_rule(inside) && is_end(kind) {
            self.roots[at].rules = Rules::read(&self.roots[at].path);
            if let Err(why) = self.register_root(at) {
                return self.fall_back(why);
            }
            return self.send(at, Signal::Unsure);
        }
        let name = inside.file_name().unwrap_or_default().to_string_lossy();
        if is_editor_file(&name) || !self.roots[at].rules.is_part(inside, false) {
            return;
        }
        // The kind of event does not always say whether it is about a folder.
        let is_new = matches!(
            kind,
            EventKind::Create(_)
                | EventKind::Modify(ModifyKind::Name(_) | ModifyKind::Any)
                | EventKind::Any
        );
        if is_new && path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir()) {
            if let Err(why) = self.register(at, path) {
                return self.fall_back(why);
            }
            return self.send(at, Signal::Unsure);
        }
        let Some(file) = relative(inside) else {
            // A name that no plugin may have: reading everything says so.
            return if is_end(kind) {
                self.send(at, Signal::Unsure)
            };
        };
        let went = matches!(
            kind,
            EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(RenameMode::From))
        );
        if went && self.forget(at, path) {
            return self.send(at, Signal::Unsure);
        }
        match kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(RenameMode::To)) => {
                self.send(at, Signal::Settled(file));
            }
            // A link is complete when it is there; nobody will write to it and close it.
            EventKind::Create(_) if path.is_symlink() => self.send(at, Signal::Settled(file)),
            EventKind::Create(CreateKind::File | CreateKind::Any | CreateKind::Other)
            | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any | ModifyKind::Other)
            | EventKind::Any => self.send(at, Signal::Open(file)),
            _ if went => self.send(at, Signal::Removed(file)),
            // A rename without direction: what is there now tells.
            EventKind::Modify(ModifyKind::Name(RenameMode::Any | RenameMode::Other)) => {
                let signal =
                    if path.exists() { Signal::Settled(file) } else { Signal::Removed(file) };
                self.send(at, signal);
            }
            // `Both` repeats `From` and `To`; opening and metadata change no content.
            _ => {}
        }
    }
}

/// Whether the event ends a change, so that a rule file can be read.
fn is_end(kind: EventKind) -> bool {
    matches!(
        kind,
        EventKind::Access(AccessKind::Close(AccessMode::Write))
            | EventKind::Modify(ModifyKind::Name(_))
            | EventKind::Remove(_)
    ) || (!notice::tells_closing() && !matches!(kind, EventKind::Access(_)))
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound | notify::ErrorKind::WatchNotFound => true,
        notify::ErrorKind::Io(cause) => cause.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn words(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "this user has no more inotify watches (fs.inotify.max_user_watches)".to_owned()
        }
        notify::ErrorKind::Io(cause) if notice::is_out_of_watchers(cause) => {
            "this user has no more inotify instances (fs.inotify.max_user_instances)".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests;

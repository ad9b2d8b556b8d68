//! The broker's end of a template: a process that is set up once and copied for each instance.
//!
//! For the author's own code. Copies share one layout of memory, so what was installed from
//! elsewhere runs in workers that are executed afresh.
//!
//! A template that is lost is started once more; what can have no copy is started the other way.
//! So nothing fails because of a template: it only saves time.

use std::process::Child;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use super::ahead::Shelf;
use super::process::{Process, command, failed};
use crate::config::sandbox::SandboxMode;
use crate::sandbox::confine;
use crate::sandbox::error::SandboxError;
use crate::sandbox::protocol::LayerReport;
use crate::sandbox::worker::{Arguments, Order, Purpose, TemplateArguments};
use crate::sys::fork::Asker;
use crate::sys::spawner;

/// How long a template may take to set itself up.
const START_LIMIT: Duration = Duration::from_secs(15);
/// How often it is tried to have a copy.
const ATTEMPTS: u32 = 3;
/// How long to wait when the system has no room for a process.
const NO_ROOM: Duration = Duration::from_millis(20);
/// How long after a copy was given out the next one is made ahead: who has just begun goes first.
const PAUSE: Duration = Duration::from_millis(50);
/// How long a copy made ahead is kept.
const IDLE: Duration = Duration::from_secs(600);

/// A process that is copied for each instance. It starts with the first copy and ends when the
/// last clone of this is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    purpose: Purpose,
    state: Arc<Mutex<State>>,
    /// Where a copy made ahead waits, for who wants one.
    shelf: Option<Arc<Shelf>>,
}

#[derive(Debug)]
enum State {
    Idle,
    Running(Running),
    /// This system cannot.
    Unusable,
}

/// A running template. Dropping it ends it.
#[derive(Debug)]
struct Running {
    child: Child,
    asker: Asker,
    /// Whether it has given a copy: only such a one is worth starting again.
    is_proven: bool,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It is gone already when this fails.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Template {
    /// For plugins of the author.
    pub(crate) fn for_plugins() -> Self {
        Self::new(Purpose::Plugins)
    }

    /// For test files.
    pub(crate) fn for_tests() -> Self {
        Self::new(Purpose::Tests)
    }

    fn new(purpose: Purpose) -> Self {
        Self { purpose, state: Arc::new(Mutex::new(State::Idle)), shelf: None }
    }

    /// The same, with one copy made ahead from the first on, for who starts plugins one after the
    /// other and has somebody wait for each.
    pub(crate) fn with_one_ahead(self) -> Self {
        self.with_one_ahead_for(IDLE)
    }

    /// The same; a copy made ahead is kept for `idle`.
    pub(in crate::sandbox) fn with_one_ahead_for(self, idle: Duration) -> Self {
        Self { shelf: Some(Arc::new(Shelf::new(idle))), ..self }
    }

    /// A copy that may map `memory` bytes.
    pub(in crate::sandbox) async fn copy(
        &self,
        memory: u64,
        attack: Option<usize>,
    ) -> Result<Process, SandboxError> {
        let Some(shelf) = self.shelf.as_ref().filter(|_| attack.is_none()) else {
            return self.copy_now(memory, attack).await;
        };
        let copied = match shelf.take(memory) {
            Some(process) => Ok(process),
            None => self.copy_now(memory, None).await,
        };
        if copied.is_ok() {
            self.copy_ahead(shelf, memory);
        }
        copied
    }

    /// Makes the next copy, soon, and lets nobody wait for it. It keeps no template alive.
    fn copy_ahead(&self, shelf: &Arc<Shelf>, memory: u64) {
        let purpose = self.purpose;
        let (state, shelf) = (Arc::downgrade(&self.state), Arc::downgrade(shelf));
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            let Some(idle) = shelf.upgrade().filter(|shelf| !shelf.is_full()).map(|s| s.idle())
            else {
                return;
            };
            let Some(state) = state.upgrade() else { return };
            let template = Self { purpose, state, shelf: None };
            // Who asks next makes a copy of its own, and hears why it cannot be made.
            let Ok(process) = template.copy_now(memory, None).await else { return };
            drop(template);
            let Some(number) = shelf.upgrade().map(|shelf| shelf.put(memory, process)) else {
                return;
            };
            tokio::time::sleep(idle).await;
            if let Some(shelf) = shelf.upgrade() {
                shelf.discard(number);
            }
        });
    }

    async fn copy_now(&self, memory: u64, attack: Option<usize>) -> Result<Process, SandboxError> {
        let order = Order { memory, attack }.to_bytes();
        let mut state = self.state.lock().await;
        let mut last = SandboxError::Start("this system copies no processes".to_owned());
        for _ in 0..ATTEMPTS {
            let running = match &mut *state {
                State::Running(running) => running,
                State::Unusable => break,
                State::Idle => match Running::start(self.purpose).await {
                    Ok(running) => {
                        *state = State::Running(running);
                        continue;
                    }
                    Err(error) => {
                        *state = State::Unusable;
                        last = error;
                        break;
                    }
                },
            };
            let copied =
                running.asker.ask(order).and_then(|(pid, ours)| Process::copied(pid, ours));
            match copied {
                Ok(process) => {
                    running.is_proven = true;
                    return Ok(process);
                }
                Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {
                    last = failed(error);
                    tokio::time::sleep(NO_ROOM).await;
                }
                Err(error) => {
                    last = failed(error);
                    *state = if running.is_proven { State::Idle } else { State::Unusable };
                }
            }
        }
        Err(last)
    }

    /// A template that answers every request with an error of the system.
    #[cfg(test)]
    #[cfg(target_os = "linux")]
    pub(in crate::sandbox) fn refusing(code: i32) -> Self {
        let child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        let asker = crate::sys::fork::refusing(code).unwrap();
        let running = Running { child, asker, is_proven: false };
        let state = Arc::new(Mutex::new(State::Running(running)));
        Self { purpose: Purpose::Plugins, state, shelf: None }
    }

    /// Number of the process of the copy made ahead.
    #[cfg(test)]
    pub(in crate::sandbox) fn ahead(&self) -> Option<u32> {
        self.shelf.as_ref().and_then(|shelf| shelf.pid())
    }

    /// Number of the process of the template, when it runs.
    #[cfg(test)]
    pub(in crate::sandbox) async fn pid(&self) -> Option<u32> {
        match &*self.state.lock().await {
            State::Running(running) => Some(running.child.id()),
            State::Idle | State::Unusable => None,
        }
    }
}

impl Running {
    async fn start(purpose: Purpose) -> Result<Self, SandboxError> {
        let (asker, theirs) = Asker::pair().map_err(failed)?;
        let arguments = TemplateArguments { broker: std::process::id(), purpose };
        let mut command = command(Arguments::Template(arguments)).map_err(failed)?;
        command.stdin(theirs);
        let child = spawner::run(move || command.spawn()).map_err(failed)?;
        let running = Self { child, asker, is_proven: false };
        let greeting = tokio::time::timeout(START_LIMIT, running.asker.greeting()).await;
        let greeting = greeting
            .map_err(|_| SandboxError::Start("the template does not answer".to_owned()))?
            .map_err(failed)?;
        let layers: Vec<LayerReport> = serde_json::from_slice(&greeting)
            .map_err(|error| SandboxError::Protocol(error.to_string()))?;
        match confine::missing(&layers) {
            Some((layer, why)) if crate::config::sandbox::mode() == SandboxMode::Full => {
                Err(SandboxError::LayerMissing { layer: layer.into(), why: why.into() })
            }
            _ => Ok(running),
        }
    }
}

//! A worker process and its socket.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncReadExt;
use tokio::process::{Child, Command};
use tokio::time::{Instant, timeout_at};

use super::leash::Leash;
use super::outbox::Outbox;
use crate::sandbox::error::SandboxError;
use crate::sandbox::protocol::{BrokerToWorker, FrameReader, WorkerToBroker, encode};
use crate::sandbox::worker::{Arguments, WorkerArguments};
use crate::sys::children::{self, Adopted};
use crate::sys::{channel, spawner};

type Socket = channel::BrokerChannel;

/// A worker, however it came to be. Dropping it kills the worker.
enum Worker {
    /// This program, executed again.
    Executed(Child),
    /// A copy of a template.
    Copied(Adopted),
}

/// A worker process and our end of its socket.
pub(in crate::sandbox) struct Process {
    worker: Worker,
    pid: u32,
    leash: Leash,
    socket: channel::Reader,
    frames: FrameReader,
    outbox: Outbox,
    buffer: Vec<u8>,
}

/// What came from a worker.
pub(in crate::sandbox) enum Received {
    /// A message.
    Message(WorkerToBroker),
    /// Something else.
    Broken(String),
    /// The end.
    Ended,
}

/// The program that workers run: this one. Unit tests are another program, which lies beside it.
fn program() -> std::io::Result<PathBuf> {
    let own = std::env::current_exe()?;
    if cfg!(test) {
        let name = format!("daino-pdk{}", std::env::consts::EXE_SUFFIX);
        let built = own.parent().and_then(|deps| deps.parent()).map(|dir| dir.join(name));
        return built
            .filter(|path| path.exists())
            .ok_or_else(|| std::io::Error::other("build the program first: `cargo build`"));
    }
    Ok(own)
}

/// This program, to be executed again with nothing of ours but its standard input.
pub(super) fn command(arguments: Arguments) -> std::io::Result<std::process::Command> {
    let mut command = std::process::Command::new(program()?);
    command.args(arguments.to_words()).env_clear().stdout(Stdio::null()).stderr(Stdio::null());
    // Libraries of Windows find others, among them those of random numbers, by it.
    #[cfg(windows)]
    command.envs(std::env::vars_os().filter(|(name, _)| name.eq_ignore_ascii_case("SystemRoot")));
    Ok(command)
}

pub(super) fn failed(error: std::io::Error) -> SandboxError {
    SandboxError::Start(error.to_string())
}

impl Process {
    /// Starts a worker that may map `memory` bytes.
    pub(in crate::sandbox) async fn start(
        memory: u64,
        attack: Option<usize>,
    ) -> Result<Self, SandboxError> {
        Self::start_with(memory, attack, false)
    }

    /// Starts a process that tries one attack without any confinement, and nothing else.
    pub(in crate::sandbox) fn start_control(attack: usize) -> Result<Self, SandboxError> {
        Self::start_with(0, Some(attack), true)
    }

    fn start_with(
        memory: u64,
        attack: Option<usize>,
        without_layers: bool,
    ) -> Result<Self, SandboxError> {
        let (ours, theirs) = channel::pair().map_err(failed)?;
        let broker = std::process::id();
        let arguments = WorkerArguments { broker, memory, attack, without_layers };
        let mut command = command(Arguments::Worker(arguments)).map_err(failed)?;
        command.stdin(theirs);
        let runtime = tokio::runtime::Handle::current();
        let start = move || {
            let _entered = runtime.enter();
            Command::from(command).kill_on_drop(true).spawn()
        };
        let child = spawner::run(start).map_err(failed)?;
        let pid = child.id().ok_or_else(|| SandboxError::Start("it ended at once".to_owned()))?;
        Ok(Self::over(Worker::Executed(child), pid, ours))
    }

    /// Takes charge of a copy of a template.
    pub(super) fn copied(pid: u32, ours: Socket) -> std::io::Result<Self> {
        Ok(Self::over(Worker::Copied(Adopted::new(pid)?), pid, ours))
    }

    fn over(worker: Worker, pid: u32, ours: Socket) -> Self {
        let (socket, writer) = channel::split(ours);
        let buffer = Vec::with_capacity(64 * 1024);
        let (frames, leash) = (FrameReader::default(), Leash::new(pid));
        Self { worker, pid, leash, socket, frames, outbox: Outbox::new(writer), buffer }
    }

    /// A process that does nothing, and the end of the socket at which a test plays the worker.
    #[cfg(test)]
    pub(in crate::sandbox) fn impersonated() -> (Self, Socket) {
        let (ours, theirs) = Socket::pair().unwrap();
        let mut command = Command::new("sleep");
        let child = command.arg("60").kill_on_drop(true).spawn().unwrap();
        let pid = child.id().unwrap();
        (Self::over(Worker::Executed(child), pid, ours), theirs)
    }

    /// The worker's process id.
    #[cfg(test)]
    pub(in crate::sandbox) fn pid(&self) -> u32 {
        self.pid
    }

    /// Whether a copy has ended already.
    pub(super) fn has_ended(&self) -> bool {
        matches!(&self.worker, Worker::Copied(child) if child.has_ended())
    }

    /// Processor time the worker has used; zero when the system does not tell.
    pub(in crate::sandbox) fn cpu_time(&self) -> Duration {
        children::cpu_time(self.pid).unwrap_or_default()
    }

    /// Stops the worker and lets it go on.
    pub(super) fn leash(&self) -> &Leash {
        &self.leash
    }

    /// Sends a message; an error when it is too large. That the worker is gone shows on reading.
    pub(in crate::sandbox) fn send(
        &self,
        message: &BrokerToWorker,
        what: &'static str,
    ) -> Result<(), SandboxError> {
        let frame = encode(message).map_err(|_| SandboxError::TooLarge(what))?;
        self.outbox.send(frame);
        Ok(())
    }

    /// The next message. May be dropped while it waits without losing anything.
    pub(in crate::sandbox) async fn receive(&mut self) -> Received {
        loop {
            match self.frames.next_message() {
                Ok(Some(message)) => return Received::Message(message),
                Ok(None) => {}
                Err(error) => return Received::Broken(error.to_string()),
            }
            self.buffer.clear();
            match self.socket.read_buf(&mut self.buffer).await {
                Ok(0) | Err(_) => return Received::Ended,
                Ok(_) => self.frames.feed(&self.buffer),
            }
        }
    }

    /// The next message during start-up.
    pub(in crate::sandbox) async fn receive_until(
        &mut self,
        until: Instant,
    ) -> Result<WorkerToBroker, SandboxError> {
        match timeout_at(until, self.receive()).await {
            Ok(Received::Message(message)) => Ok(message),
            Ok(Received::Broken(what)) => Err(SandboxError::Protocol(what)),
            Ok(Received::Ended) => Err(SandboxError::Start(self.ending().await)),
            Err(_) => Err(SandboxError::Start("it did not answer in time".to_owned())),
        }
    }

    /// Kills the worker.
    pub(in crate::sandbox) fn kill(&mut self) {
        match &mut self.worker {
            // It is gone already when this fails.
            Worker::Executed(child) => drop(child.start_kill()),
            Worker::Copied(child) => child.kill(),
        }
    }

    /// Waits for the worker's end; says how it ended.
    pub(in crate::sandbox) async fn ending(&mut self) -> String {
        self.leash.let_go();
        let limit = Instant::now() + Duration::from_secs(2);
        let ended = async {
            match &mut self.worker {
                Worker::Executed(child) => child.wait().await,
                Worker::Copied(child) => child.wait().await,
            }
        };
        match timeout_at(limit, ended).await {
            Ok(Ok(status)) => crate::sys::ending::describe(status),
            Ok(Err(error)) => error.to_string(),
            Err(_) => {
                self.kill();
                "it closed its socket".to_owned()
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.leash.let_go();
    }
}

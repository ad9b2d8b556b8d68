//! One PostgreSQL process: started, watched, stopped.
//!
//! PostgreSQL itself says in `postmaster.pid` when it is ready (line 8), so nothing has to knock.
//! A server that an earlier, killed process left is stopped before a new one starts; when its
//! number belongs to somebody else by now, only its file is removed.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::source::Binaries;
use crate::store::connect::Endpoint;
use crate::store::error::StoreError;
use crate::store::place::write_json;
use crate::sys::account::{self, Account};
use crate::sys::process::{self, Ask};
use crate::sys::socket::LONGEST_PATH;
use crate::sys::spawner;

/// Part of the socket's name; the port is never opened.
const PORT: u16 = 5432;
/// Between two looks.
const PAUSE: Duration = Duration::from_millis(5);
/// How long a fast shutdown may take before an immediate one.
const SHUTDOWN: Duration = Duration::from_secs(10);
/// How long a server of a killed process may take to go.
const STALE: Duration = Duration::from_secs(2);
/// Address space of each server process: bounds what one statement can take.
const MEMORY: u64 = 1024 * 1024 * 1024;

/// What to start.
#[derive(Debug, Clone)]
pub(super) struct Launch {
    /// The programs.
    pub binaries: Binaries,
    /// PostgreSQL's files.
    pub data: PathBuf,
    /// Where to write how to reach the server.
    pub state: PathBuf,
    /// Where the server writes what it has to say.
    pub log: PathBuf,
    /// Whether what is committed must survive a power cut.
    pub durable: bool,
}

/// `server.json`: how to reach the running server.
#[derive(Debug, Serialize, Deserialize)]
struct Running {
    /// Directory of the socket.
    sockets: PathBuf,
    /// Whether the directory was made for this run and goes with it.
    temporary: bool,
    /// The server's process.
    pid: u32,
}

/// A running server that this process started.
pub(super) struct Postmaster {
    child: Child,
    sockets: PathBuf,
    temporary: bool,
    durable: bool,
    stopped: bool,
}

impl Postmaster {
    /// Starts the server and waits until it is ready, at most until `until`. What is left of a
    /// server that was killed (its children, its shared memory) gets a moment to go.
    pub(super) async fn start(launch: &Launch, until: Instant) -> Result<Self, StoreError> {
        let begun = Instant::now();
        loop {
            match Self::start_once(launch, until).await {
                Err(StoreError::Start(said)) if begun.elapsed() < STALE && is_held(&said) => {
                    tokio::time::sleep(PAUSE * 10).await;
                }
                done => return done,
            }
        }
    }

    async fn start_once(launch: &Launch, until: Instant) -> Result<Self, StoreError> {
        clear_stale(launch).await?;
        let account = account::for_server().map_err(|e| StoreError::Start(e.to_string()))?;
        let (sockets, temporary) = make_socket_dir(&launch.data, account.as_ref())?;
        let mut started = launch.spawn(account, &sockets, temporary)?;
        let running = Running { sockets, temporary, pid: started.child.id() };
        write_json(&launch.state, &running, true)?;
        while ready_pid(&launch.data) != Some(running.pid) {
            if !started.is_alive() {
                return Err(StoreError::Start(tail(&launch.log)));
            }
            if Instant::now() > until {
                return Err(StoreError::Start("it was not ready in time".to_owned()));
            }
            tokio::time::sleep(PAUSE).await;
        }
        Ok(started)
    }

    /// Whether it still runs.
    pub(super) fn is_alive(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// Where to connect to.
    pub(super) fn endpoint(&self) -> Endpoint {
        Endpoint::Socket(socket_in(&self.sockets))
    }

    /// From now on what was written counts.
    pub(super) fn must_last(&mut self) {
        self.durable = true;
    }

    /// Stops the server: fast, then at once. At once where nothing has to survive.
    pub(super) async fn stop(mut self) {
        let first = if self.durable { Ask::Interrupt } else { Ask::Quit };
        for ask in [first, Ask::Quit] {
            let _ = process::send(self.child.id(), ask);
            let until = Instant::now() + SHUTDOWN;
            while self.is_alive() && Instant::now() < until {
                tokio::time::sleep(PAUSE).await;
            }
            if !self.is_alive() {
                break;
            }
        }
        self.forget();
    }

    fn forget(&mut self) {
        self.stopped = true;
        if self.temporary {
            let _ = std::fs::remove_dir_all(&self.sockets);
        }
    }
}

impl Drop for Postmaster {
    /// For a process that ends without closing its shop, by Ctrl-C for instance.
    fn drop(&mut self) {
        if self.stopped {
            return;
        }
        let until = Instant::now() + STALE;
        let _ = process::send(self.child.id(), Ask::Interrupt);
        while self.is_alive() && Instant::now() < until {
            std::thread::sleep(PAUSE);
        }
        if self.is_alive() {
            let _ = process::send(self.child.id(), Ask::Quit);
        }
        self.forget();
    }
}

impl Launch {
    fn spawn(
        &self,
        account: Option<Account>,
        sockets: &Path,
        temporary: bool,
    ) -> Result<Postmaster, StoreError> {
        // What the last run said is kept for one run.
        let _ = std::fs::rename(&self.log, self.log.with_extension("log.old"));
        let log = File::create(&self.log).map_err(StoreError::file("write", &self.log))?;
        let said = log.try_clone().map_err(StoreError::file("write", &self.log))?;
        let (program, arguments) = (self.binaries.postgres(), self.arguments(sockets));
        let build = move || {
            let mut command = Command::new(program);
            command
                .args(arguments)
                .env_clear()
                .env("LC_ALL", "C")
                .env("PATH", "/usr/bin:/bin")
                .current_dir("/")
                .stdin(Stdio::null())
                .stdout(log)
                .stderr(said);
            account::run_as(&mut command, account.as_ref());
            // The server is the operator's own; what a statement may take is bounded all the same.
            spawner::limit_memory(&mut command, MEMORY);
            command
        };
        let child =
            spawner::spawn(build, libc::SIGINT).map_err(|e| StoreError::Start(e.to_string()))?;
        let (sockets, durable) = (sockets.to_path_buf(), self.durable);
        Ok(Postmaster { child, sockets, temporary, durable, stopped: false })
    }

    fn arguments(&self, sockets: &Path) -> Vec<String> {
        let mut list = vec![
            "-D".to_owned(),
            self.data.display().to_string(),
            "-k".to_owned(),
            sockets.display().to_string(),
        ];
        let mut set = |name: &str, value: &str| list.push(format!("--{name}={value}"));
        set("listen_addresses", "");
        set("port", &PORT.to_string());
        set("unix_socket_permissions", "0700");
        set("max_connections", "100");
        set("shared_buffers", "32MB");
        set("temp_file_limit", "256MB");
        set("huge_pages", "off");
        set("jit", "off");
        set("wal_level", "minimal");
        set("max_wal_senders", "0");
        set("timezone", "UTC");
        set("log_timezone", "UTC");
        set("password_encryption", "scram-sha-256");
        set("logging_collector", "off");
        // A plugin that fails in a loop must not fill the disk, nor put customers into a log.
        set("log_min_messages", "log");
        set("log_min_error_statement", "panic");
        set("log_checkpoints", "off");
        if !self.durable {
            set("fsync", "off");
            set("synchronous_commit", "off");
            set("full_page_writes", "off");
            set("autovacuum", "off");
            set("max_wal_size", "256MB");
        }
        list
    }
}

fn socket_in(dir: &Path) -> PathBuf {
    dir.join(format!(".s.PGSQL.{PORT}"))
}

/// The endpoint of a server that another process runs, once it is ready.
pub(super) fn running_endpoint(launch: &Launch) -> Option<Endpoint> {
    let running = read_state(&launch.state)?;
    (ready_pid(&launch.data) == Some(running.pid))
        .then(|| Endpoint::Socket(socket_in(&running.sockets)))
}

fn read_state(path: &Path) -> Option<Running> {
    let content = crate::sys::file::read_limited(path, 64 * 1024).ok()?;
    serde_json::from_slice(&content).ok()
}

/// Makes a directory for the socket that only the server's account and root can enter: beside the
/// data, or a short one where that path is too long for a socket.
fn make_socket_dir(data: &Path, account: Option<&Account>) -> Result<(PathBuf, bool), StoreError> {
    let beside = data.with_file_name("run");
    // The server also makes `<socket>.lock`.
    if socket_in(&beside).as_os_str().len() + ".lock".len() <= LONGEST_PATH {
        crate::sys::private::create_dir(&beside).map_err(StoreError::file("make", &beside))?;
        account::hand_over(&beside, account).map_err(StoreError::file("hand over", &beside))?;
        return Ok((beside, false));
    }
    let base = if cfg!(unix) { PathBuf::from("/tmp") } else { std::env::temp_dir() };
    let short = crate::sys::private::temp_dir("daino-db-", &base);
    let short = short.map_err(StoreError::file("make", &base))?.keep();
    account::hand_over(&short, account).map_err(StoreError::file("hand over", &short))?;
    Ok((short, true))
}

/// The process that `postmaster.pid` names.
fn recorded_pid(data: &Path) -> Option<u32> {
    let text = std::fs::read_to_string(data.join("postmaster.pid")).ok()?;
    text.lines().next()?.trim().parse().ok()
}

/// The process that `postmaster.pid` names, if it is ready for connections.
fn ready_pid(data: &Path) -> Option<u32> {
    let text = std::fs::read_to_string(data.join("postmaster.pid")).ok()?;
    let mut lines = text.lines();
    let pid = lines.next()?.trim().parse().ok()?;
    (lines.nth(6)?.trim() == "ready").then_some(pid)
}

/// Stops what an earlier process left behind, and removes a lock file that nobody holds. We hold
/// `server.lock`, so nobody else starts a server here.
async fn clear_stale(launch: &Launch) -> Result<(), StoreError> {
    if let Some(running) = read_state(&launch.state)
        && running.temporary
        && running.sockets.file_name().is_some_and(|n| n.to_string_lossy().starts_with("daino-db-"))
    {
        let _ = std::fs::remove_dir_all(&running.sockets);
    }
    let begun = Instant::now();
    let mut asked = Ask::Interrupt;
    let file = launch.data.join("postmaster.pid");
    loop {
        if !file.exists() {
            return Ok(());
        }
        let Some(pid) = recorded_pid(&launch.data).filter(|p| is_server_of(*p, &launch.data))
        else {
            return match std::fs::remove_file(&file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    Err(StoreError::file("remove", file)(error))
                }
                _ => Ok(()),
            };
        };
        let waited = begun.elapsed();
        // The kernel has asked it already; it is asked again in case this system does not.
        if waited > STALE && asked == Ask::Interrupt {
            let _ = process::send(pid, Ask::Interrupt);
            asked = Ask::Quit;
        } else if waited > STALE + SHUTDOWN {
            let _ = process::send(pid, Ask::Quit);
        }
        if waited > STALE + SHUTDOWN + SHUTDOWN {
            return Err(StoreError::Start(format!("an old server (process {pid}) does not end")));
        }
        tokio::time::sleep(PAUSE).await;
    }
}

/// Whether the process is a server with these files. Where the system does not tell what a process
/// is, one that runs counts.
fn is_server_of(pid: u32, data: &Path) -> bool {
    if !process::is_running(pid) {
        return false;
    }
    match process::working_dir(pid) {
        Some(dir) => std::fs::canonicalize(data).is_ok_and(|data| data == dir),
        None => !cfg!(target_os = "linux"),
    }
}

/// Whether the server found that another one has its files.
fn is_held(said: &str) -> bool {
    ["lock file", "shared memory block", "is another postmaster"].iter().any(|w| said.contains(w))
}

/// The last words of the server.
fn tail(log: &Path) -> String {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().rev().take(5).collect();
    if lines.is_empty() {
        return "it ended without a word".to_owned();
    }
    lines.into_iter().rev().collect::<Vec<_>>().join(" | ")
}

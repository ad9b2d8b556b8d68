//! Starts child processes that die with this program.
//!
//! On Linux a child can ask to be signalled when its parent is gone, but "parent" means the
//! *thread* that started it. So every such child is started by one dedicated thread that lives as
//! long as the process. Elsewhere the same calls work and children are merely not signalled.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::{Child, Command};
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};

use libc::c_int;

type Job = Box<dyn FnOnce() + Send>;

fn thread() -> io::Result<&'static Sender<Job>> {
    static THREAD: OnceLock<Option<Sender<Job>>> = OnceLock::new();
    let start = || {
        let (sender, jobs) = channel::<Job>();
        let work = move || jobs.into_iter().for_each(|job| job());
        std::thread::Builder::new().name("spawner".to_owned()).spawn(work).ok().map(|_| sender)
    };
    THREAD.get_or_init(start).as_ref().ok_or_else(gone)
}

fn gone() -> io::Error {
    io::Error::other("the thread that starts child processes is gone")
}

/// Runs `work` on the spawning thread and waits for its answer.
pub(crate) fn run<T, F>(work: F) -> io::Result<T>
where
    T: Send + 'static,
    F: FnOnce() -> io::Result<T> + Send + 'static,
{
    let (sender, answer) = channel();
    let job = move || {
        let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(gone()));
        // The asker waits below, so this cannot fail; if it did, nobody would want the answer.
        let _ = sender.send(done);
    };
    thread()?.send(Box::new(job)).map_err(|_| gone())?;
    answer.recv().map_err(|_| gone())?
}

/// Starts the command that `build` makes. `on_parent_death` is the signal it gets when we die.
pub(crate) fn spawn<F>(build: F, on_parent_death: c_int) -> io::Result<Child>
where
    F: FnOnce() -> Command + Send + 'static,
{
    run(move || {
        let mut command = build();
        arm(&mut command, on_parent_death);
        command.spawn()
    })
}

/// Makes `command` ask for the signal, between fork and exec. The command must be started on the
/// spawning thread: see [`run`].
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
pub(crate) fn arm(command: &mut Command, on_parent_death: c_int) {
    use std::os::unix::process::CommandExt;
    let parent = std::process::id();
    let ask = move || {
        // SAFETY: prctl with PR_SET_PDEATHSIG and getppid touch no memory and are
        // async-signal-safe, which is all that is allowed between fork and exec.
        let (failed, still_there) = unsafe {
            (
                libc::prctl(libc::PR_SET_PDEATHSIG, on_parent_death) != 0,
                libc::getppid() as u32 == parent,
            )
        };
        if failed {
            return Err(io::Error::last_os_error());
        }
        // We died between fork and the line above: the signal will never come.
        if still_there { Ok(()) } else { Err(io::Error::from_raw_os_error(libc::ESRCH)) }
    };
    // SAFETY: `ask` allocates nothing and takes no lock.
    unsafe { command.pre_exec(ask) };
}

/// Makes `command` ask for the signal; this system has no such signal.
#[cfg(not(target_os = "linux"))]
pub(crate) fn arm(_: &mut Command, _: c_int) {}

/// Bounds the address space of what `command` starts, and of every process that makes, before it
/// runs: a limit on itself needs no right, one on another account's process would.
#[cfg(target_os = "linux")]
#[allow(unsafe_code)]
pub(crate) fn limit_memory(command: &mut Command, bytes: u64) {
    use std::os::unix::process::CommandExt;
    let limit = libc::rlimit { rlim_cur: bytes, rlim_max: bytes };
    let set = move || {
        // SAFETY: setrlimit only reads the value given, and is async-signal-safe.
        let failed = unsafe { libc::setrlimit(libc::RLIMIT_AS, &raw const limit) != 0 };
        if failed { Err(io::Error::last_os_error()) } else { Ok(()) }
    };
    // SAFETY: `set` allocates nothing and takes no lock.
    unsafe { command.pre_exec(set) };
}

/// Bounds the address space of what `command` starts; this system has no such limit.
#[cfg(not(target_os = "linux"))]
pub(crate) fn limit_memory(_: &mut Command, _: u64) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_child_starts_on_the_one_thread() {
        let name = || Ok(std::thread::current().name().map(str::to_owned));
        assert_eq!(run(name).unwrap().as_deref(), Some("spawner"));
        let mut child = spawn(|| Command::new("true"), libc::SIGKILL).unwrap();
        assert!(child.wait().unwrap().success());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_is_bounded_before_the_program_runs() {
        let build = || {
            let mut command = Command::new("sh");
            command.args(["-c", "ulimit -v; ulimit -H -v"]).stdout(std::process::Stdio::piped());
            limit_memory(&mut command, 1 << 30);
            command
        };
        let child = spawn(build, libc::SIGKILL).unwrap();
        let told = child.wait_with_output().unwrap().stdout;
        assert_eq!(String::from_utf8(told).unwrap(), "1048576\n1048576\n");
    }

    #[test]
    fn a_panic_is_an_error_and_the_thread_goes_on() {
        assert!(run::<(), _>(|| panic!("boom")).is_err());
        assert_eq!(run(|| Ok(7)).unwrap(), 7);
    }
}

//! Processes by number: whether they run, and asking them to stop.

use std::io;
use std::path::PathBuf;

/// What to ask of a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// `SIGINT`: PostgreSQL's fast shutdown.
    Interrupt,
    /// `SIGQUIT`: PostgreSQL's immediate shutdown; it recovers at its next start.
    Quit,
}

/// Sends the signal; a process that is gone is no error.
pub(crate) fn send(pid: u32, ask: Ask) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process};
        let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return Ok(()) };
        let signal = match ask {
            Ask::Interrupt => Signal::INT,
            Ask::Quit => Signal::QUIT,
        };
        match kill_process(pid, signal) {
            Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
    #[cfg(not(unix))]
    {
        let _ = (pid, ask);
        Err(io::Error::new(io::ErrorKind::Unsupported, "no signals on this system"))
    }
}

/// Whether a process with this number runs; one of another user's counts.
pub(crate) fn is_running(pid: u32) -> bool {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, test_kill_process};
        let Some(pid) = i32::try_from(pid).ok().and_then(Pid::from_raw) else { return false };
        !matches!(test_kill_process(pid), Err(rustix::io::Errno::SRCH))
    }
    #[cfg(not(unix))]
    {
        let _ = pid;
        false
    }
}

/// The directory a process works in, where the system tells.
pub(crate) fn working_dir(pid: u32) -> Option<PathBuf> {
    std::fs::read_link(format!("/proc/{pid}/cwd")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_who_runs() {
        assert!(is_running(std::process::id()));
        let mut child = std::process::Command::new("sleep").arg("60").spawn().unwrap();
        assert!(is_running(child.id()));
        send(child.id(), Ask::Interrupt).unwrap();
        assert!(!child.wait().unwrap().success());
        assert!(!is_running(child.id()));
        send(child.id(), Ask::Quit).unwrap();
    }
}

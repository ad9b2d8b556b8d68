//! How a process ended, in words.

use std::process::ExitStatus;

/// `exit code 1`, or the name of the signal.
pub(crate) fn describe(status: ExitStatus) -> String {
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        if let Some(signal) = status.signal() {
            let name = match signal {
                libc::SIGSYS => "SIGSYS: it asked the system for something a plugin may not do",
                libc::SIGKILL => "SIGKILL: it was killed",
                libc::SIGABRT => "SIGABRT: it ran out of memory or broke an invariant",
                libc::SIGSEGV => "SIGSEGV: it touched memory it does not have",
                libc::SIGBUS => "SIGBUS: it touched memory it does not have",
                libc::SIGXFSZ => "SIGXFSZ: it tried to write a file",
                _ => return format!("signal {signal}"),
            };
            return name.to_owned();
        }
    }
    match status.code() {
        Some(code) => format!("exit code {code}"),
        None => "for an unknown reason".to_owned(),
    }
}

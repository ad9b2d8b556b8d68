//! What we may learn of and do to a child that runs: its processor time, and making it pause.
//!
//! The child must not have been waited for yet, so that its number is still its own.

use std::time::Duration;

#[cfg(unix)]
pub(crate) use unix::{cpu_time, pause, resume};

#[cfg(unix)]
mod unix {
    use super::Duration;
    use rustix::process::{Pid, Signal, kill_process};

    /// Processor time the process has used, all its threads, user and system; `None` when the
    /// system does not tell.
    #[cfg(target_os = "linux")]
    #[allow(unsafe_code)]
    pub(crate) fn cpu_time(pid: u32) -> Option<Duration> {
        let mut clock: libc::clockid_t = 0;
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: both calls only write the value given.
        let failed = unsafe {
            libc::clock_getcpuclockid(pid as libc::pid_t, &mut clock) != 0
                || libc::clock_gettime(clock, &mut time) != 0
        };
        let (seconds, nanos) =
            (u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?);
        (!failed).then(|| Duration::new(seconds, nanos))
    }

    /// Processor time the process has used; this system does not tell.
    #[cfg(not(target_os = "linux"))]
    pub(crate) fn cpu_time(_: u32) -> Option<Duration> {
        None
    }

    /// Stops the child until [`resume`]. Whether it could be done.
    pub(crate) fn pause(pid: u32) -> bool {
        signal(pid, Signal::STOP)
    }

    /// Lets the child go on. Whether it could be done.
    pub(crate) fn resume(pid: u32) -> bool {
        signal(pid, Signal::CONT)
    }

    fn signal(pid: u32, signal: Signal) -> bool {
        let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
        pid.is_some_and(|pid| kill_process(pid, signal).is_ok())
    }
}

#[cfg(not(unix))]
pub(crate) use other::{cpu_time, pause, resume};

#[cfg(not(unix))]
mod other {
    use super::Duration;

    /// Processor time the process has used; this system does not tell.
    pub(crate) fn cpu_time(_: u32) -> Option<Duration> {
        None
    }
    /// Not on this system.
    pub(crate) fn pause(_: u32) -> bool {
        false
    }
    /// Not on this system.
    pub(crate) fn resume(_: u32) -> bool {
        false
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn a_paused_child_uses_no_processor_time() {
        let mut child =
            std::process::Command::new("sh").args(["-c", "while :; do :; done"]).spawn().unwrap();
        let used = || cpu_time(child.id()).unwrap();
        let worked = |least| {
            let before = used();
            let until = std::time::Instant::now() + Duration::from_secs(10);
            while std::time::Instant::now() < until {
                if used() - before > least {
                    return true;
                }
                std::thread::yield_now();
            }
            false
        };
        assert!(worked(Duration::from_millis(20)));
        assert!(pause(child.id()));
        // The signal arrives at the next moment the child is scheduled.
        let mut last = used();
        let still = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(10));
            std::mem::replace(&mut last, used()) == last
        });
        assert!(still);
        assert!(resume(child.id()));
        assert!(worked(Duration::from_millis(20)));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(cpu_time(child.id()), None);
    }
}

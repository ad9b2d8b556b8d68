//! What we may learn of and do to a child that runs: its processor time, making it pause, and
//! waiting for a child that was not started by the standard library.
//!
//! The child must not have been waited for yet, so that its number is still its own.

use std::time::Duration;

#[cfg(target_os = "linux")]
pub(crate) use linux::Adopted;
#[cfg(not(target_os = "linux"))]
pub(crate) use other_adopted::Adopted;
#[cfg(unix)]
pub(crate) use unix::{cpu_time, pause, resume};

#[cfg(target_os = "linux")]
mod linux {
    use std::io;
    use std::os::fd::{AsFd, OwnedFd};
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;
    use std::sync::{Mutex, PoisonError};

    use rustix::process::{
        Pid, PidfdFlags, Signal, WaitId, WaitIdOptions, WaitIdStatus, pidfd_open,
        pidfd_send_signal, waitid,
    };

    use crate::sys::channel::until_readable;

    /// Children that were killed and not waited for.
    static LEFT: Mutex<Vec<OwnedFd>> = Mutex::new(Vec::new());

    /// A child that somebody else started for us. Dropping it kills it.
    #[derive(Debug)]
    pub(crate) struct Adopted {
        /// `None` once it was waited for.
        handle: Option<OwnedFd>,
    }

    impl Adopted {
        /// Takes charge of the child with this number. It must be our child, so that nobody else
        /// can have the number.
        pub(crate) fn new(pid: u32) -> io::Result<Self> {
            let mut left = LEFT.lock().unwrap_or_else(PoisonError::into_inner);
            left.retain(|handle| !has_ended(handle));
            let pid = i32::try_from(pid).ok().and_then(Pid::from_raw);
            let pid = pid.ok_or(io::ErrorKind::InvalidInput)?;
            let handle = pidfd_open(pid, PidfdFlags::empty())?;
            // A stranger cannot be waited for, and is not ours to kill.
            look(&handle, WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT)?;
            Ok(Self { handle: Some(handle) })
        }

        /// Kills it.
        pub(crate) fn kill(&self) {
            if let Some(handle) = &self.handle {
                // It is gone already when this fails.
                let _ = pidfd_send_signal(handle, Signal::KILL);
            }
        }

        /// Whether it has ended. It can be waited for all the same.
        pub(crate) fn has_ended(&self) -> bool {
            let Some(handle) = &self.handle else { return true };
            let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
            !matches!(look(handle, options), Ok(None))
        }

        /// Waits for its end. May be dropped while it waits.
        pub(crate) async fn wait(&mut self) -> io::Result<ExitStatus> {
            let Some(handle) = &self.handle else {
                return Err(io::Error::other("it was waited for already"));
            };
            until_readable(handle.as_fd()).await?;
            let ended = look(handle, WaitIdOptions::EXITED)?;
            self.handle = None;
            ended.map(status).ok_or_else(|| io::Error::other("it has not ended"))
        }
    }

    impl Drop for Adopted {
        fn drop(&mut self) {
            self.kill();
            let Some(handle) = self.handle.take() else { return };
            if !has_ended(&handle) {
                LEFT.lock().unwrap_or_else(PoisonError::into_inner).push(handle);
            }
        }
    }

    fn look(handle: &OwnedFd, options: WaitIdOptions) -> io::Result<Option<WaitIdStatus>> {
        loop {
            match waitid(WaitId::PidFd(handle.as_fd()), options) {
                Err(rustix::io::Errno::INTR) => {}
                other => return Ok(other?),
            }
        }
    }

    fn has_ended(handle: &OwnedFd) -> bool {
        !matches!(look(handle, WaitIdOptions::EXITED | WaitIdOptions::NOHANG), Ok(None))
    }

    /// As the older calls give it.
    fn status(ended: WaitIdStatus) -> ExitStatus {
        let code = ended.exit_status().unwrap_or_default() << 8;
        ExitStatus::from_raw(ended.terminating_signal().unwrap_or(code))
    }
}

#[cfg(not(target_os = "linux"))]
mod other_adopted {
    use std::io;
    use std::process::ExitStatus;

    /// A child that somebody else started for us; not on this system.
    #[derive(Debug)]
    pub(crate) struct Adopted;

    impl Adopted {
        /// Not on this system.
        pub(crate) fn new(_: u32) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }
        /// Not on this system.
        pub(crate) fn kill(&self) {}
        /// Not on this system.
        pub(crate) fn has_ended(&self) -> bool {
            true
        }
        /// Not on this system.
        pub(crate) async fn wait(&mut self) -> io::Result<ExitStatus> {
            Err(io::ErrorKind::Unsupported.into())
        }
    }
}

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

#[cfg(test)]
#[cfg(target_os = "linux")]
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

//! The wall clock, as a seam: tests give their own.

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> jiff::Timestamp;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::now()
    }
}

/// Processor time that this thread has used, user and system; `None` when the system does not tell.
#[cfg(unix)]
#[allow(unsafe_code)]
pub(crate) fn thread_cpu() -> Option<std::time::Duration> {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the call only writes the value given.
    let failed = unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) != 0 };
    let (seconds, nanos) = (u64::try_from(time.tv_sec).ok()?, u32::try_from(time.tv_nsec).ok()?);
    (!failed).then(|| std::time::Duration::new(seconds, nanos))
}

/// Processor time that this thread has used; this system does not tell.
#[cfg(not(unix))]
pub(crate) fn thread_cpu() -> Option<std::time::Duration> {
    None
}

//! Places where a test can kill the program, to see that the next run recovers.
//!
//! In a debug build, `DAINO_TEST_KILL_AT=<name>` ends the process at the point of that name, as
//! `kill -9` would: no destructor runs, no buffer is flushed. A release build has no such points.

/// Ends the process here when a test asked for it.
#[cfg(debug_assertions)]
pub fn kill_point(name: &str) {
    if std::env::var_os("DAINO_TEST_KILL_AT").is_some_and(|asked| asked == name) {
        #[cfg(unix)]
        let _ =
            rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::KILL);
        std::process::abort();
    }
}

/// Does nothing.
#[cfg(not(debug_assertions))]
#[inline(always)]
pub fn kill_point(_: &str) {}

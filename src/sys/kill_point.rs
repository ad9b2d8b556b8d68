//! Places where a test can kill the program, to see that the next run recovers.
//!
//! In a debug build, `DAINO_TEST_KILL_AT=<name>` ends the process at the point of that name, and
//! `DAINO_TEST_KILL_AT=#<n>` at the n-th point that it comes to, as `kill -9` would: no destructor runs, no
//! buffer is flushed. `DAINO_TEST_KILL_TRACE=<file>` writes the name of each point that was passed, one a
//! line. A release build has no such points.

/// Ends the process here when a test asked for it.
#[cfg(debug_assertions)]
pub fn kill_point(name: &str) {
    use std::sync::atomic::{AtomicUsize, Ordering};

    static PASSED: AtomicUsize = AtomicUsize::new(0);
    let number = PASSED.fetch_add(1, Ordering::Relaxed) + 1;
    if let Some(path) = std::env::var_os("DAINO_TEST_KILL_TRACE") {
        use std::io::Write;
        let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
        let _ = file.and_then(|mut file| writeln!(file, "{name}"));
    }
    let is_here =
        |asked: std::ffi::OsString| asked == name || asked == format!("#{number}").as_str();
    if std::env::var_os("DAINO_TEST_KILL_AT").is_some_and(is_here) {
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

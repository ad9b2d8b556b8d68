//! A line that a person types and nobody sees.
//!
//! The order is that of readpassphrase(3): echo goes off first, and what was typed ahead is thrown
//! away, and only then the prompt appears. Whoever types as soon as the prompt is there (a person
//! who is quick, a program that watches the screen) is heard whole and shown nothing.

use std::io;

/// Switches echo off, calls `prompt`, and reads one line without its end.
///
/// The terminal is put back in any case. An error when there is no terminal or the input is at its
/// end.
#[cfg(unix)]
pub(crate) fn read_secret(prompt: impl FnOnce() -> io::Result<()>) -> io::Result<String> {
    use std::io::{BufRead as _, IsTerminal as _};

    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    struct Restore<'a>(&'a std::fs::File, Termios);

    impl Drop for Restore<'_> {
        fn drop(&mut self) {
            // There is nobody to tell.
            let _ = tcsetattr(self.0, OptionalActions::Now, &self.1);
        }
    }

    let stdin = io::stdin();
    let terminal = if stdin.is_terminal() {
        std::fs::File::from(rustix::io::dup(&stdin)?)
    } else {
        std::fs::File::open("/dev/tty")?
    };
    let before = tcgetattr(&terminal)?;
    let mut unseen = before.clone();
    unseen.local_modes.remove(LocalModes::ECHO);
    let _restore = Restore(&terminal, before);
    tcsetattr(&terminal, OptionalActions::Flush, &unseen)?;
    prompt()?;
    let mut line = String::new();
    // A terminal hands out one line at a time: nothing of the next one is taken.
    if io::BufReader::new(&terminal).read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    line.truncate(line.trim_end_matches(['\r', '\n']).len());
    Ok(line)
}

/// Calls `prompt`, and reads one line without its end, unseen.
#[cfg(not(unix))]
pub(crate) fn read_secret(prompt: impl FnOnce() -> io::Result<()>) -> io::Result<String> {
    prompt()?;
    console::Term::stderr().read_secure_line()
}

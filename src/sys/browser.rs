//! The browser of this account.

use std::process::{Command, Stdio};

/// Opens an address of ours. That there is no browser is no failure: the address is on the screen.
pub(crate) fn open(url: &str) {
    let (program, first): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let started = Command::new(program)
        .args(first)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Ok(mut child) = started {
        // Waited for aside, so that it does not stay as a dead process.
        std::thread::spawn(move || child.wait());
    }
}

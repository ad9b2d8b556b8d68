//! Single keys from a terminal, without waiting for return.
//!
//! Only line editing and echo are switched off: Ctrl-C still interrupts, and what is printed looks
//! as always. The terminal is put back when [`Keys`] is dropped.

use std::io;

use tokio::sync::mpsc::UnboundedReceiver;

/// Keys as they are pressed.
#[derive(Debug)]
pub(crate) struct Keys {
    receiver: UnboundedReceiver<char>,
    #[cfg(unix)]
    _restore: unix::Restore,
}

impl Keys {
    /// The next key; never ends before it is dropped.
    pub(crate) async fn next(&mut self) -> char {
        match self.receiver.recv().await {
            Some(key) => key,
            // The input is at its end: no more keys, but what runs goes on.
            None => std::future::pending().await,
        }
    }
}

#[cfg(unix)]
mod unix {
    use super::*;
    use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};

    /// The terminal as it was.
    #[derive(Debug)]
    pub(super) struct Restore(Termios);

    impl Drop for Restore {
        fn drop(&mut self) {
            // There is nobody to tell.
            let _ = tcsetattr(io::stdin(), OptionalActions::Now, &self.0);
        }
    }

    /// Reads keys from the terminal at standard input; an error when it is none.
    pub(super) fn start() -> io::Result<Keys> {
        let before = tcgetattr(io::stdin())?;
        let mut single = before.clone();
        single.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        tcsetattr(io::stdin(), OptionalActions::Now, &single)?;
        let restore = Restore(before);
        let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
        // Ends with the program: a read from a terminal cannot be called off.
        std::thread::Builder::new().name("keys".to_owned()).spawn(move || {
            let mut byte = [0];
            while let Ok(1) = rustix::io::read(io::stdin(), &mut byte) {
                if sender.send(char::from(byte[0])).is_err() {
                    return;
                }
            }
        })?;
        Ok(Keys { receiver, _restore: restore })
    }
}

/// Reads keys from the terminal at standard input; an error when there is none.
pub(crate) fn keys() -> io::Result<Keys> {
    #[cfg(unix)]
    return unix::start();
    #[cfg(not(unix))]
    Err(io::Error::new(io::ErrorKind::Unsupported, "no single keys on this system yet"))
}

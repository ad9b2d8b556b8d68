//! Being asked to stop: Ctrl-C, and `SIGTERM` where there is such a thing.

use std::io;

/// Hears when the process is asked to stop. From when it exists, the request no longer ends the
/// process by itself.
pub(crate) struct StopSignal {
    interrupt: Signal,
    terminate: Signal,
}

#[cfg(unix)]
type Signal = tokio::signal::unix::Signal;
#[cfg(windows)]
type Signal = tokio::signal::windows::CtrlC;

#[cfg(unix)]
fn listen() -> io::Result<(Signal, Signal)> {
    use tokio::signal::unix::{SignalKind, signal};
    Ok((signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?))
}

#[cfg(windows)]
fn listen() -> io::Result<(Signal, Signal)> {
    use tokio::signal::windows::ctrl_c;
    Ok((ctrl_c()?, ctrl_c()?))
}

impl StopSignal {
    /// Listens from now on. Needs the async runtime.
    pub(crate) fn new() -> io::Result<Self> {
        let (interrupt, terminate) = listen()?;
        Ok(Self { interrupt, terminate })
    }

    /// Waits until the process is asked to stop, once for each time it is.
    pub(crate) async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

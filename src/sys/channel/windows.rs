//! The channel on Windows: a named pipe that goes both ways.
//!
//! Its name is random, it takes one client, and that client is opened before anybody is told of it:
//! whoever guessed the name and was faster makes the opening fail, and no worker starts.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::os::windows::io::{AsHandle, AsRawHandle};
use std::pin::Pin;
use std::process::Stdio;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use tokio::io::{AsyncRead, ReadBuf};
use tokio::net::windows::named_pipe::{NamedPipeServer, ServerOptions};
use windows_sys::Win32::System::Pipes::PeekNamedPipe;

use super::Writer;

/// How often a worker that waits for a time looks whether something came.
const LOOK: Duration = Duration::from_millis(1);

/// Our end.
pub(crate) type BrokerChannel = NamedPipeServer;

/// A new pipe: our end, ready for the async runtime, and the child's.
pub(crate) fn pair() -> io::Result<(BrokerChannel, Stdio)> {
    let mut random = [0_u8; 16];
    getrandom::fill(&mut random).map_err(io::Error::other)?;
    let name = format!(r"\\.\pipe\daino-pdk-{:032x}", u128::from_ne_bytes(random));
    let ours = ServerOptions::new()
        .first_pipe_instance(true)
        .reject_remote_clients(true)
        .max_instances(1)
        .create(&name)?;
    let theirs = OpenOptions::new().read(true).write(true).open(&name)?;
    Ok((ours, Stdio::from(theirs)))
}

/// Where messages of a child come in.
#[derive(Debug)]
pub(crate) struct Reader(Arc<NamedPipeServer>);

/// What writes to a child.
pub(super) type Outgoing = Arc<NamedPipeServer>;

/// Our end, as two.
pub(crate) fn split(channel: BrokerChannel) -> (Reader, Writer) {
    let channel = Arc::new(channel);
    (Reader(Arc::clone(&channel)), Writer(channel))
}

impl AsyncRead for Reader {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        loop {
            ready!(self.0.poll_read_ready(context))?;
            match self.0.try_read(buffer.initialize_unfilled()) {
                Ok(count) => {
                    buffer.advance(count);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                // The child is gone: the end, as a socket tells it.
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    return Poll::Ready(Ok(()));
                }
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

/// The child's end: blocking, one thread.
#[derive(Debug)]
pub(crate) struct WorkerChannel(File);

impl WorkerChannel {
    /// Takes the end this process was started with.
    pub(crate) fn inherited() -> io::Result<Self> {
        Ok(Self(File::from(io::stdin().as_handle().try_clone_to_owned()?)))
    }

    /// Sends everything.
    pub(crate) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.0.write_all(bytes)
    }

    /// Waits at most `wait` (`None`: for ever) and adds what is there to `buffer`, as far as it
    /// has room. `None` when nothing came; `Some(0)` when the other side is gone.
    pub(crate) fn receive(
        &mut self,
        buffer: &mut Vec<u8>,
        wait: Option<Duration>,
    ) -> io::Result<Option<usize>> {
        let until = wait.map(|wait| Instant::now() + wait);
        while let Some(until) = until {
            match self.has_come() {
                Ok(true) => break,
                Ok(false) if Instant::now() >= until => return Ok(None),
                Ok(false) => std::thread::sleep(LOOK),
                Err(error) => return at_the_end(error).map(Some),
            }
        }
        let before = buffer.len();
        buffer.resize(buffer.capacity(), 0);
        let count = self.0.read(&mut buffer[before..]).or_else(at_the_end);
        buffer.truncate(before + count.as_ref().map_or(0, |count| *count));
        count.map(Some)
    }

    /// Whether there is something to read.
    #[allow(unsafe_code)]
    fn has_come(&self) -> io::Result<bool> {
        let mut count = 0;
        // SAFETY: the handle is open as long as `self`; nothing is copied to the null pointers, and
        // `count` is written only.
        let done = unsafe {
            PeekNamedPipe(
                self.0.as_raw_handle(),
                std::ptr::null_mut(),
                0,
                std::ptr::null_mut(),
                &raw mut count,
                std::ptr::null_mut(),
            )
        };
        if done == 0 { Err(io::Error::last_os_error()) } else { Ok(count > 0) }
    }
}

/// That the other side is gone is the end, not an error.
fn at_the_end(error: io::Error) -> io::Result<usize> {
    if error.kind() == io::ErrorKind::BrokenPipe { Ok(0) } else { Err(error) }
}

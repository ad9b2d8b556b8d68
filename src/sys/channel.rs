//! A channel between this program and a child, which gets its end as standard input: a socket, on
//! Windows a named pipe.

#[cfg(target_os = "linux")]
pub(crate) use unix::until_readable;

use std::io;

#[cfg(unix)]
use unix::Outgoing;
#[cfg(unix)]
pub(crate) use unix::{BrokerChannel, Reader, WorkerChannel, pair, split};

/// Where messages to a child go out.
#[derive(Debug)]
pub(crate) struct Writer(Outgoing);

impl Writer {
    /// Writes what there is room for now; how many bytes that were.
    pub(crate) fn write_now(&self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.try_write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(0),
            other => other,
        }
    }

    /// Writes everything, waiting for room.
    pub(crate) async fn write_all(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.0.writable().await?;
            bytes = &bytes[self.write_now(bytes)?..];
        }
        Ok(())
    }
}

#[cfg(unix)]
mod unix {
    use std::io::{self, Write};
    use std::os::fd::{AsFd, OwnedFd};
    #[cfg(target_os = "linux")]
    use std::os::fd::{AsRawFd, BorrowedFd, RawFd};
    use std::os::unix::net::UnixStream;
    use std::time::Duration;

    /// Our end.
    pub(crate) type BrokerChannel = tokio::net::UnixStream;

    /// A new socket: our end, ready for the async runtime, and the child's.
    pub(crate) fn pair() -> io::Result<(BrokerChannel, OwnedFd)> {
        let (ours, theirs) = UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        Ok((BrokerChannel::from_std(ours)?, OwnedFd::from(theirs)))
    }

    /// Where messages of a child come in.
    pub(crate) type Reader = tokio::net::unix::OwnedReadHalf;
    /// What writes to a child.
    pub(super) type Outgoing = tokio::net::unix::OwnedWriteHalf;

    /// Our end, as two.
    pub(crate) fn split(channel: BrokerChannel) -> (Reader, super::Writer) {
        let (reader, writer) = channel.into_split();
        (reader, super::Writer(writer))
    }

    /// Waits until there is something to read. May be dropped while it waits.
    #[cfg(target_os = "linux")]
    pub(crate) async fn until_readable(descriptor: BorrowedFd<'_>) -> io::Result<()> {
        use tokio::io::{Interest, unix::AsyncFd};
        // SAFETY: what is borrowed is open, and stays the same, until the registration below ends
        // with this function.
        #[allow(unsafe_code)]
        let registered = unsafe { AsyncFd::register_with_interest(descriptor, Interest::READABLE) };
        let registered = registered.map_err(|error| error.into_parts().1)?;
        registered.readable().await.map(drop)
    }

    /// The child's end: blocking, one thread.
    #[derive(Debug)]
    pub(crate) struct WorkerChannel(UnixStream);

    impl From<OwnedFd> for WorkerChannel {
        fn from(socket: OwnedFd) -> Self {
            Self(UnixStream::from(socket))
        }
    }

    impl WorkerChannel {
        /// Takes the end this process was started with.
        pub(crate) fn inherited() -> io::Result<Self> {
            Ok(Self(UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?)))
        }

        /// The descriptor to keep open.
        #[cfg(target_os = "linux")]
        pub(crate) fn descriptor(&self) -> RawFd {
            self.0.as_raw_fd()
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
            use rustix::buffer::spare_capacity;
            use rustix::event::{PollFd, PollFlags, Timespec, poll};
            let wait = wait.map(|w| Timespec {
                tv_sec: w.as_secs() as i64,
                tv_nsec: i64::from(w.subsec_nanos()),
            });
            let mut asked = [PollFd::new(&self.0, PollFlags::IN)];
            match poll(&mut asked, wait.as_ref()) {
                Ok(0) => Ok(None),
                Ok(_) => Ok(Some(rustix::io::read(&self.0, spare_capacity(buffer))?)),
                Err(rustix::io::Errno::INTR) => Ok(None),
                Err(error) => Err(error.into()),
            }
        }
    }
}

#[cfg(windows)]
mod windows;
#[cfg(windows)]
use windows::Outgoing;
#[cfg(windows)]
pub(crate) use windows::{BrokerChannel, Reader, WorkerChannel, pair, split};

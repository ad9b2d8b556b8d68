//! The worker's end of the socket: whole messages, blocking.

use std::io;
use std::time::{Duration, Instant};

use crate::sandbox::protocol::{BrokerToWorker, FrameReader, WorkerToBroker, encode};
use crate::sys::channel::WorkerChannel;

/// Messages over the socket.
pub(super) struct Wire {
    /// `None` before there is a broker.
    channel: Option<WorkerChannel>,
    frames: FrameReader,
    /// Room for what arrives. Not filled with zeros, so that only the pages that are read into count.
    buffer: Vec<u8>,
}

/// Bytes that are read at once, at most.
const ROOM: usize = 64 * 1024;

impl Wire {
    pub(super) fn new(channel: WorkerChannel) -> Self {
        let buffer = Vec::with_capacity(ROOM);
        Self { channel: Some(channel), frames: FrameReader::default(), buffer }
    }

    /// No broker yet: nothing can be sent or received.
    pub(super) fn unconnected() -> Self {
        Self { channel: None, frames: FrameReader::default(), buffer: Vec::new() }
    }

    /// Sends a message; an error when it is too large or the broker is gone.
    pub(super) fn send(&mut self, message: &WorkerToBroker) -> io::Result<()> {
        let frame = encode(message).map_err(io::Error::other)?;
        self.channel.as_mut().ok_or(io::ErrorKind::NotConnected)?.send(&frame)
    }

    /// The next message, waiting at most `wait`; `None` when none came in time. The end of the
    /// stream is an error.
    pub(super) fn receive(&mut self, wait: Option<Duration>) -> io::Result<Option<BrokerToWorker>> {
        let until = wait.map(|wait| Instant::now() + wait);
        loop {
            if let Some(message) = self.frames.next_message().map_err(io::Error::other)? {
                return Ok(Some(message));
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            let channel = self.channel.as_mut().ok_or(io::ErrorKind::NotConnected)?;
            self.buffer.clear();
            match channel.receive(&mut self.buffer, left)? {
                None if left.is_some_and(|left| left.is_zero()) => return Ok(None),
                None => {}
                Some(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                Some(_) => self.frames.feed(&self.buffer),
            }
        }
    }
}

//! Messages to a worker, in order. Sending never waits: what the socket has no room for is left to a
//! task, so that two full buffers cannot wait for each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use crate::sys::channel::Writer;

/// Where messages to a worker go.
pub(super) struct Outbox {
    writer: Arc<Writer>,
    /// What waits for room.
    queue: UnboundedSender<Vec<u8>>,
    /// How many pieces wait.
    waiting: Arc<AtomicUsize>,
}

impl Outbox {
    pub(super) fn new(writer: Writer) -> Self {
        let (queue, mut pieces) = unbounded_channel::<Vec<u8>>();
        let (writer, waiting) = (Arc::new(writer), Arc::new(AtomicUsize::new(0)));
        let (shared, count) = (Arc::clone(&writer), Arc::clone(&waiting));
        tokio::spawn(async move {
            while let Some(piece) = pieces.recv().await {
                if shared.write_all(&piece).await.is_err() {
                    return;
                }
                count.fetch_sub(1, Ordering::AcqRel);
            }
        });
        Self { writer, queue, waiting }
    }

    /// Sends a frame. That the worker is gone shows on reading.
    pub(super) fn send(&self, mut frame: Vec<u8>) {
        if self.waiting.load(Ordering::Acquire) == 0 {
            let written = self.writer.write_now(&frame).unwrap_or(frame.len());
            frame.drain(..written);
            if frame.is_empty() {
                return;
            }
        }
        self.waiting.fetch_add(1, Ordering::AcqRel);
        // The task ends only when the worker is gone.
        let _ = self.queue.send(frame);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use tokio::io::AsyncReadExt;

    use super::*;

    /// More than a socket holds, in pieces of every size, comes in the order it was sent.
    #[tokio::test]
    async fn what_waits_for_room_keeps_its_place() {
        let (ours, mut theirs) = crate::sys::channel::BrokerChannel::pair().unwrap();
        let (_reader, writer) = crate::sys::channel::split(ours);
        let outbox = Outbox::new(writer);
        let mut expected = Vec::new();
        for number in 0..200_u32 {
            let piece = vec![number as u8; (number as usize * 997) % 50_000 + 1];
            expected.extend_from_slice(&piece);
            outbox.send(piece);
            if number % 20 == 0 {
                tokio::task::yield_now().await;
            }
        }
        assert!(outbox.waiting.load(Ordering::Acquire) > 0, "the socket took everything at once");
        let mut seen = vec![0; expected.len()];
        theirs.read_exact(&mut seen).await.unwrap();
        assert!(seen == expected);
        outbox.send(b"then".to_vec());
        let mut last = [0; 4];
        theirs.read_exact(&mut last).await.unwrap();
        assert_eq!(&last, b"then");
    }
}

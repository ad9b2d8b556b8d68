//! What must hold for any bytes that a worker sends.

use super::{FrameReader, WorkerToBroker, encode};

/// Reads a stream in one piece and in pieces of every small size: the messages, and the error at
/// the end, are the same. A message that was read can be written, and reads as itself again.
pub(crate) fn reads_the_same_however_cut(stream: &[u8]) {
    let whole = read(std::iter::once(stream));
    for size in [1, 2, 3, 5, 7, 64, 1000] {
        assert_eq!(read(stream.chunks(size)), whole, "{stream:?} in pieces of {size}");
    }
}

fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<String> {
    let mut reader = FrameReader::default();
    let mut seen = Vec::new();
    for piece in pieces {
        reader.feed(piece);
        loop {
            match reader.next_message::<WorkerToBroker>() {
                Ok(Some(message)) => {
                    let told = format!("{message:?}");
                    assert_eq!(written(&message), told);
                    seen.push(told);
                }
                Ok(None) => break,
                Err(error) => {
                    seen.push(error.to_string());
                    return seen;
                }
            }
        }
    }
    seen
}

fn written(message: &WorkerToBroker) -> String {
    let mut reader = FrameReader::default();
    reader.feed(&encode(message).expect("a message that was read is within the limits"));
    match reader.next_message::<WorkerToBroker>() {
        Ok(Some(again)) => format!("{again:?}"),
        other => panic!("{message:?} is written as {other:?}"),
    }
}

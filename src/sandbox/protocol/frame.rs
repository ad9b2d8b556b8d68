//! Frames: four bytes of length, little-endian, then that many bytes.
//!
//! The length is checked before anything is kept, so a peer that lies about it costs nothing.

/// Most bytes of one frame, without its length.
pub(crate) const MAX_FRAME: usize = 16 * 1024 * 1024;
const PREFIX: usize = 4;

/// A stream of bytes that is not a stream of frames.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum FrameError {
    /// The length is over the limit.
    #[error("a message of {0} bytes is over the limit of {MAX_FRAME}")]
    TooLong(usize),
    /// The length is zero, which no message has.
    #[error("an empty message")]
    Empty,
    /// The content is not a message.
    #[error("not a message: {0}")]
    Malformed(String),
}

/// A message as a frame.
pub(crate) fn encode<M: serde::Serialize>(message: &M) -> Result<Vec<u8>, FrameError> {
    let mut frame = vec![0; PREFIX];
    serde_json::to_writer(&mut frame, message).map_err(|e| FrameError::Malformed(e.to_string()))?;
    let length = frame.len() - PREFIX;
    if length > MAX_FRAME {
        return Err(FrameError::TooLong(length));
    }
    frame[..PREFIX].copy_from_slice(&(length as u32).to_le_bytes());
    Ok(frame)
}

/// Cuts what arrives into frames. Bytes go in as they come; whole messages come out.
#[derive(Debug, Default)]
pub(crate) struct FrameReader {
    pending: Vec<u8>,
    taken: usize,
}

impl FrameReader {
    /// Adds bytes that arrived.
    pub(crate) fn feed(&mut self, bytes: &[u8]) {
        if self.taken > 0 {
            self.pending.drain(..self.taken);
            self.taken = 0;
        }
        self.pending.extend_from_slice(bytes);
    }

    /// The next whole frame, or `None` until more bytes arrive.
    pub(crate) fn next_frame(&mut self) -> Result<Option<&[u8]>, FrameError> {
        let rest = &self.pending[self.taken..];
        let Some(prefix) = rest.first_chunk::<PREFIX>() else { return Ok(None) };
        let length = u32::from_le_bytes(*prefix) as usize;
        match length {
            0 => return Err(FrameError::Empty),
            l if l > MAX_FRAME => return Err(FrameError::TooLong(l)),
            _ => {}
        }
        if rest.len() < PREFIX + length {
            return Ok(None);
        }
        let start = self.taken + PREFIX;
        self.taken = start + length;
        Ok(Some(&self.pending[start..self.taken]))
    }

    /// The next whole message.
    pub(crate) fn next_message<M>(&mut self) -> Result<Option<M>, FrameError>
    where
        M: serde::de::DeserializeOwned,
    {
        let Some(frame) = self.next_frame()? else { return Ok(None) };
        serde_json::from_slice(frame).map(Some).map_err(|e| FrameError::Malformed(e.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::WorkerToBroker;
    use super::*;

    fn ready() -> Vec<u8> {
        encode(&WorkerToBroker::Ready).unwrap()
    }

    #[test]
    fn messages_survive_any_cutting() {
        let stream: Vec<u8> = (0..5).flat_map(|_| ready()).collect();
        for step in 1..=stream.len() {
            let mut reader = FrameReader::default();
            let mut count = 0;
            for piece in stream.chunks(step) {
                reader.feed(piece);
                while let Some(message) = reader.next_message::<WorkerToBroker>().unwrap() {
                    assert!(matches!(message, WorkerToBroker::Ready));
                    count += 1;
                }
            }
            assert_eq!(count, 5, "cut in pieces of {step}");
        }
    }

    #[test]
    fn a_lying_length_is_refused_before_the_bytes_come() {
        for (length, expected) in [
            (0, FrameError::Empty),
            (MAX_FRAME as u32 + 1, FrameError::TooLong(MAX_FRAME + 1)),
            (u32::MAX, FrameError::TooLong(u32::MAX as usize)),
        ] {
            let mut reader = FrameReader::default();
            reader.feed(&length.to_le_bytes());
            assert_eq!(reader.next_frame().unwrap_err(), expected);
        }
    }

    #[test]
    fn a_truncated_message_waits_and_garbage_is_refused() {
        let whole = ready();
        let mut reader = FrameReader::default();
        reader.feed(&whole[..whole.len() - 1]);
        assert_eq!(reader.next_frame().unwrap(), None);
        reader.feed(&whole[whole.len() - 1..]);
        assert!(reader.next_frame().unwrap().is_some());
        reader.feed(&[3, 0, 0, 0, 0xff, 0xfe, b'{']);
        let refused = reader.next_message::<WorkerToBroker>();
        assert!(matches!(refused, Err(FrameError::Malformed(_))));
    }

    /// Bytes of a small generator, so that a failure repeats.
    #[test]
    fn random_bytes_never_panic_nor_make_a_message() {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        for _ in 0..2_000 {
            let mut bytes: Vec<u8> = (0..next() % 64).map(|_| next() as u8).collect();
            if next() % 2 == 0 && bytes.len() > 4 {
                let body = (bytes.len() - 4) as u32;
                bytes[..4].copy_from_slice(&body.to_le_bytes());
            }
            let mut reader = FrameReader::default();
            reader.feed(&bytes);
            assert!(!matches!(reader.next_message::<WorkerToBroker>(), Ok(Some(_))), "{bytes:?}");
        }
    }

    /// However a stream is cut, it reads the same: as messages, or as the same error.
    #[test]
    fn mutated_streams_read_the_same_however_they_are_cut() {
        const SEEDS: &[&str] = &[
            "\"Ready\"",
            r#"{"Hello":{"version":1,"layers":[{"name":"seccomp","required":true,"state":"active"}]}}"#,
            r#"{"HostCall":{"id":1,"op":"db.query","arguments":{"sql":"x","params":[1,null]}}}"#,
            r#"{"Log":{"level":"info","text":"\u0000x"}}"#,
            r#"{"Done":{"id":1,"result":{"Ok":{"value":[1],"used":{"millis":1.0,"host_calls":0,"peak_heap":0}}}}}"#,
            r#"{"Done":{"id":1,"result":{"Err":{"Thrown":{"name":"E","message":"m","stack":"s"}}}}}"#,
        ];
        const WORDS: &[&str] = &[
            "{",
            "}",
            "[[[[",
            "\\u0000",
            "-1",
            "1e999",
            "null",
            "\"Err\"",
            "\u{fffd}",
            "\0\0\0\x01",
        ];
        let count = crate::sys::mutate::repeat(|mutator| {
            let mut stream = Vec::new();
            for _ in 0..=mutator.below(3) {
                let seed = mutator.pick(SEEDS);
                let body = mutator.vary(seed.as_bytes(), WORDS);
                stream.extend_from_slice(&(body.len() as u32).to_le_bytes());
                stream.extend_from_slice(&body);
            }
            if mutator.below(4) == 0 {
                stream = mutator.vary(&stream, WORDS);
            }
            super::super::reads_the_same_however_cut(&stream);
        });
        assert!(count > 100);
    }

    #[test]
    fn deep_nesting_is_refused_not_followed() {
        let body = "[".repeat(100_000);
        let mut bytes = (body.len() as u32).to_le_bytes().to_vec();
        bytes.extend_from_slice(body.as_bytes());
        let mut reader = FrameReader::default();
        reader.feed(&bytes);
        assert!(reader.next_message::<WorkerToBroker>().is_err());
    }
}

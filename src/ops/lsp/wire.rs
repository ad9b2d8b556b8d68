//! Messages on standard input and output, in frames of `Content-Length`.
//!
//! What an editor sends is bounded before memory is taken for it. A frame whose body is no message
//! is answered with an error and left behind; after a header that cannot be read nobody knows where
//! the next frame begins, so that ends the session.

use std::io::{self, BufRead, Read, Write};
use std::thread::{self, JoinHandle};

use lsp_server::{Connection, Message};
use serde_json::{Value, json};

/// Most bytes of one message: a text of 20 MB with every byte escaped fits.
const MAX_BODY: usize = 64 * 1024 * 1024;
/// Most bytes of the header of a frame.
const MAX_HEADER: u64 = 8 * 1024;
/// Errors of JSON-RPC.
const PARSE_ERROR: i32 = -32700;
const INVALID_REQUEST: i32 = -32600;

/// The threads that read and write.
#[derive(Debug)]
pub(super) struct Threads {
    reader: JoinHandle<io::Result<()>>,
    writer: JoinHandle<io::Result<()>>,
}

impl Threads {
    /// Waits until everything is written, and says why reading ended when it ended badly.
    pub(super) fn join(self) -> io::Result<()> {
        let broken = || io::Error::other("a thread broke off");
        self.writer.join().map_err(|_| broken())??;
        // An editor that keeps the pipe open after `exit` is not waited for.
        if self.reader.is_finished() {
            return self.reader.join().map_err(|_| broken())?;
        }
        Ok(())
    }
}

/// A connection over standard input and output.
pub(super) fn open() -> (Connection, Threads) {
    let (ours, theirs) = Connection::memory();
    let (incoming, outgoing) = (theirs.sender, theirs.receiver);
    let writer = thread::spawn(move || {
        outgoing.into_iter().try_for_each(|message| message.write(&mut io::stdout().lock()))
    });
    let reader = thread::spawn(move || {
        let mut input = io::stdin().lock();
        while let Some(body) = frame(&mut input)? {
            match message(&body) {
                Ok(message) => {
                    let is_exit =
                        matches!(&message, Message::Notification(n) if n.method == "exit");
                    if incoming.send(message).is_err() || is_exit {
                        break;
                    }
                }
                Err((code, words)) => complain(code, &words)?,
            }
        }
        Ok(())
    });
    (ours, Threads { reader, writer })
}

/// The body of the next frame; nothing at the end of the input.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let bad = |why: &str| io::Error::new(io::ErrorKind::InvalidData, why.to_owned());
    let (mut length, mut header) = (None, input.take(MAX_HEADER));
    let mut is_first = true;
    loop {
        let mut line = Vec::new();
        if header.read_until(b'\n', &mut line)? == 0 {
            // The end between two frames is no mistake.
            return if is_first { Ok(None) } else { Err(bad("a header without its end")) };
        }
        if line.last() != Some(&b'\n') {
            return Err(bad("a header that is too long, or cut off"));
        }
        is_first = false;
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| bad("a header without a colon"))?;
        if name.trim().eq_ignore_ascii_case("content-length") {
            length = Some(value.trim().parse::<usize>().map_err(|_| bad("no number of bytes"))?);
        }
    }
    let length = length.ok_or_else(|| bad("a frame without `Content-Length`"))?;
    if length > MAX_BODY {
        return Err(bad("a message larger than 64 MB"));
    }
    let input = header.into_inner();
    // Memory is taken as bytes come, not as they are promised.
    let mut body = Vec::new();
    input.take(length as u64).read_to_end(&mut body)?;
    if body.len() < length {
        return Err(bad("a message that is cut off"));
    }
    Ok(Some(body))
}

/// The message that a body is, or the error that answers it.
fn message(body: &[u8]) -> Result<Message, (i32, String)> {
    let value: Value = serde_json::from_slice(body)
        .map_err(|error| (PARSE_ERROR, format!("this is not JSON: {error}")))?;
    serde_json::from_value(value)
        .map_err(|_| (INVALID_REQUEST, "this is no message of JSON-RPC".to_owned()))
}

fn complain(code: i32, words: &str) -> io::Result<()> {
    let body = json!({
        "jsonrpc": "2.0", "id": null, "error": { "code": code, "message": words },
    })
    .to_string();
    let mut out = io::stdout().lock();
    write!(out, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> io::Result<Option<Vec<u8>>> {
        frame(&mut text.as_bytes())
    }

    #[test]
    fn frames_are_bounded() {
        assert_eq!(read("").unwrap(), None);
        let two = "content-length:2\nContent-Type: x\n\n{}rest";
        assert_eq!(read(two).unwrap().unwrap(), b"{}");
        for bad in [
            "Content-Length: 99999999999\r\n\r\n",
            "Content-Length: 99999999999999999999999\r\n\r\n",
            "Content-Length: -1\r\n\r\n",
            "Content-Length: 5\r\n\r\nab",
            "Content-Type: x\r\n\r\n{}",
            "garbage\r\n\r\n",
            "Content-Length: 5",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(read(&format!("X: {}\r\n", "a".repeat(9_000))).is_err());
        assert_eq!(message(b"{").unwrap_err().0, PARSE_ERROR);
        assert_eq!(message(b"[]").unwrap_err().0, INVALID_REQUEST);
        assert_eq!(message("[".repeat(100_000).as_bytes()).unwrap_err().0, PARSE_ERROR);
    }
}

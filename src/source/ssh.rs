//! The system's `ssh` as a way to a repository: keys, agent and known hosts are the user's own.
//!
//! Nothing a repository's address says can become an option or another command: user and host were
//! checked for plain characters when the address was read, `--` ends the options, and the path is
//! one quoted word. Nobody is asked (`BatchMode`): an unknown host or a missing key is an error.

use std::io::{Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use url::Url;

use super::SourceError;

/// Most bytes of what `ssh` complains about that are kept.
const MAX_COMPLAINT: u64 = 4 * 1024;

/// A running `ssh` with `git-upload-pack` at its other end. Dropped, it is ended.
pub(super) struct Ssh {
    child: Arc<Mutex<Child>>,
    input: ChildStdin,
    output: ChildStdout,
    deadline: Instant,
    url: String,
    complaint: Option<std::thread::JoinHandle<String>>,
    /// Dropped, it ends the watch.
    _watched: Sender<()>,
}

impl Ssh {
    /// Starts it. It is killed at `deadline`.
    pub(super) fn start(url: &str, deadline: Instant) -> Result<Self, SourceError> {
        let failed = |error: std::io::Error| SourceError::Ssh(error.to_string());
        let arguments = arguments(url)?;
        let mut child = Command::new("ssh")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(input), Some(output)) = (input, output) else {
            return Err(SourceError::Ssh("it has no pipes".to_owned()));
        };
        let complaint = child.stderr.take().map(|stderr| {
            std::thread::spawn(move || {
                let mut bytes = Vec::new();
                let _ = stderr.take(MAX_COMPLAINT).read_to_end(&mut bytes);
                String::from_utf8_lossy(&bytes).trim().to_owned()
            })
        });
        let child = Arc::new(Mutex::new(child));
        let (sender, receiver) = mpsc::channel();
        let watched = Arc::clone(&child);
        std::thread::spawn(move || {
            let left = deadline.saturating_duration_since(Instant::now());
            if receiver.recv_timeout(left) == Err(RecvTimeoutError::Timeout) {
                end(&watched);
            }
        });
        let url = url.to_owned();
        Ok(Self { child, input, output, deadline, url, complaint, _watched: sender })
    }

    /// Reads what the other end says.
    pub(super) fn read(&mut self, buffer: &mut [u8]) -> Result<usize, SourceError> {
        match self.output.read(buffer) {
            Ok(0) if !buffer.is_empty() => Err(self.why("it ended")),
            Ok(length) => Ok(length),
            Err(error) => Err(self.why(&error.to_string())),
        }
    }

    /// Says something to the other end.
    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<usize, SourceError> {
        self.input.write(bytes).map_err(|error| self.why(&error.to_string()))
    }

    /// Why it says nothing more.
    fn why(&mut self, otherwise: &str) -> SourceError {
        if Instant::now() >= self.deadline {
            return SourceError::Slow(self.url.clone());
        }
        end(&self.child);
        let told = self.complaint.take().and_then(|thread| thread.join().ok());
        let told = told.filter(|text| !text.is_empty());
        SourceError::Ssh(told.unwrap_or_else(|| otherwise.to_owned()))
    }
}

impl Drop for Ssh {
    fn drop(&mut self) {
        end(&self.child);
    }
}

fn end(child: &Mutex<Child>) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = child.kill();
    let _ = child.wait();
}

fn arguments(url: &str) -> Result<Vec<String>, SourceError> {
    let wrong = |reason| SourceError::Address { text: url.chars().take(200).collect(), reason };
    // Only what passed the check of addresses comes here; it is checked again all the same.
    super::address::check_ssh(url).map_err(wrong)?;
    let parsed = Url::parse(url).map_err(|_| wrong("it is no address"))?;
    let host = parsed.host_str().ok_or_else(|| wrong("it has no host"))?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let path = percent_decoded(parsed.path()).ok_or_else(|| wrong("its path is not text"))?;
    if path.chars().any(char::is_control) || path.starts_with("/-") {
        return Err(wrong("its path has characters that a repository's has not"));
    }
    // `/~user/x` is below a home, as with Git itself.
    let path = path.strip_prefix("/~").map_or(path.clone(), |home| format!("~{home}"));
    let mut arguments: Vec<String> =
        ["-T", "-x", "-oBatchMode=yes", "-oConnectTimeout=15", "-oClearAllForwardings=yes"]
            .map(str::to_owned)
            .to_vec();
    if let Some(port) = parsed.port() {
        arguments.push(format!("-p{port}"));
    }
    let user = parsed.username();
    let place = if user.is_empty() { host.to_owned() } else { format!("{user}@{host}") };
    let quoted = path.replace('\'', r"'\''");
    arguments.extend(["--".to_owned(), place, format!("git-upload-pack '{quoted}'")]);
    Ok(arguments)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        match (first, tail) {
            (b'%', [high, low, left @ ..]) => {
                let digit = |byte: &u8| char::from(*byte).to_digit(16);
                bytes.push(u8::try_from(digit(high)? * 16 + digit(low)?).ok()?);
                rest = left;
            }
            (b'%', _) => return None,
            _ => bytes.push(first),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_becomes_words_that_cannot_be_options() {
        let words = arguments("ssh://git@git.example:2222/a%20b/it's.git").unwrap();
        let from = words.iter().position(|word| word == "--").unwrap();
        assert_eq!(words[from - 1], "-p2222");
        assert_eq!(words[from + 1..], ["git@git.example", r"git-upload-pack '/a b/it'\''s.git'"]);
        for bad in [
            "ssh://-oProxyCommand=sh/x",
            "ssh://a;b/x",
            "ssh://git.example/%0aid",
            "ssh://git.example/-x",
            "ssh://-x@git.example/y",
            "ssh://git.example/%ff",
        ] {
            assert!(arguments(bad).is_err(), "{bad}");
        }
    }
}

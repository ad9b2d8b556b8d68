//! Carries libgit2's smart protocol over our own HTTP client and over `ssh`.
//!
//! libgit2 calls from the thread that fetches, so what it needs to know (client, time limit, how
//! many bytes may come) waits in a place of that thread, and so does the reason when something
//! fails: libgit2 itself keeps no more than a text.

use std::cell::RefCell;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use base64::Engine;
use bytes::{Buf, Bytes};
use git2::transport::{Service, SmartSubtransport, SmartSubtransportStream};
use reqwest::Method;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use tokio::runtime::Handle;
use url::Url;

use super::SourceError;
use super::ssh::Ssh;
use crate::net::{Answer, NetError, Question, Web};
use crate::sys::git;

/// What one fetch may use.
#[derive(Clone)]
pub(super) struct Means {
    pub web: Web,
    pub runtime: Handle,
    pub deadline: Instant,
    /// Most bytes that may come.
    pub limit: u64,
    /// Bytes that came.
    pub received: Arc<AtomicU64>,
    /// The token for the repository's host.
    pub token: Option<String>,
}

thread_local! {
    static MEANS: RefCell<Option<Means>> = const { RefCell::new(None) };
    static REASON: RefCell<Option<SourceError>> = const { RefCell::new(None) };
}

/// Runs `work` on this thread with the means of a fetch. A failure of a carrier is the reason.
pub(super) fn with<T>(
    means: &Means,
    work: impl FnOnce() -> Result<T, SourceError>,
) -> Result<T, SourceError> {
    let registered = git::carry("https", true, || Ok(Http::default()))
        .and_then(|()| git::carry("http", true, || Ok(Http::default())))
        .and_then(|()| git::carry("ssh", false, || Ok(Shell)));
    registered.map_err(SourceError::Damaged)?;
    MEANS.set(Some(means.clone()));
    REASON.set(None);
    let done = work();
    MEANS.set(None);
    match REASON.take() {
        Some(reason) if done.is_err() => Err(reason),
        _ => done,
    }
}

fn means() -> Result<Means, git2::Error> {
    MEANS
        .with_borrow(Clone::clone)
        .ok_or_else(|| git2::Error::from_str("nothing is being fetched on this thread"))
}

/// Keeps the reason, and tells libgit2 that there is one.
fn fail(reason: SourceError) -> git2::Error {
    let text = reason.to_string().replace('\0', " ");
    REASON.set(Some(reason));
    git2::Error::from_str(&text)
}

/// Keeps the reason why a fetch is stopped from outside of a carrier.
pub(super) fn stop(reason: SourceError) {
    drop(fail(reason));
}

fn fail_io(reason: SourceError) -> io::Error {
    io::Error::other(fail(reason).message().to_owned())
}

/// Counts what came; over the limit is an error.
fn count(means: &Means, bytes: usize) -> Result<(), SourceError> {
    let before = means.received.fetch_add(bytes as u64, Ordering::Relaxed);
    match before + bytes as u64 > means.limit {
        true => Err(SourceError::Large {
            what: "what the server sends".to_owned(),
            limit: format!("{} MB", means.limit / (1024 * 1024)),
        }),
        false => Ok(()),
    }
}

/// HTTP: each question is a request of its own.
#[derive(Default)]
struct Http {
    /// Where the repository is after redirects, without a final slash.
    base: Arc<Mutex<Option<String>>>,
}

impl SmartSubtransport for Http {
    fn action(
        &self,
        url: &str,
        action: Service,
    ) -> Result<Box<dyn SmartSubtransportStream>, git2::Error> {
        let means = means()?;
        let mut base = self.base.lock().unwrap_or_else(PoisonError::into_inner);
        let url = url.trim_end_matches('/');
        let exchange = match action {
            Service::UploadPackLs => {
                let (refs, moved) = list(&means, url).map_err(fail)?;
                *base = Some(moved);
                Exchange {
                    means,
                    typed: url.to_owned(),
                    sending: None,
                    reading: Some(refs),
                    left: Bytes::new(),
                }
            }
            Service::UploadPack => {
                let base = base.clone().unwrap_or_else(|| url.to_owned());
                let sending = Some((base, Vec::new()));
                Exchange {
                    means,
                    typed: url.to_owned(),
                    sending,
                    reading: None,
                    left: Bytes::new(),
                }
            }
            _ => return Err(git2::Error::from_str("nothing is pushed")),
        };
        Ok(Box::new(exchange))
    }

    fn close(&self) -> Result<(), git2::Error> {
        Ok(())
    }
}

/// Asks for the list of refs; also says where the repository is.
fn list(means: &Means, url: &str) -> Result<(Answer, String), SourceError> {
    let wrong = |reason: String| SourceError::Protocol { url: url.to_owned(), reason };
    let parse = |text: String| Url::parse(&text).map_err(|error| wrong(error.to_string()));
    let address = parse(format!("{url}/info/refs?service=git-upload-pack"))?;
    let mut question = Question::get(address);
    if let Some(value) = authorization(means) {
        question = question.header(AUTHORIZATION, &value)?;
    }
    let answer = ask(means, question)?;
    match answer.status {
        200 => {}
        401 | 403 => return Err(SourceError::Denied(url.to_owned())),
        404 | 410 => return Err(SourceError::NotFound(url.to_owned())),
        status => return Err(wrong(format!("it answers {status}"))),
    }
    let kind = answer.header("content-type").unwrap_or_default().to_owned();
    if kind != "application/x-git-upload-pack-advertisement" {
        return Err(wrong("its answer is not a list of Git's refs".to_owned()));
    }
    let mut base = answer.url.clone();
    base.set_query(None);
    match base.as_str().strip_suffix("/info/refs") {
        Some(base) => Ok((answer, base.to_owned())),
        None => Err(wrong("it redirects to an address that is no repository's".to_owned())),
    }
}

fn ask(means: &Means, question: Question) -> Result<Answer, SourceError> {
    let asked = means.runtime.block_on(means.web.ask(question, means.deadline));
    asked.map_err(|error| or_slow(error, means))
}

/// A wait that ended because all the time is used up.
fn or_slow(error: NetError, means: &Means) -> SourceError {
    match error {
        NetError::Timeout { url, .. } if Instant::now() >= means.deadline => SourceError::Slow(url),
        error => error.into(),
    }
}

fn authorization(means: &Means) -> Option<String> {
    let token = means.token.as_ref()?;
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("oauth2:{token}"));
    Some(format!("Basic {pair}"))
}

/// One question and its answer.
struct Exchange {
    means: Means,
    /// The repository's address as a person typed it: the token is for that server alone.
    typed: String,
    /// Where to, and what: until the first byte of the answer is read.
    sending: Option<(String, Vec<u8>)>,
    reading: Option<Answer>,
    left: Bytes,
}

impl Exchange {
    fn send(&mut self) -> Result<(), SourceError> {
        let Some((base, body)) = self.sending.take() else { return Ok(()) };
        let wrong = |reason: String| SourceError::Protocol { url: base.clone(), reason };
        let url = format!("{base}/git-upload-pack");
        let url = Url::parse(&url).map_err(|error| wrong(error.to_string()))?;
        let typed = Url::parse(&self.typed).map_err(|error| wrong(error.to_string()))?;
        let mut question = Question::send(Method::POST, url, body)
            .typed(typed)
            .header(CONTENT_TYPE, "application/x-git-upload-pack-request")?
            .header(ACCEPT, "application/x-git-upload-pack-result")?;
        if let Some(value) = authorization(&self.means) {
            question = question.header(AUTHORIZATION, &value)?;
        }
        let means = &self.means;
        let answer = ask(means, question)?;
        let kind = answer.header("content-type").unwrap_or_default();
        if answer.status != 200 || kind != "application/x-git-upload-pack-result" {
            return Err(wrong(format!("it answers {} when objects are asked for", answer.status)));
        }
        self.reading = Some(answer);
        Ok(())
    }

    fn fill(&mut self) -> Result<(), SourceError> {
        self.send()?;
        let means = &self.means;
        while self.left.is_empty() {
            let Some(answer) = &mut self.reading else { return Ok(()) };
            match means.runtime.block_on(answer.piece(means.deadline)) {
                Ok(Some(piece)) => {
                    count(means, piece.len())?;
                    self.left = piece;
                }
                Ok(None) => self.reading = None,
                Err(error) => return Err(or_slow(error, means)),
            }
        }
        Ok(())
    }
}

impl Read for Exchange {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill().map_err(fail_io)?;
        let length = buffer.len().min(self.left.len());
        self.left.copy_to_slice(&mut buffer[..length]);
        Ok(length)
    }
}

impl Write for Exchange {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.sending {
            Some((_, body)) => body.extend_from_slice(bytes),
            None => return Err(io::Error::other("the question was sent already")),
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// `ssh`: one program answers all questions of a connection.
struct Shell;

impl SmartSubtransport for Shell {
    fn action(
        &self,
        url: &str,
        action: Service,
    ) -> Result<Box<dyn SmartSubtransportStream>, git2::Error> {
        let means = means()?;
        match action {
            Service::UploadPackLs | Service::UploadPack => {
                let ssh = Ssh::start(url, means.deadline).map_err(fail)?;
                Ok(Box::new(Piped { means, ssh }))
            }
            _ => Err(git2::Error::from_str("nothing is pushed")),
        }
    }

    fn close(&self) -> Result<(), git2::Error> {
        Ok(())
    }
}

/// The program's pipes, counted.
struct Piped {
    means: Means,
    ssh: Ssh,
}

impl Read for Piped {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.ssh.read(buffer).map_err(fail_io)?;
        count(&self.means, length).map_err(fail_io)?;
        Ok(length)
    }
}

impl Write for Piped {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.ssh.write(bytes).map_err(fail_io)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

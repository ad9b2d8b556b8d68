//! The service over real HTTP on loopback, from a data directory of its own.

mod access;
mod crash;
mod hostile;
mod log;
mod owners;
mod publishing;
mod reading;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::*;
use crate::model::release::{Envelope, PluginName, ReleasePredicate};
use crate::model::{Digest, Event, FileSet, Manifest, Observer, PluginSlug, TreePath};
use crate::package::{self, Packed};
use crate::sys::clock::Clock;
use crate::trust::{self, SigningKey, Statement, YankPredicate};

const RELEASE_TYPE: &str = "application/vnd.daino.release";
const ENVELOPE_TYPE: &str = "application/vnd.dsse.envelope.v1+json";

/// A clock that tests move.
struct Hands(Mutex<Timestamp>);

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

/// Keeps warnings and details.
#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

impl Observer for Lines {
    fn observe(&self, event: Event) {
        if let Event::Warning { text } | Event::Detail { text } = event {
            self.0.lock().unwrap().push(text);
        }
    }
}

/// A running registry in a directory that goes with it.
struct Registry {
    dir: Arc<tempfile::TempDir>,
    server: Server,
    clock: Arc<Hands>,
    log: Arc<Lines>,
}

/// An answer.
#[derive(Debug)]
struct Reply {
    status: u16,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

impl Registry {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut Config)) -> Self {
        Self::on(Arc::new(tempfile::tempdir().unwrap()), change).await
    }

    async fn on(dir: Arc<tempfile::TempDir>, change: impl FnOnce(&mut Config)) -> Self {
        let clock = Arc::new(Hands(Mutex::new("2026-01-02T03:04:05Z".parse().unwrap())));
        let log = Arc::new(Lines::default());
        let mut config = Config {
            clock: clock.clone(),
            log: log.clone(),
            log_requests: true,
            judges: false,
            ..Config::new(dir.path())
        };
        change(&mut config);
        Self { server: Server::start(config).await.unwrap(), dir, clock, log }
    }

    async fn restart(self) -> Self {
        let dir = self.dir.clone();
        self.server.shutdown().await;
        Self::on(dir, |_| {}).await
    }

    fn token(&self, namespace: &str) -> String {
        self.make_token(&[namespace], None).secret
    }

    fn make_token(&self, namespaces: &[&str], lasts: Option<SignedDuration>) -> NewToken {
        let namespaces = namespaces.iter().map(|name| slug(name)).collect();
        self.server
            .tokens()
            .make(TokenRequest { name: "test".to_owned(), namespaces, lasts })
            .unwrap()
    }

    fn pass(&self, time: SignedDuration) {
        let mut now = self.clock.0.lock().unwrap();
        *now = now.saturating_add(time).unwrap();
    }

    fn logged(&self) -> String {
        self.log.0.lock().unwrap().join("\n")
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.server.address()).await.unwrap()
    }

    /// Sends these bytes and reads to the end.
    async fn raw(&self, bytes: &[u8]) -> Reply {
        exchange(self.server.address(), bytes).await.unwrap()
    }

    async fn get(&self, path: &str) -> Reply {
        self.request("GET", path, &[], &[]).await
    }

    async fn request(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Reply {
        self.raw(&request(method, path, headers, body)).await
    }

    async fn publish(&self, token: &str, release: &Release) -> Reply {
        self.raw(&release.request(token)).await
    }

    /// Sends a statement that this key signs.
    async fn state(&self, token: &str, key: &SigningKey, statement: &Statement) -> Reply {
        let envelope = trust::sign_statement(statement, &[key]);
        self.record(token, &envelope).await
    }

    async fn record(&self, token: &str, envelope: &Envelope) -> Reply {
        let bearer = format!("Bearer {token}");
        let path = statement_path(envelope);
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", ENVELOPE_TYPE)];
        self.request("PUT", &path, &headers, &serde_json::to_vec(envelope).unwrap()).await
    }

    /// Withdraws a release, or takes that back.
    async fn yank(&self, token: &str, release: &Release, sequence: u64, yanked: bool) -> Reply {
        self.state(token, &release.key, &release.yank(sequence, yanked)).await
    }

    async fn index(&self, release: &Release) -> Vec<Value> {
        let reply = self.get(&release.index_path()).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        reply.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The bytes of a request after which the connection ends.
fn request(method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Vec<u8> {
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: registry\r\nConnection: close\r\n");
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    if !body.is_empty() {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    [text.as_bytes(), body].concat()
}

async fn exchange(address: SocketAddr, bytes: &[u8]) -> std::io::Result<Reply> {
    let mut stream = TcpStream::connect(address).await?;
    // A server that refuses may close before everything is written; what it says counts.
    let written = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer).await;
    if answer.is_empty() {
        written.and(read.map(drop))?;
    }
    Reply::parse(&answer)
}

impl Reply {
    fn parse(bytes: &[u8]) -> std::io::Result<Self> {
        let refuse = || std::io::Error::other(String::from_utf8_lossy(bytes).into_owned());
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(refuse)?;
        let head = std::str::from_utf8(&bytes[..end]).map_err(|_| refuse())?;
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok());
        let headers: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let body = bytes[end + 4..].to_vec();
        Ok(Self { status: status.ok_or_else(refuse)?, headers, body })
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    /// Checks that this is a refusal of that kind, in the one form.
    #[track_caller]
    fn refuses(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status);
        assert_eq!(problem["type"], format!("https://daino.dev/problems/{code}"));
        assert_eq!(problem["request_id"], self.header("x-request-id"));
        for key in ["title", "detail"] {
            assert!(problem[key].as_str().is_some_and(|text| !text.is_empty()), "{problem}");
        }
        problem
    }

    #[track_caller]
    fn is(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{}", self.text());
        self
    }
}

fn slug(text: &str) -> PluginSlug {
    PluginSlug::new(text).unwrap()
}

/// The predicate in a line of an index, or in an entry of the log.
fn signed(line: &Value) -> Value {
    let envelope: Envelope = serde_json::from_value(line["envelope"].clone()).unwrap();
    let payload = base64::Engine::decode(
        &base64::engine::general_purpose::STANDARD,
        envelope.payload.as_bytes(),
    );
    let statement: Value = serde_json::from_slice(&payload.unwrap()).unwrap();
    statement["predicate"].clone()
}

fn version_of(line: &Value) -> String {
    signed(line)["version"].as_str().unwrap().to_owned()
}

fn statement_path(envelope: &Envelope) -> String {
    format!("/api/v1/statements/{}", trust::payload_digest(envelope).unwrap().hex())
}

/// A signed release, ready to send.
#[derive(Clone)]
struct Release {
    key: Arc<SigningKey>,
    predicate: ReleasePredicate,
    envelope: Vec<u8>,
    archive: Vec<u8>,
}

fn key() -> SigningKey {
    SigningKey::generate().unwrap()
}

fn pack(manifest: Value, content: &[u8]) -> Packed {
    let text = serde_json::to_vec(&manifest).unwrap();
    let manifest: Manifest = serde_json::from_value(manifest).unwrap();
    let mut files = FileSet::new();
    files.insert(TreePath::new("manifest.json").unwrap(), text);
    files.insert(TreePath::new("index.js").unwrap(), content);
    package::pack(&files, &manifest).unwrap()
}

impl Release {
    fn new(key: &SigningKey, name: &str, version: &str, content: &str) -> Self {
        Self::of(key, name, serde_json::json!({ "version": version }), content)
    }

    /// A release whose manifest has these keys besides the usual ones.
    fn of(key: &SigningKey, name: &str, keys: Value, content: &str) -> Self {
        let (namespace, plugin) = name.split_once('/').unwrap();
        let mut manifest = serde_json::json!({
            "name": format!("The {plugin}"), "slug": plugin, "version": "1.0.0", "type": "custom",
            "description": format!("What {plugin} does"),
        });
        manifest.as_object_mut().unwrap().extend(keys.as_object().unwrap().clone());
        let version = manifest["version"].as_str().unwrap().parse().unwrap();
        let digest = Digest::of(&serde_json::to_vec(&manifest).unwrap());
        let manifest_engine = manifest["engines"]["daino"].as_str().map(str::to_owned);
        let packed = pack(manifest, content.as_bytes());
        let predicate = ReleasePredicate {
            name: PluginName { namespace: slug(namespace), slug: slug(plugin) },
            version,
            archive: packed.archive,
            content: packed.content,
            size: packed.bytes.len() as u64,
            manifest: digest,
            engine: manifest_engine,
            signed_at: "2026-01-02T03:04:05Z".to_owned(),
        };
        Self::sign(key, predicate, packed.bytes)
    }

    fn sign(key: &SigningKey, predicate: ReleasePredicate, archive: Vec<u8>) -> Self {
        let envelope = trust::sign_release(&predicate, key);
        let key = Arc::new(key.copy());
        Self { key, predicate, envelope: serde_json::to_vec(&envelope).unwrap(), archive }
    }

    fn yank(&self, sequence: u64, yanked: bool) -> Statement {
        let ReleasePredicate { name, version, archive, signed_at, .. } = self.predicate.clone();
        let yank = YankPredicate { name, version, archive, sequence, reason: None, signed_at };
        if yanked { Statement::Yank(yank) } else { Statement::Unyank(yank) }
    }

    fn body(&self) -> Vec<u8> {
        let length = (self.envelope.len() as u32).to_be_bytes();
        [&length, self.envelope.as_slice(), &self.archive].concat()
    }

    fn path(&self) -> String {
        let ReleasePredicate { name, version, .. } = &self.predicate;
        format!("/api/v1/plugins/{}/{}/{version}", name.namespace, name.slug)
    }

    fn index_path(&self) -> String {
        let PluginName { namespace, slug } = &self.predicate.name;
        let (first, second) = (&namespace.as_str()[..2], &namespace.as_str()[2..4]);
        format!("/index/{first}/{second}/{namespace}--{slug}.jsonl")
    }

    fn blob_path(&self) -> String {
        let hex = self.predicate.archive.hex();
        format!("/blobs/sha256/{}/{hex}", &hex[..2])
    }

    fn request(&self, token: &str) -> Vec<u8> {
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", RELEASE_TYPE)];
        request("PUT", &self.path(), &headers, &self.body())
    }
}

/// Every code is documented, and nothing else is.
#[test]
fn every_kind_of_refusal_is_in_the_documentation() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/registry-api.md");
    let page = std::fs::read_to_string(page).unwrap();
    let rows: Vec<(u16, &str)> = page
        .lines()
        .filter_map(|line| {
            let mut cells = line.split('|').map(str::trim).skip(1);
            let status = cells.next()?.parse().ok()?;
            (status >= 400).then_some((status, cells.next()?.trim_matches('`')))
        })
        .collect();
    let mut kinds: Vec<(u16, &str)> =
        problem::KINDS.iter().map(|kind| (kind.status.as_u16(), kind.code)).collect();
    kinds.sort_unstable();
    let mut sorted = rows;
    sorted.sort_unstable();
    assert_eq!(sorted, kinds);
}

//! Fetching from registries that are good, bad and hostile.

mod choice;
mod log;
mod transport;
mod trust;

use std::sync::{Arc, Mutex};

use super::*;
use crate::client::tests::peer::{Asked, Peer, Says, ok, status};
use crate::client::tests::{Made, key, line, name, options, registry, release, release_for, yank};
use crate::model::Event;
use crate::trust::SigningKey;

const INDEX: &str = "/index/ac/me/acme--sms.jsonl";

/// What a registry serves: releases, or whatever a script says instead.
struct World {
    cache: tempfile::TempDir,
    lock: LockFile,
    peer: Peer,
}

/// Hears warnings; answers questions.
#[derive(Default)]
struct Person {
    warnings: Mutex<Vec<String>>,
    answer: Option<bool>,
}

impl Observer for Person {
    fn observe(&self, event: Event) {
        if let Event::Warning { text } = event {
            self.warnings.lock().unwrap().push(text);
        }
    }
}

impl Ask for Person {
    fn ask(&self, question: &Question) -> Result<Answer, AskError> {
        assert!(question.flag.starts_with("--trust-key"));
        self.answer.map(Answer::Yes).ok_or(AskError::NoTerminal)
    }
    fn is_interactive(&self) -> bool {
        self.answer.is_some()
    }
}

/// Closes the input.
struct Gone;

impl Ask for Gone {
    fn ask(&self, _: &Question) -> Result<Answer, AskError> {
        Err(AskError::Closed)
    }
    fn is_interactive(&self) -> bool {
        true
    }
}

impl Person {
    #[track_caller]
    fn heard(&self, text: &str) {
        let warnings = self.warnings.lock().unwrap();
        assert!(warnings.iter().any(|warning| warning.contains(text)), "`{text}`: {warnings:?}");
    }
}

fn lines(made: &[Made]) -> String {
    made.iter().map(Made::line).collect()
}

/// Serves the index and the archives of these releases.
fn serves(made: &[Made], asked: &Asked) -> Says {
    if asked.target == INDEX {
        return ok(lines(made));
    }
    match made.iter().find(|made| made.blob() == asked.target) {
        Some(made) => ok(made.bytes.clone()),
        None => status(404, "nothing here"),
    }
}

impl World {
    fn of(script: impl Fn(&Asked) -> Says + Send + Sync + 'static) -> Self {
        let cache = tempfile::tempdir().unwrap();
        let lock = LockFile::read(&cache.path().join(LOCK_FILE)).unwrap();
        Self { cache, lock, peer: Peer::start(script) }
    }

    fn with(made: Vec<Made>) -> Self {
        Self::of(move |asked| serves(&made, asked))
    }

    fn request(&self, spec: &str) -> FetchRequest {
        FetchRequest {
            spec: spec.parse().unwrap(),
            registry: registry(&self.peer.url),
            client: options(self.cache.path()),
            trust: None,
        }
    }

    fn fetch_by(&self, request: &FetchRequest, person: &Person) -> Result<FetchedRelease, Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(fetch_release(request, &self.lock, person))
    }

    fn fetch(&self, spec: &str, person: &Person) -> Result<FetchedRelease, Failure> {
        self.fetch_by(&self.request(spec), person)
    }

    /// The failure of a fetch that must fail and must not keep an archive.
    #[track_caller]
    fn fails(&self, spec: &str) -> Failure {
        let failure = self.fetch(spec, &Person::default()).unwrap_err();
        assert!(!failure.hints().is_empty(), "no hint: {failure:?}");
        assert!(!self.cache.path().join("blobs").exists(), "an archive was kept: {failure:?}");
        failure
    }

    #[track_caller]
    fn fails_with(&self, spec: &str, code: &str, exit: ExitCode) -> Failure {
        let failure = self.fails(spec);
        assert_eq!((failure.code().id, failure.exit()), (code, exit), "{failure:?}");
        failure
    }

    #[track_caller]
    fn gives(&self, spec: &str, version: &str) -> Person {
        let person = Person::default();
        let fetched = self.fetch(spec, &person).unwrap();
        assert_eq!(fetched.package.listing.version.to_string(), version);
        person
    }
}

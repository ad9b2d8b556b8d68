//! Fetching from registries that are good, bad and hostile.

use std::sync::{Arc, Mutex};

use super::*;
use crate::client::tests::peer::{Asked, Peer, Says, ok, status};
use crate::client::tests::{Made, key, name, options, registry, release, release_for};
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

#[test]
fn a_release_is_fetched_once_and_then_found_in_the_cache() {
    let signer = key();
    let mut world = World::with(vec![release(&signer, "acme/sms", "1.0.0")]);
    let fetched = world.fetch("acme/sms", &Person::default()).unwrap();
    assert_eq!(fetched.name, name("acme/sms"));
    assert_eq!(fetched.standing, KeyStanding::FirstSeen);
    assert_eq!(fetched.package.key_id(), signer.public().id());
    let yes = Person { answer: Some(true), ..Person::default() };
    accept_publisher(&fetched, &mut world.lock, &yes).unwrap();
    assert_eq!(world.lock.pins().of(&fetched.name.namespace), [signer.public().id()]);

    let again = world.fetch("acme/sms", &Person::default()).unwrap();
    assert_eq!(again.standing, KeyStanding::Pinned);
    assert_eq!(world.peer.count("/blobs/"), 1, "the archive was fetched twice");

    let mut offline = world.request("sms@1.0.0");
    offline.client.offline = true;
    let before = world.peer.asked().len();
    world.fetch_by(&offline, &Person::default()).unwrap();
    assert_eq!(world.peer.asked().len(), before, "the network was used");
}

#[test]
fn offline_without_a_cache_says_so() {
    let world = World::with(vec![release(&key(), "acme/sms", "1.0.0")]);
    for spec in ["acme/sms", "sms"] {
        let mut request = world.request(spec);
        request.client.offline = true;
        let failure = world.fetch_by(&request, &Person::default()).unwrap_err();
        assert_eq!(failure.code().id, "client.not-cached");
    }
    assert!(world.peer.asked().is_empty());
}

#[test]
fn an_index_that_did_not_change_is_not_sent_again() {
    let made = vec![release(&key(), "acme/sms", "1.0.0")];
    let world = World::of(move |asked| match asked.header("if-none-match") {
        Some(tag) if tag == "\"one\"" => Says::Reply(304, vec![], vec![]),
        _ if asked.target == INDEX => {
            Says::Reply(200, vec![("etag", "\"one\"".into())], lines(&made).into_bytes())
        }
        _ => serves(&made, asked),
    });
    world.gives("acme/sms", "1.0.0");
    world.gives("acme/sms", "1.0.0");
    let tags: Vec<_> =
        world.peer.asked().iter().map(|a| a.header("if-none-match").is_some()).collect();
    assert_eq!(tags, [false, false, true]);
}

#[test]
fn not_modified_without_anything_known_is_no_answer() {
    let world = World::of(|_| Says::Reply(304, vec![], vec![]));
    world.fails_with("acme/sms", "client.not-a-registry", ExitCode::Network);
}

#[test]
fn answers_that_are_no_index_are_network_trouble() {
    for (body, words) in [
        ("<!doctype html><title>Log in</title>", "web page"),
        ("{\"total\":0}", "something else"),
        ("\u{0}\u{1}\u{2}", "something else"),
        ("", "nothing"),
        ("\n\n", "nothing"),
        ("[[[[[[[[", "something else"),
    ] {
        let world = World::of(move |_| ok(body));
        let failure = world.fails_with("acme/sms", "client.not-a-registry", ExitCode::Network);
        assert!(failure.message().contains(words), "{body:?}: {failure}");
    }
    let bomb = "[".repeat(2_000_000);
    let world = World::of(move |_| ok(bomb.clone()));
    world.fails_with("acme/sms", "client.not-a-registry", ExitCode::Network);
}

#[test]
fn statuses_have_their_meaning() {
    let world = World::of(|_| status(404, ""));
    let failure = world.fails_with("acme/sms", "client.not-found", ExitCode::Usage);
    assert_eq!(failure.hints(), ["daino-pdk search acme/sms"]);
    for code in [500, 400, 418, 204, 206] {
        let world = World::of(move |_| status(code, ""));
        let failure = world.fails_with("acme/sms", "client.failed", ExitCode::Network);
        assert!(failure.message().contains(&code.to_string()), "{failure}");
    }
    let world = World::of(|_| {
        let problem = r#"{"title":"x","detail":"slow\ndown","code":"rate","request_id":"r-1"}"#;
        Says::Reply(429, vec![("retry-after", "0".into())], problem.into())
    });
    let failure = world.fails_with("acme/sms", "client.busy", ExitCode::Network);
    assert!(failure.message().contains("slow down (request r-1)"), "{failure}");
    assert_eq!(failure.hints()[0], "try again in 0 s");
    assert_eq!(world.peer.asked().len(), 3, "it was tried again");
}

#[test]
fn peers_that_stall_cut_off_or_never_end_are_given_up() {
    let scripts = [
        (Says::Stall, "net.timeout"),
        (Says::Drip, "net.timeout"),
        (Says::Endless, "net.too-large"),
        (Says::Claims(17 * 1024 * 1024), "net.too-large"),
        (Says::Truncated(b"{".to_vec()), "net."),
        (Says::HangUp, "net.connect"),
        (Says::Noise, "net."),
    ];
    for (says, code) in scripts {
        let shown = format!("{says:?}");
        let world = World::of(move |_| says.clone());
        let failure = world.fails("acme/sms");
        assert!(failure.code().id.starts_with(code), "{shown}: {failure:?}");
        assert_eq!(failure.exit(), ExitCode::Network, "{shown}: {failure:?}");
    }
}

#[test]
fn nobody_there_is_network_trouble() {
    let world = World::with(vec![]);
    let mut request = world.request("acme/sms");
    request.registry = registry("http://127.0.0.1:1");
    let failure = world.fetch_by(&request, &Person::default()).unwrap_err();
    assert_eq!((failure.code().id, failure.exit()), ("net.connect", ExitCode::Network));
}

#[test]
fn rubbish_in_the_index_is_left_out_and_told() {
    let signer = key();
    let good = release(&signer, "acme/sms", "1.0.0");
    let other = release(&signer, "acme/mail", "2.0.0");
    let mut foreign_envelope = release(&signer, "acme/sms", "1.1.0");
    foreign_envelope.entry.envelope = other.entry.envelope.clone();
    let mut huge = release(&signer, "acme/sms", "1.2.0");
    huge.entry.size = 1 << 40;
    let text = format!(
        "<html>\n{}{}{}{{}}\n{}{}",
        other.line(),
        foreign_envelope.line(),
        good.line(),
        huge.line(),
        "[".repeat(100_000),
    );
    let made = vec![good];
    let world = World::of(move |asked| match asked.target.as_str() {
        INDEX => ok(text.clone()),
        _ => serves(&made, asked),
    });
    let person = world.gives("acme/sms", "1.0.0");
    person.heard("line 1 of the registry's index of `acme/sms` is left out");
    person.heard(
        "line 2 (2.0.0) of the registry's index of `acme/sms` is left out: it is about `acme/mail`",
    );
    person.heard("line 3 (1.1.0)");
    person.heard("3 more lines");
}

#[test]
fn an_entry_with_the_archive_of_another_release_is_refused() {
    let signer = key();
    let (old, mut new) =
        (release(&signer, "acme/sms", "1.0.0"), release(&signer, "acme/sms", "2.0.0"));
    new.entry.archive = old.entry.archive;
    new.entry.size = old.entry.size;
    let world = World::with(vec![new.clone()]);
    world.fails_with("acme/sms", "trust.mismatch", ExitCode::Integrity);
    // Among good ones it is only left out.
    let world = World::with(vec![old, new]);
    world.gives("acme/sms", "1.0.0").heard("the archive differs from what was signed");
    assert_eq!(
        world.fetch("acme/sms@2.0.0", &Person::default()).unwrap_err().exit(),
        ExitCode::Integrity
    );
}

#[test]
fn a_line_under_another_version_is_refused() {
    let mut made = release(&key(), "acme/sms", "1.0.0");
    made.entry.version = semver::Version::new(9, 0, 0);
    let failure =
        World::with(vec![made]).fails_with("acme/sms", "trust.mismatch", ExitCode::Integrity);
    assert!(failure.message().contains("version"), "{failure}");
}

#[test]
fn a_changed_signature_is_refused() {
    let mut made = release(&key(), "acme/sms", "1.0.0");
    let sig = &mut made.entry.envelope.signatures[0].sig;
    *sig = format!("{}{}", if sig.starts_with('A') { "B" } else { "A" }, &sig[1..]);
    World::with(vec![made]).fails_with("acme/sms", "trust.signature", ExitCode::Integrity);
}

#[test]
fn two_contents_of_one_version_are_both_refused() {
    let signer = key();
    let one = release(&signer, "acme/sms", "1.0.0");
    let two = release_for(&signer, "acme/sms", "1.0.0", Some("^1"));
    let world = World::with(vec![one.clone(), two]);
    world.fails_with("acme/sms", "client.no-version", ExitCode::Usage);
    // The same line twice is one release.
    World::with(vec![one.clone(), one]).gives("acme/sms", "1.0.0");
}

#[test]
fn archives_that_are_not_the_signed_one_are_refused() {
    let signer = key();
    let made = release(&signer, "acme/sms", "1.0.0");
    let other = release(&signer, "acme/sms", "1.0.1").bytes;
    let mut longer = made.bytes.clone();
    longer.push(0);
    let shorter = made.bytes[1..].to_vec();
    for body in [other, longer, shorter, b"<html>".to_vec(), Vec::new()] {
        let index = made.line();
        let world = World::of(move |asked| match asked.target.as_str() {
            INDEX => ok(index.clone()),
            _ => ok(body.clone()),
        });
        world.fails_with("acme/sms", "client.archive", ExitCode::Integrity);
    }
}

#[test]
fn archives_that_do_not_come_are_network_trouble() {
    let made = release(&key(), "acme/sms", "1.0.0");
    let part = made.bytes[..10].to_vec();
    for (says, code) in [
        (status(404, ""), "client.no-archive"),
        (status(500, ""), "client.failed"),
        (Says::Truncated(part), "net."),
        (Says::Stall, "net.timeout"),
    ] {
        let index = made.line();
        let shown = format!("{says:?}");
        let world = World::of(move |asked| match asked.target.as_str() {
            INDEX => ok(index.clone()),
            _ => says.clone(),
        });
        let failure = world.fails("acme/sms");
        assert!(failure.code().id.starts_with(code), "{shown}: {failure:?}");
        assert_eq!(failure.exit(), ExitCode::Network, "{shown}");
    }
}

#[test]
fn a_compressed_answer_is_not_unpacked() {
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::Write::write_all(&mut bomb, &vec![b'\n'; 64 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    let world = World::of(move |_| {
        Says::Reply(200, vec![("content-encoding", "gzip".into())], bomb.clone())
    });
    world.fails_with("acme/sms", "client.not-a-registry", ExitCode::Network);
    assert_eq!(world.peer.asked()[0].header("accept-encoding"), None);
}

#[test]
fn a_cache_that_was_changed_is_not_believed() {
    let made = release(&key(), "acme/sms", "1.0.0");
    let digest = made.entry.archive;
    let world = World::with(vec![made.clone()]);
    world.gives("acme/sms", "1.0.0");
    let hex = digest.hex();
    let path = world.cache.path().join("blobs/sha256").join(&hex[..2]).join(&hex);
    assert_eq!(std::fs::read(&path).unwrap(), made.bytes);
    std::fs::write(&path, b"evil").unwrap();
    world.gives("acme/sms", "1.0.0");
    assert_eq!(world.peer.count("/blobs/"), 2);
    assert_eq!(std::fs::read(&path).unwrap(), made.bytes);
}

fn pinned(world: &mut World, signer: &SigningKey) {
    world.lock.pin(&name("acme/sms").namespace, signer.public().id());
}

#[test]
fn a_changed_key_is_refused_until_a_person_accepts_it() {
    let (old, new) = (key(), key());
    let mut world = World::with(vec![release(&new, "acme/sms", "2.0.0")]);
    pinned(&mut world, &old);
    let failure = world.fails_with("acme/sms", "client.key-changed", ExitCode::Integrity);
    let (old_id, new_id) = (old.public().id(), new.public().id());
    assert!(failure.message().contains(old_id.as_str()), "{failure}");
    assert!(failure.message().contains(new_id.as_str()), "{failure}");
    assert!(failure.hints().iter().any(|hint| hint.contains(&format!("--trust-key {new_id}"))));

    let mut request = world.request("acme/sms");
    request.trust = Some(TrustKey::New);
    let failure = world.fetch_by(&request, &Person::default()).unwrap_err();
    assert_eq!(failure.code().id, "client.key-changed", "`new` does not accept a changed key");

    request.trust = Some(TrustKey::Id(new_id.clone()));
    let fetched = world.fetch_by(&request, &Person::default()).unwrap();
    assert_eq!(fetched.standing, KeyStanding::Accepted);
    accept_publisher(&fetched, &mut world.lock, &Person::default()).unwrap();
    assert_eq!(world.lock.pins().of(&fetched.name.namespace), [old_id, new_id]);
}

#[test]
fn a_taken_registry_cannot_jam_a_plugin_with_releases_of_its_own() {
    let (publisher, thief) = (key(), key());
    let made = vec![release(&publisher, "acme/sms", "1.0.0"), release(&thief, "acme/sms", "9.0.0")];
    let mut world = World::with(made.clone());
    pinned(&mut world, &publisher);
    world.gives("acme/sms", "1.0.0").heard("signed by another key");
    let exact = world.fetch("acme/sms@9.0.0", &Person::default()).unwrap_err();
    assert_eq!(exact.code().id, "client.key-changed");
    // Who sees the publisher for the first time is at least told.
    let fresh = World::with(made);
    fresh.gives("acme/sms", "9.0.0").heard("signed by different keys");
}

#[test]
fn a_new_publisher_has_to_be_accepted() {
    let signer = key();
    let mut world = World::with(vec![release(&signer, "acme/sms", "1.0.0")]);
    let fetched = world.fetch("acme/sms", &Person::default()).unwrap();
    let nobody = accept_publisher(&fetched, &mut world.lock, &Person::default()).unwrap_err();
    assert_eq!((nobody.code().id, nobody.exit()), ("fetch.new-publisher", ExitCode::InputNeeded));
    assert!(nobody.hints()[0].contains(signer.public().id().as_str()));
    let closed = accept_publisher(&fetched, &mut world.lock, &Gone).unwrap_err();
    assert_eq!(closed.exit(), ExitCode::Interrupted);
    let no = Person { answer: Some(false), ..Person::default() };
    let declined = accept_publisher(&fetched, &mut world.lock, &no).unwrap_err();
    assert_eq!(declined.exit(), ExitCode::Policy);
    assert!(world.lock.pins().of(&fetched.name.namespace).is_empty());

    let mut request = world.request("acme/sms");
    request.trust = Some(TrustKey::Id(key().public().id()));
    let failure = world.fetch_by(&request, &Person::default()).unwrap_err();
    assert_eq!((failure.code().id, failure.exit()), ("fetch.other-key", ExitCode::Integrity));

    for trust in ["new", signer.public().id().as_str()] {
        request.trust = Some(trust.parse().unwrap());
        let fetched = world.fetch_by(&request, &Person::default()).unwrap();
        assert_eq!(fetched.standing, KeyStanding::Accepted);
        accept_publisher(&fetched, &mut world.lock.clone(), &Person::default()).unwrap();
    }
    assert!("ed25519:12".parse::<TrustKey>().is_err());
}

#[test]
fn versions_are_chosen_as_asked() {
    let signer = key();
    let of = |version| release(&signer, "acme/sms", version);
    let mut yanked = of("1.3.0");
    yanked.entry.yanked = true;
    let made = vec![of("1.0.0"), of("1.2.0"), yanked, of("1.1.5"), of("2.0.0-beta.1")];
    let world = World::with(made);
    for (spec, version) in [
        ("acme/sms", "1.2.0"),
        ("acme/sms@latest", "1.2.0"),
        ("acme/sms@1.0.0", "1.0.0"),
        ("acme/sms@~1.1", "1.1.5"),
        ("acme/sms@^1", "1.2.0"),
        ("acme/sms@2.0.0-beta.1", "2.0.0-beta.1"),
    ] {
        world.gives(spec, version);
    }
    world.gives("acme/sms@1.3.0", "1.3.0").heard("was yanked");
    for (spec, words) in [
        ("acme/sms@^3", "there are 2.0.0-beta.1, 1.3.0, 1.2.0, 1.1.5, 1.0.0"),
        ("acme/sms@1.0.1", "there are"),
        ("acme/sms@=1.3.0", "1.3.0 fits and was yanked"),
    ] {
        let failure = world.fetch(spec, &Person::default()).unwrap_err();
        assert_eq!(failure.code().id, "client.no-version");
        assert!(failure.message().contains(words), "{spec}: {failure}");
    }
}

#[test]
fn only_releases_for_this_host_are_taken() {
    let signer = key();
    let now = release_for(&signer, "acme/sms", "1.0.0", Some("^1"));
    let later = release_for(&signer, "acme/sms", "2.0.0", Some("^2"));
    World::with(vec![now, later.clone()]).gives("acme/sms", "1.0.0");
    let world = World::with(vec![later.clone()]);
    world.fails_with("acme/sms", "client.engine", ExitCode::Policy);
    world.fails_with("acme/sms@2.0.0", "client.engine", ExitCode::Policy);
    // The registry's word about it is not the publisher's.
    let mut lie = later;
    lie.entry.engine = Some("^1".to_owned());
    let failure = World::with(vec![lie]).fetch("acme/sms", &Person::default()).unwrap_err();
    assert_eq!(failure.code().id, "client.engine");
}

#[test]
fn a_slug_alone_is_looked_up_and_never_guessed() {
    let signer = key();
    let hit = |name: &str| {
        let (namespace, slug) = name.split_once('/').unwrap();
        serde_json::json!({"name": {"namespace": namespace, "slug": slug}, "version": "1.0.0",
            "title": "t", "description": "d", "type": "custom", "keywords": [], "publishedAt": "x"})
    };
    let world = |names: &[&str]| {
        let hits: Vec<_> = names.iter().map(|name| hit(name)).collect();
        let page = serde_json::json!({"total": hits.len(), "results": hits}).to_string();
        let made = vec![release(&signer, "acme/sms", "1.0.0")];
        World::of(move |asked| match asked.target.starts_with("/api/v1/search?q=sms&") {
            true => ok(page.clone()),
            false => serves(&made, asked),
        })
    };
    world(&["acme/sms", "acme/sms-more", "evil/smss"]).gives("sms", "1.0.0");
    world(&["acme/mail"]).fails_with("sms", "client.not-found", ExitCode::Usage);
    let two = world(&["acme/sms", "evil/sms"]);
    let failure = two.fails_with("sms", "client.ambiguous", ExitCode::Usage);
    assert!(failure.message().contains("`acme/sms`, `evil/sms`"), "{failure}");
    // Who was seen before is meant again, whatever the registry says now.
    let mut known = world(&["evil/sms"]);
    known.lock.saw(&name("acme/sms"), &semver::Version::new(1, 0, 0));
    known.gives("sms", "1.0.0");
    assert_eq!(known.peer.count("search"), 0);
}

#[test]
fn a_registry_that_goes_back_in_time_is_told() {
    let mut world = World::with(vec![release(&key(), "acme/sms", "1.0.0")]);
    world.lock.saw(&name("acme/sms"), &semver::Version::new(1, 4, 0));
    world.gives("acme/sms", "1.0.0").heard("1.4.0 was seen before");
}

#[test]
fn the_newest_that_is_remembered_is_the_publishers_own() {
    let (publisher, thief) = (key(), key());
    let mut world = World::with(vec![
        release(&publisher, "acme/sms", "1.0.0"),
        release(&thief, "acme/sms", "9.0.0"),
    ]);
    let mut request = world.request("acme/sms@1.0.0");
    request.trust = Some(TrustKey::New);
    let fetched = world.fetch_by(&request, &Person::default()).unwrap();
    accept_publisher(&fetched, &mut world.lock, &Person::default()).unwrap();
    assert_eq!(world.lock.seen(&fetched.name), Some(&semver::Version::new(1, 0, 0)));
}

#[test]
fn redirects_stay_on_their_scheme_and_end() {
    let made = vec![release(&key(), "acme/sms", "1.0.0")];
    let moved = World::of(move |asked| match asked.target.strip_prefix("/new") {
        Some(rest) => serves(&made, &Asked { target: rest.to_owned(), ..asked.clone() }),
        None => Says::Reply(302, vec![("location", format!("/new{}", asked.target))], vec![]),
    });
    moved.gives("acme/sms", "1.0.0");
    for to in ["https://127.0.0.1:1/", "/index/again", "file:///etc/passwd", "ftp://x/"] {
        let hops = Arc::new(Mutex::new(0));
        let count = hops.clone();
        let world = World::of(move |_| {
            *count.lock().unwrap() += 1;
            Says::Reply(302, vec![("location", to.to_owned())], vec![])
        });
        let failure = world.fails("acme/sms");
        assert_eq!(failure.exit(), ExitCode::Network, "{to}: {failure:?}");
        assert!(*hops.lock().unwrap() < 10, "{to}");
    }
}

#[test]
fn a_registry_below_a_path_is_asked_below_it() {
    let made = vec![release(&key(), "acme/sms", "1.0.0")];
    let world = World::of(move |asked| match asked.target.strip_prefix("/sub/dir") {
        Some(rest) => serves(&made, &Asked { target: rest.to_owned(), ..asked.clone() }),
        None => status(404, ""),
    });
    let mut request = world.request("acme/sms");
    request.registry = registry(&format!("{}/sub/dir", world.peer.url));
    world.fetch_by(&request, &Person::default()).unwrap();
}

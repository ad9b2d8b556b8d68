//! Peers that are slow, broken, or no registry at all; the cache.

use super::*;

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
    assert!(world.peer.asked().iter().all(|asked| asked.method == "GET"));

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
        Some("\"one\"") => Says::Reply(304, vec![], vec![]),
        _ if asked.target == INDEX => {
            Says::Reply(200, vec![("etag", "\"one\"".into())], lines(&made).into_bytes())
        }
        _ => serves(&made, asked),
    });
    world.gives("acme/sms", "1.0.0");
    world.gives("acme/sms", "1.0.0");
    let asked = world.peer.asked();
    let pages = asked.iter().filter(|asked| asked.target == INDEX);
    let tags: Vec<_> = pages.map(|asked| asked.header("if-none-match").is_some()).collect();
    assert_eq!(tags, [false, true]);
}

#[test]
fn not_modified_without_anything_known_is_no_answer() {
    let world = World::of(|asked| match asked.target.as_str() {
        INDEX => Says::Reply(304, vec![], vec![]),
        _ => status(404, ""),
    });
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
    let digest = made.signed.archive;
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

//! Which plugin and which release is taken.

use super::*;

#[test]
fn versions_are_chosen_as_asked() {
    let signer = key();
    let of = |version| release(&signer, "acme/sms", version);
    let made = [of("1.0.0"), of("1.2.0"), of("1.3.0"), of("1.1.5"), of("2.0.0-beta.1")].to_vec();
    let text = format!("{}{}", lines(&made), line(&yank(&signer, &made[2], 0, true)));
    let world = World::of(move |asked| match asked.target.as_str() {
        INDEX => ok(text.clone()),
        _ => serves(&made, asked),
    });
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
}

#[test]
fn only_its_publisher_withdraws_a_release() {
    let (signer, other) = (key(), key());
    let made = release(&signer, "acme/sms", "1.0.0");
    let serving = |more: String, pin: bool| {
        let (made, text) = (vec![made.clone()], format!("{}{more}", made.line()));
        let mut world = World::of(move |asked| match asked.target.as_str() {
            INDEX => ok(text.clone()),
            _ => serves(&made, asked),
        });
        if pin {
            world.lock.pin(&name("acme/sms").namespace, signer.public().id());
        }
        world
    };
    let [on, off] =
        [(0, true), (1, false)].map(|(n, yanked)| line(&yank(&signer, &made, n, yanked)));
    let refused = serving(on.clone(), true).fetch("acme/sms", &Person::default());
    assert_eq!(refused.unwrap_err().code().id, "client.no-version");
    serving(format!("{on}{off}"), true).gives("acme/sms", "1.0.0");
    // The end of the withdrawal was kept back, and another one came before it.
    let again = line(&yank(&signer, &made, 2, true));
    let refused =
        serving(format!("{on}{off}{again}{off}"), true).fetch("acme/sms", &Person::default());
    assert_eq!(refused.unwrap_err().code().id, "client.no-version");
    for pin in [true, false] {
        let thief = line(&yank(&other, &made, 0, true));
        serving(thief, pin).gives("acme/sms", "1.0.0").heard("is left out");
    }
    let mut claims: serde_json::Value = serde_json::from_str(&made.line()).unwrap();
    claims["yanked"] = true.into();
    let text = format!("{claims}\n");
    let made = vec![made];
    let world = World::of(move |asked| match asked.target.as_str() {
        INDEX => ok(text.clone()),
        _ => serves(&made, asked),
    });
    world.gives("acme/sms", "1.0.0");
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

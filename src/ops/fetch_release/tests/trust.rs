//! Lines, signatures, keys and archives that are not what they should be.

use super::*;
use crate::model::release::IndexEntry;
use crate::trust::sign_release;

#[test]
fn rubbish_in_the_index_is_left_out_and_told() {
    let signer = key();
    let good = release(&signer, "acme/sms", "1.0.0");
    let other = release(&signer, "acme/mail", "2.0.0");
    let mut huge = release(&signer, "acme/sms", "1.2.0").signed;
    huge.size = 1 << 40;
    let huge = IndexEntry {
        envelope: sign_release(&huge, &signer),
        ..release(&signer, "acme/sms", "1.2.0").entry
    };
    let text = format!(
        "<html>\n{}{}{}{{}}\n{}{}",
        other.line(),
        line(&huge),
        good.line(),
        other.line(),
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
        "line 2 (2.0.0) of the registry's index of `acme/sms` is left out: it is about `acme/mail@2.0.0`",
    );
    person.heard("line 3 (1.2.0)");
    person.heard("3 more lines");
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
            path if path.starts_with("/blobs/") => ok(body.clone()),
            _ => status(404, ""),
        });
        world.fails_with("acme/sms", "client.archive", ExitCode::Integrity);
    }
    for says in [Says::Endless, Says::Claims(made.signed.size + 1)] {
        let index = made.line();
        let world = World::of(move |asked| match asked.target.as_str() {
            INDEX => ok(index.clone()),
            path if path.starts_with("/blobs/") => says.clone(),
            _ => status(404, ""),
        });
        let failure = world.fails_with("acme/sms", "client.archive", ExitCode::Integrity);
        assert!(failure.message().contains("longer than"), "{failure}");
    }
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

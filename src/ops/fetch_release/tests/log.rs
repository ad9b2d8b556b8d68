//! Registries whose log is whole, forked, shortened, gone, or does not hold what they serve.

use std::collections::BTreeMap;

use super::*;
use crate::client::SeenLog;
use crate::client::tests::book::Book;
use crate::trust::{
    OwnerChain, OwnerPredicate, RevokeKeyPredicate, Statement, TrustError, sign_statement,
};

type Files = BTreeMap<String, Vec<u8>>;

/// A registry that serves these files and archives, and what was seen of its log before.
fn world(files: Files, made: &[Made], seen: Option<&SeenLog>) -> World {
    let made = made.to_vec();
    let mut world = World::of(move |asked| match files.get(&asked.target) {
        Some(bytes) => ok(bytes.clone()),
        None if asked.target == INDEX => status(404, ""),
        None => serves(&made, asked),
    });
    if let Some(seen) = seen {
        let url = registry(&world.peer.url).url;
        world.lock.saw_log(&url, seen.clone());
    }
    world
}

fn book_of(made: &[&Made]) -> Book {
    let mut book = Book::new();
    for made in made {
        book.state(&made.entry.envelope);
    }
    book
}

/// Other plugins of other publishers.
fn others(book: &mut Book, count: usize) {
    for n in 0..count {
        let other = release(&key(), &format!("other{n}x/thing"), "1.0.0");
        book.state(&other.entry.envelope);
    }
}

#[track_caller]
fn seen_of(world: &World) -> SeenLog {
    world.fetch("acme/sms", &Person::default()).unwrap().log.unwrap()
}

#[track_caller]
fn refused(world: &World, code: &str, words: &str) {
    let failure = world.fetch("acme/sms", &Person::default()).unwrap_err();
    assert_eq!((failure.code().id, failure.exit()), (code, ExitCode::Integrity), "{failure:?}");
    assert!(failure.to_string().contains(words), "`{words}`: {failure}");
}

#[test]
fn a_release_in_the_log_is_proved_and_the_log_is_remembered() {
    let made = release(&key(), "acme/sms", "1.0.0");
    for before in [0, 1, 6, 150] {
        let mut book = Book::new();
        others(&mut book, before);
        book.state(&made.entry.envelope);
        let seen = seen_of(&world(book.files(), std::slice::from_ref(&made), None));
        assert_eq!(seen.size, book.entries.len() as u64);
        // The same log, and the log that goes on from there.
        for more in [0, 1, 30] {
            others(&mut book, more);
            let later = world(book.files(), std::slice::from_ref(&made), Some(&seen));
            assert_eq!(seen_of(&later).size, book.entries.len() as u64);
        }
    }
    // A registry without a log, of which none was seen, is not refused for that.
    let fetched = World::with(vec![made]).fetch("acme/sms", &Person::default()).unwrap();
    assert!(fetched.log.is_none() && fetched.owner.is_none());
}

#[test]
fn a_release_that_the_log_does_not_hold_is_refused() {
    let signer = key();
    let [one, two] = ["1.0.0", "2.0.0"].map(|version| release(&signer, "acme/sms", version));
    let good = book_of(&[&one]);
    // Listed in the index and its map, at a place where the log has something else.
    let mut book = good.clone();
    let at = book.log(&two.entry.envelope);
    book.list("acme/sms", at);
    book.entries[at as usize] = b"something else".to_vec();
    book.close();
    let both = [one.clone(), two.clone()];
    refused(&world(book.files(), &both, None), "client.log", "does not hold `acme/sms` 2.0.0");
    // An older one of the same index is in the log.
    let older = world(book.files(), &both, None);
    assert!(older.fetch("acme/sms@1.0.0", &Person::default()).is_ok());
    // Listed in the index alone.
    let mut book = good;
    let at = book.log(&two.entry.envelope);
    let map = book.map.clone();
    book.list("acme/sms", at);
    book.map = map;
    book.close();
    refused(&world(book.files(), &both, None), "client.log", "not the one in its log");
}

#[test]
fn an_old_index_beside_a_new_checkpoint_is_refused() {
    let signer = key();
    let [one, two] = ["1.0.0", "2.0.0"].map(|version| release(&signer, "acme/sms", version));
    let both = [one.clone(), two.clone()];
    let old = book_of(&[&one]);
    let mut new = old.clone();
    new.state(&two.entry.envelope);
    let mixed = |from: &[&str]| {
        let (mut files, old) = (new.files(), old.files());
        for path in from {
            let part: Vec<_> = old.iter().filter(|(at, _)| at.starts_with(path)).collect();
            files.extend(part.into_iter().map(|(at, bytes)| (at.clone(), bytes.clone())));
        }
        world(files, &both, None)
    };
    refused(&mixed(&[INDEX]), "client.log", "not the one in its log");
    // A map of its own making, or the old one under the new name: its root is not the last entry.
    let mut files = new.files();
    files.insert(INDEX.to_owned(), old.files()[INDEX].clone());
    files.extend(
        old.map.files(new.entries.len() as u64).into_iter().map(|(p, b)| (format!("/map/{p}"), b)),
    );
    refused(&world(files, &both, None), "client.log", "does not hold what it says");
    // All of it old is the old log, which is refused by who saw the new one.
    let seen = seen_of(&world(new.files(), &both, None));
    refused(&world(old.files(), &both, Some(&seen)), "client.log", "had 4 entries and now has 2");
    seen_of(&world(old.files(), &both, None));
}

#[test]
fn what_the_index_leaves_out_is_missed() {
    let signer = key();
    let made = release(&signer, "acme/sms", "1.0.0");
    let book = book_of(&[&made]);
    let without = |path: &str| {
        let mut files = book.files();
        files.remove(path).unwrap();
        world(files, std::slice::from_ref(&made), None)
    };
    refused(&without(INDEX), "client.log", "not the one in its log");
    refused(&without("/index/ac/me/acme.jsonl"), "client.log", "owner of `acme`");
    refused(&without("/map/top/2"), "client.log", "map cannot be read");
    refused(&without("/tile/0/000.p/2"), "client.log", "cannot be read");
    // Absence is proved, too.
    let world = world(book.files(), &[], None);
    world.fails_with("acme/none", "client.not-found", ExitCode::Usage);
    world.fails_with("none/none", "client.not-found", ExitCode::Usage);
}

#[test]
fn a_log_that_is_shorter_forked_or_gone_is_refused() {
    let made = release(&key(), "acme/sms", "1.0.0");
    let mut book = book_of(&[&made]);
    let short = book.clone();
    others(&mut book, 4);
    let one = std::slice::from_ref(&made);
    let seen = seen_of(&world(book.files(), one, None));
    refused(&world(short.files(), one, Some(&seen)), "client.log", "had 10 entries and now has 2");
    assert_eq!(seen_of(&world(book.files(), one, Some(&seen))), seen);

    // The same release at its place, another entry beside it: of the same size, and longer.
    for more in [0, 8] {
        let mut forked = book.clone();
        forked.entries[3] = b"another".to_vec();
        others(&mut forked, more);
        refused(&world(forked.files(), one, Some(&seen)), "client.log", "were seen before");
        seen_of(&world(forked.files(), one, None));
    }
    let mut gone = book.files();
    gone.remove("/checkpoint");
    gone.remove("/.well-known/daino-registry.json");
    refused(&world(gone, one, Some(&seen)), "client.log", "its log is gone");
}

#[test]
fn a_log_of_another_key_and_tampered_tiles_are_refused() {
    let made = release(&key(), "acme/sms", "1.0.0");
    let one = std::slice::from_ref(&made);
    let mut book = Book::new();
    others(&mut book, 3);
    book.state(&made.entry.envelope);
    let seen = seen_of(&world(book.files(), one, None));
    let thief = book.stolen();
    refused(&world(thief.files(), one, Some(&seen)), "trust.log", "not signed by the log's key");
    for at in [0, 2 * 32, 5 * 32 + 31] {
        let mut files = book.files();
        files.get_mut("/tile/0/000.p/8").unwrap()[at] ^= 1;
        refused(&world(files, one, None), "client.log", "does not hold");
    }
    let mut files = book.files();
    files.get_mut("/tile/0/000.p/8").unwrap().truncate(5 * 32);
    refused(&world(files, one, None), "client.log", "cannot be read");
}

#[test]
fn rubbish_in_the_log_harms_nobody() {
    let signer = key();
    let made = release(&signer, "acme/sms", "1.0.0");
    let foreign = release(&key(), "acme/sms", "9.0.0");
    let mut book = Book::new();
    book.entries.push(b"\xff garbage".to_vec());
    book.state(&made.entry.envelope);
    book.entries.push(Vec::new());
    let at = book.log(&foreign.entry.envelope);
    book.list("acme/sms", at);
    book.close();
    let world = world(book.files(), &[made, foreign], None);
    world
        .gives("acme/sms", "1.0.0")
        .heard("(9.0.0) of the registry's index of `acme/sms` is left out");
}

#[test]
fn what_was_seen_of_a_log_is_in_the_lock_file() {
    let made = release(&key(), "acme/sms", "1.0.0");
    let book = book_of(&[&made]);
    let mut world = world(book.files(), &[made], None);
    let mut request = world.request("acme/sms");
    request.trust = Some(TrustKey::New);
    let fetched = world.fetch_by(&request, &Person::default()).unwrap();
    accept_publisher(&fetched, &mut world.lock, &Person::default()).unwrap();
    world.lock.write().unwrap();
    let again = LockFile::read(&world.cache.path().join(LOCK_FILE)).unwrap();
    assert_eq!(again.log(&fetched.registry), fetched.log.as_ref());
    assert_eq!(fetched.log.unwrap().size, 2);
    let owner = again.pins().owner(&fetched.name.namespace).unwrap();
    assert_eq!(*owner, fetched.owner.unwrap().pin());
}

/// A namespace with one release of a first key, and its chain.
fn owned(signer: &SigningKey) -> (Book, OwnerChain, Made) {
    let made = release(signer, "acme/sms", "1.0.0");
    let book = book_of(&[&made]);
    let chain = OwnerChain::found(0, &made.entry.envelope).unwrap();
    (book, chain, made)
}

fn next(chain: &OwnerChain, keys: &[&SigningKey]) -> OwnerPredicate {
    let keys = keys.iter().map(|key| key.public()).collect();
    OwnerPredicate { keys, ..chain.next("2026-01-02T03:04:05Z".to_owned()) }
}

/// Accepts what is there now, and remembers it.
fn accepted(book: &Book, made: &[Made]) -> LockFile {
    let mut world = world(book.files(), made, None);
    let mut request = world.request("acme/sms");
    request.trust = Some(TrustKey::New);
    let fetched = world.fetch_by(&request, &Person::default()).unwrap();
    accept_publisher(&fetched, &mut world.lock, &Person::default()).unwrap();
    world.lock
}

#[test]
fn a_rotated_key_is_followed_and_the_old_one_signs_nothing_new() {
    let (old, new) = (key(), key());
    let (mut book, chain, first) = owned(&old);
    let lock = accepted(&book, std::slice::from_ref(&first));
    book.state(&sign_statement(&Statement::Owner(next(&chain, &[&new])), &[&old]));
    let second = release(&new, "acme/sms", "1.1.0");
    book.state(&second.entry.envelope);
    let late = release(&old, "acme/sms", "1.2.0");
    let at = book.log(&late.entry.envelope);
    book.list("acme/sms", at);
    book.close();
    let made = [first, second, late];
    let mut world = world(book.files(), &made, None);
    world.lock = lock;
    world.gives("acme/sms", "1.1.0").heard("(1.2.0)");
    let fetched = world.fetch("acme/sms", &Person::default()).unwrap();
    assert_eq!(fetched.standing, KeyStanding::Pinned, "nobody is asked again");
    world.gives("acme/sms@1.0.0", "1.0.0");
    let failure = world.fetch("acme/sms@1.2.0", &Person::default()).unwrap_err();
    assert_eq!(failure.code().id, "trust.unknown-key");
    accept_publisher(&fetched, &mut world.lock, &Person::default()).unwrap();
    assert_eq!(world.lock.pins().owner(&fetched.name.namespace).unwrap().epoch, 2);
}

#[test]
fn a_rotation_that_the_owner_did_not_sign_is_refused() {
    let (owner, thief) = (key(), key());
    let (mut book, chain, first) = owned(&owner);
    let lock = accepted(&book, std::slice::from_ref(&first));
    book.state(&sign_statement(&Statement::Owner(next(&chain, &[&thief])), &[&thief]));
    let second = release(&thief, "acme/sms", "1.1.0");
    book.state(&second.entry.envelope);
    for known in [true, false] {
        let mut world = world(book.files(), &[first.clone(), second.clone()], None);
        if known {
            world.lock = lock.clone();
        }
        refused(&world, "trust.unknown-key", "not signed by a key that is known");
    }
}

/// The registry makes the namespace anew, with an owner of its own: whoever knows the true one sees it.
#[test]
fn another_owner_chain_than_the_one_seen_is_refused() {
    let (owner, thief) = (key(), key());
    let (book, _, first) = owned(&owner);
    let lock = accepted(&book, &[first]);
    let (fake, chain, _) = owned(&thief);
    let made = [release(&thief, "acme/sms", "1.0.0")];
    let mut world = world(fake.files(), &made, None);
    world.lock = lock;
    refused(&world, "trust.owner", "not the one that was seen before");
    let pins = world.lock.pins();
    assert_eq!(pins.follow(&chain), Continuity::Forked);
}

#[test]
fn a_namespace_that_was_given_away_has_to_be_accepted_again() {
    let (seller, buyer) = (key(), key());
    let (mut book, chain, first) = owned(&seller);
    let lock = accepted(&book, std::slice::from_ref(&first));
    let transfer = next(&chain, &[&buyer]);
    book.state(&sign_statement(&Statement::Transfer(transfer), &[&seller]));
    let second = release(&buyer, "acme/sms", "1.1.0");
    book.state(&second.entry.envelope);
    let mut world = world(book.files(), &[first, second], None);
    world.lock = lock;
    let failure = world.fails_with("acme/sms", "client.key-changed", ExitCode::Integrity);
    assert!(failure.to_string().contains(buyer.public().id().as_str()), "{failure}");
    let mut request = world.request("acme/sms");
    request.trust = Some(TrustKey::Id(buyer.public().id()));
    let fetched = world.fetch_by(&request, &Person::default()).unwrap();
    accept_publisher(&fetched, &mut world.lock, &Person::default()).unwrap();
    world.gives("acme/sms", "1.1.0");
}

#[test]
fn a_revoked_key_covers_what_is_before_that_in_the_log() {
    let (one, two) = (key(), key());
    let (mut book, mut chain, first) = owned(&one);
    let link = sign_statement(&Statement::Owner(next(&chain, &[&one, &two])), &[&one]);
    let at = book.state(&link);
    chain.apply(at, &link).unwrap();
    let before = release(&one, "acme/sms", "1.1.0");
    book.state(&before.entry.envelope);
    let revoked = RevokeKeyPredicate {
        namespace: chain.namespace().clone(),
        epoch: 2,
        key: one.public().id(),
        reason: Some("stolen".to_owned()),
        signed_at: "2026-01-02T03:04:05Z".to_owned(),
    };
    book.state(&sign_statement(&Statement::RevokeKey(revoked), &[&two]));
    let after = release(&one, "acme/sms", "1.2.0");
    let at = book.log(&after.entry.envelope);
    book.list("acme/sms", at);
    book.close();
    let made = [first, before, after.clone()];
    world(book.files(), &made, None).gives("acme/sms", "1.1.0").heard("(1.2.0)");
    // The registry lists it at the place of the release before: the log says otherwise.
    let mut lying = book.clone();
    let page = String::from_utf8(lying.pages["acme/sms"].clone()).unwrap();
    let page = page.replace(&format!("\"logged\":{at},"), "\"logged\":4,");
    lying.pages.insert("acme/sms".to_owned(), page.into_bytes());
    lying.set("acme/sms");
    lying.close();
    refused(&world(lying.files(), &made, None), "client.log", "does not hold `acme/sms` 1.2.0");
}

#[test]
fn an_owner_statement_at_another_place_than_its_own_is_refused() {
    let (one, two) = (key(), key());
    let (mut book, chain, first) = owned(&one);
    let at = book.state(&sign_statement(&Statement::Owner(next(&chain, &[&two])), &[&one]));
    let late = release(&one, "acme/sms", "1.1.0");
    let late_at = book.log(&late.entry.envelope);
    book.list("acme/sms", late_at);
    // As if the old key had been in force for longer.
    let page = String::from_utf8(book.pages["acme"].clone()).unwrap();
    let page = page.replace(&format!("\"logged\":{at},"), &format!("\"logged\":{},", late_at + 1));
    book.pages.insert("acme".to_owned(), page.into_bytes());
    book.set("acme");
    book.close();
    refused(&world(book.files(), &[first, late], None), "client.log", "does not hold what it says");
    let error: Failure = TrustError::Owner("x".to_owned()).into();
    assert_eq!(error.exit(), ExitCode::Integrity);
}

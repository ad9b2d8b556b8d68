//! Registries whose log is whole, forked, shortened, gone, or does not hold the release.

use super::*;
use crate::client::SeenLog;
use crate::trust::tlog::{Checkpoint, LogKey, hash_leaf, nodes, release_entry, root};
use crate::trust::{embedded_keys, verify_release};

/// A log of these entries, as files.
struct Files {
    key: String,
    checkpoint: String,
    hashes: Vec<u8>,
    width: usize,
}

fn entry(made: &Made) -> Vec<u8> {
    let envelope = &made.entry.envelope;
    let statement = verify_release(envelope, &embedded_keys(envelope).unwrap()).unwrap();
    release_entry(envelope, &statement).unwrap()
}

fn log_of(signer: &SigningKey, entries: &[Vec<u8>]) -> Files {
    let size = entries.len() as u64;
    let leaves: Vec<_> = entries.iter().map(|entry| hash_leaf(entry)).collect();
    let cuts: Vec<u64> = (0..size).collect();
    let row: Vec<_> = nodes(size, &cuts).into_iter().zip(leaves.iter().copied()).collect();
    let checkpoint = Checkpoint { size, root: root(size, &row).unwrap() };
    Files {
        key: LogKey::of(signer.public()).to_string(),
        checkpoint: checkpoint.sign(signer),
        hashes: leaves.iter().flat_map(|hash| *hash.raw()).collect(),
        width: entries.len(),
    }
}

fn at(made: &Made, place: u64) -> Made {
    let mut made = made.clone();
    made.entry.logged = Some(place);
    made
}

/// A registry with this log and these releases, and what was seen of its log before.
fn world(made: Vec<Made>, log: Option<Files>, seen: Option<&SeenLog>) -> World {
    let mut world = World::of(move |asked| match (asked.target.as_str(), &log) {
        ("/.well-known/daino-registry.json", Some(log)) => {
            ok(format!(r#"{{"format":1,"api":"api/v1/","log":{{"key":"{}"}}}}"#, log.key))
        }
        ("/checkpoint", Some(log)) => ok(log.checkpoint.clone()),
        (path, Some(log)) if path == format!("/tile/0/000.p/{}", log.width) => {
            ok(log.hashes.clone())
        }
        _ => serves(&made, asked),
    });
    if let Some(seen) = seen {
        let url = registry(&world.peer.url).url;
        world.lock.saw_log(&url, seen.clone());
    }
    world
}

fn noise(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|n| n.to_string().into_bytes()).collect()
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
    let (signer, log) = (key(), key());
    let made = release(&signer, "acme/sms", "1.0.0");
    for before in [0, 1, 6, 7, 8, 100] {
        let mut entries = noise(before);
        entries.push(entry(&made));
        let one = at(&made, before as u64);
        let seen = seen_of(&world(vec![one.clone()], Some(log_of(&log, &entries)), None));
        assert_eq!(seen.size, before as u64 + 1);
        // The same log, and the log that goes on from there.
        for more in [0, 1, 30] {
            entries.extend(noise(more));
            let later = world(vec![one.clone()], Some(log_of(&log, &entries)), Some(&seen));
            assert_eq!(seen_of(&later).size, entries.len() as u64);
        }
    }
    // A registry without a log, of which none was seen, is not refused for that.
    assert!(
        world(vec![made], None, None).fetch("acme/sms", &Person::default()).unwrap().log.is_none()
    );
}

#[test]
fn a_release_that_the_log_does_not_hold_is_refused() {
    let (signer, log) = (key(), key());
    let made = release(&signer, "acme/sms", "1.0.0");
    let other = release(&signer, "acme/sms", "2.0.0");
    let entries = [noise(5), vec![entry(&other), entry(&made)]].concat();
    let with = |made| world(vec![made], Some(log_of(&log, &entries)), None);
    refused(&with(made.clone()), "client.log", "does not hold");
    refused(&with(at(&made, 5)), "client.log", "does not hold");
    refused(&with(at(&made, 7)), "client.log", "does not hold");
    refused(&with(at(&made, u64::MAX)), "client.log", "does not hold");
    assert_eq!(seen_of(&with(at(&made, 6))).size, 7);
}

#[test]
fn a_log_that_is_shorter_forked_or_gone_is_refused() {
    let (signer, log) = (key(), key());
    let made = at(&release(&signer, "acme/sms", "1.0.0"), 0);
    let with = |more: usize, seen: Option<&SeenLog>| {
        let entries = [vec![entry(&made)], noise(more)].concat();
        world(vec![made.clone()], Some(log_of(&log, &entries)), seen)
    };
    let seen = seen_of(&with(9, None));
    refused(&with(4, Some(&seen)), "client.log", "had 10 entries and now has 5");
    assert_eq!(seen_of(&with(9, Some(&seen))), seen);

    // The same release at its place, another entry beside it: of the same size, and longer.
    for size in [10, 25] {
        let mut entries = [vec![entry(&made)], noise(size - 1)].concat();
        entries[3] = b"another".to_vec();
        let forked = world(vec![made.clone()], Some(log_of(&log, &entries)), Some(&seen));
        refused(&forked, "client.log", "were seen before");
        seen_of(&world(vec![made.clone()], Some(log_of(&log, &entries)), None));
    }
    refused(&world(vec![made.clone()], None, Some(&seen)), "client.log", "its log is gone");
}

#[test]
fn a_log_of_another_key_and_tampered_tiles_are_refused() {
    let (signer, log, thief) = (key(), key(), key());
    let made = at(&release(&signer, "acme/sms", "1.0.0"), 3);
    let entries = [noise(3), vec![entry(&made)], noise(9)].concat();
    let seen = seen_of(&world(vec![made.clone()], Some(log_of(&log, &entries)), None));
    let other = world(vec![made.clone()], Some(log_of(&thief, &entries)), Some(&seen));
    refused(&other, "trust.log", "not signed by the log's key");
    for at in [0, 2 * 32, 12 * 32 + 31] {
        let mut files = log_of(&log, &entries);
        files.hashes[at] ^= 1;
        refused(&world(vec![made.clone()], Some(files), None), "client.log", "does not hold");
    }
    let mut files = log_of(&log, &entries);
    files.hashes.truncate(5 * 32);
    refused(&world(vec![made], Some(files), None), "client.log", "cannot be read");
}

#[test]
fn what_was_seen_of_a_log_is_in_the_lock_file() {
    let (signer, log) = (key(), key());
    let made = at(&release(&signer, "acme/sms", "1.0.0"), 0);
    let mut world = world(vec![made.clone()], Some(log_of(&log, &[entry(&made)])), None);
    let mut request = world.request("acme/sms");
    request.trust = Some(TrustKey::New);
    let fetched = world.fetch_by(&request, &Person::default()).unwrap();
    accept_publisher(&fetched, &mut world.lock, &Person::default()).unwrap();
    world.lock.write().unwrap();
    let again = LockFile::read(&world.cache.path().join(LOCK_FILE)).unwrap();
    assert_eq!(again.log(&fetched.registry), fetched.log.as_ref());
    assert_eq!(fetched.log.unwrap().size, 1);
}

//! Thousands of small changes to a good archive: none may panic, and none may be read as
//! something else.

use super::*;

/// A small generator (xorshift64*), so that every run changes the same bytes.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % limit.max(1) as u64).unwrap()
    }
}

/// Changes, removes, adds or moves some bytes.
fn mutate(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(changed.len());
        let count = random.below(600);
        match random.below(6) {
            0 if !changed.is_empty() => changed[at] ^= 1 << random.below(8),
            1 if !changed.is_empty() => changed[at] = random.next() as u8,
            2 => changed.truncate(at),
            3 => changed.insert(at, random.next() as u8),
            4 => {
                let end = (at + count).min(changed.len());
                let part = changed[at..end].to_vec();
                let to = random.below(changed.len());
                changed.splice(to..to, part);
            }
            _ => drop(changed.drain(at..(at + count).min(changed.len()))),
        }
    }
    changed
}

fn good() -> Vec<u8> {
    let files =
        tree(&[("index.js", b"export default class {}"), ("lib/a.js", &[b'a'; 700]), ("z", b"")]);
    pack(&files, &manifest()).unwrap().bytes
}

#[test]
fn a_changed_archive_is_refused_or_is_the_same_content() {
    let good = good();
    let original = Package::read(&good).unwrap();
    let mut random = Random(0x5eed);
    for round in 0..20_000 {
        let changed = mutate(&good, &mut random);
        if let Ok(package) = Package::read(&changed) {
            assert_eq!(package.content, original.content, "round {round}");
        }
    }
}

#[test]
fn a_changed_tar_is_refused() {
    let tar = frame::decompress(&good()).unwrap();
    let mut random = Random(0xdead_5eed);
    for round in 0..5_000 {
        let changed = mutate(&tar, &mut random);
        if changed == tar {
            continue;
        }
        let read = Package::read(&frame::compress(&changed).unwrap());
        assert!(read.is_err(), "round {round}");
    }
}

#[test]
fn every_single_bit_of_the_tar_counts() {
    let tar = frame::decompress(&good()).unwrap();
    for at in 0..tar.len() {
        let mut changed = tar.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(Package::read(&frame::compress(&changed).unwrap()).is_err(), "byte {at}");
    }
}

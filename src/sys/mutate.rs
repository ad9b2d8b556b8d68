//! Random variations of known inputs, for tests of what reads hostile bytes. Test time only.
//!
//! Each such test runs for a moment with a fixed seed. `DAINO_FUZZ_SECONDS=600 cargo test mutated`
//! lets it run longer from another seed each time; a failure prints the input.

use std::time::{Duration, Instant};

/// A small generator of numbers and variations.
pub(crate) struct Mutator(u64);

impl Mutator {
    /// From a seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    /// The next number below `below`, which is not 0.
    pub(crate) fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below
    }

    /// One of these.
    pub(crate) fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }

    /// `seed` with a few pieces changed, repeated, swapped, cut, or replaced by a word.
    pub(crate) fn vary(&mut self, seed: &[u8], words: &[&str]) -> Vec<u8> {
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(6) {
            let at = self.below(bytes.len() + 1);
            let end = (at + self.below(8)).min(bytes.len());
            match self.below(6) {
                0 if at < bytes.len() => bytes[at] = self.below(256) as u8,
                1 => drop(bytes.splice(at..end, self.pick(words).bytes())),
                2 => drop(bytes.drain(at..end)),
                3 => {
                    let piece = bytes[at..end].to_vec();
                    let times = self.below(20);
                    bytes.splice(at..at, piece.repeat(times));
                }
                4 if at < bytes.len() => {
                    let other = self.below(bytes.len());
                    bytes.swap(at, other);
                }
                _ => bytes.insert(at, *self.pick(&[&b'/', &b'.', &0, &0xff, &b'%', &b'@'])),
            }
        }
        bytes
    }

    /// The same as text; what is not UTF-8 is replaced.
    pub(crate) fn vary_text(&mut self, seed: &str, words: &[&str]) -> String {
        String::from_utf8_lossy(&self.vary(seed.as_bytes(), words)).into_owned()
    }
}

/// Runs `step` for a moment, or for `DAINO_FUZZ_SECONDS`; gives how often.
pub(crate) fn repeat(mut step: impl FnMut(&mut Mutator)) -> u64 {
    let longer = std::env::var("DAINO_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok());
    let seed = match longer {
        Some(_) => jiff::Timestamp::now().as_nanosecond() as u64,
        None => 0x9e37_79b9_7f4a_7c15,
    };
    let mut mutator = Mutator::new(seed);
    let until = Instant::now() + longer.map_or(Duration::from_millis(300), Duration::from_secs);
    let mut count = 0;
    while Instant::now() < until {
        for _ in 0..64 {
            step(&mut mutator);
            count += 1;
        }
    }
    count
}

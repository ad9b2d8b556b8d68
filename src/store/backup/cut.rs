//! Where a stream is cut into chunks: by what it holds, so that an edit changes the chunks around it
//! and no other.
//!
//! A gear hash (Xia et al., "FastCDC", 2016) over the last 64 bytes; a chunk ends where its upper
//! bits are zero. The same bytes are cut at the same places in every backup.

/// Sizes of chunks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    least: usize,
    most: usize,
    /// How many upper bits of the hash are zero at an end: one end in 2^bits bytes.
    bits: u32,
}

impl Sizes {
    /// For rows: 64 KB to 1 MB, 256 KB on the average.
    pub(super) const ROWS: Self = Self { least: 64 << 10, most: LONGEST, bits: 18 };
    /// For code and definitions, small files: 2 KB to 256 KB, 16 KB on the average.
    pub(super) const TEXT: Self = Self { least: 2 << 10, most: 256 << 10, bits: 14 };
}

/// Most bytes of a chunk.
pub(super) const LONGEST: usize = 1 << 20;
/// How many bytes a gear hash remembers.
const MEMORY: usize = 64;

/// A number for each byte, from SplitMix64. Part of the format: other numbers share nothing with
/// earlier backups.
const GEAR: [u64; 256] = {
    let (mut table, mut state, mut n) = ([0; 256], 0x6461_696e_6f2d_7064_u64, 0);
    while n < 256 {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        table[n] = z ^ (z >> 31);
        n += 1;
    }
    table
};

/// Finds the ends of chunks in a stream.
#[derive(Debug)]
pub(super) struct Cutter {
    sizes: Sizes,
    hash: u64,
    length: usize,
}

impl Cutter {
    pub(super) fn new(sizes: Sizes) -> Self {
        Self { sizes, hash: 0, length: 0 }
    }

    /// How many of `bytes` still belong to the chunk, when it ends in them.
    pub(super) fn end(&mut self, bytes: &[u8]) -> Option<usize> {
        let Sizes { least, most, bits } = self.sizes;
        // What the hash has forgotten at the first possible end need not go into it.
        let skipped = least.saturating_sub(MEMORY).saturating_sub(self.length).min(bytes.len());
        self.length += skipped;
        for (at, byte) in bytes.iter().enumerate().skip(skipped) {
            self.hash = (self.hash << 1).wrapping_add(GEAR[usize::from(*byte)]);
            self.length += 1;
            let is_end = self.length >= least && self.hash >> (64 - bits) == 0;
            if is_end || self.length >= most {
                (self.hash, self.length) = (0, 0);
                return Some(at + 1);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(bytes: &[u8], piece: usize) -> Vec<Vec<u8>> {
        let (mut cutter, mut found, mut open) = (Cutter::new(Sizes::TEXT), Vec::new(), Vec::new());
        for mut rest in bytes.chunks(piece) {
            while let Some(end) = cutter.end(rest) {
                open.extend_from_slice(&rest[..end]);
                found.push(std::mem::take(&mut open));
                rest = &rest[end..];
            }
            open.extend_from_slice(rest);
        }
        found.push(open);
        found
    }

    fn text(lines: usize) -> Vec<u8> {
        (0..lines).flat_map(|n| format!("{n}\tnote {}\n", n * 7919 % 1000).into_bytes()).collect()
    }

    #[test]
    fn the_pieces_in_which_bytes_come_do_not_matter() {
        let bytes = text(50_000);
        let whole = cut(&bytes, bytes.len());
        assert_eq!(whole.concat(), bytes);
        assert!(whole.len() > 10 && whole.iter().all(|chunk| chunk.len() <= 256 << 10));
        for piece in [1, 7, 4096, 65_537] {
            assert_eq!(cut(&bytes, piece), whole, "{piece}");
        }
    }

    #[test]
    fn an_edit_in_the_middle_changes_the_chunks_around_it() {
        let before = cut(&text(50_000), 4096);
        let mut bytes = text(50_000);
        bytes.splice(400_000..400_000, *b"a new row\n");
        let after = cut(&bytes, 4096);
        let new = after.iter().filter(|chunk| !before.contains(chunk)).count();
        assert!((1..=3).contains(&new), "{new} of {} chunks are new", after.len());
    }

    #[test]
    fn bytes_that_never_end_a_chunk_are_cut_at_the_most() {
        assert_eq!(cut(&[0; 600 << 10], 1 << 20).len(), 3);
    }
}

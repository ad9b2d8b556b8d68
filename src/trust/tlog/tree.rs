//! The tree over the entries, and proofs from it.
//!
//! A proof here is a row of perfect subtrees that lie side by side and make up the whole tree. Cut
//! at an entry, the row shows that the entry is in the tree; cut at an older size, it shows that
//! the older tree is the beginning of the newer one. Their hashes may come from anybody: they are
//! right exactly when they give the root that is known.

use crate::model::Digest;

/// A perfect subtree: the entries from `number * 2^level`, `2^level` of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Node {
    /// Its height; 0 is an entry.
    pub level: u8,
    /// Which one of its height, from 0.
    pub number: u64,
}

impl Node {
    /// The first entry behind it.
    fn end(self) -> u64 {
        (self.number + 1) << self.level
    }
}

/// The hash of an entry.
pub fn hash_leaf(entry: &[u8]) -> Digest {
    Digest::of(&[&[0], entry].concat())
}

/// The hash of two subtrees beside each other.
pub fn hash_pair(left: &Digest, right: &Digest) -> Digest {
    Digest::of(&[&[1], left.raw().as_slice(), right.raw()].concat())
}

/// The hash over a number of hashes that is a power of two.
pub fn hash_tile(hashes: &[Digest]) -> Option<Digest> {
    if !hashes.len().is_power_of_two() {
        return None;
    }
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks(2).map(|pair| hash_pair(&pair[0], &pair[1])).collect();
    }
    row.first().copied()
}

/// The subtrees, from the left, that make up a tree of `size` entries, such that none reaches over
/// a cut.
pub fn nodes(size: u64, cuts: &[u64]) -> Vec<Node> {
    let mut found = Vec::new();
    split(0, size, cuts, &mut found);
    found
}

fn split(from: u64, to: u64, cuts: &[u64], found: &mut Vec<Node>) {
    let length = to - from;
    if length == 0 {
        return;
    }
    if length.is_power_of_two() && !cuts.iter().any(|cut| (from + 1..to).contains(cut)) {
        let level = length.trailing_zeros() as u8;
        found.push(Node { level, number: from >> level });
        return;
    }
    let middle = from + half(length);
    split(from, middle, cuts, found);
    split(middle, to, cuts, found);
}

/// The largest power of two below `length`, which is at least 2.
fn half(length: u64) -> u64 {
    1 << (u64::BITS - 1 - (length - 1).leading_zeros())
}

/// The root of the tree of `size` entries that these subtrees make up; `None` when they do not.
/// The root of an empty tree is the hash of nothing.
pub fn root(size: u64, row: &[(Node, Digest)]) -> Option<Digest> {
    if size == 0 {
        return row.is_empty().then(|| Digest::of(b""));
    }
    let mut rest = row;
    let found = join(0, size, &mut rest)?;
    rest.is_empty().then_some(found)
}

fn join(from: u64, to: u64, row: &mut &[(Node, Digest)]) -> Option<Digest> {
    let ((node, hash), rest) = row.split_first()?;
    let length = to - from;
    if 1u64.checked_shl(u32::from(node.level)) == Some(length)
        && node.number.checked_mul(length) == Some(from)
    {
        *row = rest;
        return Some(*hash);
    }
    if length == 1 {
        return None;
    }
    let middle = from + half(length);
    let left = join(from, middle, row)?;
    let right = join(middle, to, row)?;
    Some(hash_pair(&left, &right))
}

/// The root of the tree over all of these entries.
pub fn root_of_leaves(leaves: &[Digest]) -> Digest {
    match leaves {
        [] => Digest::of(b""),
        [one] => *one,
        more => {
            let (left, right) = more.split_at(half(more.len() as u64) as usize);
            hash_pair(&root_of_leaves(left), &root_of_leaves(right))
        }
    }
}

/// The root of the older tree of `size` entries, from a row that was cut there.
pub fn root_of_first(size: u64, row: &[(Node, Digest)]) -> Option<Digest> {
    let inside = row.iter().take_while(|(node, _)| node.end() <= size).count();
    root(size, &row[..inside])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6962, section 2.1, word for word.
    fn by_definition(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => Digest::of(b""),
            [one] => *one,
            more => {
                let mut k = 1;
                while k * 2 < more.len() {
                    k *= 2;
                }
                hash_pair(&by_definition(&more[..k]), &by_definition(&more[k..]))
            }
        }
    }

    fn leaves(count: u64) -> Vec<Digest> {
        (0..count).map(|n| hash_leaf(&n.to_be_bytes())).collect()
    }

    fn row(leaves: &[Digest], cuts: &[u64]) -> Vec<(Node, Digest)> {
        let nodes = nodes(leaves.len() as u64, cuts).into_iter();
        let hash = |node: Node| {
            let from = (node.number << node.level) as usize;
            by_definition(&leaves[from..from + (1 << node.level)])
        };
        nodes.map(|node| (node, hash(node))).collect()
    }

    /// The vectors of certificate-transparency's own tests.
    #[test]
    fn hashes_as_the_rfc_says() {
        let hex = |text: &str| format!("sha256:{text}").parse::<Digest>().unwrap();
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(root(0, &[]), Some(hex(empty)));
        let leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(hash_leaf(b""), hex(leaf));
        let two = [hash_leaf(b""), hash_leaf(&[0])];
        let expected = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
        assert_eq!(hash_tile(&two), Some(hex(expected)));
        assert_eq!(hash_tile(&leaves(3)), None);
    }

    #[test]
    fn every_entry_of_every_tree_is_proved_and_no_other() {
        for size in 1..40 {
            let leaves = leaves(size);
            let expected = by_definition(&leaves);
            assert_eq!(root(size, &row(&leaves, &[])), Some(expected));
            assert_eq!(root_of_leaves(&leaves), expected);
            for at in 0..size {
                let mut row = row(&leaves, &[at, at + 1]);
                assert_eq!(root(size, &row), Some(expected), "{at} of {size}");
                let entry = row.iter_mut().find(|(n, _)| *n == Node { level: 0, number: at });
                entry.unwrap().1 = hash_leaf(b"another");
                assert_ne!(root(size, &row), Some(expected), "{at} of {size}");
            }
        }
    }

    #[test]
    fn every_older_tree_is_the_beginning_of_a_newer_one() {
        for size in 1..40 {
            let leaves = leaves(size);
            for older in 0..=size {
                let row = row(&leaves, &[older]);
                assert_eq!(root(size, &row), Some(by_definition(&leaves)));
                let expected = by_definition(&leaves[..older as usize]);
                assert_eq!(root_of_first(older, &row), Some(expected), "{older} of {size}");
            }
        }
    }

    #[test]
    fn rows_that_make_up_another_tree_are_none() {
        let leaves = leaves(5);
        let good = row(&leaves, &[]);
        assert_eq!(root(5, &good[..1]), None);
        assert_eq!(root(4, &good), None);
        assert_eq!(root(6, &good), None);
        let mut moved = good.clone();
        moved[0].0.number = u64::MAX;
        moved[1].0.level = 200;
        assert_eq!(root(5, &moved), None);
        assert_eq!(root_of_first(3, &good), None);
    }
}

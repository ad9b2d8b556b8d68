//! What a log proves at a checkpoint: that entries are in it, and that an older tree is its
//! beginning. One row of hashes proves all of it at once.

use super::Checkpoint;
use super::tree::{Node, nodes, root, root_of_first};
use crate::model::Digest;

/// What is to be proved.
#[derive(Debug, Clone, Default)]
pub struct Claim {
    /// Size and root of an older tree.
    pub older: Option<(u64, Digest)>,
    /// Places of entries, and the hash of each.
    pub entries: Vec<(u64, Digest)>,
}

/// Why a claim does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// An entry is not where it is said to be.
    Entries,
    /// The older tree is not the beginning of this one.
    Older,
}

impl Claim {
    /// The subtrees whose hashes prove it, without those that are entries of the claim.
    pub fn needed(&self, size: u64) -> Vec<Node> {
        let mut needed = self.row(size);
        needed.retain(|node| self.known(node).is_none());
        needed
    }

    fn row(&self, size: u64) -> Vec<Node> {
        let ends = self.entries.iter().flat_map(|(at, _)| [*at, at.saturating_add(1)]);
        let cuts: Vec<u64> = ends.chain(self.older.map(|(size, _)| size)).collect();
        nodes(size, &cuts)
    }

    fn known(&self, node: &Node) -> Option<Digest> {
        let of =
            |(at, hash): &(u64, Digest)| (node.level == 0 && node.number == *at).then_some(*hash);
        self.entries.iter().find_map(of)
    }

    /// Holds the claim against a checkpoint, with the hashes of [`Claim::needed`] in that order.
    pub fn check(&self, checkpoint: &Checkpoint, hashes: &[Digest]) -> Result<(), Fault> {
        let size = checkpoint.size;
        // Two entries at one place would be checked as one.
        let is_other = |(at, hash): &(u64, Digest)| {
            *at >= size || self.entries.iter().any(|(other, own)| other == at && own != hash)
        };
        if self.entries.iter().any(is_other) {
            return Err(Fault::Entries);
        }
        if self.older.is_some_and(|(older, _)| older > size) {
            return Err(Fault::Older);
        }
        let mut rest = hashes.iter();
        let hash = |node: Node| Some((node, self.known(&node).or_else(|| rest.next().copied())?));
        let row: Option<Vec<(Node, Digest)>> = self.row(size).into_iter().map(hash).collect();
        let row = row.filter(|_| rest.next().is_none()).ok_or(Fault::Entries)?;
        if root(size, &row) != Some(checkpoint.root) {
            return Err(Fault::Entries);
        }
        match self.older {
            Some((older, expected)) if root_of_first(older, &row) != Some(expected) => {
                Err(Fault::Older)
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::hash_leaf;
    use super::*;

    fn tree(size: u64) -> (Vec<Digest>, Checkpoint) {
        let leaves: Vec<Digest> = (0..size).map(|n| hash_leaf(&n.to_be_bytes())).collect();
        let root = of(&leaves, 0, size);
        (leaves, Checkpoint { size, root })
    }

    fn of(leaves: &[Digest], from: u64, to: u64) -> Digest {
        let part = &leaves[from as usize..to as usize];
        let cuts: Vec<u64> = (0..part.len() as u64).collect();
        let row = nodes(part.len() as u64, &cuts).into_iter().zip(part.iter().copied());
        root(part.len() as u64, &row.collect::<Vec<_>>()).unwrap()
    }

    fn hashes(leaves: &[Digest], claim: &Claim) -> Vec<Digest> {
        let hash =
            |node: Node| of(leaves, node.number << node.level, (node.number + 1) << node.level);
        claim.needed(leaves.len() as u64).into_iter().map(hash).collect()
    }

    #[test]
    fn entries_and_an_older_tree_are_proved_at_once_and_nothing_else_is() {
        for size in [1u64, 2, 7, 8, 21] {
            let (leaves, checkpoint) = tree(size);
            for (one, two) in [(0, size - 1), (size / 2, size / 3)] {
                for older in 0..=size {
                    let root = if older == 0 { Digest::of(b"") } else { of(&leaves, 0, older) };
                    let entries = [one, two].map(|at| (at, leaves[at as usize])).to_vec();
                    let claim = Claim { older: Some((older, root)), entries };
                    let row = hashes(&leaves, &claim);
                    assert_eq!(claim.check(&checkpoint, &row), Ok(()));
                    let mut other = claim.clone();
                    other.entries[0].1 = hash_leaf(b"another");
                    other.entries[1].1 = hash_leaf(b"another");
                    assert_eq!(other.check(&checkpoint, &row), Err(Fault::Entries));
                    let forked = Claim { older: Some((older, hash_leaf(b"x"))), ..claim.clone() };
                    assert_eq!(forked.check(&checkpoint, &row), Err(Fault::Older));
                    let more = [row.clone(), vec![leaves[0]]].concat();
                    assert_eq!(claim.check(&checkpoint, &more), Err(Fault::Entries));
                    if let Some((_, less)) = row.split_last() {
                        assert_eq!(claim.check(&checkpoint, less), Err(Fault::Entries));
                    }
                }
            }
            let twice = vec![(0, leaves[0]), (0, hash_leaf(b"another"))];
            let twice = Claim { older: None, entries: twice };
            assert_eq!(twice.check(&checkpoint, &hashes(&leaves, &twice)), Err(Fault::Entries));
            let beyond = Claim { older: None, entries: vec![(size, leaves[0])] };
            assert_eq!(beyond.check(&checkpoint, &[]), Err(Fault::Entries));
            let beyond = Claim { older: Some((size + 1, leaves[0])), entries: Vec::new() };
            assert_eq!(beyond.check(&checkpoint, &[]), Err(Fault::Older));
        }
    }
}

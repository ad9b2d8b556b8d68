//! The index as one value: a Merkle map from a name to the digest of its index file.
//!
//! A name (`namespace` or `namespace/slug`) falls into one of 65,536 buckets, by the first two bytes
//! of its SHA-256. A bucket is the sorted lines `NAME DIGEST\n` of its names, its hash that of a
//! leaf of RFC 6962 over this text; an empty one has the hash of no bytes. 256 buckets make a page,
//! 256 pages the map: both are binary trees of height 8 with the hashes of RFC 6962. So setting a
//! name costs the same however many there are, and a proof is a bucket and sixteen hashes.

#![cfg_attr(
    not(feature = "registry-server"),
    allow(dead_code, reason = "only a registry and its auditors make a map")
)]

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tlog::{WIDTH, hash_leaf, hash_pair, hash_tile};
use crate::model::Digest;

/// Most bytes of a bucket, for readers.
pub const MAX_BUCKET: usize = 4 * 1024 * 1024;
/// Hashes of a page.
const PAGE: usize = WIDTH as usize;
/// Hashes beside a path through a page.
const HEIGHT: usize = 8;

/// Page and bucket in it of a name.
pub fn place(name: &str) -> (u8, u8) {
    let [page, bucket, ..] = *Digest::of(name.as_bytes()).raw();
    (page, bucket)
}

/// The hashes of an empty page.
pub fn empty_page() -> Vec<Digest> {
    vec![hash_bucket(""); PAGE]
}

/// The hashes of a map of empty pages.
pub fn empty_map() -> Vec<Digest> {
    let page = hash_tile(&empty_page()).expect("a page has 256 hashes");
    vec![page; PAGE]
}

/// The hash of a bucket.
pub fn hash_bucket(lines: &str) -> Digest {
    hash_leaf(lines.as_bytes())
}

/// A bucket, read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bucket(BTreeMap<String, Digest>);

impl Bucket {
    /// Reads its lines; `None` when they are not in the one form, sorted, each name once.
    pub fn read(text: &str) -> Option<Self> {
        let line = |line: &str| {
            let (name, digest) = line.split_once(' ')?;
            Some((name.to_owned(), digest.parse().ok()?))
        };
        let names: Option<BTreeMap<String, Digest>> = text.lines().map(line).collect();
        let bucket = Self(names?);
        (bucket.write() == text).then_some(bucket)
    }

    /// Its lines.
    pub fn write(&self) -> String {
        self.0.iter().map(|(name, digest)| format!("{name} {digest}\n")).collect()
    }

    /// The digest of a name.
    pub fn get(&self, name: &str) -> Option<Digest> {
        self.0.get(name).copied()
    }

    /// Sets the digest of a name.
    pub fn set(&mut self, name: &str, digest: Digest) {
        self.0.insert(name.to_owned(), digest);
    }
}

/// The bucket of a name, and the hashes that lead from it to the root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapProof {
    /// The bucket's lines.
    pub bucket: String,
    /// The hashes beside the path, from the bucket up.
    pub path: Vec<Digest>,
}

impl MapProof {
    /// The proof of a name, from its bucket, its page, and the map.
    pub fn of(name: &str, bucket: String, page: &[Digest], map: &[Digest]) -> Option<Self> {
        let (number, inner) = place(name);
        let mut path = beside(page, inner)?;
        path.extend(beside(map, number)?);
        Some(Self { bucket, path })
    }

    /// The root of the map that this proves something of, and what it says of the name; `None` when it
    /// is no proof.
    pub fn open(&self, name: &str) -> Option<(Digest, Option<Digest>)> {
        let [page, bucket]: [&[Digest]; 2] = {
            let (low, high) = self.path.split_at_checked(HEIGHT)?;
            [high, low]
        };
        let (number, inner) = place(name);
        let found = Bucket::read(&self.bucket)?.get(name);
        let low = climb(hash_bucket(&self.bucket), inner, bucket)?;
        Some((climb(low, number, page)?, found))
    }
}

/// The hashes beside the path to one of 256, from below.
fn beside(hashes: &[Digest], at: u8) -> Option<Vec<Digest>> {
    if hashes.len() != PAGE {
        return None;
    }
    let mut row = hashes.to_vec();
    let mut at = usize::from(at);
    let mut path = Vec::with_capacity(HEIGHT);
    while row.len() > 1 {
        path.push(row[at ^ 1]);
        row = row.chunks(2).map(|pair| hash_pair(&pair[0], &pair[1])).collect();
        at /= 2;
    }
    Some(path)
}

fn climb(hash: Digest, at: u8, path: &[Digest]) -> Option<Digest> {
    if path.len() != HEIGHT {
        return None;
    }
    let step = |(hash, at): (Digest, u8), beside: &Digest| {
        let up = if at % 2 == 0 { hash_pair(&hash, beside) } else { hash_pair(beside, &hash) };
        (up, at / 2)
    };
    Some(path.iter().fold((hash, at), step).0)
}

/// A whole map in memory: what a witness computes.
#[derive(Debug, Clone)]
pub struct Map {
    buckets: BTreeMap<(u8, u8), Bucket>,
    pages: BTreeMap<u8, Vec<Digest>>,
    /// The hashes of the pages.
    hashes: Vec<Digest>,
}

impl Default for Map {
    fn default() -> Self {
        Self { buckets: BTreeMap::new(), pages: BTreeMap::new(), hashes: empty_map() }
    }
}

impl Map {
    /// Sets the digest of a name.
    pub fn set(&mut self, name: &str, digest: Digest) {
        let (page, inner) = place(name);
        let bucket = self.buckets.entry((page, inner)).or_default();
        bucket.set(name, digest);
        let hash = hash_bucket(&bucket.write());
        let hashes = self.pages.entry(page).or_insert_with(empty_page);
        hashes[usize::from(inner)] = hash;
        self.hashes[usize::from(page)] = hash_tile(hashes).expect("a page has 256 hashes");
    }

    /// Its root.
    pub fn root(&self) -> Digest {
        hash_tile(&self.hashes).expect("a map has 256 hashes")
    }

    /// The files of it below `map/`, at a checkpoint of `size`.
    #[cfg(test)]
    pub fn files(&self, size: u64) -> Vec<(String, Vec<u8>)> {
        let bytes = |hashes: &[Digest]| hashes.iter().flat_map(|hash| *hash.raw()).collect();
        let path = |hash: Digest| format!("{}/{}", &hash.hex()[..2], hash.hex());
        let mut files = vec![(format!("top/{size}"), bytes(&self.hashes))];
        files.push((path(hash_tile(&empty_page()).unwrap()), bytes(&empty_page())));
        files.push((path(hash_bucket("")), Vec::new()));
        for page in self.pages.values() {
            files.push((path(hash_tile(page).unwrap()), bytes(page)));
        }
        for bucket in self.buckets.values() {
            let lines = bucket.write();
            files.push((path(hash_bucket(&lines)), lines.into_bytes()));
        }
        files
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(text: &str) -> Digest {
        Digest::of(text.as_bytes())
    }

    fn map_of(names: &[String]) -> Map {
        let mut map = Map::default();
        names.iter().for_each(|name| map.set(name, digest(name)));
        map
    }

    fn prove(map: &Map, name: &str) -> MapProof {
        let (page, inner) = place(name);
        let hashes = map.pages.get(&page).cloned().unwrap_or_else(empty_page);
        let bucket = map.buckets.get(&(page, inner)).cloned().unwrap_or_default();
        MapProof::of(name, bucket.write(), &hashes, &map.hashes).unwrap()
    }

    #[test]
    fn the_root_depends_on_what_is_in_it_and_not_on_the_order() {
        let names: Vec<String> = (0..60).map(|n| format!("acme/p{n}")).collect();
        let map = map_of(&names);
        let mut turned = names.clone();
        turned.reverse();
        assert_eq!(map.root(), map_of(&turned).root());
        assert_ne!(map.root(), map_of(&names[1..]).root());
        let mut changed = map.clone();
        changed.set("acme/p7", digest("other"));
        assert_ne!(map.root(), changed.root());
        assert_eq!(Map::default().root(), hash_tile(&empty_map()).unwrap());
    }

    #[test]
    fn what_is_there_and_what_is_not_is_proved() {
        let names: Vec<String> = (0..60).map(|n| format!("acme/p{n}")).collect();
        let map = map_of(&names);
        for name in &names {
            assert_eq!(prove(&map, name).open(name), Some((map.root(), Some(digest(name)))));
        }
        assert_eq!(prove(&map, "acme/none").open("acme/none"), Some((map.root(), None)));
    }

    #[test]
    fn a_proof_that_was_changed_leads_elsewhere() {
        let names: Vec<String> = (0..60).map(|n| format!("acme/p{n}")).collect();
        let map = map_of(&names);
        let (name, good) = ("acme/p3", prove(&map, "acme/p3"));
        let leads = |proof: &MapProof| proof.open(name).map(|(root, _)| root);
        for at in 0..good.path.len() {
            let mut bad = good.clone();
            bad.path[at] = digest("other");
            assert_ne!(leads(&bad), Some(map.root()), "{at}");
        }
        let mut bad = good.clone();
        bad.bucket = bad.bucket.replace(&digest(name).to_string(), &digest("other").to_string());
        assert_ne!(leads(&bad), Some(map.root()));
        bad.bucket.clear();
        assert_ne!(leads(&bad), Some(map.root()), "left out");
        for path in [&good.path[1..], &[], &[good.path.clone(), vec![digest("x")]].concat()] {
            assert_eq!(leads(&MapProof { path: path.to_vec(), ..good.clone() }), None);
        }
        // Another name's place in the tree is no proof about this one.
        let other = prove(&map, "acme/p4");
        assert_ne!(
            other.open(name).and_then(|(root, _)| (root == map.root()).then_some(())),
            Some(())
        );
    }

    #[test]
    fn a_bucket_has_one_form() {
        let (a, b) = (format!("a/b {}\n", digest("1")), format!("a/c {}\n", digest("2")));
        assert!(Bucket::read(&format!("{a}{b}")).is_some() && Bucket::read("").is_some());
        for bad in [format!("{b}{a}"), format!("{a}{a}"), a.trim_end().to_owned(), "x\n".to_owned()]
        {
            assert_eq!(Bucket::read(&bad), None, "{bad}");
        }
    }
}

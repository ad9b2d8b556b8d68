//! Tiles: where the hashes and the entries of a log lie (c2sp.org/tlog-tiles).
//!
//! A tile has up to 256 hashes, each of a perfect subtree of height `8 * level`; an entry bundle has
//! the entries below a tile of level 0, each after its length as two bytes, big-endian.

use super::Node;

/// Hashes of a whole tile, entries of a whole bundle.
pub const WIDTH: u64 = 256;
/// Highest level there can be.
const MAX_LEVEL: u8 = 7;

/// What a file of the log holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TileKind {
    /// Hashes of subtrees of height `8 * level`.
    Hashes(u8),
    /// Entries.
    Entries,
}

/// One file of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// What it holds.
    pub kind: TileKind,
    /// Which one of its kind, from the left.
    pub number: u64,
    /// How many it holds, 1 to 256.
    pub width: u64,
}

impl Tile {
    /// The tile `number` of a tree of `size` entries; `None` when the tree has nothing there.
    pub fn of_tree(kind: TileKind, number: u64, size: u64) -> Option<Self> {
        let count = match kind {
            TileKind::Entries => size,
            TileKind::Hashes(level) => size.checked_shr(u32::from(level) * 8)?,
        };
        let width = count.checked_sub(number.checked_mul(WIDTH)?)?.min(WIDTH);
        (width > 0).then_some(Self { kind, number, width })
    }

    /// The tile that holds the hash of a subtree, or the hashes below it, and where in it they are.
    pub fn of_node(node: Node, size: u64) -> Option<(Self, std::ops::Range<usize>)> {
        let (level, inner) = (node.level / 8, node.level % 8);
        let first = node.number.checked_shl(u32::from(inner))?;
        let tile = Self::of_tree(TileKind::Hashes(level), first / WIDTH, size)?;
        let from = (first % WIDTH) as usize;
        let range = from..from + (1 << inner);
        (range.end as u64 <= tile.width).then_some((tile, range))
    }

    /// Its address below the registry's.
    pub fn path(&self) -> String {
        let kind = match self.kind {
            TileKind::Hashes(level) => level.to_string(),
            TileKind::Entries => "entries".to_owned(),
        };
        let mut groups = vec![format!("{:03}", self.number % 1000)];
        let mut rest = self.number / 1000;
        while rest > 0 {
            groups.insert(0, format!("x{:03}", rest % 1000));
            rest /= 1000;
        }
        let partial = if self.width < WIDTH { format!(".p/{}", self.width) } else { String::new() };
        format!("tile/{kind}/{}{partial}", groups.join("/"))
    }

    /// The tile at an address in its one spelling.
    pub fn at(path: &str) -> Option<Self> {
        let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = match kind {
            "entries" => TileKind::Entries,
            level => TileKind::Hashes(level.parse().ok().filter(|level| *level <= MAX_LEVEL)?),
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().ok()?),
            None => (rest, WIDTH),
        };
        if number.len() > 40 {
            return None;
        }
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let tile = Self { kind, number: digits.parse().ok()?, width };
        (tile.path() == path).then_some(tile)
    }
}

/// The bundle of these entries; `None` when one is longer than 65,535 bytes.
pub fn bundle(entries: &[Vec<u8>]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for entry in entries {
        bytes.extend_from_slice(&u16::try_from(entry.len()).ok()?.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Some(bytes)
}

/// The entries of a bundle; `None` when it is cut off.
pub fn entries_of(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut entries = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<2>()?;
        let (entry, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        entries.push(entry);
        bytes = rest;
    }
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_specification() {
        let tile = |kind, number, width| Tile { kind, number, width };
        for (tile, path) in [
            (tile(TileKind::Hashes(0), 1_234_067, 256), "tile/0/x001/x234/067"),
            (tile(TileKind::Hashes(1), 0, 17), "tile/1/000.p/17"),
            (tile(TileKind::Entries, 1000, 1), "tile/entries/x001/000.p/1"),
        ] {
            assert_eq!(tile.path(), path);
            assert_eq!(Tile::at(path), Some(tile));
        }
        for path in [
            "tile/0/0",
            "tile/8/000",
            "tile/00/000",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/../../x",
            "tile/0/x000/001",
            "tile/entries/000/",
            "tile/0/000.p/",
            "tile//000",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/x999/x999/999",
        ] {
            assert_eq!(Tile::at(path), None, "{path}");
        }
    }

    #[test]
    fn a_bundle_gives_its_entries_back() {
        let entries = [b"one".to_vec(), Vec::new(), vec![7; 65_535]];
        let bytes = bundle(&entries).unwrap();
        assert_eq!(entries_of(&bytes).unwrap(), entries);
        assert_eq!(entries_of(&[]).unwrap(), Vec::<&[u8]>::new());
        for cut in [1, 4, 6, bytes.len() - 1] {
            assert_eq!(entries_of(&bytes[..cut]), None, "{cut}");
        }
        assert_eq!(bundle(&[vec![0; 65_536]]), None);
    }

    #[test]
    fn a_subtree_is_in_one_tile() {
        let of = |level, number| Tile::of_node(Node { level, number }, 70_000);
        let at = |path, range| Some((Tile::at(path).unwrap(), range));
        assert_eq!(of(0, 256), at("tile/0/001", 0..1));
        assert_eq!(of(3, 33), at("tile/0/001", 8..16));
        assert_eq!(of(8, 272), at("tile/1/001.p/17", 16..17));
        assert_eq!(of(8, 273), None);
        assert_eq!(of(0, 70_000), None);
        assert_eq!(of(255, u64::MAX), None);
    }
}

//! One ustar header (POSIX.1-1988): 512 bytes, written in one way only.
//!
//! Reading looks at the fields to name what is wrong; whether a header is canonical is decided by
//! writing it again and comparing.

use crate::model::TreePath;

/// Bytes of a block: headers are one, contents are padded to whole ones.
pub(super) const BLOCK: usize = 512;
/// Two zero blocks end a tar.
pub(super) const END: usize = 2 * BLOCK;

const NAME: std::ops::Range<usize> = 0..100;
const MODE: std::ops::Range<usize> = 100..108;
const SIZE: std::ops::Range<usize> = 124..136;
const CHECKSUM: std::ops::Range<usize> = 148..156;
const KIND: usize = 156;
const MAGIC: std::ops::Range<usize> = 257..265;
const PREFIX: std::ops::Range<usize> = 345..500;

/// Bytes that `size` takes in whole blocks.
pub(super) fn padded(size: usize) -> usize {
    size.div_ceil(BLOCK) * BLOCK
}

/// The header of a plain file, or `None` when the path does not fit: at most 100 bytes, or at a
/// `/` into at most 155 and at most 100.
pub(super) fn write(path: &str, size: u64) -> Option<[u8; BLOCK]> {
    let (prefix, name) = split(path)?;
    let mut block = [0u8; BLOCK];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[MODE].copy_from_slice(b"0000644\0");
    block[108..116].copy_from_slice(b"0000000\0");
    block[116..124].copy_from_slice(b"0000000\0");
    block[SIZE].copy_from_slice(format!("{size:011o}\0").as_bytes().get(..12)?);
    block[136..148].copy_from_slice(b"00000000000\0");
    block[KIND] = b'0';
    block[MAGIC].copy_from_slice(b"ustar\x0000");
    block[329..337].copy_from_slice(b"0000000\0");
    block[337..345].copy_from_slice(b"0000000\0");
    block[PREFIX.start..PREFIX.start + prefix.len()].copy_from_slice(prefix.as_bytes());
    let sum = checksum(&block);
    block[CHECKSUM].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    Some(block)
}

/// Whether a path fits a header.
pub(super) fn fits(path: &TreePath) -> bool {
    split(path.as_str()).is_some()
}

/// Prefix and name: no prefix when the path fits the name, else the shortest one.
fn split(path: &str) -> Option<(&str, &str)> {
    if path.len() <= NAME.len() {
        return Some(("", path));
    }
    let (at, _) = path.match_indices('/').find(|(at, _)| path.len() - at - 1 <= NAME.len())?;
    (at <= PREFIX.len()).then(|| (&path[..at], &path[at + 1..]))
}

/// Sum of all bytes, with the checksum field taken as spaces.
fn checksum(block: &[u8; BLOCK]) -> u32 {
    block
        .iter()
        .enumerate()
        .map(|(at, byte)| u32::from(if CHECKSUM.contains(&at) { b' ' } else { *byte }))
        .sum()
}

/// A header as read, with nothing believed.
pub(super) struct Header<'a>(pub &'a [u8; BLOCK]);

impl Header<'_> {
    /// Whether the block is all zero, as the end of a tar is.
    pub(super) fn is_zero(&self) -> bool {
        self.0.iter().all(|byte| *byte == 0)
    }

    /// Whether the checksum field holds the sum.
    pub(super) fn sum_is_right(&self) -> bool {
        octal(&self.0[CHECKSUM]) == Some(u64::from(checksum(self.0)))
    }

    /// What the entry is, when it is not a plain file in ustar form.
    pub(super) fn oddity(&self) -> Option<&'static str> {
        match self.0[KIND] {
            b'0' => {}
            b'\0' | b'7' => return Some("a file of an old or vendor type"),
            b'1' => return Some("a hard link"),
            b'2' => return Some("a symbolic link"),
            b'3' => return Some("a character device"),
            b'4' => return Some("a block device"),
            b'5' => return Some("a directory"),
            b'6' => return Some("a named pipe"),
            b'x' | b'g' | b'X' => return Some("a PAX header"),
            b'L' | b'K' | b'N' => return Some("a GNU long name"),
            b'S' => return Some("a sparse file"),
            _ => return Some("an entry of unknown type"),
        }
        if &self.0[MAGIC] == b"ustar  \0" {
            return Some("a GNU header");
        }
        if &self.0[MAGIC] != b"ustar\x0000" {
            return Some("a header that is not ustar");
        }
        match octal(&self.0[MODE]) {
            Some(0o644) => None,
            Some(mode) if mode & 0o7000 != 0 => Some("a file with a setuid, setgid or sticky bit"),
            _ => Some("a file with a mode other than 0644"),
        }
    }

    /// The path, with the prefix put before it.
    pub(super) fn path(&self) -> Vec<u8> {
        let (prefix, name) = (text(&self.0[PREFIX]), text(&self.0[NAME]));
        if prefix.is_empty() { name.to_vec() } else { [prefix, b"/", name].concat() }
    }

    /// The path for a message: lossy, escaped, shortened.
    pub(super) fn shown(&self) -> String {
        shown(&self.path())
    }

    /// Bytes of the content; `None` for anything but plain octal digits.
    pub(super) fn size(&self) -> Option<u64> {
        octal(&self.0[SIZE])
    }
}

/// Bytes from outside, fit for a message.
pub(super) fn shown(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).chars().take(120).flat_map(char::escape_debug).collect()
}

fn text(field: &[u8]) -> &[u8] {
    &field[..field.iter().position(|byte| *byte == 0).unwrap_or(field.len())]
}

fn octal(field: &[u8]) -> Option<u64> {
    let digits = std::str::from_utf8(text(field)).ok()?.trim_end_matches(' ');
    if digits.is_empty() || !digits.bytes().all(|b| matches!(b, b'0'..=b'7')) {
        return None;
    }
    u64::from_str_radix(digits, 8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_reads_back_and_is_what_tar_reads() {
        let long = format!("{}/{}", "d".repeat(150), "f".repeat(100));
        for (path, size) in [("a.js", 0u64), ("x/é.js", 511), (&long, 7)] {
            let block = write(path, size).unwrap();
            let header = Header(&block);
            assert!(header.sum_is_right());
            assert_eq!(header.oddity(), None);
            assert_eq!(header.path(), path.as_bytes());
            assert_eq!(header.size(), Some(size));
            let theirs = tar::Header::from_byte_slice(&block);
            assert_eq!(theirs.size().unwrap(), size);
            assert_eq!(&*theirs.path_bytes(), path.as_bytes());
            assert_eq!(theirs.cksum().unwrap(), checksum(&block));
        }
    }

    #[test]
    fn a_path_that_cannot_be_split_does_not_fit() {
        for path in
            ["n".repeat(101), format!("{}/x", "d".repeat(156)), format!("d/{}", "n".repeat(101))]
        {
            assert!(write(&path, 0).is_none(), "{path}");
        }
    }

    #[test]
    fn only_octal_digits_are_a_size() {
        for bad in [&b"\x80\0\0\0\0\0\0\x01\0\0\0\0"[..], b"", b"-1", b"0x10", b"9", b"1 1"] {
            assert_eq!(octal(bad), None, "{bad:?}");
        }
    }
}

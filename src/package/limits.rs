//! How large a release may be. The same numbers hold for who packs and for who reads.

use crate::model::files::{MAX_FILES, MAX_TOTAL};

/// Bytes of a packed release: 20 MB.
pub(crate) const MAX_PACKED: usize = 20 * 1024 * 1024;
/// Name of the listing, the first entry of every archive. No file of a plugin may have it.
pub(crate) const LISTING: &str = "release.json";
/// Name of the manifest inside the archive.
pub(crate) const MANIFEST: &str = "manifest.json";
/// Bytes of a manifest.
pub(crate) const MAX_MANIFEST: usize = 1024 * 1024;
/// Bytes of the listing: 5,000 files with the longest paths stay below it.
pub(super) const MAX_LISTING: usize = 4 * 1024 * 1024;
/// Bytes of the uncompressed tar: all files, their headers and padding, and the listing.
pub(crate) const MAX_TAR: u64 = MAX_TOTAL + (MAX_FILES as u64 + 4) * 1024 + MAX_LISTING as u64;
/// Largest compression window a reader accepts: 8 MB, what RFC 8878 asks every reader to support.
pub(super) const MAX_WINDOW: u64 = 8 * 1024 * 1024;
/// How many times larger than its packed form a tar may be, above [`FREE_EXPANSION`].
pub(super) const MAX_RATIO: u64 = 250;
/// Expansion that is always allowed, so that small repetitive plugins pass: 4 MB.
pub(super) const FREE_EXPANSION: u64 = 4 * 1024 * 1024;

/// The largest tar that `packed` bytes may hold.
pub(super) fn largest_tar(packed: usize) -> u64 {
    (packed as u64).saturating_mul(MAX_RATIO).clamp(FREE_EXPANSION, MAX_TAR)
}

//! Reads an archive from anywhere, believing nothing.
//!
//! Exactly the canonical form is accepted: each header is compared with the one packing would
//! write, padding and end must be zero, order and listing must agree. What passes packs to the same
//! tar again.

use super::header::{BLOCK, END, Header, padded, shown};
use super::limits::{LISTING, MANIFEST, MAX_LISTING, MAX_MANIFEST};
use super::names::Names;
use super::pack::listing_bytes;
use super::{PackageError, frame, header};
use crate::model::files::{MAX_FILE, MAX_FILES, MAX_TOTAL};
use crate::model::release::Listing;
use crate::model::{Digest, FileSet, Manifest, TreePath};

/// A release that was read and found to be whole. Who made it is another question: see
/// `trust::verify_package`.
#[derive(Debug, Clone)]
pub struct Package {
    /// What it holds.
    pub listing: Listing,
    /// Its manifest.
    pub manifest: Manifest,
    /// Its files, without the listing.
    pub files: FileSet,
    /// SHA-256 of the packed bytes.
    pub archive: Digest,
    /// SHA-256 of the uncompressed tar.
    pub content: Digest,
    /// Bytes of the packed form.
    pub size: u64,
}

impl Package {
    /// Reads the bytes of a `.dpk`. Memory stays below the limits whatever the bytes are.
    pub fn read(bytes: &[u8]) -> Result<Self, PackageError> {
        Self::of_tar(&frame::decompress(bytes)?, bytes)
    }

    /// Reads what was in the frame `packed`.
    fn of_tar(tar: &[u8], packed: &[u8]) -> Result<Self, PackageError> {
        let mut entries = Entries::new(tar);
        let listing = read_listing(&mut entries)?;
        let files = read_files(&mut entries, &listing)?;
        let manifest = read_manifest(&files, &listing)?;
        Ok(Self {
            listing,
            manifest,
            files,
            archive: Digest::of(packed),
            content: Digest::of(tar),
            size: packed.len() as u64,
        })
    }
}

/// Reads a tar that was in no frame: a fuzzer cannot invent the frame's checksum.
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) fn read_tar(tar: &[u8]) -> Result<Package, PackageError> {
    Package::of_tar(tar, tar)
}

fn read_listing(entries: &mut Entries<'_>) -> Result<Listing, PackageError> {
    let (path, content) =
        entries.next_file()?.ok_or(PackageError::Form { reason: "it is empty", index: 0 })?;
    if path.as_str() != LISTING {
        return Err(PackageError::Listing {
            reason: "is not the first entry",
            name: path.to_string(),
        });
    }
    within(content.len() as u64, MAX_LISTING as u64, "bytes of listing")?;
    let listing: Listing = serde_json::from_slice(content).map_err(PackageError::ListingJson)?;
    if listing.format != 1 {
        return Err(PackageError::Listing {
            reason: "has a format that this program does not know",
            name: listing.format.to_string(),
        });
    }
    if listing_bytes(&listing) != content {
        return Err(PackageError::Form {
            reason: "the listing is written in another way",
            index: 0,
        });
    }
    within(listing.files.len() as u64, MAX_FILES as u64, "files")?;
    Ok(listing)
}

fn read_files(entries: &mut Entries<'_>, listing: &Listing) -> Result<FileSet, PackageError> {
    let differs =
        |reason, path: &TreePath| PackageError::Listing { reason, name: path.to_string() };
    let mut files = FileSet::new();
    let mut listed = listing.files.iter();
    while let Some((path, content)) = entries.next_file()? {
        let entry = listed.next().ok_or_else(|| differs("does not list", &path))?;
        if entry.path != path {
            return Err(differs("lists another file at the place of", &path));
        }
        if entry.size != content.len() as u64 {
            return Err(differs("gives another size for", &path));
        }
        if entry.digest != Digest::of(content) {
            return Err(differs("gives another digest for", &path));
        }
        files.insert(path, content);
    }
    match listed.next() {
        Some(missing) => Err(differs("lists a file that is not there", &missing.path)),
        None => Ok(files),
    }
}

fn read_manifest(files: &FileSet, listing: &Listing) -> Result<Manifest, PackageError> {
    let text = files.get(MANIFEST).ok_or(PackageError::Manifest("is missing"))?;
    within(text.len() as u64, MAX_MANIFEST as u64, "bytes of manifest")?;
    let text = files.text(MANIFEST).ok_or(PackageError::Manifest("is not UTF-8"))?;
    let manifest: Manifest = serde_json::from_str(text).map_err(PackageError::ManifestJson)?;
    if manifest.slug != listing.slug {
        return Err(PackageError::Manifest("names another plugin than `release.json`"));
    }
    if manifest.version != listing.version {
        return Err(PackageError::Manifest("names another version than `release.json`"));
    }
    Ok(manifest)
}

fn within(actual: u64, limit: u64, unit: &'static str) -> Result<(), PackageError> {
    if actual > limit { Err(PackageError::Limit { actual, limit, unit }) } else { Ok(()) }
}

/// The entries of a tar in memory, each checked before it is given out.
struct Entries<'a> {
    rest: &'a [u8],
    index: usize,
    total: u64,
    names: Names,
    last: Option<TreePath>,
}

impl<'a> Entries<'a> {
    fn new(tar: &'a [u8]) -> Self {
        Self { rest: tar, index: 0, total: 0, names: Names::default(), last: None }
    }

    fn form(&self, reason: &'static str) -> PackageError {
        PackageError::Form { reason, index: self.index }
    }

    /// The next plain file; `None` at the proper end.
    fn next_file(&mut self) -> Result<Option<(TreePath, &'a [u8])>, PackageError> {
        let (block, rest) =
            self.rest.split_first_chunk::<BLOCK>().ok_or_else(|| self.form("it is cut off"))?;
        let header = Header(block);
        if header.is_zero() {
            return self.end().map(|()| None);
        }
        if !header.sum_is_right() {
            return Err(self.form("a header checksum is wrong"));
        }
        if let Some(what) = header.oddity() {
            return Err(PackageError::Entry { what, index: self.index, name: header.shown() });
        }
        let path = self.name(&header)?;
        let size = header.size().ok_or_else(|| self.form("a size is not an octal number"))?;
        let content = self.content(rest, size)?;
        if header::write(path.as_str(), size).as_ref() != Some(block) {
            return Err(self.form("a header is written in another way"));
        }
        self.order(&path)?;
        self.index += 1;
        Ok(Some((path, content)))
    }

    fn name(&self, header: &Header<'_>) -> Result<TreePath, PackageError> {
        let raw = header.path();
        let refused = |reason| PackageError::Name { name: shown(&raw), reason };
        let text = std::str::from_utf8(&raw).map_err(|_| refused("which is not UTF-8"))?;
        let path = TreePath::new(text).map_err(PackageError::Path)?;
        if path.as_str() != text {
            return Err(refused("which is spelt in a second way"));
        }
        Ok(path)
    }

    /// Takes `size` bytes and their padding from `rest`.
    fn content(&mut self, rest: &'a [u8], size: u64) -> Result<&'a [u8], PackageError> {
        within(self.index as u64, MAX_FILES as u64, "files")?;
        within(size, MAX_FILE, "bytes in one file")?;
        if self.index > 0 {
            self.total += size;
        }
        within(self.total, MAX_TOTAL, "bytes")?;
        let size = usize::try_from(size).map_err(|_| self.form("it is cut off"))?;
        let (padded, rest) =
            rest.split_at_checked(padded(size)).ok_or_else(|| self.form("it is cut off"))?;
        let (content, padding) = padded.split_at(size);
        if padding.iter().any(|byte| *byte != 0) {
            return Err(self.form("padding is not zero"));
        }
        self.rest = rest;
        Ok(content)
    }

    /// Names must rise, after the listing, and must not be one name anywhere.
    fn order(&mut self, path: &TreePath) -> Result<(), PackageError> {
        self.names
            .add(path.as_str())
            .map_err(|c| PackageError::Collision { first: c.first, second: c.second })?;
        if self.index > 0 && self.last.as_ref().is_some_and(|last| last >= path) {
            return Err(self.form("files are not in order"));
        }
        if self.index > 0 {
            self.last = Some(path.clone());
        }
        Ok(())
    }

    fn end(&self) -> Result<(), PackageError> {
        if self.rest.iter().any(|byte| *byte != 0) {
            return Err(self.form("something follows its end"));
        }
        if self.rest.len() != END {
            return Err(self.form("it does not end in two zero blocks"));
        }
        Ok(())
    }
}

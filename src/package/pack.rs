//! Packs a tree: the same files give the same bytes.

use super::limits::{LISTING, MANIFEST, MAX_MANIFEST, MAX_PACKED, largest_tar};
use super::names::Names;
use super::{PackError, frame, header};
use crate::model::files::{MAX_FILES, MAX_TOTAL};
use crate::model::release::{ListedFile, Listing};
use crate::model::{Digest, FileSet, Manifest};

/// A packed release.
#[derive(Debug, Clone)]
pub struct Packed {
    /// The bytes of the `.dpk`.
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`.
    pub archive: Digest,
    /// SHA-256 of the uncompressed tar.
    pub content: Digest,
    /// What it holds.
    pub listing: Listing,
    /// The uncompressed tar.
    pub tar: Vec<u8>,
}

/// Packs `files`, whose `manifest.json` must be `manifest`.
pub fn pack(files: &FileSet, manifest: &Manifest) -> Result<Packed, PackError> {
    check(files, manifest)?;
    let listing = list(files, manifest);
    let tar = write_tar(files, &listing)?;
    let bytes = frame::compress(&tar).map_err(PackError::Compress)?;
    limit(bytes.len() as u64, MAX_PACKED as u64, "bytes packed")?;
    if tar.len() as u64 > largest_tar(bytes.len()) {
        return Err(PackError::Ratio { tar: tar.len() as u64, packed: bytes.len() as u64 });
    }
    Ok(Packed { archive: Digest::of(&bytes), content: Digest::of(&tar), bytes, listing, tar })
}

/// What the release of `files` would hold, after every check that does not need the archive.
pub(crate) fn list(files: &FileSet, manifest: &Manifest) -> Listing {
    let files = files
        .iter()
        .map(|(path, content)| ListedFile {
            path: path.clone(),
            size: content.len() as u64,
            digest: Digest::of(content),
        })
        .collect();
    Listing { format: 1, slug: manifest.slug.clone(), version: manifest.version.clone(), files }
}

/// The one way a listing is written: compact JSON and a line end.
pub(super) fn listing_bytes(listing: &Listing) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(listing).expect("a listing has only strings and numbers");
    bytes.push(b'\n');
    bytes
}

fn limit(actual: u64, limit: u64, unit: &'static str) -> Result<(), PackError> {
    if actual > limit { Err(PackError::Limit { actual, limit, unit }) } else { Ok(()) }
}

fn check(files: &FileSet, manifest: &Manifest) -> Result<(), PackError> {
    limit(files.len() as u64, MAX_FILES as u64, "files")?;
    limit(files.total_bytes(), MAX_TOTAL, "bytes")?;
    let text = files.get(MANIFEST).ok_or(PackError::Manifest("is missing"))?;
    limit(text.len() as u64, MAX_MANIFEST as u64, "bytes of manifest")?;
    let text = files.text(MANIFEST).ok_or(PackError::Manifest("is not UTF-8"))?;
    let read: Manifest = serde_json::from_str(text).map_err(PackError::ManifestJson)?;
    if read != *manifest {
        return Err(PackError::Manifest("is not the one that was checked"));
    }
    let mut names = Names::default();
    names.add(LISTING).expect("the first name cannot collide");
    for path in files.paths() {
        if path.as_str().eq_ignore_ascii_case(LISTING) {
            let reason = "the listing of the release has this name";
            return Err(PackError::Path { path: path.clone(), reason });
        }
        if !header::fits(path) {
            let reason = "it is too long: at most 100 bytes, or 155 and 100 on both sides of a `/`";
            return Err(PackError::Path { path: path.clone(), reason });
        }
        names
            .add(path.as_str())
            .map_err(|c| PackError::Collision { first: c.first, second: c.second })?;
    }
    Ok(())
}

fn write_tar(files: &FileSet, listing: &Listing) -> Result<Vec<u8>, PackError> {
    let listing = listing_bytes(listing);
    let contents: usize = files.iter().map(|(_, c)| header::BLOCK + header::padded(c.len())).sum();
    let mut tar =
        Vec::with_capacity(contents + header::BLOCK + header::padded(listing.len()) + header::END);
    append(&mut tar, LISTING, &listing).expect("the listing's name fits a header");
    for (path, content) in files.iter() {
        append(&mut tar, path.as_str(), content)
            .ok_or_else(|| PackError::Path { path: path.clone(), reason: "it is too long" })?;
    }
    tar.resize(tar.len() + header::END, 0);
    Ok(tar)
}

fn append(tar: &mut Vec<u8>, path: &str, content: &[u8]) -> Option<()> {
    tar.extend_from_slice(&header::write(path, content.len() as u64)?);
    tar.extend_from_slice(content);
    tar.resize(tar.len() + header::padded(content.len()) - content.len(), 0);
    Some(())
}

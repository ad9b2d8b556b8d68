//! Archives made well, and archives made to harm, byte by byte.

mod good;
mod hostile;
mod mutated;

use super::pack::listing_bytes;
use super::{Package, PackageError, frame, header, pack};
use crate::error::Coded;
use crate::model::release::{ListedFile, Listing};
use crate::model::{Digest, FileSet, Manifest, TreePath};

const MANIFEST_TEXT: &str =
    r#"{"name":"SMS","slug":"sms-sender","version":"1.2.0","type":"custom"}"#;

fn manifest() -> Manifest {
    serde_json::from_str(MANIFEST_TEXT).unwrap()
}

fn path(text: &str) -> TreePath {
    TreePath::new(text).unwrap()
}

/// A small plugin with these files besides its manifest.
fn tree(others: &[(&str, &[u8])]) -> FileSet {
    let own = [("manifest.json", MANIFEST_TEXT.as_bytes())];
    own.iter().chain(others).map(|(p, c)| (path(p), c.to_vec())).collect()
}

/// One entry of a handmade tar: its header and its content with padding.
#[derive(Clone)]
struct Entry {
    header: Vec<u8>,
    body: Vec<u8>,
}

impl Entry {
    fn file(name: &str, content: &[u8]) -> Self {
        Self::raw(name.as_bytes(), content)
    }

    /// A plain file whose name is not checked at all.
    fn raw(name: &[u8], content: &[u8]) -> Self {
        let mut header = header::write("x", content.len() as u64).unwrap().to_vec();
        header[..100].fill(0);
        header[..name.len()].copy_from_slice(name);
        let mut body = content.to_vec();
        body.resize(header::padded(content.len()), 0);
        Self { header, body }.summed()
    }

    fn kind(mut self, kind: u8) -> Self {
        self.header[156] = kind;
        self.summed()
    }

    fn patch(mut self, at: usize, bytes: &[u8]) -> Self {
        self.header[at..at + bytes.len()].copy_from_slice(bytes);
        self.summed()
    }

    /// Writes the right checksum.
    fn summed(mut self) -> Self {
        self.header[148..156].fill(b' ');
        let sum: u32 = self.header.iter().map(|b| u32::from(*b)).sum();
        self.header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        self
    }
}

fn listing_of(files: &[(&str, &[u8])]) -> Listing {
    let files = files
        .iter()
        .map(|(p, c)| ListedFile { path: path(p), size: c.len() as u64, digest: Digest::of(c) })
        .collect();
    Listing { format: 1, slug: manifest().slug, version: manifest().version, files }
}

fn tar_of(entries: &[Entry]) -> Vec<u8> {
    let mut tar: Vec<u8> =
        entries.iter().flat_map(|e| [e.header.as_slice(), &e.body].concat()).collect();
    tar.resize(tar.len() + header::END, 0);
    tar
}

/// The listing of a plugin with only its manifest.
fn plain_listing() -> Entry {
    Entry::file(
        "release.json",
        &listing_bytes(&listing_of(&[("manifest.json", MANIFEST_TEXT.as_bytes())])),
    )
}

fn manifest_entry() -> Entry {
    Entry::file("manifest.json", MANIFEST_TEXT.as_bytes())
}

#[track_caller]
fn refuse(packed: &[u8], code: &str, reason: &str) -> PackageError {
    let error = Package::read(packed).expect_err(reason);
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    let text = format!("{error}: {cause}");
    assert_eq!(error.code().id, code, "{text}");
    assert_eq!(error.code().exit.number(), 6);
    assert!(text.contains(reason), "expected `{reason}` in `{text}`");
    error
}

//! What packing makes, and that reading gives it back.

use super::*;
use crate::package::PackError;

#[test]
fn packing_and_reading_give_the_same_tree() {
    let long = format!("{}/{}", "d".repeat(120), "f".repeat(90));
    let files = tree(&[
        ("index.js", b"export default {}"),
        ("empty", b""),
        ("é/ü.js", &[0; 512]),
        (&long, b"x"),
    ]);
    let packed = pack(&files, &manifest()).unwrap();
    let package = Package::read(&packed.bytes).unwrap();
    assert_eq!(package.files, files);
    assert_eq!(package.manifest, manifest());
    assert_eq!(package.listing, packed.listing);
    assert_eq!((package.archive, package.content), (packed.archive, packed.content));
    assert_eq!(package.size, packed.bytes.len() as u64);
    assert_eq!(pack(&package.files, &package.manifest).unwrap().bytes, packed.bytes);
}

#[test]
fn the_same_files_in_another_order_give_the_same_bytes() {
    let one = tree(&[("a.js", b"1"), ("b.js", b"2"), ("c/d.js", b"3")]);
    let two = tree(&[("c/d.js", b"3"), ("b.js", b"2"), ("a.js", b"1")]);
    assert_eq!(pack(&one, &manifest()).unwrap().bytes, pack(&two, &manifest()).unwrap().bytes);
}

/// Pins the format: a change here changes the digest of every release.
#[test]
fn the_tar_is_the_documented_one() {
    let packed = pack(&tree(&[("index.js", b"1")]), &manifest()).unwrap();
    let tar = frame::decompress(&packed.bytes).unwrap();
    let listing = listing_bytes(&packed.listing);
    assert_eq!(tar.len(), 6 * 512 + header::padded(listing.len()) - 512 + 1024);
    let text = String::from_utf8(listing).unwrap();
    let digests = [MANIFEST_TEXT.as_bytes(), b"1"].map(|b| Digest::of(b).to_string());
    assert_eq!(
        text,
        format!(
            "{{\"format\":1,\"slug\":\"sms-sender\",\"version\":\"1.2.0\",\"files\":[\
             {{\"path\":\"index.js\",\"size\":1,\"digest\":\"{}\"}},\
             {{\"path\":\"manifest.json\",\"size\":68,\"digest\":\"{}\"}}]}}\n",
            digests[1], digests[0]
        )
    );
}

/// Another program's reader sees the same files.
#[test]
fn the_tar_crate_reads_what_we_write() {
    let packed = pack(&tree(&[("lib/a.js", b"a"), ("index.js", b"1")]), &manifest()).unwrap();
    let tar = frame::decompress(&packed.bytes).unwrap();
    let mut archive = tar::Archive::new(tar.as_slice());
    let names: Vec<String> = archive
        .entries()
        .unwrap()
        .map(|e| e.unwrap().path().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(names, ["release.json", "index.js", "lib/a.js", "manifest.json"]);
}

#[test]
fn authors_are_told_what_a_release_cannot_hold() {
    let refused = |files: &FileSet| {
        let error = pack(files, &manifest()).unwrap_err();
        assert_eq!(error.code().exit.number(), 2, "{error}");
        (error.code().id, error.to_string())
    };
    for (files, code, word) in [
        (tree(&[("release.json", b"")]), "pack.path", "listing"),
        (tree(&[("Release.JSON", b"")]), "pack.path", "listing"),
        (tree(&[(&"n".repeat(101), b"")]), "pack.path", "too long"),
        (tree(&[("a.js", b""), ("A.js", b"")]), "pack.path", "same name"),
        (tree(&[("é.js", b""), ("e\u{301}.js", b"")]), "pack.path", "same name"),
        (tree(&[("zeros", &vec![0; 6_000_000])]), "pack.limit", "250 to 1"),
        (FileSet::new(), "pack.manifest", "missing"),
    ] {
        let (id, text) = refused(&files);
        assert_eq!(id, code, "{text}");
        assert!(text.contains(word), "{text}");
    }
    let many: FileSet = (0..5_001).map(|i| (path(&format!("f/{i}")), Vec::new())).collect();
    assert_eq!(refused(&many).0, "pack.limit");
    let mut other = manifest();
    other.version = "9.0.0".parse().unwrap();
    assert!(matches!(pack(&tree(&[]), &other), Err(PackError::Manifest(_))));
}

#[test]
fn the_largest_number_of_files_fits() {
    let mut files: FileSet = (0..4_999).map(|i| (path(&format!("f/{i}")), Vec::new())).collect();
    files.insert(path("manifest.json"), MANIFEST_TEXT.as_bytes());
    let packed = pack(&files, &manifest()).unwrap();
    assert_eq!(Package::read(&packed.bytes).unwrap().files.len(), 5_000);
}

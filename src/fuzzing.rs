//! What must hold for any bytes at all, one function per reader of hostile input.
//!
//! The fuzz targets in `fuzz/` call these with what a coverage-guided fuzzer makes up; an ordinary
//! test run calls them with the corpus in `fuzz/corpus/`. A function returns whatever the bytes are,
//! or panics: then a reader is wrong. Exists for tests and under the feature `fuzzing` only.

use std::str::FromStr;

use crate::model::hook::HookName;
use crate::model::permission::{ApiGrant, DatabaseGrant, HostPattern};
use crate::model::size::{ByteRate, Bytes, CpuShare, TimeLimit};
use crate::model::{Digest, FileSet, PluginSlug, PluginSpec, TreePath, VersionWanted};
use crate::package::{PackError, Package};

/// A property and the name of its target.
pub type Target = (&'static str, fn(&[u8]));

/// Every target there is.
pub const TARGETS: &[Target] = &[
    ("frames", frames),
    ("manifest", manifest),
    ("statement", statement),
    ("migration", migration),
    ("url", url),
    ("package", package),
    ("words", words),
    ("module", module),
];

/// A stream of a worker reads the same however it is cut; nothing of it makes the reader fail.
pub fn frames(bytes: &[u8]) {
    crate::sandbox::reads_the_same_however_cut(bytes);
}

/// A manifest that is accepted means the same when it is written and read again.
pub fn manifest(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(manifest) = crate::project::parse_manifest(text) else { return };
    let written = serde_json::to_string(&manifest).expect("a manifest has a JSON form");
    let again = crate::project::parse_manifest(&written);
    let again = again.unwrap_or_else(|error| panic!("{written} is refused: {error:?}"));
    assert_eq!(manifest, again);
}

/// What passes the gate is one statement without anything that only the gate keeps out.
pub fn statement(bytes: &[u8]) {
    if let Ok(sql) = std::str::from_utf8(bytes) {
        crate::store::a_statement_that_passes_is_one(sql);
    }
}

/// A migration that passes reads as the same statements again.
pub fn migration(bytes: &[u8]) {
    if let Ok(sql) = std::str::from_utf8(bytes) {
        crate::store::a_migration_reads_the_same_again(sql);
    }
}

/// A URL that passes goes by https to a granted host; an address is judged alike in both families.
pub fn url(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        crate::net::guard::passes_only_to_granted_hosts(text);
    }
    crate::net::guard::judges_addresses_alike(bytes);
}

/// An archive that is accepted packs to the same bytes of tar again. A first byte of 0 stands for a
/// tar that still has to be compressed, so that a fuzzer gets past the checksum of the frame.
pub fn package(bytes: &[u8]) {
    let read = match bytes.split_first() {
        Some((0, tar)) => crate::package::read_tar(tar),
        _ => Package::read(bytes),
    };
    let Ok(package) = read else { return };
    match crate::package::pack(&package.files, &package.manifest) {
        Ok(again) => assert_eq!(again.content, package.content),
        // A tar without a frame has not been compared with its packed size.
        Err(PackError::Ratio { .. }) if bytes.first() == Some(&0) => {}
        Err(error) => panic!("what was read cannot be packed: {error}"),
    }
}

/// Small words of manifests, flags and registries: one that is read is written as it reads again.
pub fn words(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    reads_again::<PluginSlug>(text);
    reads_again::<PluginSpec>(text);
    reads_again::<VersionWanted>(text);
    reads_again::<semver::Version>(text);
    reads_again::<semver::VersionReq>(text);
    reads_again::<HookName>(text);
    reads_again::<DatabaseGrant>(text);
    reads_again::<ApiGrant>(text);
    reads_again::<HostPattern>(text);
    reads_again::<Bytes>(text);
    reads_again::<ByteRate>(text);
    reads_again::<CpuShare>(text);
    reads_again::<TimeLimit>(text);
    reads_again::<Digest>(text);
    let Ok(path) = TreePath::new(text) else { return };
    let plain = std::path::Path::new(path.as_str()).components();
    let is_plain = |part: std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
    assert!(plain.into_iter().all(is_plain), "{text:?}");
}

fn reads_again<T: FromStr + ToString>(text: &str) {
    let Ok(read) = text.parse::<T>() else { return };
    let written = read.to_string();
    let Ok(again) = written.parse::<T>() else { panic!("{text:?} is written as {written:?}") };
    assert_eq!(again.to_string(), written, "{text:?}");
}

/// Code of a plugin is read, or refused with words; the parser never takes the program with it.
pub fn module(bytes: &[u8]) {
    let Some((kind, code)) = bytes.split_first() else { return };
    let name = ["index.js", "index.ts", "index.cjs", "index.mjs"][usize::from(kind % 4)];
    let Ok(entry) = TreePath::new(name) else { return };
    let mut files = FileSet::new();
    files.insert(entry.clone(), code.to_vec());
    if let Ok(graph) = crate::script::load_graph(&files, &entry) {
        assert!(graph.modules.contains_key(name));
        // As tests that replace modules have it.
        let mut late = graph;
        crate::script::link_late(&mut late).expect("what parses can be written as a function");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every seed of every target, and a few hundred variations of each.
    #[test]
    fn the_corpus_holds() {
        let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
        let mut folders: Vec<_> = std::fs::read_dir(&corpus)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        folders.sort();
        let mut names: Vec<_> = TARGETS.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        assert_eq!(folders, names, "each target has a corpus");
        for (name, target) in TARGETS {
            let mut seeds: Vec<_> = std::fs::read_dir(corpus.join(name))
                .unwrap()
                .map(|entry| entry.unwrap().path())
                .collect();
            seeds.sort();
            assert!(seeds.len() >= 3, "{name} has {} seeds", seeds.len());
            let mut mutator = crate::sys::mutate::Mutator::new(7);
            for seed in seeds {
                let bytes = std::fs::read(&seed).unwrap();
                target(&bytes);
                for _ in 0..100 {
                    target(&mutator.vary(&bytes, &["\"", "{", "--", "@", "..", "\0", "*", "1e9"]));
                }
            }
        }
    }
}

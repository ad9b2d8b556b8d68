//! `daino-pdk explain` from outside.

use std::collections::BTreeSet;
use std::path::Path;

use crate::support::World;

/// Ids of every `ErrorCode { id: "…"` in the source, tests left out.
fn codes_in_source(dir: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.file_stem().is_some_and(|name| name == "tests") {
            continue;
        }
        if path.is_dir() {
            codes_in_source(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            for block in text.split("ErrorCode {").skip(1) {
                let Some(rest) = block.trim_start().strip_prefix("id: \"") else { continue };
                found.insert(rest.split('"').next().unwrap().to_owned());
            }
        }
    }
}

#[test]
fn every_error_code_in_the_source_can_be_explained() {
    let mut in_source = BTreeSet::new();
    codes_in_source(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut in_source);
    assert!(in_source.len() > 4, "{in_source:?}");
    let reference = World::new().run(["explain", "--format", "json"]).json();
    let listed: BTreeSet<String> = reference["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["id"].as_str().unwrap().to_owned())
        .collect();
    let missing: Vec<_> = in_source.difference(&listed).collect();
    assert!(missing.is_empty(), "add their module's CODES to ops/explain.rs: {missing:?}");
}

#[test]
fn one_code_is_explained_and_a_near_miss_gets_a_suggestion() {
    let world = World::new();
    let page = world.run(["explain", "cli.interrupted"]);
    page.exits(0);
    assert!(page.stdout.contains("exit code 130"), "{}", page.stdout);
    world
        .run(["explain", "cli.interupted"])
        .exits(2)
        .complains("daino-pdk explain cli.interrupted");
}

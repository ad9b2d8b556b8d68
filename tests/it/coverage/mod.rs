//! Coverage counts what Istanbul counts: `counts.json` is what the real packages say of `files`, written
//! by `record.mjs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;

use crate::support::World;

const KINDS: [&str; 4] = ["statements", "branches", "functions", "lines"];

fn files() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/coverage/files");
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|entry| {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    found.sort();
    found
}

/// Of how many things of each kind how many ran, from Istanbul's own form.
fn counts(file: &Value) -> BTreeMap<&'static str, [u64; 2]> {
    let of = |hits: Vec<u64>| [hits.iter().filter(|h| **h > 0).count() as u64, hits.len() as u64];
    let numbers = |key: &str| -> Vec<u64> {
        file[key].as_object().unwrap().values().map(|v| v.as_u64().unwrap()).collect()
    };
    let ways = file["b"].as_object().unwrap().values().flat_map(|ways| ways.as_array().unwrap());
    let mut lines: BTreeMap<u64, u64> = BTreeMap::new();
    for (id, place) in file["statementMap"].as_object().unwrap() {
        let line = lines.entry(place["start"]["line"].as_u64().unwrap()).or_default();
        *line = (*line).max(file["s"][id].as_u64().unwrap());
    }
    let all = [
        of(numbers("s")),
        of(ways.map(|way| way.as_u64().unwrap()).collect()),
        of(numbers("f")),
        of(lines.into_values().collect()),
    ];
    KINDS.into_iter().zip(all).collect()
}

#[test]
fn the_counts_are_those_of_istanbul() {
    let world = World::new();
    let files = files();
    assert!(files.len() >= 30, "{}", files.len());
    world.write(
        "plugin/manifest.json",
        r#"{ "name": "Acme", "slug": "acme-x", "version": "1.0.0", "type": "custom" }"#,
    );
    world.write("plugin/index.js", "export default {};\n");
    let mut test = String::new();
    for (number, (name, text)) in files.iter().enumerate() {
        world.write(&format!("plugin/files/{name}"), text);
        test.push_str(&format!("import * as m{number} from '../../files/{name}';\n"));
    }
    test.push_str("it('runs all', async () => {\n");
    for number in 0..files.len() {
        test.push_str(&format!("  await m{number}.run();\n"));
    }
    test.push_str("});\n");
    world.write("plugin/tests/unit/all.test.js", test);
    world.run(["test", "plugin", "--coverage=istanbul=coverage.json"]).exits(0);
    let text = std::fs::read_to_string(world.dir().join("coverage.json")).unwrap();
    if let Some(path) = std::env::var_os("COVERAGE_TO") {
        std::fs::write(path, &text).unwrap();
    }
    let ours: Value = serde_json::from_str(&text).unwrap();
    let known: Value = serde_json::from_str(include_str!("counts.json")).unwrap();
    let mut differences = BTreeSet::new();
    for (name, _) in &files {
        let mine = ours.get(format!("files/{name}"));
        let mine = mine.map_or_else(|| KINDS.map(|k| (k, [0, 0])).into(), counts);
        for kind in KINDS {
            let theirs = known[name][kind].as_array().unwrap();
            let theirs = [theirs[0].as_u64().unwrap(), theirs[1].as_u64().unwrap()];
            if mine[kind] != theirs {
                differences.insert(format!("{name}: {kind} {:?}, Istanbul {theirs:?}", mine[kind]));
            }
        }
    }
    assert!(differences.is_empty(), "{differences:#?}");
}

//! Whole plugins and packages as authors write them, with defects that are labelled where they
//! stand, and their twins without any: what is found, missed and falsely reported is counted.
//!
//! `// !rule, rule` (`-- !rule` in SQL) labels its own line, and is taken away before the check;
//! `labels.txt` labels files that cannot have comments. A folder with `package.host.json` becomes one
//! package in the host's form, with the files that it names (`"@controllers/award.js"`) in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::World;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/plugins").join(name)
}

fn files(dir: &Path, below: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(below).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(dir, &path, found);
        } else {
            let name = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The text without its labels, and the labels with their lines.
fn unlabelled(text: &str) -> (String, Vec<(u64, String)>) {
    let (mut plain, mut labels) = (String::new(), Vec::new());
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let (code, end) = line.strip_suffix('\n').map_or((line, ""), |code| (code, "\n"));
        let label = [" // !", " -- !"].iter().find_map(|mark| code.split_once(mark));
        let code = match label {
            Some((code, rules)) => {
                let rules = rules.split(',').map(|rule| (index as u64 + 1, rule.trim().to_owned()));
                labels.extend(rules);
                code
            }
            None => code,
        };
        plain.push_str(code);
        plain.push_str(end);
    }
    (plain, labels)
}

/// Labels: file, line (0 for anywhere in it), rule.
type Labels = Vec<(String, u64, String)>;

/// Puts a plugin into the world; what is checked, and what has to be found.
fn lay_out(world: &World, name: &str) -> (String, Labels) {
    let dir = folder(name);
    let mut list = Vec::new();
    files(&dir, &dir, &mut list);
    let mut labels = Labels::new();
    let mut units: BTreeMap<String, (String, Vec<String>)> = BTreeMap::new();
    let mut package = None;
    for (path, text) in &list {
        let (plain, own) = unlabelled(text);
        match path.as_str() {
            "labels.txt" => {
                for line in text.lines() {
                    let (file, rule) = line.split_once(' ').unwrap();
                    labels.push((file.to_owned(), 0, rule.to_owned()));
                }
            }
            "package.host.json" => package = Some(serde_json::from_str::<Value>(text).unwrap()),
            _ => {
                world.write(&format!("{name}/{path}"), &plain);
                let rules = own.iter().map(|(_, rule)| rule.clone()).collect();
                units.insert(path.clone(), (plain.trim_end().to_owned(), rules));
                labels.extend(own.into_iter().map(|(line, rule)| (path.clone(), line, rule)));
            }
        }
    }
    let Some(mut package) = package else { return (name.to_owned(), labels) };
    fill(&mut package, &units);
    let text = serde_json::to_string_pretty(&package).unwrap();
    // A handler is one line of the package.
    let line = |code: &str| {
        let quoted = serde_json::to_string(code).unwrap();
        text.lines().position(|l| l.contains(&quoted)).unwrap() as u64 + 1
    };
    let file = format!("{name}.json");
    let labels = labels
        .into_iter()
        .map(|(path, _, rule)| match units.get(&path) {
            Some((code, _)) => (file.clone(), line(code), rule),
            None => (file.clone(), 0, rule),
        })
        .collect();
    world.write(&file, &text);
    (file, labels)
}

fn fill(value: &mut Value, units: &BTreeMap<String, (String, Vec<String>)>) {
    match value {
        Value::String(text) => {
            if let Some(path) = text.strip_prefix('@') {
                let (code, _) = &units[path];
                *text = code.clone();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|v| fill(v, units)),
        Value::Object(object) => object.values_mut().for_each(|v| fill(v, units)),
        _ => {}
    }
}

/// Found, missed, and reported without a label.
fn score(name: &str) -> (usize, Vec<String>, Vec<String>) {
    let world = World::new();
    let (subject, labels) = lay_out(&world, name);
    let run = world.run(["validate", &subject, "--profile", "strict", "--format", "json"]);
    let report = run.json();
    let mut open: Vec<(String, u64, String)> = report["issues"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|i| i["severity"] != "info")
        .map(|i| {
            let text = |key: &str| i[key].as_str().unwrap().to_owned();
            (text("file"), i["line"].as_u64().unwrap(), text("rule"))
        })
        .collect();
    let (mut found, mut missed, mut told) = (0, Vec::new(), Vec::new());
    for (file, line, rule) in labels {
        let at = open.iter().position(|(f, l, r)| {
            *r == rule && *f == file && (line == 0 || line == *l)
                || line == 0 && *r == rule && file == "package"
        });
        match at {
            Some(at) => {
                told.push(open.remove(at));
                found += 1;
            }
            None => missed.push(format!("{name}: {file}:{line} {rule}")),
        }
    }
    // Said twice of one line is not false.
    open.retain(|issue| !told.contains(issue));
    let wrong = open.into_iter().map(|(f, l, r)| format!("{name}: {f}:{l} {r}")).collect();
    (found, missed, wrong)
}

fn all(names: &[&str], least: usize) {
    let (mut found, mut missed, mut wrong) = (0, Vec::new(), Vec::new());
    for name in names {
        let (f, m, w) = score(name);
        found += f;
        missed.extend(m);
        wrong.extend(w);
    }
    let words = format!("found {found}, missed {missed:#?}, falsely reported {wrong:#?}");
    assert!(missed.is_empty() && wrong.is_empty() && found >= least, "{words}");
}

#[test]
fn every_planted_defect_is_found_and_nothing_else_is_said() {
    all(&["payment", "analytics", "shipping", "host-loyalty"], 78);
}

#[test]
fn their_clean_twins_are_clean() {
    // A package in the host's form has no place for a down script.
    all(&["payment-clean", "analytics-clean", "shipping-clean", "host-loyalty-clean"], 1);
}

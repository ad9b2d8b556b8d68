//! `validate --with`: the author's own linter, and `--profile audit` on trees of any size.

use std::process::Command;

use serde_json::Value;

use crate::support::World;

const MANIFEST: &str = r#"{
  "name": "Acme", "slug": "acme-plugin", "version": "1.0.0", "type": "custom",
  "description": "An example.", "license": "MIT"
}
"#;
const CODE: &str = "export default class Plugin {\n  async track(input) {\n    var total = input.total;\n    return total;\n  }\n}\n";

fn plugin() -> World {
    let world = World::new();
    world.write("acme/manifest.json", MANIFEST);
    world.write("acme/index.js", CODE);
    world
}

/// A linter of its own that does what `script` says.
#[cfg(unix)]
fn linter(world: &World, path: &str, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = world.write(path, format!("#!/bin/sh\n{script}\n"));
    std::fs::set_permissions(path, PermissionsExt::from_mode(0o755)).unwrap();
}

fn rules(report: &Value) -> Vec<(String, u64, String)> {
    let all = report["issues"].as_array().unwrap().iter();
    let one = |i: &Value| {
        let text = |key: &str| i[key].as_str().unwrap().to_owned();
        (text("rule"), i["line"].as_u64().unwrap(), text("severity"))
    };
    all.map(one).filter(|(rule, ..)| rule.contains('/')).collect()
}

#[cfg(unix)]
#[test]
fn findings_of_the_own_linter_are_reported_selected_suppressed_and_known() {
    let world = plugin();
    let json = r#"[ { "filePath": "'"$PWD"'/index.js", "messages": [
        { "ruleId": "no-var", "severity": 2, "message": "use let", "line": 3, "column": 5, "endLine": 3, "endColumn": 8 },
        { "ruleId": "id-length", "severity": 1, "message": "short", "line": 4, "column": 5 } ] },
        { "filePath": "/elsewhere/x.js", "messages": [ { "ruleId": "a", "severity": 2, "message": "m" } ] } ]"#;
    linter(&world, "acme/node_modules/.bin/eslint", &format!("echo '{json}'; exit 1"));
    let base = ["validate", "acme", "--with", "eslint", "--format", "json"];
    let run = |more: &[&str], code| world.run(base.iter().chain(more)).exits(code).json();
    let report = run(&[], 1);
    let both = [
        ("eslint/no-var".to_owned(), 3, "error".to_owned()),
        ("eslint/id-length".to_owned(), 4, "warning".to_owned()),
    ];
    assert_eq!(rules(&report), both);
    assert!(report["skipped"].to_string().contains("1 findings of eslint"), "{report}");
    assert_eq!(rules(&run(&["--skip", "eslint/no-var"], 0)), both[1..]);
    assert_eq!(rules(&run(&["--only", "eslint/*"], 1)), both);
    assert!(rules(&run(&["--only", "security"], 0)).is_empty());
    // The other forms know the rule, too.
    let junit = world.run(["validate", "acme", "--with", "eslint", "--format", "junit"]);
    junit.exits(1);
    assert!(junit.stdout.contains("name=\"eslint/no-var\""), "{}", junit.stdout);
    let sarif = world.run(["validate", "acme", "--with", "eslint", "--format", "sarif"]);
    sarif.exits(1);
    let log: Value = serde_json::from_str(&sarif.stdout).unwrap();
    for result in log["runs"][0]["results"].as_array().unwrap() {
        let at = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(log["runs"][0]["tool"]["driver"]["rules"][at]["id"], result["ruleId"]);
    }
    world.write(
        "acme/index.js",
        CODE.replace("    var", "    // daino-ignore eslint/no-var: old code\n    var"),
    );
    let json =
        json.replace("\"line\": 3", "\"line\": 4").replace("\"endLine\": 3", "\"endLine\": 4");
    linter(&world, "acme/node_modules/.bin/eslint", &format!("echo '{json}'; exit 1"));
    let report = run(&[], 0);
    assert_eq!(report["suppressed"], 1);
    run(&["--baseline", "known.json", "--write-baseline"], 0);
    assert!(rules(&run(&["--baseline", "known.json"], 0)).is_empty());
}

#[cfg(unix)]
#[test]
fn a_linter_that_is_absent_or_breaks_is_a_clear_error() {
    let world = plugin();
    let run = |code| world.run(["validate", "acme", "--with", "oxlint"]).exits(code).stderr.clone();
    assert!(run(2).contains("npm install --save-dev oxlint"));
    for (script, words) in [
        ("echo 'no config' >&2; exit 2", "no config"),
        ("echo 'Oops, not JSON'; exit 1", "Oops, not JSON"),
        ("kill -9 $$", "a signal"),
    ] {
        linter(&world, "acme/node_modules/.bin/oxlint", script);
        let said = run(2);
        assert!(said.contains(words) && said.contains("validate.linter"), "{said}");
    }
    world.run(["validate", "acme", "--with", "tslint"]).exits(2).complains("eslint");
}

/// The real ones, from the registry that `npm` is set up for.
#[test]
#[ignore = "installs from npm"]
fn the_real_linters_are_understood() {
    let world = plugin();
    world.write("acme/package.json", r#"{ "private": true, "type": "module" }"#);
    world.write("acme/eslint.config.mjs", "export default [{ rules: { 'no-var': 'error' } }];\n");
    let install = ["install", "--silent", "--no-audit", "--no-fund", "eslint", "oxlint"];
    let done = Command::new("npm").args(install).current_dir(world.dir().join("acme")).status();
    assert!(done.unwrap().success());
    world.write("acme/bad.js", "let = ;\n");
    world.write("acme/odd.js", "/* 😀 */ debugger;\nvar a = 1;\nexport default a;\n");
    let report = world
        .run(["validate", "acme", "--with", "eslint", "--with", "oxlint", "--format", "json"])
        .exits(1)
        .json();
    let found = rules(&report);
    for wanted in [
        ("eslint/no-var", 3, "error"),
        ("eslint/no-var", 2, "error"),
        ("eslint/syntax", 1, "error"),
        ("oxlint/no-debugger", 1, "warning"),
    ] {
        let (rule, line, weight) = wanted;
        assert!(
            found.contains(&(rule.to_owned(), line, weight.to_owned())),
            "{wanted:?}: {found:?}"
        );
    }
    let all = report["issues"].as_array().unwrap();
    let place = all.iter().find(|i| i["rule"] == "oxlint/no-debugger").unwrap();
    assert_eq!(place["column"], 9, "{place}");
}

#[test]
fn an_audit_takes_more_files_than_a_plugin_may_have_and_knows_advisories() {
    let world = World::new();
    for number in 0..5_100 {
        world.write(&format!("tree/d{}/m{number}.js", number / 100), "export const a = 1;\n");
    }
    let bad = "const { exec } = require('child_process');\nrequire('express')().get('/', (req, res) => {\n  exec('ls ' + req.query.dir, () => res.end());\n});\n";
    world.write("tree/d0/server.js", bad);
    world.write("tree/d50/server.js", bad);
    world.write(
        "tree/package-lock.json",
        r#"{ "packages": { "node_modules/left": { "version": "1.2.2" } } }"#,
    );
    world.write("osv/a.json", r#"{ "id": "GHSA-1", "summary": "Bad.", "affected": [ { "package": { "ecosystem": "npm", "name": "left" }, "ranges": [ { "type": "SEMVER", "events": [ { "introduced": "0" } ] } ] } ] }"#);
    let report = world
        .run(["validate", "tree", "--profile", "audit", "--osv", "osv", "--format", "json"])
        .exits(1)
        .json();
    let found: Vec<(&str, &str)> = report["issues"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| (i["rule"].as_str().unwrap(), i["file"].as_str().unwrap()))
        .collect();
    assert_eq!(
        found,
        [
            ("command-injection", "d0/server.js"),
            ("command-injection", "d50/server.js"),
            ("vulnerable-dependency", "package-lock.json"),
        ]
    );
    assert_eq!(report["files"], 5_103);
    assert!(report["skipped"].to_string().contains("3 parts"), "{}", report["skipped"]);
    // A plugin has its own bound.
    world.write("tree/manifest.json", MANIFEST);
    world.run(["validate", "tree"]).exits(2).complains("5000 files");
}

#[cfg(unix)]
#[test]
fn links_in_circles_and_unreadable_files_are_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let world = plugin();
    let path = world.dir().join("acme/loop.js");
    symlink("loop.js", &path).unwrap();
    world.run(["validate", "acme"]).exits(2).complains("loop.js");
    let audit = ["validate", "acme", "--profile", "audit", "--format", "json"];
    let skipped = world.run(audit).exits(0).json()["skipped"].to_string();
    assert!(skipped.contains("loop.js") && skipped.contains("links are not followed"), "{skipped}");
    std::fs::remove_file(&path).unwrap();
    let locked = world.write("acme/locked.js", "1;\n");
    std::fs::set_permissions(&locked, PermissionsExt::from_mode(0o000)).unwrap();
    // Root reads everything.
    if std::fs::read(&locked).is_err() {
        world.run(["validate", "acme"]).exits(2).complains("locked.js");
        let skipped = world.run(audit).exits(0).json()["skipped"].to_string();
        assert!(skipped.contains("locked.js"), "{skipped}");
    }
}

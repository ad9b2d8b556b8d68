//! `daino-pdk validate` from outside: what scripts, shops and the registry rely on.

use serde_json::Value;

use crate::support::World;
use crate::support::screen::Screen;

const MANIFEST: &str = r#"{
  "name": "Acme",
  "slug": "acme-plugin",
  "version": "1.0.0",
  "type": "custom",
  "description": "An example.",
  "license": "MIT"
}
"#;

/// A faultless plugin in `acme/`.
fn plugin() -> World {
    let world = World::new();
    for (path, text) in [
        ("acme/manifest.json", MANIFEST),
        ("acme/index.js", "export default class Plugin {}\n"),
        ("acme/README.md", "# Acme\n"),
        ("acme/LICENSE", "MIT\n"),
        ("acme/CHANGELOG.md", "# 1.0.0\n"),
        ("acme/tests/a.test.js", "import { it } from 'node:test';\nit('x', () => {});\n"),
    ] {
        world.write(path, text);
    }
    world
}

const INJECTED: &str = "export default class Plugin {\n  async find(input, ctx) {\n    const name = input.name;\n    return ctx.db.query(`SELECT id FROM acme_rows WHERE name = '${name}'`);\n  }\n}\n";

fn issues(world: &World, args: &[&str], code: i32) -> Vec<Value> {
    let mut all = vec!["validate", "acme", "--format", "json"];
    all.extend(args);
    world.run(all).exits(code).json()["issues"].as_array().unwrap().clone()
}

fn has(issues: &[Value], rule: &str) -> bool {
    issues.iter().any(|i| i["rule"] == rule)
}

#[test]
fn a_faultless_plugin_passes_with_a_hundred() {
    let world = plugin();
    let report = world.run(["validate", "acme", "--format", "json"]).exits(0).json();
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["score"], 100);
    assert_eq!(report["passed"], true);
    assert_eq!(report["issues"].as_array().unwrap().len(), 0);
    let weights: u64 =
        report["checks"].as_array().unwrap().iter().map(|c| c["weight"].as_u64().unwrap()).sum();
    assert_eq!(weights, 100);
    let pretty = world.run(["-C", "acme", "validate"]);
    pretty.exits(0);
    assert!(pretty.stdout.contains("Score 100 of 100") && pretty.stdout.ends_with("Passed\n"));
}

#[test]
fn a_critical_finding_fails_caps_the_score_and_shows_the_way() {
    let world = plugin();
    world.write("acme/index.js", INJECTED);
    let report = world.run(["validate", "acme", "--format", "json"]).exits(1).json();
    assert!(report["score"].as_u64().unwrap() <= 49);
    assert_eq!(report["passed"], false);
    let finding =
        report["issues"].as_array().unwrap().iter().find(|i| i["rule"] == "sql-injection");
    let finding = finding.expect("the injection is found");
    assert_eq!(finding["severity"], "critical");
    assert_eq!(finding["class"], "sql-injection");
    assert_eq!(finding["category"], "security");
    assert_eq!(finding["file"], "index.js");
    assert_eq!(finding["line"], 4);
    assert_eq!(finding["end_line"], 4);
    let steps = finding["steps"].as_array().unwrap();
    assert_eq!(steps.first().unwrap()["line"], 2);
    assert_eq!(steps.last().unwrap()["line"], 4);
    let pretty = world.run(["validate", "acme"]);
    pretty.exits(1);
    for part in ["critical[sql-injection]", "--> index.js:4:", "comes in here", "help:", "Failed"] {
        assert!(pretty.stdout.contains(part), "no `{part}` in:\n{}", pretty.stdout);
    }
}

#[test]
fn the_threshold_decides_the_exit_code() {
    let world = plugin();
    std::fs::remove_file(world.dir().join("acme/README.md")).unwrap();
    assert!(has(&issues(&world, &[], 0), "no-readme"));
    issues(&world, &["--fail-on", "warning"], 1);
    issues(&world, &["--fail-on", "error"], 0);
    issues(&world, &["--profile", "strict"], 1);
    issues(&world, &["--profile", "store"], 0);
    assert!(!has(&issues(&world, &["--skip", "no-readme", "--profile", "strict"], 0), "no-readme"));
    let only = issues(&world, &["--only", "no-readme"], 0);
    assert_eq!(only.len(), 1);
}

#[test]
fn usage_mistakes_exit_with_two_and_a_next_step() {
    let world = plugin();
    world.run(["validate", "nowhere"]).exits(2).complains("not a directory");
    world.run(["validate", "acme/tests"]).exits(2).complains("daino-pdk create");
    world
        .run(["validate", "acme", "--only", "sql-injektion"])
        .exits(2)
        .complains("did you mean `sql-injection`");
    world.run(["validate", "acme", "--profile", "loose"]).exits(2);
    world.run(["validate", "acme", "--format", "yaml"]).exits(2).complains("use one of");
    world.run(["validate", "acme", "--fail-on", "never"]).exits(2);
}

#[test]
fn sarif_has_the_form_that_services_read() {
    let world = plugin();
    world.write("acme/index.js", INJECTED);
    world.write("acme/src/a b.js", "const = 1;\n");
    let run = world.run(["validate", "acme", "--format", "sarif"]);
    let log = run.exits(1).json();
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().unwrap().contains("sarif-2.1.0"));
    assert_eq!(log["runs"].as_array().unwrap().len(), 1);
    let driver = &log["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "daino-pdk");
    let rules = driver["rules"].as_array().unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() >= 2);
    for result in results {
        let index = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let place = &result["locations"][0]["physicalLocation"];
        let uri = place["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.starts_with('/') && !uri.contains(' '), "{uri}");
        for key in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][key].as_u64().unwrap() >= 1, "{result}");
        }
    }
    let injection = results.iter().find(|r| r["ruleId"] == "sql-injection").unwrap();
    let way = injection["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap();
    assert!(way.len() >= 2 && way[0]["location"]["physicalLocation"].is_object());
}

#[test]
fn suppressions_need_a_reason() {
    let world = plugin();
    let with = |comment: &str| {
        INJECTED.replace("    return ctx", &format!("    {comment}\n    return ctx"))
    };
    world
        .write("acme/index.js", with("// daino-ignore sql-injection: the name was checked before"));
    let report = world
        .run(["validate", "acme", "--only", "sql-injection", "--format", "json"])
        .exits(0)
        .json();
    assert_eq!(report["suppressed"], 1);
    assert_eq!(report["issues"].as_array().unwrap().len(), 0);
    world.write("acme/index.js", with("// daino-ignore sql-injection"));
    let found = issues(&world, &[], 1);
    assert!(has(&found, "sql-injection") && has(&found, "suppression-without-reason"));
    world.write("acme/index.js", with("// daino-ignore xss: another rule"));
    assert!(has(&issues(&world, &[], 1), "sql-injection"));
}

#[test]
fn a_broken_manifest_is_reported_with_its_places_and_the_code_is_checked_all_the_same() {
    let world = plugin();
    world.write("acme/index.js", INJECTED);
    world.write(
        "acme/manifest.json",
        MANIFEST.replace("\"license\"", "\"licence\"").replace("acme-plugin", "Acme Plugin"),
    );
    let found = issues(&world, &[], 1);
    let unknown = found.iter().find(|i| i["rule"] == "manifest-unknown-key").unwrap();
    assert_eq!((unknown["line"].as_u64(), unknown["column"].as_u64()), (Some(7), Some(3)));
    assert!(unknown["message"].as_str().unwrap().contains("did you mean `license`"));
    assert!(has(&found, "manifest-bad-value") && has(&found, "sql-injection"));
    world.write("acme/manifest.json", "{ \"name\": ");
    let found = issues(&world, &[], 1);
    assert!(has(&found, "manifest-syntax") && has(&found, "sql-injection"));
    world.write("acme/manifest.json", [0xff, 0xfe, 0x00]);
    assert!(has(&issues(&world, &[], 1), "manifest-syntax"));
}

#[test]
fn broken_and_hostile_code_never_breaks_the_run() {
    let world = plugin();
    world.write("acme/src/half.js", "export const a = 1;\nexport const b = ;\n");
    world.write("acme/src/binary.js", [0x7f, b'E', b'L', b'F', 0, 0, 1]);
    world.write("acme/src/latin.js", b"export const a = '\xe9';\n");
    world.write("acme/src/bom.js", "\u{feff}export const a = 1;\r\nexport const b = 2;\r\n");
    world.write(
        "acme/src/deep.js",
        format!("export default {}1{};\n", "[".repeat(900), "]".repeat(900)),
    );
    world.write(
        "acme/src/deeper.js",
        format!("export default {}1{};\n", "[".repeat(90_000), "]".repeat(90_000)),
    );
    world.write("acme/src/long.js", format!("export default 1{};\n", " + 1".repeat(3_000)));
    world.write("acme/src/calls.js", format!("export default String{};\n", "(1)\n".repeat(3_000)));
    world.write("acme/src/min.js", "var a=function(b){return b+1};".repeat(20_000));
    world.write("acme/src/empty.js", "");
    let found = issues(&world, &[], 1);
    let of = |file: &str, rule: &str| {
        found.iter().filter(|i| i["file"] == file && i["rule"] == rule).count()
    };
    assert_eq!(of("src/half.js", "syntax-error"), 1);
    assert_eq!(of("src/binary.js", "unreadable-file"), 1);
    assert_eq!(of("src/latin.js", "unreadable-file"), 1);
    assert_eq!(of("src/deeper.js", "unreadable-file"), 1);
    assert_eq!(of("src/min.js", "minified-code"), 1);
    for fine in ["src/bom.js", "src/deep.js", "src/empty.js", "src/calls.js"] {
        // Lines that begin with `(` are told, and rightly so.
        let is_odd = |i: &Value| i["file"] == fine && i["rule"] != "unexpected-multiline";
        assert!(!found.iter().any(is_odd), "{fine}: {found:#?}");
    }
    world.write("acme/src/large.js", vec![b' '; 19 << 20]);
    assert!(has(&issues(&world, &[], 1), "unreadable-file"));
    world.write("acme/src/too-large.js", vec![b' '; 21 << 20]);
    world.run(["validate", "acme"]).exits(2).complains("20 MB");
}

#[test]
fn an_audit_takes_any_tree_and_knows_no_plugin() {
    let world = World::new();
    world.write("app/server.js", "const { exec } = require('child_process');\nrequire('express')().get('/', (req, res) => {\n  exec('ls ' + req.query.dir, () => res.end());\n});\n");
    let report =
        world.run(["validate", "app", "--profile", "audit", "--format", "json"]).exits(1).json();
    let found = report["issues"].as_array().unwrap();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0]["rule"], "command-injection");
    assert_eq!(found[0]["line"], 3);
}

#[test]
fn values_are_followed_through_files_fields_and_callbacks() {
    let world = plugin();
    world.write("acme/index.js", "import { run } from './src/run.js';\nexport default class Plugin {\n  #last = '';\n  async keep(input) { this.#last = input.name; }\n  async find(input, ctx) {\n    [this.#last].forEach((name) => run(ctx, name));\n  }\n}\n");
    world.write("acme/src/run.js", "export function run(ctx, name) {\n  return ctx.db.query(text(name));\n}\nconst text = (name) => 'SELECT id FROM acme_rows WHERE name = ' + name;\n");
    let found = issues(&world, &["--only", "sql-injection"], 1);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(
        (found[0]["file"].as_str(), found[0]["line"].as_u64()),
        (Some("src/run.js"), Some(2))
    );
}

#[test]
fn checked_values_are_not_reported() {
    let world = plugin();
    for body in [
        "if (!/^[a-z0-9-]+$/.test(input.name)) return;",
        "if (!['a', 'b'].includes(input.name)) throw new Error('x');",
        "if (typeof input.name !== 'number') return;",
        "switch (input.name) { case 'a': case 'b': break; default: return; }",
        "if (input.name !== 'a') { return; }",
        "const isGood = new Set(['a', 'b']).has(input.name); if (!isGood) return;",
    ] {
        world.write(
            "acme/index.js",
            INJECTED.replace("    const name", &format!("    {body}\n    const name")),
        );
        let found = issues(&world, &["--only", "sql-injection"], 0);
        assert!(found.is_empty(), "{body}: {found:#?}");
    }
    for body in [
        "if (/[a-z]/.test(input.name)) input.seen = 1;",
        "if (!/[a-z]+/.test(input.name)) return;",
        "if (['a', 'b'].includes(input.name)) return;",
        "if (typeof input.name === 'number') return;",
    ] {
        world.write(
            "acme/index.js",
            INJECTED.replace("    const name", &format!("    {body}\n    const name")),
        );
        let found = issues(&world, &["--only", "sql-injection"], 1);
        assert_eq!(found.len(), 1, "{body}");
    }
}

#[test]
fn rights_are_proved_both_ways() {
    let world = plugin();
    world.write("acme/manifest.json", MANIFEST.replace("\"license\"", "\"permissions\": { \"database\": [\"customers\", \"orders:write\"], \"api\": [\"api.example.com\"] },\n  \"license\""));
    world.write("acme/index.js", "export default class Plugin {\n  async find(input, ctx) {\n    await ctx.db.query('SELECT id FROM sales_orders WHERE id = $1', [input.id]);\n    await ctx.db.from('carts').select('id');\n    return ctx.fetch(`https://other.example.com/x/${encodeURIComponent(input.id)}`);\n  }\n}\n");
    let found = issues(&world, &[], 1);
    let messages: Vec<&str> = found.iter().filter_map(|i| i["message"].as_str()).collect();
    for part in [
        "uses `customers`",
        "only reads `orders`",
        "calls `api.example.com`",
        "`carts` is read here",
        "`other.example.com` is called",
    ] {
        assert!(messages.iter().any(|m| m.contains(part)), "no `{part}` in {messages:#?}");
    }
}

#[test]
fn every_rule_can_be_listed_and_explained() {
    let world = World::new();
    let list = world.run(["validate", "--list-rules", "--format", "json"]).exits(0).json();
    let rules = list["rules"].as_array().unwrap();
    assert!(rules.len() > 30);
    for rule in rules.iter().take(5) {
        let page = world.run(["explain", rule["id"].as_str().unwrap()]);
        page.exits(0);
        assert!(
            page.stdout.contains(rule["summary"].as_str().unwrap())
                && page.stdout.contains("Not reported")
        );
    }
    world.run(["explain", "sql-injektion"]).exits(2).complains("daino-pdk explain sql-injection");
}

#[test]
fn names_from_the_plugin_cannot_steer_the_terminal() {
    let world = plugin();
    world.write(
        "acme/index.js",
        INJECTED.replace("input.name", "input['\u{1b}[2J']").replace("AS", "\u{202e}"),
    );
    let run = world.run(["validate", "acme"]);
    run.exits(1);
    assert!(!run.stdout.contains('\u{1b}') && !run.stdout.contains('\u{202e}'), "{}", run.stdout);
}

#[test]
fn packages_are_held_against_a_folder_of_advisories() {
    let world = plugin();
    let advisory = r#"{ "id": "GHSA-1", "summary": "Bad.", "affected": [ { "package": { "ecosystem": "npm", "name": "left" },
        "ranges": [ { "type": "SEMVER", "events": [ { "introduced": "0" }, { "fixed": "1.2.3" } ] } ] } ] }"#;
    world.write("osv/GHSA-1.json", advisory);
    world.write("osv/broken.json", "{");
    world.write(
        "acme/package-lock.json",
        r#"{ "packages": { "node_modules/left": { "version": "1.2.2" } } }"#,
    );
    world.write(
        "acme/node_modules/deep/node_modules/left/package.json",
        r#"{ "name": "left", "version": "0.9.0" }"#,
    );
    assert!(!has(&issues(&world, &[], 0), "vulnerable-dependency"));
    let found = issues(&world, &["--osv", "osv"], 1);
    let words: Vec<&str> = found
        .iter()
        .filter(|i| i["rule"] == "vulnerable-dependency")
        .filter_map(|i| i["message"].as_str())
        .collect();
    assert_eq!(words.len(), 2, "{words:?}");
    for part in ["GHSA-1", ">=0 <1.2.3", "mended in 1.2.3"] {
        assert!(words.iter().all(|w| w.contains(part)), "no `{part}`: {words:?}");
    }
    assert!(has(&found, "broken-advisory"));
    world.run(["validate", "acme", "--osv", "nowhere"]).exits(2).complains("cannot be read");
}

#[test]
fn a_plugin_is_checked_for_the_host_that_is_named() {
    let world = plugin();
    let with =
        MANIFEST.replace("\"license\"", "\"engines\": { \"daino\": \"^1.0.0\" },\n  \"license\"");
    world.write("acme/manifest.json", with);
    assert!(!has(&issues(&world, &[], 0), "host-version"));
    assert!(has(&issues(&world, &["--against-host", "2.0.0"], 1), "host-version"));
}

/// In a real terminal: a change is checked at once, and `q` ends it.
#[test]
fn watching_shows_what_a_change_brings_until_it_is_ended() {
    let world = plugin();
    let screen = Screen::run(&world, "validate acme --watch");
    screen.wait_for("Passed");
    screen.wait_for("q quit");
    world.write("acme/more.js", "export const key = 'sk_live_abcdefghijklmnopqrstuvwx';\n");
    screen.wait_for("hardcoded-secret");
    screen.keys(&["q"]);
    screen.wait_for("exit code");
}

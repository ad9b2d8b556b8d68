//! `daino-pdk test` from outside, on plugins written here.

use std::path::Path;

use crate::support::{Run, World};

const MANIFEST: &str = r#"{
  "name": "Acme", "slug": "acme-pay", "version": "1.0.0", "type": "custom",
  "permissions": { "api": ["api.acme.example"] }
}"#;

const PLUGIN: &str = "export default class Acme {
  constructor(config) { this.config = config; }
  async charge(input, ctx) {
    const answer = await ctx.fetch('https://api.acme.example/v1/charges', {
      method: 'POST', headers: { authorization: `Bearer ${ctx.secrets.KEY}` }, body: JSON.stringify(input),
    });
    return { ok: answer.ok, currency: this.config.currency, ...(await answer.json()) };
  }
}
";

/// A world with a plugin in `plugin/` that has these files besides the usual ones.
pub(crate) fn plugin(files: &[(&str, &str)]) -> World {
    let world = World::new();
    world.write("plugin/manifest.json", MANIFEST);
    world.write("plugin/index.js", PLUGIN);
    for (path, content) in files {
        world.write(&format!("plugin/{path}"), content);
    }
    world
}

/// Runs the tests of a plugin that has these files.
pub(crate) fn run(files: &[(&str, &str)], args: &[&str]) -> Run {
    plugin(files).run(["test", "plugin"].iter().chain(args))
}

pub(crate) fn last_line(run: &Run) -> &str {
    run.stdout.trim_end().lines().last().unwrap_or_default()
}

#[test]
fn node_style_tests_pass() {
    let done = run(
        &[(
            "tests/unit/a.test.js",
            "import test, { describe, it, beforeEach, mock } from 'node:test';
             import assert from 'node:assert/strict';
             let n = 0;
             describe('suite', () => {
               beforeEach(() => { n += 1; });
               it('counts', () => assert.equal(n, 1));
               it('waits', async () => { await new Promise((r) => setTimeout(r, 5)); assert.equal(n, 2); });
               it.skip('later', () => assert.fail());
             });
             test('sub', async (t) => { await t.test('inner', () => assert.ok(true)); });
             test('mock', () => { const f = mock.fn((x) => x + 1); f(1); assert.equal(f.mock.calls[0].result, 2); });",
        )],
        &[],
    );
    done.exits(0);
    assert_eq!(last_line(&done), "5 passed, 0 failed, 1 skipped");
}

#[test]
fn a_failure_shows_the_difference_and_the_authors_line() {
    let done = run(
        &[(
            "tests/unit/a.test.js",
            "import { describe, expect, it } from 'vitest';\n\
             describe('sum', () => {\n\
               it('adds', () => expect(1 + 1).toBe(2));\n\
               it('compares', () => {\n\
                 expect({ a: 1, b: [1, 2] }).toEqual({ a: 1, b: [1, 3] });\n\
               });\n\
             });\n",
        )],
        &[],
    );
    done.exits(1);
    assert_eq!(last_line(&done), "1 passed, 1 failed");
    assert!(done.stdout.contains("tests/unit/a.test.js > sum > compares"), "{}", done.stdout);
    assert!(
        done.stdout.contains("-     3\n") && done.stdout.contains("+     2\n"),
        "{}",
        done.stdout
    );
    assert!(done.stdout.contains("tests/unit/a.test.js:5"), "{}", done.stdout);
}

#[test]
fn a_file_that_does_not_load_fails_alone() {
    let done = run(
        &[
            ("tests/unit/bad.test.js", "import test from 'node:test';\ntest('x', () => {\n"),
            ("tests/unit/good.test.js", "it('runs', () => expect(1).toBe(1));"),
            ("tests/unit/throws.test.js", "throw new Error('at the top');"),
        ],
        &[],
    );
    done.exits(1);
    assert_eq!(last_line(&done), "1 passed, 2 failed");
    assert!(done.stdout.contains("bad.test.js"), "{}", done.stdout);
    assert!(done.stdout.contains("at the top"), "{}", done.stdout);
}

#[test]
fn an_endless_loop_is_stopped() {
    let done = run(
        &[
            ("tests/unit/good.test.js", "it('runs', () => expect(1).toBe(1));"),
            ("tests/unit/loop.test.js", "it('spins', () => { for (;;); });"),
        ],
        &["--timeout", "1s"],
    );
    done.exits(124);
    assert_eq!(last_line(&done), "1 passed, 1 failed");
    assert!(done.stdout.contains("time limit"), "{}", done.stdout);
}

#[test]
fn the_network_is_mocked_and_obeys_the_manifest() {
    let done = run(
        &[(
            "tests/integration/pay.test.js",
            "import { createContext, expect, it, loadPlugin, mockFetch } from 'daino:test';
             const config = { currency: 'EUR' };
             it('charges', async () => {
               mockFetch('POST https://api.acme.example/v1/*', { status: 201, json: { id: 'ch_1' } });
               const plugin = await loadPlugin({ config });
               const ctx = createContext({ config, secrets: { KEY: 'k' } });
               const result = await plugin.charge({ amount: 5 }, ctx);
               expect(result).toEqual({ ok: true, currency: 'EUR', id: 'ch_1' });
               expect(mockFetch.calls[0].headers.authorization).toBe('Bearer k');
               expect(mockFetch.calls[0].json).toEqual({ amount: 5 });
             });
             it('forgets', () => expect(mockFetch.calls).toHaveLength(0));
             it('refuses', async () => {
               await expect(fetch('https://evil.example/')).rejects.toThrow(/permissions.api/);
             });",
        )],
        &["--suite", "integration"],
    );
    done.exits(0);
    assert_eq!(last_line(&done), "3 passed, 0 failed");
}

#[test]
fn typescript_runs_and_the_console_is_shown() {
    let done = run(
        &[
            (
                "money.ts",
                "export const minor = (text: string): number => Math.round(Number(text) * 100);",
            ),
            (
                "tests/unit/money.test.ts",
                "import { expect, test, vi } from '@jest/globals';
                 import { minor } from '../../money';
                 test.each<[string, number]>([['1.5', 150], ['2', 200]])('%s', (text, cents) => {
                   console.log('seen %s', text);
                   const spy = vi.fn(minor);
                   expect(spy(text)).toBe(cents);
                   expect(spy).toHaveBeenCalledWith(text);
                 });",
            ),
        ],
        &["-v"],
    );
    done.exits(0);
    assert_eq!(last_line(&done), "2 passed, 0 failed");
    assert!(done.stdout.contains("seen 1.5"), "{}", done.stdout);
}

#[test]
fn hostile_files_fail_alone_and_say_why() {
    let done = run(
        &[
            ("tests/unit/empty.test.js", "export const nothing = 1;"),
            ("tests/unit/fs.test.js", "import fs from 'node:fs'; it('x', () => {});"),
            ("tests/unit/good.test.js", "it('runs', () => {});"),
            (
                "tests/unit/inside.test.js",
                "const load = (name) => import(name);
                 it.each(['daino:internal/host', 'daino:native', 'node:' + 'fs', '/etc/passwd'])('%s', async (name) => {
                   await expect(load(name)).rejects.toThrow();
                 });
                 it('has no process', () => expect(typeof process).toBe('undefined'));",
            ),
            (
                "tests/unit/memory.test.js",
                "it('first', () => {});
                 it('bomb', () => { const a = []; for (;;) a.push(new Array(100000).fill(1)); });",
            ),
            ("tests/unit/never.test.js", "await new Promise(() => {}); it('x', () => {});"),
            (
                "tests/unit/poison.test.js",
                "JSON.stringify = () => '{\"tests\":[]}';
                 it('fails', () => { throw new Error('real'); });",
            ),
        ],
        &["--timeout", "20s"],
    );
    done.exits(1);
    assert_eq!(last_line(&done), "7 passed, 5 failed");
    for reason in ["has no test", "ctx.files", "out of memory", "nothing can settle", "Error: real"]
    {
        assert!(done.stdout.contains(reason), "{reason}:\n{}", done.stdout);
    }
}

#[test]
fn a_typescript_failure_names_the_authors_line() {
    let done = run(
        &[(
            "tests/unit/a.test.ts",
            "import { expect, it } from 'vitest';\n\ninterface A {\n  a: number;\n}\n\n\
             it('fails', () => {\n  const a: A = { a: 1 };\n  expect(a.a).toBe(2);\n});\n",
        )],
        &[],
    );
    done.exits(1);
    assert!(done.stdout.contains("tests/unit/a.test.ts:9:"), "{}", done.stdout);
}

#[test]
fn a_test_has_a_database_with_the_plugins_own_tables() {
    let done = run(
        &[
            ("migrations/0001_create_notes.sql", "CREATE TABLE acme_notes (id serial PRIMARY KEY, text text NOT NULL);"),
            ("migrations/0001_create_notes.down.sql", "DROP TABLE acme_notes;"),
            (
                "tests/integration/db.test.js",
                "import { createContext, expect, it } from 'daino:test';
                 it('writes and reads', async () => {
                   const { db } = createContext();
                   await db.query('INSERT INTO acme_notes (text) VALUES ($1)', ['hello']);
                   const { rows } = await db.query('SELECT text FROM acme_notes');
                   expect(rows).toEqual([{ text: 'hello' }]);
                 });
                 it('is refused what is not granted', async () => {
                   const { db } = createContext();
                   await expect(db.query('SELECT * FROM customers')).rejects.toThrow();
                 });",
            ),
            (
                "tests/integration/fresh.test.js",
                "import { createContext, expect, it } from 'daino:test';
                 it('sees nothing of the other file', async () => {
                   const { rows } = await createContext().db.query('SELECT count(*) AS n FROM acme_notes');
                   expect(rows).toEqual([{ n: '0' }]);
                 });",
            ),
        ],
        &[],
    );
    done.exits(0);
    assert_eq!(last_line(&done), "3 passed, 0 failed");
}

#[test]
fn the_formats_agree() {
    let world = plugin(&[(
        "tests/unit/a.test.js",
        "it('passes', () => {}); it('fails', () => { throw new TypeError('no <&> good'); }); it.todo('later');",
    )]);
    let json = world.run(["test", "plugin", "--format", "json", "--junit", "report.xml"]);
    let report = json.exits(1).json();
    assert_eq!(report["schema_version"], 1);
    assert_eq!(report["passed"], 1);
    assert_eq!(report["failed"], 1);
    assert_eq!(report["todo"], 1);
    let failure = &report["files"][0]["tests"][1]["failure"];
    assert_eq!(
        (&failure["kind"], &failure["message"]),
        (&"TypeError".into(), &"no <&> good".into())
    );
    let xml = std::fs::read_to_string(world.dir().join("report.xml")).unwrap();
    assert!(xml.contains("no &lt;&amp;&gt; good") && xml.contains(r#"failures="1""#), "{xml}");
    let shown = world.run(["test", "plugin", "--format", "junit"]);
    assert!(shown.exits(1).stdout.starts_with("<?xml"), "{}", shown.stdout);
}

#[test]
fn nothing_to_run_is_a_usage_error() {
    let nothing = run(&[], &[]);
    nothing.exits(2).complains("test.no-files");
    let files = [("tests/unit/a.test.js", "it('passes', () => {});")];
    run(&files, &["--suite", "performance"]).exits(2).complains("tests/performance");
    run(&files, &["--filter", "nowhere"]).exits(2).complains("test.no-match");
    let one = run(
        &[(
            "tests/unit/a.test.js",
            "describe('a', () => { it('b', () => {}); it('c', () => { throw 1; }); });",
        )],
        &["--filter", "a > b"],
    );
    one.exits(0);
    assert_eq!(last_line(&one), "1 passed, 0 failed");
}

#[test]
fn the_platform_gives_known_answers() {
    let world = World::new();
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/platform");
    let done = world.run(["test", tree.to_str().unwrap()]);
    done.exits(0);
    assert_eq!(last_line(&done), "36 passed, 0 failed");
}

/// The test API itself, tested with itself.
#[test]
fn the_test_api_holds_what_it_says() {
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/testing");
    let done = World::new().run(["test", tree.to_str().unwrap()]);
    done.exits(0);
    assert_eq!(last_line(&done), "82 passed, 0 failed, 2 skipped, 1 todo");
}

/// Statuses by full name, as our JSON report has them.
fn our_results(tree: &Path) -> std::collections::BTreeMap<String, String> {
    let done = World::new().run(["test", tree.to_str().unwrap(), "--format", "json"]);
    let report = done.exits(0).json();
    let tests =
        report["files"].as_array().unwrap().iter().flat_map(|f| f["tests"].as_array().unwrap());
    tests
        .map(|test| {
            let names: Vec<&str> =
                test["path"].as_array().unwrap().iter().filter_map(|n| n.as_str()).collect();
            (names.join(" > "), test["status"].as_str().unwrap().to_owned())
        })
        .collect()
}

/// Statuses by full name, out of Node's nested TAP.
fn node_results(tap: &str) -> std::collections::BTreeMap<String, String> {
    let mut found = std::collections::BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    for line in tap.lines() {
        let depth = (line.len() - line.trim_start().len()) / 4;
        let text = line.trim_start();
        if let Some(name) = text.strip_prefix("# Subtest: ") {
            names.truncate(depth);
            names.push(name.to_owned());
        } else if let Some(rest) = text.strip_prefix("ok ").or_else(|| text.strip_prefix("not ok "))
        {
            let directive = rest.split_once(" # ").map_or("", |(_, d)| d);
            let status = match directive.split(' ').next().unwrap_or_default() {
                "SKIP" => "skipped",
                "TODO" => "todo",
                _ if text.starts_with("not") => "failed",
                _ => "passed",
            };
            names.truncate(depth + 1);
            found.insert(names.join(" > ").replace("\\#", "#"), status.to_owned());
        }
    }
    found
}

/// The same files under Node: each test ends there as it ends here.
#[test]
fn node_gives_the_same_answers() {
    for tree in ["tests/platform", "tests/parity"] {
        let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join(tree);
        let mut command = std::process::Command::new("node");
        command.args(["--test", "--test-reporter=tap"]).current_dir(tree.join("tests/unit"));
        let done = command.output().expect("Node.js 20 is installed");
        let said = String::from_utf8_lossy(&done.stdout);
        assert!(done.status.success(), "{said}");
        let node = node_results(&said);
        let ours = our_results(&tree);
        assert!(ours.len() > 20, "{ours:?}");
        for (name, status) in &ours {
            // Of a group that is skipped Node tells the group, we what is in it.
            let group = || node.get(name.rsplit_once(" > ")?.0);
            let theirs = node.get(name).or_else(group);
            assert_eq!(theirs, Some(status), "{name}\n{said}");
        }
    }
}

/// Vitest and Jest on the same files: each test ends there as it ends here. What they say was written
/// by `benches/test-conformance`.
#[test]
fn vitest_and_jest_give_the_same_answers() {
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let expected = std::fs::read_to_string(tree.join("expected.json")).unwrap();
    let expected: std::collections::BTreeMap<String, String> =
        serde_json::from_str(&expected).unwrap();
    let done = World::new().run(["test", tree.to_str().unwrap(), "--format", "json"]);
    let report = done.exits(1).json();
    let mut ours = std::collections::BTreeMap::new();
    for file in report["files"].as_array().unwrap() {
        assert!(file["error"].is_null(), "{file:#}");
        for test in file["tests"].as_array().unwrap() {
            let names = test["path"].as_array().unwrap().iter().filter_map(|n| n.as_str());
            let names: Vec<&str> =
                std::iter::once(file["file"].as_str().unwrap()).chain(names).collect();
            ours.insert(names.join(" > "), test["status"].as_str().unwrap().to_owned());
        }
    }
    assert!(expected.len() > 200, "{}", expected.len());
    assert_eq!(ours, expected);
}

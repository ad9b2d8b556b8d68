//! `daino-pdk test`: order, chance, repetition, snapshots, reports.

use crate::harness::{last_line, plugin, run};
use crate::support::World;

fn read(world: &World, path: &str) -> String {
    std::fs::read_to_string(world.dir().join(path)).unwrap_or_default()
}

const SNAPSHOTS: &str = "import { expect, it } from 'vitest';
it('has a shape', () => {
  expect({ b: [1, 'x'], a: new Map([['k', `q\\`${1}`]]), f() {} }).toMatchSnapshot();
  expect({ id: Math.random(), n: 1 }).toMatchSnapshot({ id: expect.any(Number) }, 'with id');
});
it('stands in line', () => {
  expect({ a: 1 }).toMatchInlineSnapshot();
});
";

#[test]
fn snapshots_are_written_compared_and_renewed() {
    let world = plugin(&[("tests/unit/a.test.js", SNAPSHOTS)]);
    let file = "plugin/tests/unit/__snapshots__/a.test.js.snap";

    let ci = world.command().args(["test", "plugin"]).env("CI", "1").output().unwrap();
    assert_eq!(ci.status.code(), Some(1), "{}", String::from_utf8_lossy(&ci.stdout));
    assert!(!world.dir().join(file).exists());

    let first = world.run(["test", "plugin"]);
    first.exits(0);
    assert!(first.stdout.contains("snapshots: 3 new"), "{}", first.stdout);
    let written = read(&world, file);
    let expected = "exports[`has a shape 1`] = `\n{\n  \"a\": Map {\n    \"k\" => \"q\\`1\",\n  },\n  \"b\": [\n    1,\n    \"x\",\n  ],\n  \"f\": [Function],\n}\n`;";
    assert!(written.contains(expected), "{written}");
    assert!(
        written.contains(
            "exports[`has a shape: with id 1`] = `\n{\n  \"id\": Any<Number>,\n  \"n\": 1,\n}\n`;"
        ),
        "{written}"
    );
    let source = read(&world, "plugin/tests/unit/a.test.js");
    let inline = "toMatchInlineSnapshot(`\n    {\n      \"a\": 1,\n    }\n  `);";
    assert!(source.contains(inline), "{source}");

    world.run(["test", "plugin"]).exits(0);
    assert_eq!(read(&world, file), written);

    let changed = source
        .replace("b: [1, 'x']", "b: [2]")
        .replace("expect({ a: 1 })", "expect({ a: 2 })")
        .replace(", 'with id'", ", 'other'");
    world.write("plugin/tests/unit/a.test.js", &changed);
    let differs = world.run(["test", "plugin", "--seed", "1"]);
    differs.exits(1);
    assert_eq!(last_line(&differs), "0 passed, 2 failed");
    assert!(differs.stdout.contains("-     1,\n"), "{}", differs.stdout);

    let renewed = world.run(["test", "plugin", "--update-snapshots"]);
    renewed.exits(0);
    assert!(renewed.stdout.contains("2 renewed, 1 removed"), "{}", renewed.stdout);
    let now = read(&world, file);
    assert!(now.contains("2,") && now.contains(": other 1") && !now.contains("with id"), "{now}");
    let source = read(&world, "plugin/tests/unit/a.test.js");
    assert!(source.contains("\"a\": 2,"), "{source}");
    world.run(["test", "plugin"]).exits(0);
}

#[test]
fn snapshots_that_nothing_asks_for_are_named() {
    let world = plugin(&[
        ("tests/unit/a.test.js", "it('a', () => expect(1).toMatchSnapshot());"),
        (
            "tests/unit/__snapshots__/a.test.js.snap",
            "exports[`a 1`] = `1`;\nexports[`gone 1`] = `2`;\n",
        ),
        ("tests/unit/__snapshots__/gone.test.js.snap", "exports[`x 1`] = `1`;\n"),
    ]);
    let done = world.run(["test", "plugin"]);
    done.exits(0).complains("gone.test.js.snap");
    assert!(done.stdout.contains("no test asks for the snapshot `gone 1`"), "{}", done.stdout);
    // A run of a part knows nothing about the rest.
    let part = world.run(["test", "plugin", "--filter", "a"]);
    assert!(part.stdout.contains("gone 1"), "{}", part.stdout);
    let none = world.run(["test", "plugin", "--filter", "unit/a.test.js"]);
    none.exits(0);
}

const CHANCE: &str = "it('chance', () => {
  console.log(JSON.stringify([Math.random(), crypto.randomUUID(), Date.now(), new Date().getFullYear()]));
});
it('waits an hour', async () => { await new Promise((r) => setTimeout(r, 3600000)); console.log(Date.now()); });";

#[test]
fn two_runs_see_the_same_chance_and_the_same_time() {
    let world = plugin(&[("tests/unit/a.test.js", CHANCE)]);
    let output = |args: &[&str]| {
        let report =
            world.run(["test", "plugin", "--format", "json"].iter().chain(args)).exits(0).json();
        report["files"][0]["output"].as_str().unwrap().to_owned()
    };
    let clock = ["--clock", "2026-01-31T12:00:00Z"];
    let first = output(&clock);
    assert!(first.contains("1769860800") && first.contains("2026"), "{first}");
    assert!(first.contains("1769864400"), "an hour later: {first}");
    assert_eq!(first, output(&clock));
    let other = output(&["--clock", "1769860800000", "--seed", "2"]);
    assert_ne!(first, other);
    assert!(other.contains("1769860800"), "{other}");
    world.run(["test", "plugin", "--clock", "yesterday"]).exits(2).complains("cli.clock");
}

#[test]
fn a_flaky_test_is_found_and_its_seed_named() {
    let files = [(
        "tests/unit/a.test.js",
        "it('sometimes', () => expect(Math.random()).toBeLessThan(0.5));
         it('always', () => {});
         it('never', () => { throw new Error('no'); });",
    )];
    let done = run(&files, &["--repeat", "8"]);
    done.exits(1);
    assert!(done.stdout.contains("FLAKY   sometimes"), "{}", done.stdout);
    assert!(done.stdout.contains("FAIL    never"), "{}", done.stdout);
    assert_eq!(last_line(&done), "1 passed, 2 failed");
    let seed =
        done.stdout.split("first with `--seed ").nth(1).and_then(|s| s.split('`').next()).unwrap();
    let again = run(&files, &["--seed", seed, "--filter", "sometimes"]);
    again.exits(1);
    let report = run(&files, &["--repeat", "8", "--format", "json"]).json();
    assert_eq!(report["flaky"], 1);
}

#[test]
fn a_shuffle_finds_tests_that_lean_on_each_other() {
    let files = [(
        "tests/unit/a.test.js",
        "let n = 0; for (const i of [0, 1, 2, 3, 4, 5]) it(`t${i}`, () => { console.log(i); expect(n++).toBe(i); });",
    )];
    run(&files, &[]).exits(0);
    let one = run(&files, &["--shuffle=5", "-v"]);
    one.exits(1);
    assert_eq!(
        one.stdout.split("output").nth(1).map(|t| t.lines().take(7).collect::<Vec<_>>().join("")),
        run(&files, &["--shuffle=5", "-v"]).stdout.split("output").nth(1).map(|t| t
            .lines()
            .take(7)
            .collect::<Vec<_>>()
            .join(""))
    );
    run(&files, &["--shuffle"]).complains("--shuffle=");
}

#[test]
fn bail_stops_and_says_what_did_not_run() {
    let failing = "it('a', () => { throw 1; }); it('b', () => { throw 2; }); it('c', () => {});";
    let files = [
        ("tests/unit/a.test.js", failing),
        ("tests/unit/b.test.js", failing),
        ("tests/unit/c.test.js", failing),
    ];
    let done = run(&files, &["--bail", "--jobs", "1"]);
    done.exits(1);
    assert_eq!(
        last_line(&done),
        "0 passed, 1 failed, stopped early: 2 tests and 2 files did not run"
    );
    let three = run(&files, &["--bail=3", "--jobs", "1"]);
    assert_eq!(
        last_line(&three),
        "2 passed, 4 failed, stopped early: 0 tests and 1 files did not run"
    );
}

#[test]
fn shards_share_the_files() {
    let names: Vec<String> = (0..5).map(|n| format!("tests/unit/f{n}.test.js")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().map(|n| (n.as_str(), "it('x', () => {});")).collect();
    let mut seen = Vec::new();
    for part in ["1/2", "2/2"] {
        let report = run(&files, &["--shard", part, "--format", "json"]).exits(0).json();
        seen.extend(
            report["files"]
                .as_array()
                .unwrap()
                .iter()
                .map(|f| f["file"].as_str().unwrap().to_owned()),
        );
    }
    seen.sort();
    assert_eq!(seen, names);
    run(&files, &["--shard", "6/6"]).exits(0).complains("no test to run");
    run(&files, &["--shard", "3/2"]).exits(2).complains("1/3");
}

#[test]
fn time_limits_name_the_test_and_its_line_and_timers_left_behind_are_named() {
    let done = run(
        &[
            (
                "tests/unit/a.test.js",
                "it('ok', () => {\n  setInterval(() => {}, 1000);\n});\n\nit('hangs', async () => {\n  await new Promise(() => {});\n}, 50);\n",
            ),
            (
                "tests/unit/b.test.ts",
                "type A = number;\n\n\nit('spins', () => {\n  for (;;);\n});\n",
            ),
        ],
        &["--timeout", "1s"],
    );
    done.exits(124);
    for text in [
        "the test `hangs` did not end within 50 ms",
        "at <test> (tests/unit/a.test.js:5:",
        "setInterval still waits at tests/unit/a.test.js:2:",
        ", in `ok`",
        "during the test `spins` (tests/unit/b.test.ts:4:",
    ] {
        assert!(done.stdout.contains(text), "{text}\n{}", done.stdout);
    }
}

#[test]
fn a_flood_of_output_is_bounded_and_the_tests_are_told() {
    let done = run(
        &[(
            "tests/unit/a.test.js",
            "it('prints', () => { const line = 'x'.repeat(1000); for (let i = 0; i < 100000; i++) console.log(line); });
             it('goes on', () => {});",
        )],
        &["-v"],
    );
    done.exits(0);
    assert_eq!(last_line(&done), "2 passed, 0 failed");
    assert!(
        done.stdout.len() < 200_000 && done.stdout.contains("more output was cut"),
        "{}",
        done.stdout.len()
    );
}

#[test]
fn several_reports_come_from_one_run() {
    let world = plugin(&[(
        "tests/unit/a.test.js",
        "it('passes', () => {}); it('fails', () => { throw new Error('no'); });",
    )]);
    let done = world.run([
        "test",
        "plugin",
        "--report",
        "junit=a.xml",
        "--report",
        "html=a.html",
        "--report",
        "json=a.json",
        "--report",
        "tap",
    ]);
    done.exits(1);
    assert!(done.stdout.starts_with("TAP version 14\n1..2\nok 1 - "), "{}", done.stdout);
    assert!(read(&world, "a.xml").starts_with("<?xml"));
    assert!(read(&world, "a.html").starts_with("<!doctype html>"));
    let json: serde_json::Value = serde_json::from_str(&read(&world, "a.json")).unwrap();
    assert_eq!((json["schema_version"].as_u64(), json["failed"].as_u64()), (Some(1), Some(1)));
    let github = world.run(["test", "plugin", "--report", "github"]);
    assert!(
        github.stdout.starts_with("::error file=tests/unit/a.test.js,line=1,"),
        "{}",
        github.stdout
    );
    world
        .run(["test", "plugin", "--report", "tap", "--report", "json"])
        .exits(2)
        .complains("more than one report");
    world.run(["test", "plugin", "--report", "xml"]).exits(2).complains("use one of");
}

#[test]
fn a_mock_that_does_not_fit_names_the_nearest_one() {
    let done = run(
        &[(
            "tests/unit/a.test.js",
            "import { it, mockFetch } from 'daino:test';
             it('calls', async () => {
               mockFetch('POST https://api.acme.example/v1/refunds', {});
               mockFetch('POST https://api.acme.example/v1/charges', {});
               await fetch('https://api.acme.example/v1/charge', { method: 'POST' });
             });",
        )],
        &[],
    );
    done.exits(1);
    assert!(
        done.stdout.contains("nearest: POST https://api.acme.example/v1/charges"),
        "{}",
        done.stdout
    );
}

#[test]
fn nothing_to_run_can_be_allowed() {
    run(&[], &["--fail-on-no-tests=false"]).exits(0).complains("no test to run");
}

#[test]
fn coverage_counts_lines_branches_and_functions_of_typescript() {
    let world = plugin(&[
        (
            "src/price.ts",
            "type Cents = number;\n\nexport function price(cents: Cents, vat = 0.22): Cents {\n  if (cents < 0) {\n    throw new RangeError('negative');\n  }\n  return Math.round(cents * (1 + vat));\n}\n\nexport const never = (x: Cents) => x;\n",
        ),
        ("src/unused.js", "export const unused = () => {\n  return 1;\n};\n"),
        (
            "tests/unit/a.test.ts",
            "import { price } from '../../src/price';\nit('rounds', () => expect(price(100)).toBe(122));\nit('fails where it is written', () => expect(() => price('x' as never)).toThrow());\n",
        ),
    ]);
    let done = world.run([
        "test",
        "plugin",
        "--coverage",
        "--coverage=lcov=a.info",
        "--coverage=istanbul=a.json",
    ]);
    done.exits(1);
    assert!(done.stdout.contains("tests/unit/a.test.ts:3:"), "{}", done.stdout);
    let row = |name: &str| {
        let line = done.stdout.lines().find(|l| l.starts_with(name)).unwrap_or_default();
        line.split_whitespace().skip(1).map(str::to_owned).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row("src/price.ts"), "60.0 66.7 50.0 75.0 5", "{}", done.stdout);
    assert_eq!(row("src/unused.js"), "0.0 100.0 0.0 0.0 1-2", "{}", done.stdout);
    let lcov = read(&world, "a.info");
    assert!(
        lcov.contains("SF:src/price.ts\n")
            && lcov.contains("DA:5,0\n")
            && lcov.contains("FNDA:0,never\n"),
        "{lcov}"
    );
    let json: serde_json::Value = serde_json::from_str(&read(&world, "a.json")).unwrap();
    assert_eq!(json["src/price.ts"]["fnMap"]["0"]["decl"]["start"]["line"], 3);

    world.write("plugin/tests/unit/a.test.ts", "import { price } from '../../src/price';\nit('rounds', () => expect(price(100)).toBe(122));\n");
    world.run(["test", "plugin", "--min-lines", "20"]).exits(0);
    world
        .run(["test", "plugin", "--min-lines", "90"])
        .exits(1)
        .complains("of the lines ran, 90 % must");
    world.run(["test", "plugin", "--coverage=lcov"]).exits(2).complains("needs a file");
}

#[test]
fn a_failure_shows_the_lines_around_it_and_so_does_a_mistake_in_the_text() {
    let world = plugin(&[
        (
            "src/price.ts",
            "type A = number;\nexport function price(a: A): A {\n  throw new RangeError(`no ${a}`);\n}\n",
        ),
        (
            "tests/unit/a.test.ts",
            "import { price } from '../../src/price';\nit('fails', () => price(1));\n",
        ),
        ("tests/unit/b.test.js", "it('parses', () => {\n"),
    ]);
    let done = world.run(["test", "plugin", "--report", "github=a.txt"]);
    done.exits(1);
    for line in ["    > 3 |   throw new RangeError(`no ${a}`);\n", "      4 | }\n"] {
        assert!(done.stdout.contains(line), "{line} in {}", done.stdout);
    }
    let github = read(&world, "a.txt");
    assert!(github.contains("file=src/price.ts,line=3,col=30,"), "{github}");
    assert!(github.contains("file=tests/unit/b.test.js,line=2,col=1,"), "{github}");
    let json = world.run(["test", "plugin", "--format", "json"]).json();
    let failure = &json["files"][0]["tests"][0]["failure"];
    assert_eq!(
        (&failure["frame"]["path"], &failure["frame"]["line"]),
        (&"src/price.ts".into(), &3.into())
    );
}

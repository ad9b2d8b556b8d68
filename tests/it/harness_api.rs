//! What test files can do, from outside: replaced modules, packages of the author, properties.

use crate::harness::{last_line, plugin, run};

const RATE: (&str, &str) = ("lib/rate.js", "export const rate = () => 0.5;\n");
const FEE: (&str, &str) =
    ("lib/fee.js", "import { rate } from './rate.js';\nexport const fee = (x) => x * rate();\n");

#[test]
fn a_mock_is_hoisted_and_no_line_moves() {
    let done = run(
        &[
            RATE,
            FEE,
            (
                "tests/unit/a.test.ts",
                "import { expect, it, vi } from 'vitest';\n\
                 import { fee } from '../../lib/fee';\n\
                 interface Rate { rate: () => number }\n\
                 const held: Rate = vi.hoisted(() => ({\n\
                   rate: vi.fn(() => 2),\n\
                 }));\n\
                 vi.mock('../../lib/rate.js', () => ({\n\
                   rate: held.rate,\n\
                 }));\n\
                 it('is mocked', () => expect(fee(10)).toBe(20));\n\
                 it('names its line', () => {\n\
                   const wrong: number = fee(1);\n\
                   expect(wrong).toBe(3);\n\
                 });\n",
            ),
        ],
        &[],
    );
    done.exits(1);
    assert_eq!(last_line(&done), "1 passed, 1 failed");
    assert!(done.stdout.contains("(tests/unit/a.test.ts:13:"), "{}", done.stdout);
}

#[test]
fn the_plugin_that_is_loaded_has_the_mocked_modules() {
    let done = run(
        &[
            RATE,
            FEE,
            (
                "index.js",
                "import { fee } from './lib/fee.js';\nexport default { pay: (x) => fee(x) };\n",
            ),
            (
                "tests/unit/a.test.js",
                "import { expect, it, loadPlugin, vi } from 'daino:test';
                 vi.mock('../../lib/rate.js', () => ({ rate: () => 3 }));
                 it('pays', async () => expect((await loadPlugin()).pay(2)).toBe(6));",
            ),
            (
                "tests/unit/b.test.js",
                "import test, { mock } from 'node:test';
                 import assert from 'node:assert/strict';
                 test('mock.module', async () => {
                   const mocked = mock.module('../../lib/rate.js', { namedExports: { rate: () => 9 } });
                   assert.equal((await import('../../lib/fee.js')).fee(1), 9);
                   assert.throws(() => mock.module('../../lib/rate.js'), { code: 'ERR_INVALID_STATE' });
                   mocked.restore();
                   assert.equal((await import('../../lib/rate.js')).rate(), 0.5);
                 });",
            ),
        ],
        &[],
    );
    done.exits(0);
    assert_eq!(last_line(&done), "2 passed, 0 failed");
}

#[test]
fn mocks_that_cannot_be_made_say_why() {
    let circle = "import { expect, it, vi } from 'vitest';
        import { fee } from '../../lib/fee.js';
        vi.mock('../../lib/rate.js', async () => ({ rate: (await import('../../lib/fee.js')).fee }));
        it('never', () => fee(1));";
    let early = "import { it, vi } from 'vitest';
        import { fee } from '../../lib/fee.js';
        const later = 5;
        vi.mock('../../lib/rate.js', () => ({ rate: () => 1, later }));
        it('never', () => fee(1));";
    let thrown = "import { it, vi } from 'vitest';
        import '../../lib/fee.js';
        vi.mock('../../lib/rate.js', () => { throw new Error('no rate today'); });
        it('never', () => {});";
    let missing = "import { it, vi } from 'vitest';
        import { fee } from '../../lib/fee.js';
        vi.mock('../../lib/rate.js', () => ({}));
        it('asks', () => fee(1));";
    let unmatched = "import { it, vi } from 'vitest';
        import pay from 'a-package';
        vi.mock('another-package', () => ({}));
        it('never', () => pay());";
    for (text, says) in [
        (circle, "take the real one with `vi.importActual`"),
        (early, "make what it needs with `vi.hoisted`"),
        (thrown, "the factory of the mock of `../../lib/rate.js` threw: no rate today"),
        (missing, "no `rate` is given by the mock of `../../lib/rate.js`"),
        (unmatched, "`tests/unit/a.test.js` imports `a-package`: "),
    ] {
        let done = run(&[RATE, FEE, ("tests/unit/a.test.js", text)], &[]);
        done.exits(1);
        assert!(done.stdout.contains(says), "{says}\n{}", done.stdout);
    }
}

/// A package with a file for `import` and one for `require`, one below it, and one the plugin itself
/// may not use.
#[test]
fn tests_use_the_packages_of_the_author_and_the_plugin_does_not() {
    let files = [
        (
            "node_modules/dice/package.json",
            r##"{ "name": "dice", "exports": { ".": { "import": "./esm.js", "require": "./common.cjs" }, "./sub/*": "./lib/*.js" }, "imports": { "#own": "./lib/own.js" } }"##,
        ),
        ("node_modules/dice/esm.js", "import own from '#own'; export default `esm ${own}`;"),
        ("node_modules/dice/common.cjs", "module.exports = 'common';"),
        ("node_modules/dice/lib/own.js", "import { six } from 'six'; export default six;"),
        ("node_modules/dice/node_modules/six/index.js", "exports.six = 6;"),
        (
            "tests/unit/a.test.js",
            "import { it, expect } from 'vitest';
             import dice from 'dice'; import own from 'dice/sub/own';
             it('imports', () => expect([dice, own]).toEqual(['esm 6', 6]));",
        ),
        (
            "tests/unit/b.test.js",
            "const dice = require('dice');
             test('requires', () => expect(dice).toBe('common'));",
        ),
    ];
    let done = run(&files, &[]);
    done.exits(0);
    assert_eq!(last_line(&done), "2 passed, 0 failed");

    let mut files = files.to_vec();
    files.push(("index.js", "import dice from 'dice'; export default { dice };"));
    files.push((
        "tests/unit/c.test.js",
        "it('loads', async () => { await loadPlugin(); });\nimport { loadPlugin } from 'daino:test';",
    ));
    let done = run(&files, &[]);
    done.exits(1);
    assert!(done.stdout.contains("`index.js` imports `dice`"), "{}", done.stdout);
}

#[test]
fn a_failed_property_shows_the_smallest_input_and_the_seed_that_repeats_it() {
    let world = plugin(&[(
        "tests/unit/a.test.js",
        "import { expect, gen, it } from 'daino:test';
         it.prop([gen.integer()])('small', (n) => n < 1000);
         it.prop([gen.string()])('plain', (s) => { expect(s).not.toContain(\"'\"); });
         it.prop({ list: gen.array(gen.nat()) })('sum', ({ list }) => list.reduce((a, b) => a + b, 0) < 50);
         it.prop([gen.integer()], { runs: 500 })('holds', (n) => n === n);",
    )]);
    let first = world.run(["test", "plugin"]);
    first.exits(1);
    assert_eq!(last_line(&first), "1 passed, 3 failed");
    for piece in ["the property fails for (1000)", "for (\"'\")", "{ list: [ 50 ] }", "{ seed: "] {
        assert!(first.stdout.contains(piece), "{piece}\n{}", first.stdout);
    }
    let told = |run: &crate::support::Run| -> Vec<String> {
        run.stdout.lines().filter(|l| l.contains("again with")).map(str::to_owned).collect()
    };
    assert_eq!(told(&world.run(["test", "plugin"])), told(&first));
    assert_ne!(told(&world.run(["test", "plugin", "--seed", "2"])), told(&first));
}

#[test]
fn only_can_be_forbidden() {
    let files = [(
        "tests/unit/a.test.js",
        "it('other', () => {}); it.only('this', () => {});
         describe.only('group', () => { it('inner', () => {}); });",
    )];
    let done = run(&files, &[]);
    done.exits(0);
    assert_eq!(last_line(&done), "2 passed, 0 failed, 1 skipped");
    let done = run(&files, &["--forbid-only"]);
    done.exits(1);
    assert_eq!(last_line(&done), "2 passed, 2 failed");
    assert!(done.stdout.contains("`.only` leaves out all other tests"), "{}", done.stdout);
    assert!(done.stdout.contains("tests/unit/a.test.js:1"), "{}", done.stdout);
}

#[test]
fn a_broken_snapshot_file_is_named_and_not_written_over() {
    let good = "exports[`a 1`] = `1`;\n\nexports[`b 1`] = `2`;\n";
    let world = plugin(&[
        (
            "tests/unit/a.test.js",
            "it('a', () => { expect(1).toMatchSnapshot(); }); it('b', () => { expect(2).toMatchSnapshot(); });",
        ),
        ("tests/unit/b.test.js", "it('runs', () => {});"),
        ("tests/unit/__snapshots__/a.test.js.snap", good),
    ]);
    world.run(["test", "plugin"]).exits(0);
    let broken = "exports[`a 1`] = `1`;\n\n<<<<<<< HEAD\nexports[`b 1`] = `3`;\n";
    let path = world.write("plugin/tests/unit/__snapshots__/a.test.js.snap", broken);
    let done = world.run(["test", "plugin"]);
    done.exits(1);
    assert_eq!(last_line(&done), "1 passed, 1 failed");
    assert!(done.stdout.contains("is broken at line 3"), "{}", done.stdout);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), broken);
    world.run(["test", "plugin", "-u"]).exits(0);
    assert!(!std::fs::read_to_string(&path).unwrap().contains("<<<<"));
    world.write("plugin/tests/unit/__snapshots__/a.test.js.snap", "x".repeat(5 * 1024 * 1024));
    let done = world.run(["test", "plugin"]);
    done.exits(1);
    assert!(done.stdout.contains("has 5 MB; at most 4 are read"), "{}", done.stdout);
}

/// What a test prints is bounded in here already, and a process of its own it has none.
#[test]
fn floods_leaks_and_endless_tests_fail_alone() {
    let done = run(
        &[
            (
                "tests/unit/flood.test.js",
                "it('prints', () => { const line = 'x'.repeat(1_000_000); for (let i = 0; i < 100; i += 1) console.log(line); });",
            ),
            ("tests/unit/kill.test.js", "it('ends', () => { process.exit(0); });"),
            (
                "tests/unit/never.test.js",
                "it('waits', async () => { await new Promise(() => {}); }, 50);",
            ),
            ("tests/unit/leak.test.js", "it('leaks', () => { setInterval(() => {}, 1000); });"),
            (
                "tests/unit/full.test.js",
                "it('fills', () => { const all = []; for (;;) all.push(new Array(1e6).fill(1)); });",
            ),
            ("tests/unit/well.test.js", "it('runs', () => {});"),
        ],
        &[],
    );
    done.exits(1);
    assert_eq!(last_line(&done), "3 passed, 3 failed");
    for piece in ["process is not defined", "did not end within 50 ms", "setInterval"] {
        assert!(done.stdout.contains(piece), "{piece}\n{}", done.stdout);
    }
    assert!(done.stdout.len() < 200_000, "{}", done.stdout.len());
}

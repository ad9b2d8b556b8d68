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

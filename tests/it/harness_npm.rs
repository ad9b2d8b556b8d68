//! The test API beside the real things from npm, in the versions named here. Installed once per
//! target folder; `.ci/run` runs these, an ordinary run does not.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::harness::last_line;
use crate::support::World;

/// What is installed.
const PACKAGES: [&str; 3] = ["fast-check@4.10.2", "@fast-check/vitest@0.5.0", "typescript@5.9.3"];

/// A `node_modules` with the packages.
fn packages() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("npm");
        std::fs::create_dir_all(&folder).unwrap();
        let lock = std::fs::File::create(folder.join("lock")).unwrap();
        lock.lock().unwrap();
        std::fs::write(folder.join("package.json"), "{ \"private\": true }").unwrap();
        let mark = folder.join("installed");
        let wanted = PACKAGES.join(" ");
        if std::fs::read_to_string(&mark).unwrap_or_default() != wanted {
            let mut npm = Command::new("npm");
            npm.args([
                "install",
                "--no-audit",
                "--no-fund",
                "--legacy-peer-deps",
                "--ignore-scripts",
            ]);
            let done = npm.args(PACKAGES).current_dir(&folder).output().expect("npm is installed");
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            std::fs::write(&mark, wanted).unwrap();
        }
        folder.join("node_modules")
    })
}

fn with_packages(world: &World, plugin: &str) {
    #[cfg(unix)]
    std::os::unix::fs::symlink(packages(), world.dir().join(plugin).join("node_modules")).unwrap();
}

#[test]
#[ignore = "installs from npm"]
fn fast_check_runs() {
    let world = crate::harness::plugin(&[
        (
            "tests/unit/a.test.js",
            "import fc from 'fast-check';
             import { expect, it } from 'vitest';
             it('sorts', () => fc.assert(fc.property(fc.array(fc.integer()), (list) => {
               const sorted = [...list].sort((a, b) => a - b);
               return sorted.every((v, i) => i === 0 || sorted[i - 1] <= v);
             })));
             it('shrinks and replays', () => {
               const check = (more) => { try { fc.assert(fc.property(fc.integer(), (n) => n < 1000), more); } catch (e) { return e.message; } };
               const said = check({ seed: 42 });
               expect(said).toContain('Counterexample: [1000]');
               const [, path] = /path: \"([^\"]+)\"/.exec(said);
               expect(check({ seed: 42, path })).toContain('Counterexample: [1000]');
             });
             it('makes many kinds', () => fc.assert(fc.property(
               fc.bigInt(), fc.date(), fc.uuid(), fc.double(), fc.json(), fc.webUrl(), fc.emailAddress(),
               fc.dictionary(fc.string(), fc.anything()), fc.uint8Array(), fc.ipV6(), fc.stringMatching(/^a+b$/),
               (...all) => all.length === 11), { numRuns: 30 }));
             it('waits', async () => { await fc.assert(fc.asyncProperty(fc.string(), async (s) => { await null; return s.length >= 0; })); });
             it('schedules', async () => { await fc.assert(fc.asyncProperty(fc.scheduler(), async (s) => {
               const seen = [];
               const work = [1, 2].map((n) => s.schedule(Promise.resolve(n)).then((v) => seen.push(v)));
               await s.waitAll();
               await Promise.all(work);
               return seen.length === 2;
             }), { numRuns: 20 }); });",
        ),
        (
            "tests/unit/b.test.js",
            "const fc = require('fast-check');
             test('as CommonJS', () => { fc.assert(fc.property(fc.nat(), (n) => n >= 0)); });",
        ),
        (
            "tests/unit/c.test.js",
            "import { fc, it, test } from '@fast-check/vitest';
             import { beforeEach, describe, expect } from 'vitest';
             let made = 0;
             describe('hooks', () => {
               beforeEach(() => { made += 1; });
               it.prop([fc.integer(), fc.integer()], { numRuns: 20 })('adds', (a, b) => { expect(a + b).toBe(b + a); });
               test('ran before every run', () => expect(made).toBeGreaterThanOrEqual(20));
             });
             test.prop({ a: fc.string() }, { seed: 4 })('fails by name', ({ a }) => a.length < 3);
             test('with a generator', ({ g }) => { expect(g(fc.nat)).toBeGreaterThanOrEqual(0); });
             test.skip.prop([fc.nat()])('skipped', () => false);",
        ),
    ]);
    with_packages(&world, "plugin");
    let done = world.run(["test", "plugin"]);
    done.exits(1);
    assert_eq!(last_line(&done), "9 passed, 1 failed, 1 skipped");
    assert!(done.stdout.contains("fails by name (with seed=4)"), "{}", done.stdout);
    assert!(done.stdout.contains("Counterexample: ["), "{}", done.stdout);
}

fn tsc(dir: &Path) -> (bool, String) {
    let compiler = packages().join("typescript/bin/tsc");
    let done = Command::new("node").arg(compiler).args(["-p", "."]).current_dir(dir).output();
    let done = done.expect("Node.js is installed");
    (done.status.success(), String::from_utf8_lossy(&done.stdout).into_owned())
}

/// The shipped types, read by the real compiler in strict mode: every template, and a file that has
/// every word of the API and what must be refused. That file runs, too.
#[test]
#[ignore = "installs from npm"]
fn the_shipped_types_are_what_is_there() {
    let world = World::new();
    for template in ["payment-gateway", "analytics", "shipping", "custom"] {
        let slug = format!("acme-{template}");
        world.run(["create", &slug, "-y", "-t", template, "--lang", "ts", "--no-git"]).exits(0);
        let (passed, said) = tsc(&world.dir().join(&slug));
        assert!(passed, "{template}: {said}");
    }
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/types");
    for file in ["api.test.ts", "rate.ts", "other.ts"] {
        let text = std::fs::read_to_string(from.join(file)).unwrap();
        world.write(&format!("acme-custom/tests/unit/types/{file}"), text);
    }
    let (passed, said) = tsc(&world.dir().join("acme-custom"));
    assert!(passed, "{said}");
    let done = world.run(["test", "acme-custom", "--filter", "types/api"]);
    done.exits(0);
    assert_eq!(last_line(&done), "25 passed, 0 failed, 1 skipped, 1 todo");

    // The compiler does read it: a wrong word is found.
    world.write("acme-custom/tests/unit/types/other.ts", "export const other: number = 'text';\n");
    assert!(!tsc(&world.dir().join("acme-custom")).0);
}

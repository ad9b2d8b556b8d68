//! `daino-pdk test --watch` in a real terminal.

use crate::harness::plugin;
use crate::support::screen::Screen;

const FILES: [(&str, &str); 4] = [
    ("lib/a.js", "export const a = 1;\n"),
    ("lib/b.js", "export const b = 1;\n"),
    (
        "tests/unit/a.test.js",
        "import { a } from '../../lib/a.js';\nit('holds a', () => expect(a).toBe(1));\n",
    ),
    (
        "tests/unit/b.test.js",
        "import { b } from '../../lib/b.js';\nit('holds b', () => expect(b).toBe(1));\n",
    ),
];

/// The screen is emptied before each report, so what is on it is of the last run only.
#[test]
fn a_change_runs_what_stands_on_it_and_nothing_else() {
    let world = plugin(&FILES);
    let screen = Screen::run(&world, "test plugin --watch");
    screen.wait_for("2 passed, 0 failed");
    screen.wait_for("q quit");

    world.write("plugin/lib/a.js", "export const a = 2;\n");
    let shown = screen.wait_for("0 passed, 1 failed");
    assert!(shown.contains("holds a") && !shown.contains("b.test.js"), "{shown}");

    world.write("plugin/README.md", "# Acme\n");
    world.write("plugin/lib/alone.js", "export const alone = 1;\n");
    screen.wait_for("no test stands on lib/alone.js");

    world.write("plugin/lib/a.js", "export const a = (\n");
    let broken = screen.wait_for("SyntaxError");
    assert!(!broken.contains("b.test.js"), "{broken}");

    world.write("plugin/lib/a.js", "export const a = 1;\n");
    let mended = screen.wait_for("1 passed, 0 failed");
    assert!(!mended.contains("b.test.js"), "{mended}");

    // A manifest that cannot be read runs nothing; the mended one runs everything.
    let manifest = std::fs::read_to_string(world.dir().join("plugin/manifest.json")).unwrap();
    world.write("plugin/manifest.json", "{");
    screen.wait_for("manifest.");
    world.write("plugin/manifest.json", &manifest);
    screen.wait_for("2 passed, 0 failed");
    screen.keys(&["q"]);
    screen.wait_for("exit code 0");
}

#[test]
fn keys_run_all_the_failed_and_what_is_typed() {
    let world = plugin(&FILES);
    world.write("plugin/lib/b.js", "export const b = 7;\n");
    let screen = Screen::run(&world, "test plugin --watch");
    screen.wait_for("1 passed, 1 failed");
    screen.wait_for("q quit");
    screen.keys(&["f"]);
    let failed = screen.wait_for("0 passed, 1 failed");
    assert!(failed.contains("holds b") && !failed.contains("a.test.js"), "{failed}");
    screen.keys(&["a"]);
    screen.wait_for("1 passed, 1 failed");
    screen.keys(&["p"]);
    screen.wait_for("run what contains");
    screen.keys(&["h", "o", "l", "d", "s", "Space", "x", "BSpace", "a"]);
    screen.wait_for(": holds a");
    screen.keys(&["Enter"]);
    let typed = screen.wait_for("1 passed, 0 failed");
    assert!(!typed.contains("b.test.js"), "{typed}");
    screen.keys(&["C-c"]);
    screen.wait_for("exit code 130");
}

/// What the run itself writes is no change.
#[test]
fn snapshots_are_updated_with_a_key_and_run_once() {
    let world = plugin(&[(
        "tests/unit/s.test.js",
        "import { v } from '../../lib/v.js';\nit('s', () => { console.log('ran ' + v); expect(v).toMatchSnapshot(); });\n",
    )]);
    world.write("plugin/lib/v.js", "export const v = 1;\n");
    let screen = Screen::run(&world, "test plugin --watch");
    screen.wait_for("1 passed, 0 failed");
    world.write("plugin/lib/v.js", "export const v = 2;\n");
    screen.wait_for("0 passed, 1 failed");
    screen.keys(&["u"]);
    screen.wait_for("1 renewed");
    let file = world.dir().join("plugin/tests/unit/__snapshots__/s.test.js.snap");
    assert!(std::fs::read_to_string(file).unwrap().contains("`2`"));
    screen.keys(&["q"]);
    let end = screen.wait_for("exit code 0");
    // A second run would have said 1 checked and nothing of a renewal.
    assert!(end.contains("1 renewed"), "{end}");
}

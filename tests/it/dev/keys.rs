//! Single keys, in a real terminal.

use super::*;
use crate::support::screen::Screen;

#[test]
fn each_key_does_what_it_says() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    world.write(
        "acme/tests/unit/a.test.js",
        "import { expect, it } from 'daino:test';\nit('adds', () => expect(1 + 1).toBe(2));\n",
    );
    let screen = Screen::run(&world, "dev acme --port 0 --no-database");
    screen.wait_for("r reload   f fire hooks   t test   p permissions   o open page   q quit");
    screen.wait_for("version 1 served");
    screen.keys(&["r"]);
    screen.wait_for("version 2 served");
    screen.keys(&["f"]);
    screen.wait_for("hook order.complete ok");
    screen.wait_for("hook cart.total");
    screen.keys(&["p"]);
    let shown = screen.wait_for("permissions that acme-pay needed so far:");
    assert!(shown.contains("\"order.complete\""), "{shown}");
    screen.keys(&["t"]);
    screen.wait_for("1 passed");
    screen.keys(&["x"]);
    screen.keys(&["q"]);
    screen.wait_for("exit code 0");
}

#[test]
fn ctrl_c_and_the_end_of_input_end_the_run() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let screen = Screen::run(&world, "dev acme --port 0 --no-database");
    screen.wait_for("version 1 served");
    screen.keys(&["C-c"]);
    screen.wait_for("exit code 130");
    let again = World::new();
    plugin(&again, "acme", "acme-pay");
    let screen = Screen::run(&again, "dev acme --port 0 --no-database");
    screen.wait_for("version 1 served");
    screen.keys(&["C-d"]);
    screen.wait_for("exit code 0");
}

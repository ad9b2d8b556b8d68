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

/// `o`, and `--open`, hand the address to the system's own opener; that there is none is no failure.
#[test]
fn the_page_is_opened_with_the_opener_of_the_system() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let opened = world.dir().join("opened.txt");
    let script = format!("echo \"$@\" >> '{}'", opened.display());
    world.program("xdg-open", &script);
    world.program("open", &script);
    let screen = Screen::run(&world, "dev acme --port 0 --no-database --open");
    let shown = screen.wait_for("version 1 served");
    let address = shown.split_whitespace().find(|word| word.starts_with("http://")).unwrap();
    let wait_for = |count: usize| {
        let until = Instant::now() + PATIENCE;
        loop {
            let text = std::fs::read_to_string(&opened).unwrap_or_default();
            if text.lines().count() == count {
                return text;
            }
            assert!(Instant::now() < until, "{text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    };
    assert_eq!(wait_for(1).trim(), address);
    screen.keys(&["o"]);
    assert_eq!(wait_for(2), format!("{address}\n{address}\n"));
    world.program("xdg-open", "exit 1");
    world.program("open", "exit 1");
    screen.keys(&["o", "r"]);
    screen.wait_for("version 2 served");
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

//! `daino-pdk pack` from outside.

use crate::support::World;
use crate::support::screen::Screen;

#[test]
fn progress_leaves_nothing_on_a_terminal() {
    let world = World::new();
    world.run(["create", "acme-pay", "-y", "-t", "custom", "--lang", "js", "--no-git"]).exits(0);
    let screen = Screen::run(&world, "pack acme-pay").wait_for("exit code 0");
    let first = screen.lines().next().unwrap();
    assert!(first.starts_with("Packed acme-pay"), "{screen}");
}

#[test]
fn a_dry_run_lists_and_writes_nothing_and_a_wrong_place_is_told() {
    let world = World::new();
    world.run(["create", "acme-pay", "-y", "-t", "custom", "--lang", "js", "--no-git"]).exits(0);
    let before = world.files();
    let plan = world.run(["pack", "acme-pay", "--dry-run", "--format", "json"]).exits(0).json();
    assert_eq!((&plan["slug"], &plan["written"]), (&"acme-pay".into(), &false.into()), "{plan}");
    assert_eq!(world.files(), before);
    let packed = world.run(["pack", "acme-pay", "--format", "json"]).exits(0).json();
    assert_eq!(packed["archive"], plan["archive"], "what is planned is what is written");
    world.run(["pack", "acme-pay", "-o", "no/such/place.dpk"]).exits(2).complains("pack.write");
    world.run(["pack", "nowhere"]).exits(2).complains("project.no-manifest");
}

#[test]
fn the_work_can_be_followed_as_json_lines() {
    let world = World::new();
    world.run(["create", "acme-pay", "-y", "-t", "custom", "--lang", "js", "--no-git"]).exits(0);
    let run = world.run(["pack", "acme-pay", "--format", "json", "-v"]);
    assert_eq!(run.exits(0).json()["slug"], "acme-pay");
    let events: Vec<serde_json::Value> =
        run.stderr.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let first = &events[0];
    assert_eq!((&first["event"], &first["stage"]), (&"started".into(), &"pack".into()), "{first}");
    assert!(events.iter().any(|e| e["event"] == "finished" && e["stage"] == "pack"), "{events:?}");
}

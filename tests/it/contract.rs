//! The contract that all commands share: exit codes, streams, JSON, help.

use std::process::Stdio;

use crate::support::{Run, World};

#[test]
fn wrong_usage_is_exit_2_and_nothing_on_stdout() {
    let world = World::new();
    for args in [vec!["no-such-command"], vec![], vec!["schema", "--no-such-flag"]] {
        let run = world.run(&args);
        run.exits(2);
        assert!(run.stdout.is_empty(), "{args:?}: {}", run.stdout);
    }
}

#[test]
fn a_misspelt_command_gets_a_suggestion() {
    World::new().run(["creat"]).exits(2).complains("'create'");
}

#[test]
fn a_directory_that_is_not_there_is_exit_2() {
    let world = World::new();
    world.run(["-C", "nowhere", "schema"]).exits(2).complains("cli.directory");
    world.write("file.txt", "x");
    world.run(["-C", "file.txt", "schema"]).exits(2).complains("cli.directory");
}

#[test]
fn a_failure_in_json_is_one_document_with_its_code() {
    let run = World::new().run(["explain", "no-such-code", "--format", "json"]);
    run.exits(2);
    let document = run.json();
    assert_eq!(document["schema_version"], 1);
    assert_eq!(document["error"]["code"], "explain.unknown");
    assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
}

#[test]
fn an_unknown_format_names_the_known_ones() {
    World::new().run(["explain", "--format", "yaml"]).exits(2).complains("pretty, json");
}

#[test]
fn colour_is_off_without_a_terminal_and_on_when_asked() {
    let world = World::new();
    let plain = world.run(["explain", "nope"]);
    assert!(!plain.stderr.contains('\u{1b}'), "{:?}", plain.stderr);
    let colourful = world.run(["explain", "nope", "--color", "always"]);
    assert!(colourful.stderr.contains('\u{1b}'), "{:?}", colourful.stderr);
    let run = Run::of(
        world.command().args(["explain", "nope"]).env("DAINO_COLOR", "always").output().unwrap(),
    );
    assert!(run.stderr.contains('\u{1b}'), "DAINO_COLOR is read: {:?}", run.stderr);
}

#[test]
fn every_command_has_help_that_says_what_it_is_for() {
    let world = World::new();
    let help = world.run(["help"]);
    help.exits(0);
    let commands = help.stdout.split("Commands:\n").nth(1).unwrap();
    let commands = commands.split("\n\n").next().unwrap().lines();
    let names: Vec<&str> = commands
        .filter_map(|line| line.strip_prefix("  ").filter(|l| !l.starts_with(' ')))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.len() > 6, "{names:?}");
    for name in names.iter().filter(|name| **name != "help") {
        let page = world.run([name, "--help"]);
        page.exits(0);
        assert!(page.stdout.contains("Usage: daino-pdk"), "{name}: {}", page.stdout);
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let world = World::new();
    let mut child = world
        .command()
        .args(["explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::of(child.wait_with_output().unwrap());
    run.exits(0);
    assert!(run.stderr.is_empty(), "{}", run.stderr);
}

#[test]
fn the_version_is_the_package_version() {
    let run = World::new().run(["--version"]);
    run.exits(0);
    assert_eq!(run.stdout.trim(), format!("daino-pdk {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn a_switch_can_be_given_by_its_variable() {
    let world = World::new();
    let dry = |value: &str| {
        let mut command = world.command();
        command.args(["create", "acme-dry", "-y", "-t", "custom", "--lang", "js", "--no-git"]);
        Run::of(command.env("DAINO_DRY_RUN", value).output().unwrap()).exits(0);
        world.dir().join("acme-dry").exists()
    };
    assert!(!dry("1"), "DAINO_DRY_RUN=1 is --dry-run");
    assert!(dry("0"), "DAINO_DRY_RUN=0 is not");
}

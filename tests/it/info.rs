//! `daino-pdk info` from outside. What a client makes of bad indexes is tested in `ops`.

use crate::support::registry::Double;
use crate::support::{Run, World};

/// A registry with releases 1.0.0 and 1.1.0 of `acme/sms`, the newest withdrawn.
fn published(world: &World) -> Double {
    let double = Double::honest();
    world.run(["key", "generate"]).exits(0);
    world.write("sms/index.js", "export default {};\n");
    for version in ["1.0.0", "1.1.0"] {
        let manifest =
            format!(r#"{{"name":"SMS","slug":"sms","version":"{version}","type":"custom"}}"#);
        world.write("sms/manifest.json", manifest);
        with_token(world, &["publish", "sms", "-y", "--no-test", "--namespace", "acme"], &double)
            .exits(0);
    }
    with_token(world, &["yank", "acme/sms@1.1.0"], &double).exits(0);
    double
}

fn with_token(world: &World, args: &[&str], double: &Double) -> Run {
    let mut command = world.command();
    command.args(args).args(["--registry", double.url()]).env("DAINO_TOKEN", "t");
    Run::of(command.output().unwrap())
}

#[test]
fn releases_are_listed_with_who_signed_them() {
    let world = World::new();
    let double = published(&world);
    let run = world.run(["info", "acme/sms", "--registry", double.url()]);
    run.exits(0);
    assert!(run.stdout.contains("* 1.0.0"), "{}", run.stdout);
    assert!(run.stdout.contains("  1.1.0") && run.stdout.contains("yanked"), "{}", run.stdout);
    assert!(run.stdout.contains("The publisher is new to the shop"), "{}", run.stdout);
    let document =
        world.run(["info", "acme/sms@^2", "--registry", double.url(), "--format", "json"]).json();
    assert_eq!(document["chosen"], serde_json::Value::Null);
    assert_eq!(document["releases"][0]["version"], "1.1.0");
    let key = world.run(["key", "list", "--format", "json"]).json()["keys"][0]["id"].clone();
    assert_eq!(document["releases"][1]["key"], key);

    let lock = format!("format = 1\n[keys]\nacme = [{key}]\n[seen]\n\"acme/sms\" = \"3.0.0\"\n");
    world.write(".daino/daino.lock.toml", lock);
    let run = world.run(["info", "sms", "--registry", double.url()]);
    run.exits(0).complains("3.0.0 was seen before");
    assert!(run.stdout.contains("The shop knows the publisher's key"), "{}", run.stdout);
}

#[test]
fn the_last_index_is_there_without_network() {
    let world = World::new();
    let double = published(&world);
    let args = ["info", "acme/sms", "--registry", double.url(), "--format", "json"];
    let online = world.run(args).json();
    let before = double.peer.asked().len();
    let offline = world.run(args.iter().chain(&["--offline"]));
    assert_eq!(offline.exits(0).json(), online);
    assert_eq!(double.peer.asked().len(), before);
    let other = ["info", "acme/mail", "--registry", double.url(), "--offline"];
    world.run(other).exits(5).complains("client.not-cached");
}

#[test]
fn what_is_not_there_is_told() {
    let world = World::new();
    let double = Double::honest();
    let run = world.run(["info", "acme/none", "--registry", double.url()]);
    run.exits(2).complains("client.not-found").complains("daino-pdk search acme/none");
    world.run(["info", "../etc", "--registry", double.url()]).exits(2);
    world.write(".daino/daino.lock.toml", "garbage");
    world.run(["info", "acme/none", "--registry", double.url()]).exits(6).complains("lock.form");
}

//! `daino-pdk yank` from outside.

use crate::support::peer::status;
use crate::support::registry::Double;
use crate::support::{Run, World};

fn yank(world: &World, double: &Double, args: &[&str]) -> Run {
    let mut command = world.command();
    command.arg("yank").args(args).args(["--registry", double.url()]).env("DAINO_TOKEN", "t");
    Run::of(command.output().unwrap())
}

/// A world with a key, and a registry with `acme/sms` 1.0.0 that answers statements with `code`.
fn published(code: Option<u16>) -> (World, Double) {
    let world = World::new();
    let double = Double::twisted(move |asked, _| {
        let is_statement = asked.target.contains("/statements/");
        code.filter(|_| is_statement).map(|code| status(code, "{}"))
    });
    world.run(["key", "generate"]).exits(0);
    world.write("sms/index.js", "export default {};\n");
    let manifest = r#"{"name":"SMS","slug":"sms","version":"1.0.0","type":"custom"}"#;
    world.write("sms/manifest.json", manifest);
    let mut command = world.command();
    command.args(["publish", "sms", "-y", "--no-test", "--namespace", "acme"]);
    command.args(["--registry", double.url()]).env("DAINO_TOKEN", "t");
    Run::of(command.output().unwrap()).exits(0);
    (world, double)
}

#[test]
fn a_release_is_withdrawn_and_brought_back() {
    let (world, double) = published(None);
    let run = yank(&world, &double, &["acme/sms@1.0.0", "--reason", "it leaks"]);
    run.exits(0);
    assert_eq!(run.stdout, format!("Yanked acme/sms 1.0.0 in {}/\n", double.url()));
    let run = yank(&world, &double, &["acme/sms@1.0.0"]);
    assert!(run.exits(0).stdout.contains("yanked already"), "{}", run.stdout);
    let run = yank(&world, &double, &["acme/sms@1.0.0", "--undo", "--format", "json"]);
    assert_eq!(run.exits(0).json()["yanked"], false);
    let is_put = |asked: &&crate::support::peer::Asked| asked.target.contains("/statements/");
    let asked = double.peer.asked();
    let sent: Vec<_> = asked.iter().filter(is_put).collect();
    assert_eq!(sent.len(), 2);
    for asked in &sent {
        assert_eq!(asked.header("authorization"), Some("Bearer t"));
        assert_eq!(asked.header("content-type"), Some("application/vnd.dsse.envelope.v1+json"));
    }
    assert!(sent.iter().all(|asked| asked.method == "PUT"));
}

#[test]
fn a_dry_run_sends_nothing_and_mistakes_are_told() {
    let (world, double) = published(None);
    let before = double.peer.asked().len();
    let run = yank(&world, &double, &["acme/sms@1.0.0", "--dry-run"]);
    run.exits(0);
    assert!(run.stdout.starts_with("Would yank acme/sms 1.0.0"), "{}", run.stdout);
    yank(&world, &double, &["acme/sms"]).exits(2).complains("yank.version");
    yank(&world, &double, &["acme/sms@^1"]).exits(2).complains("yank.version");
    yank(&world, &double, &["sms@1.0.0"]).exits(2).complains("publish.namespace");
    assert_eq!(double.peer.asked().len(), before);
    yank(&world, &double, &["acme/none@1.0.0"]).exits(2).complains("client.not-found");
    yank(&world, &double, &["acme/sms@2.0.0"]).exits(2).complains("client.no-version");
    yank(&world, &double, &["acme/sms@1.0.0", "--key", "none"]).exits(2).complains("key.missing");
    for (code, exit, id) in [(403, 4, "client.unauthorized"), (500, 5, "client.failed")] {
        let (world, double) = published(Some(code));
        yank(&world, &double, &["acme/sms@1.0.0"]).exits(exit).complains(id);
    }
}

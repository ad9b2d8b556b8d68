//! `daino-pdk yank` from outside.

use crate::support::peer::status;
use crate::support::registry::Double;
use crate::support::{Run, World};

fn yank(world: &World, double: &Double, args: &[&str]) -> Run {
    let mut command = world.command();
    command.arg("yank").args(args).args(["--registry", double.url()]).env("DAINO_TOKEN", "t");
    Run::of(command.output().unwrap())
}

fn answering(code: u16) -> Double {
    Double::twisted(move |asked, _| asked.target.contains("/yank").then(|| status(code, "{}")))
}

#[test]
fn a_release_is_withdrawn_and_brought_back() {
    let (world, double) = (World::new(), answering(200));
    let run = yank(&world, &double, &["acme/sms@1.0.0"]);
    run.exits(0);
    assert_eq!(run.stdout, format!("Yanked acme/sms 1.0.0 in {}/\n", double.url()));
    let run = yank(&world, &double, &["acme/sms@1.0.0", "--undo", "--format", "json"]);
    assert_eq!(run.exits(0).json()["yanked"], false);
    let asked: Vec<_> = double
        .peer
        .asked()
        .into_iter()
        .filter(|asked| asked.target == "/api/v1/plugins/acme/sms/1.0.0/yank")
        .map(|asked| (asked.method.clone(), asked.header("authorization").map(str::to_owned)))
        .collect();
    let token = Some("Bearer t".to_owned());
    assert_eq!(asked, [("PUT".to_owned(), token.clone()), ("DELETE".to_owned(), token)]);
}

#[test]
fn a_dry_run_sends_nothing_and_mistakes_are_told() {
    let (world, double) = (World::new(), answering(200));
    let run = yank(&world, &double, &["acme/sms@1.0.0", "--dry-run"]);
    run.exits(0);
    assert!(run.stdout.starts_with("Would yank acme/sms 1.0.0"), "{}", run.stdout);
    yank(&world, &double, &["acme/sms"]).exits(2).complains("yank.version");
    yank(&world, &double, &["acme/sms@^1"]).exits(2).complains("yank.version");
    yank(&world, &double, &["sms@1.0.0"]).exits(2).complains("publish.namespace");
    assert!(double.peer.asked().is_empty());
    yank(&world, &answering(404), &["acme/sms@1.0.0"]).exits(2).complains("client.not-found");
    yank(&world, &answering(403), &["acme/sms@1.0.0"]).exits(4).complains("client.unauthorized");
    yank(&world, &answering(500), &["acme/sms@1.0.0"]).exits(5).complains("client.failed");
}

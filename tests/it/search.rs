//! `daino-pdk search` from outside.

use serde_json::{Value, json};

use crate::support::World;
use crate::support::peer::{Peer, Says, ok, status};

fn hit(namespace: &str, description: &str) -> Value {
    json!({"name": {"namespace": namespace, "slug": "sms"}, "version": "1.2.0", "title": "SMS",
        "description": description, "type": "custom", "keywords": ["text"],
        "publishedAt": "2025-01-01T00:00:00Z"})
}

fn page(total: u64, hits: &[Value]) -> String {
    json!({"total": total, "results": hits}).to_string()
}

fn answering(body: String) -> Peer {
    Peer::start(move |_| ok(body.clone()))
}

#[test]
fn results_are_a_table_and_a_document() {
    let peer = answering(page(7, &[hit("acme", "Sends messages"), hit("other-shop", "More")]));
    let world = World::new();
    let args = ["search", "send sms & more", "--registry", &peer.url];
    let run = world.run(args.iter().chain(&["--type", "custom", "--limit", "2"]));
    run.exits(0);
    assert_eq!(
        run.stdout,
        "acme/sms        1.2.0  custom           Sends messages\n\
         other-shop/sms  1.2.0  custom           More\n\n\
         5 more: `--limit N` shows more of them\n"
    );
    assert_eq!(
        peer.asked()[0].target,
        "/api/v1/search?q=send+sms+%26+more&type=custom&limit=2&offset=0"
    );
    let document = world.run(args.iter().chain(&["--format", "json"])).exits(0).json();
    assert_eq!(document["total"], 7);
    assert_eq!(document["results"][1]["name"]["namespace"], "other-shop");
}

#[test]
fn nothing_found_is_no_failure() {
    let peer = answering(page(0, &[]));
    let world = World::new();
    let run = world.run(["search", "nothing", "--registry", &peer.url]);
    run.exits(0);
    assert_eq!(run.stdout, format!("No plugin found for `nothing` in {}/\n", peer.url));
}

#[test]
fn text_of_the_registry_cannot_steer_the_terminal_or_flood_it() {
    let hostile = format!("\u{1b}]0;owned\u{7}\n\n\u{202e}x {}", "A".repeat(10_000));
    let many: Vec<Value> = (0..200).map(|_| hit("acme", &hostile)).collect();
    let peer = answering(page(1, &many));
    let run = World::new().run(["search", "x", "--registry", &peer.url, "--limit", "3"]);
    run.exits(0);
    assert!(!run.stdout.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{:?}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 3, "{}", run.stdout);
    assert!(run.stdout.lines().all(|line| line.len() < 300), "{}", run.stdout);
}

#[test]
fn a_result_that_cannot_be_read_is_left_out() {
    let mut bad = hit("acme", "x");
    bad["name"]["slug"] = "../../etc".into();
    let peer = answering(page(2, &[bad.clone(), hit("acme", "good")]));
    let run = World::new().run(["search", "x", "--registry", &peer.url]);
    run.exits(0).complains("1 results of the registry cannot be read");
    assert!(run.stdout.contains("good"), "{}", run.stdout);
    let peer = answering(page(1, &[bad]));
    let run = World::new().run(["search", "x", "--registry", &peer.url]);
    run.exits(5).complains("client.not-a-registry");
}

#[test]
fn bad_registries_are_network_trouble() {
    for (says, code) in [
        (ok("<html>"), "client.not-a-registry"),
        (ok("{\"total\":-1,\"results\":{}}"), "client.not-a-registry"),
        (status(404, ""), "client.failed"),
        (status(500, ""), "client.failed"),
        (Says::Endless, "net.too-large"),
        (Says::Claims(5 << 20), "net.too-large"),
        (Says::HangUp, "net.connect"),
        (Says::Stall, "net.timeout"),
    ] {
        let peer = Peer::start(move |_| says.clone());
        let world = World::new();
        let mut command = world.command();
        command.args(["search", "x", "--registry", &peer.url]).env("DAINO_HTTP_TIMEOUT", "1");
        let run = crate::support::Run::of(command.output().unwrap());
        run.exits(5).complains(code).complains("hint:");
        assert!(run.stdout.is_empty(), "{}", run.stdout);
    }
}

#[test]
fn a_proxy_is_not_asked_for_this_machine_itself() {
    let peer = answering(page(1, &[hit("acme", "found")]));
    let world = World::new();
    let mut command = world.command();
    command.args(["search", "x", "--registry", &peer.url]);
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:1");
    }
    let run = crate::support::Run::of(command.output().unwrap());
    run.exits(0);
    assert!(run.stdout.contains("found"), "{}", run.stdout);
}

#[test]
fn wrong_use_is_told() {
    let world = World::new();
    world.run(["search", "x"]).exits(2).complains("config.registry");
    world.run(["search"]).exits(2);
    let url = "http://127.0.0.1:1";
    world.run(["search", "x", "--registry", url]).exits(5).complains("net.connect");
    world.run(["search", "x", "--registry", url, "--offline"]).exits(5).complains("net.offline");
    world.run(["search", "x", "--registry", url, "--limit", "0"]).exits(2);
    world.run(["search", "x", "--registry", url, "--type", "no"]).exits(2).complains("analytics");
}

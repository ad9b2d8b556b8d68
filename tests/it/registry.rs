//! `daino-pdk registry` from outside: serving, stopping, tokens, and a whole way from author to
//! reader.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::served::{self, Served};
use crate::support::{Run, World};

fn get(served: &Served, path: &str) -> String {
    let mut stream = TcpStream::connect(served.address()).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[cfg(unix)]
#[test]
fn it_serves_says_where_and_stops_when_asked() {
    use rustix::process::Signal;
    for signal in [Signal::TERM, Signal::INT] {
        let world = World::new();
        let served = Served::with(&world, &["--name", "Märkte", "-v"]);
        assert!(served.url.starts_with("http://127.0.0.1:") && !served.url.ends_with(":0/"));
        assert!(get(&served, "/healthz").ends_with("\r\n\r\nok\n"));
        assert!(get(&served, "/.well-known/daino-registry.json").contains("\"name\":\"Märkte\""));
        let run = served.stop(signal);
        run.exits(0).complains("daino-pdk registry token create --data");
        run.complains("GET /healthz 200").complains("Stopping");
        // The next one takes over at once, and nothing is left over.
        let served = Served::start(&world);
        assert!(get(&served, "/healthz").ends_with("ok\n"));
    }
}

#[test]
fn the_address_is_the_result_in_json_too() {
    let world = World::new();
    let mut child = served::command(&world, &["--format", "json"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut text = String::new();
    while !text.ends_with("}\n") {
        let mut byte = [0];
        stdout.read_exact(&mut byte).unwrap();
        text.push(char::from(byte[0]));
    }
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema_version"], 1);
    let address = document["address"].as_str().unwrap();
    assert_eq!(document["url"], format!("http://{address}/"));
    assert!(TcpStream::connect(address).is_ok());
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn what_cannot_be_served_says_why() {
    let world = World::new();
    let first = Served::start(&world);
    let run = |flags: &[&str]| Run::of(served::command(&world, flags).output().unwrap());
    run(&[]).exits(2).complains("registry.locked");
    let taken = world.run(["registry", "serve", "--data", "other", "--listen", first.address()]);
    taken.exits(2).complains("registry.port-in-use").complains("--listen 127.0.0.1:0");
    run(&["--listen", "192.0.2.1:0"]).exits(2).complains("registry.listen");
    run(&["--listen", "localhost"]).exits(2);
    run(&["--name", ""]).exits(2).complains("registry.name");
    drop(first);
    world.write("thesis/chapter.txt", "");
    for (data, code) in [
        ("thesis", "registry.no-registry"),
        ("thesis/chapter.txt", "registry.data"),
        ("/proc/registry", "registry.data"),
    ] {
        let refused = world.run(["registry", "serve", "--data", data, "--listen", "127.0.0.1:0"]);
        refused.exits(2).complains(code);
        assert!(refused.stdout.is_empty(), "{}", refused.stdout);
    }
    assert_eq!(world.files().iter().filter(|file| file.starts_with("thesis")).count(), 1);
}

#[test]
fn tokens_are_made_shown_once_listed_and_revoked() {
    let world = World::new();
    let token = |args: &[&str]| {
        world.run(["registry", "token"].iter().chain(args).chain(&["--data", "registry"]))
    };
    token(&["list"]).exits(2).complains("registry.no-registry");
    let dry = token(&["create", "--namespace", "acme", "--dry-run"]);
    assert!(dry.exits(0).stdout.starts_with("Would make a token for acme"), "{}", dry.stdout);
    assert!(world.files().is_empty(), "{:?}", world.files());
    let made = token(&["create", "--namespace", "acme", "--namespace", "beta", "--name", "CI"]);
    let secret = made.exits(0).stdout.lines().next().unwrap();
    assert!(secret.starts_with("daino_") && secret.len() == 49, "{secret}");
    let never = token(&["create", "--namespace", "acme", "--expires", "never"]);
    assert!(never.exits(0).stdout.contains("ends        never"), "{}", never.stdout);

    let list = token(&["list", "--format", "json"]).exits(0).json();
    let tokens = list["tokens"].as_array().unwrap();
    assert_eq!(tokens.len(), 2);
    let id = tokens[0]["id"].as_str().unwrap();
    assert_eq!(tokens[0]["namespaces"], serde_json::json!(["acme", "beta"]));
    let page = token(&["list"]);
    assert!(page.exits(0).stdout.contains("acme,beta  CI"), "{}", page.stdout);
    assert!(!page.stdout.contains(&secret[6..]) && !list.to_string().contains(&secret[6..]));

    let dry = token(&["revoke", id, "--dry-run"]);
    assert_eq!(dry.exits(0).stdout, format!("Would revoke the token {id}\n"));
    assert_eq!(token(&["revoke", id]).exits(0).stdout, format!("Revoked the token {id}\n"));
    assert!(token(&["revoke", id]).exits(0).stdout.contains("before"));
    assert!(token(&["list"]).stdout.contains("revoked"));
    token(&["revoke", "nope"]).exits(2).complains("registry.token");
    token(&["create"]).exits(2).complains("--namespace");
    token(&["create", "--namespace", "../x"]).exits(2).complains("registry.token-namespace");
    token(&["create", "--namespace", "acme", "--expires", "soon"])
        .exits(2)
        .complains("registry.token-expires");
}

fn plugin(world: &World, version: &str, code: &str) {
    let manifest = serde_json::json!({
        "name": "SMS", "slug": "sms", "version": version, "type": "custom",
        "description": "Sends text messages", "license": "MIT",
    });
    world.write("sms/manifest.json", manifest.to_string());
    world.write("sms/index.js", code);
}

/// Author, registry, reader: each the real program.
#[test]
fn from_an_author_through_a_registry_to_a_reader() {
    let world = World::new();
    let served = Served::start(&world);
    let token = served.token(&world, "acme");
    let with = |token: &str, args: &[&str]| {
        let mut command = world.command();
        command.args(args).args(["--registry", &served.url]).env("DAINO_TOKEN", token);
        Run::of(command.output().unwrap())
    };
    world.run(["key", "generate"]).exits(0);
    plugin(&world, "1.0.0", "export default {};\n");
    let publish = ["publish", "sms", "-y", "--namespace", "acme", "--no-test"];
    let json = [publish.as_slice(), &["--format", "json"]].concat();
    let outcome = with(&token, &json);
    let outcome = outcome.exits(0).json();
    assert_eq!((&outcome["status"], &outcome["verified"]), (&"published".into(), &true.into()));
    with(&token, &publish).exits(0);

    plugin(&world, "1.0.0", "export default { changed: true };\n");
    with(&token, &publish).exits(7);
    plugin(&world, "1.1.0", "export default { changed: true };\n");
    with("daino_wrong", &publish).exits(4);
    with(&served.token(&world, "beta"), &publish).exits(4);
    with(&token, &publish).exits(0);

    let found = with("", &["search", "text", "--format", "json"]).exits(0).json();
    assert_eq!(found["results"][0]["version"], "1.1.0");
    with(&token, &["yank", "acme/sms@1.1.0", "-y"]).exits(0);
    let found = with("", &["search", "text", "--format", "json"]).exits(0).json();
    assert_eq!(found["results"][0]["version"], "1.0.0");
    let info = with("", &["info", "acme/sms"]);
    info.exits(0);
    assert!(info.stdout.contains("1.1.0") && info.stdout.contains("1.0.0"), "{}", info.stdout);

    let audit = with("", &["registry", "audit", "--format", "json"]).exits(0).json();
    assert_eq!(
        (&audit["statements"], &audit["invalid"], &audit["size"]),
        (&3.into(), &0.into(), &6.into())
    );

    // Another key of the same account does not own the namespace.
    world.run(["key", "generate", "other"]).exits(0);
    plugin(&world, "1.2.0", "export default {};\n");
    let other = with(&token, &[publish.as_slice(), &["--key", "other"]].concat());
    other.exits(4).complains("belongs to the key");
}

//! `daino-pdk source`, and what `search` and `install` make of it; GitHub is a server of ours.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::support::git::Git;
use crate::support::peer::{Asked, Peer, Says};
use crate::support::registry::Double;
use crate::support::{Run, World};

fn manifest(slug: &str) -> String {
    json!({ "name": "Texts", "slug": slug, "version": "1.0.0", "type": "custom",
        "description": "Sends texts \u{1b}[31mred" })
    .to_string()
}

/// What the server has.
struct Hub {
    repositories: Vec<Value>,
    /// Path below a repository, and its content.
    files: Vec<(String, Value)>,
    pushed: &'static str,
    limited: bool,
}

impl Hub {
    fn repository(&self, name: &str, url: &str, archived: bool) -> Value {
        json!({ "name": name, "owner": { "login": "acme" }, "pushed_at": self.pushed,
            "clone_url": format!("{url}/acme/{name}.git"), "archived": archived, "fork": name == "copy" })
    }

    fn answer(&self, asked: &Asked) -> Says {
        let host = asked.header("host").unwrap();
        let url = format!("http://{host}");
        let say = |status: u16, headers: Vec<(&'static str, String)>, body: Value| {
            let body = body.as_str().map_or_else(|| body.to_string(), str::to_owned);
            Says::Reply(status, headers, body.into_bytes())
        };
        let target = asked.target.trim_start_matches("/api/v3/");
        if self.limited {
            let headers = vec![
                ("x-ratelimit-remaining", "0".to_owned()),
                ("x-ratelimit-reset", "4102444800".to_owned()),
            ];
            return say(403, headers, json!({ "message": "API rate limit exceeded" }));
        }
        if target.starts_with("orgs/acme/repos") {
            let second = target.contains("page=2");
            let tag = format!("\"{}-{second}\"", self.pushed);
            if asked.header("if-none-match") == Some(tag.as_str()) {
                return say(304, Vec::new(), json!(""));
            }
            let next = format!("<{url}/api/v3/orgs/acme/repos?per_page=100&page=2>; rel=\"next\"");
            let mut headers = vec![("etag", tag)];
            let list: Vec<Value> = match second {
                true => vec![
                    self.repository("old", &url, true),
                    self.repository("copy", &url, false),
                    json!({ "name": 7 }),
                    json!({ "name": "../evil", "owner": { "login": "acme" } }),
                    json!({ "name": "far", "owner": { "login": "acme" }, "clone_url": "https://evil.example/acme/far.git" }),
                    json!("nonsense"),
                ],
                false => {
                    headers.push(("link", next));
                    vec![self.repository("texts", &url, false), self.repository("all", &url, false)]
                }
            };
            return say(
                200,
                headers,
                json!(list.into_iter().chain(self.repositories.clone()).collect::<Vec<_>>()),
            );
        }
        if target == "repos/acme/texts" {
            return say(200, Vec::new(), self.repository("texts", &url, false));
        }
        match self.files.iter().find(|(path, _)| target == *path) {
            Some((_, content)) => say(200, Vec::new(), content.clone()),
            None => say(404, Vec::new(), json!({ "message": "Not Found" })),
        }
    }
}

fn hub() -> (Peer, Arc<Mutex<Hub>>) {
    let file = |path: &str, content: Value| (format!("repos/acme/{path}"), content);
    let dir = |name: &str| json!({ "type": "dir", "name": name });
    let hub = Arc::new(Mutex::new(Hub {
        repositories: Vec::new(),
        files: vec![
            file("texts/contents/manifest.json", json!(manifest("acme-texts"))),
            file(
                "all/contents/plugins",
                json!([dir("one"), dir("two"), dir("../x"), { "type": "file", "name": "z" }]),
            ),
            file("all/contents/plugins/one/manifest.json", json!(manifest("acme-one"))),
            file("all/contents/plugins/two/manifest.json", json!("{\"manifest_version\": 3}")),
            file("old/contents/manifest.json", json!(manifest("acme-old"))),
            file("copy/contents/manifest.json", json!(manifest("acme-texts"))),
        ],
        pushed: "2026-01-01T00:00:00Z",
        limited: false,
    }));
    let shared = hub.clone();
    (Peer::start(move |asked| shared.lock().unwrap().answer(asked)), hub)
}

fn source(world: &World, args: &[&str]) -> Run {
    world.run(["source"].iter().chain(args).chain(&["--format", "json"]))
}

#[test]
fn an_organisation_is_read_page_by_page_and_only_anew_where_it_changed() {
    let world = World::new();
    let (peer, hub) = hub();
    let api = format!("{}/api/v3", peer.url);
    let added = source(&world, &["add", "github:acme", "--api-url", &api]).exits(0).json();
    let found: Vec<String> = added["sources"][0]["repositories"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|r| r["plugins"].as_array().unwrap().clone())
        .map(|p| format!("{} {}", p["slug"].as_str().unwrap(), p["source"].as_str().unwrap()))
        .collect();
    let url = &peer.url;
    let expected = [
        format!("acme-texts {url}/acme/texts.git"),
        format!("acme-one {url}/acme/all.git/plugins/one"),
        format!("acme-old {url}/acme/old.git"),
        format!("acme-texts {url}/acme/copy.git"),
    ];
    assert_eq!(found, expected);
    assert_eq!(added["synced"]["unreadable"], 4, "what makes no sense is left out and counted");
    assert_eq!(added["sources"][0]["repositories"][2]["archived"], true);
    source(&world, &["add", "github:acme"]).exits(2).complains("source.known");

    let before = peer.asked().len();
    let again = source(&world, &["sync"]).exits(0).json();
    assert_eq!(
        again["synced"],
        json!({ "requests": 2, "read": 0, "unchanged": 4, "unreadable": 0 })
    );
    assert!(peer.asked()[before..].iter().all(|asked| asked.header("if-none-match").is_some()));
    hub.lock().unwrap().pushed = "2026-02-02T00:00:00Z";
    let changed = source(&world, &["sync", "github:acme"]).exits(0).json();
    assert_eq!(changed["synced"]["read"], 4);

    // The limit ends it at once; what was read stays.
    hub.lock().unwrap().limited = true;
    let limited = source(&world, &["sync"]);
    limited.exits(5).complains("source.rate-limit").complains("2100-01-01T00:00:00Z");
    let list = source(&world, &["list"]).exits(0).json();
    assert_eq!(list["sources"][0]["repositories"].as_array().unwrap().len(), 4);

    let hits = world.run(["search", "texts", "--format", "json"]).exits(0).json();
    assert_eq!(hits["registry"], Value::Null);
    assert_eq!(hits["sources"][0]["by"], "github:acme");
    let page = world.run(["search", "texts"]);
    let page = &page.exits(0).stdout;
    assert!(page.contains("(archived)") && page.contains("(fork)"), "{page}");
    assert!(!page.contains('\u{1b}'), "{page}");

    source(&world, &["remove", "github:acme"]).exits(0);
    source(&world, &["remove", "github:acme"]).exits(2).complains("source.known");
    world.run(["search", "texts"]).exits(2).complains("config.");
}

#[test]
fn one_repository_is_read_with_the_token_of_its_host() {
    let world = World::new();
    let (peer, _hub) = hub();
    let add = |token: &str| {
        let mut command = world.command();
        let api = format!("{}/api/v3", peer.url);
        command.args(["source", "add", "github:acme/texts", "--api-url", &api, "--format", "json"]);
        Run::of(command.env("DAINO_GIT_TOKEN", token).output().unwrap())
    };
    let added = add("git.example=other,127.0.0.1=s3cret").exits(0).json();
    assert_eq!(added["sources"][0]["repositories"][0]["plugins"][0]["slug"], "acme-texts");
    assert!(peer.asked().iter().all(|a| a.header("authorization") == Some("Bearer s3cret")));
    source(&world, &["remove", "github:acme/texts"]).exits(0);
    let before = peer.asked().len();
    add("git.example=other").exits(0);
    assert!(peer.asked()[before..].iter().all(|asked| asked.header("authorization").is_none()));
    let kept = std::fs::read_to_string(world.home().join("config/sources.json")).unwrap();
    assert!(!kept.contains("s3cret"));
}

#[test]
fn answers_that_mean_harm_are_left() {
    let world = World::new();
    let json_of = |status: u16, headers: Vec<(&'static str, String)>, body: &str| {
        Says::Reply(status, headers, body.as_bytes().to_vec())
    };
    let location = |to: &str| vec![("location", to.to_owned())];
    let link = |to: &str| vec![("link", format!("<{to}>; rel=\"next\""))];
    for (what, says, code, id) in [
        (
            "a redirect to the metadata service",
            json_of(302, location("http://169.254.169.254/"), ""),
            5,
            "net.protocol",
        ),
        (
            "a redirect to a private address",
            json_of(301, location("https://10.0.0.1/"), ""),
            5,
            "net.protocol",
        ),
        ("no JSON", json_of(200, Vec::new(), "<html>"), 5, "source.protocol"),
        ("a text", json_of(200, Vec::new(), "\"x\""), 5, "source.protocol"),
        ("too much", Says::Claims(9 * 1024 * 1024), 5, "net.too-large"),
        ("a cut", Says::Truncated(b"[".to_vec()), 5, "net."),
        ("no such owner", json_of(404, Vec::new(), "{}"), 2, "source.no-repository"),
        ("a closed door", json_of(401, Vec::new(), "{}"), 4, "source.denied"),
        (
            "too often",
            json_of(429, vec![("retry-after", "60".to_owned())], "{}"),
            5,
            "source.rate-limit",
        ),
    ] {
        let peer = Peer::start(move |_| says.clone());
        let run = source(&world, &["add", "github:acme", "--api-url", &peer.url]);
        assert_eq!(run.code, code, "{what}: {run:#?}");
        run.complains(id);
    }
    // A list that goes on somewhere else ends there.
    let elsewhere = Peer::start(move |_| json_of(200, Vec::new(), "[]"));
    let next = link(&elsewhere.url);
    let peer = Peer::start(move |_| json_of(200, next.clone(), "[]"));
    source(&world, &["add", "github:acme", "--api-url", &peer.url]).exits(0);
    assert!(elsewhere.asked().is_empty());
    for bad in ["acme", "github:", "github:a/../b", "http://git.example/x.git"] {
        source(&world, &["add", bad]).exits(2).complains("source.address");
    }
    let plain = source(&world, &["add", "github:x", "--api-url", "http://api.example"]);
    plain.exits(2).complains("source.address");
}

/// A slug in two places is nobody's until somebody says which.
#[test]
fn a_slug_is_taken_from_a_source_only_when_it_is_nowhere_else() {
    let world = World::with_shop();
    let repository = |name: &str| {
        let git = Git::at(&world.dir().join(format!("repos/{name}.git")));
        git.commit(&[
            ("manifest.json", &manifest("acme-texts")),
            ("index.js", "export default {};"),
        ]);
        git
    };
    let (first, second) = (repository("first"), repository("second"));
    let added = source(&world, &["add", &first.url()]).exits(0).json();
    assert_eq!(added["sources"][0]["repositories"][0]["plugins"][0]["slug"], "acme-texts");
    let dry = |more: &[&str]| {
        let flags = ["install", "acme-texts", "--dry-run", "--format", "json"];
        world.run(flags.iter().chain(more))
    };
    let plan = dry(&[]).exits(0).json();
    assert_eq!(plan["source"]["url"], json!(first.url()));

    // A registry that has it, too.
    let hit = json!({ "total": 1, "results": [{ "name": { "namespace": "acme", "slug": "acme-texts" },
        "version": "1.0.0", "title": "Texts", "type": "custom" }] });
    let with = Double::twisted(move |asked, _| {
        asked
            .target
            .starts_with("/api/v1/search")
            .then(|| crate::support::peer::ok(hit.to_string()))
    });
    let none = json!({ "total": 0, "results": [] });
    let without = Double::twisted(move |asked, _| {
        asked
            .target
            .starts_with("/api/v1/search")
            .then(|| crate::support::peer::ok(none.to_string()))
    });
    let config = |url: &str| {
        let dir = world.home().join("config");
        std::fs::create_dir_all(&dir).unwrap();
        let text = format!("[registry]\ndefault = \"mine\"\n[registries.mine]\nurl = \"{url}\"\n");
        std::fs::write(dir.join("config.toml"), text).unwrap();
    };
    config(with.url());
    let both = dry(&[]);
    both.exits(2).complains("install.two-places").complains("acme/acme-texts");
    both.complains(&format!("daino-pdk install {}", first.url()));
    config(without.url());
    dry(&[]).exits(0);
    // A registry that does not answer might have it.
    config("http://127.0.0.1:1");
    assert_eq!(dry(&[]).code, 5);
    std::fs::remove_file(world.home().join("config/config.toml")).unwrap();

    source(&world, &["add", &second.url()]).exits(0);
    let two = dry(&[]);
    two.exits(2).complains("install.two-places").complains(&second.url());
}

//! `daino-pdk publish` from outside: the good way, every answer a registry can give, and
//! registries that lie.

use std::process::Command;

use crate::support::peer::{Says, ok, status};
use crate::support::registry::Double;
use crate::support::{Run, World};

const PASSING: &str = "import { it } from 'node:test';\nit('works', () => {});\n";
const FAILING: &str =
    "import { it } from 'node:test';\nit('breaks', () => { throw new Error('x'); });\n";

fn manifest(version: &str) -> String {
    serde_json::json!({
        "name": "SMS", "slug": "sms", "version": version, "type": "custom",
        "description": "Sends text messages",
        "permissions": {"database": ["orders"], "api": ["api.example.com"], "filesystem": [],
            "hooks": ["order.created"], "admin": false}
    })
    .to_string()
}

/// A plugin in `sms/`, and a signing key.
fn world() -> World {
    let world = World::new();
    world.write("sms/manifest.json", manifest("1.2.0"));
    world.write("sms/index.js", "export default {};\n");
    world.write("sms/tests/unit/plugin.test.js", PASSING);
    world.run(["key", "generate"]).exits(0);
    world
}

fn publish(world: &World, registry: &str) -> Command {
    let mut command = world.command();
    command.args(["publish", "sms", "-y", "--namespace", "acme", "--registry", registry]);
    command.env("DAINO_TOKEN", "top-secret").env("DAINO_HTTP_TIMEOUT", "2");
    command
}

fn run(command: &mut Command) -> Run {
    Run::of(command.output().unwrap())
}

#[test]
fn a_release_is_tested_packed_signed_sent_and_fetched_back() {
    let (world, double) = (world(), Double::honest());
    let outcome = run(publish(&world, double.url()).args(["--format", "json"]));
    let outcome = outcome.exits(0).json();
    assert_eq!(outcome["status"], "published");
    assert_eq!(outcome["name"], serde_json::json!({"namespace": "acme", "slug": "sms"}));
    assert_eq!(outcome["version"], "1.2.0");
    assert_eq!(outcome["tests"], serde_json::json!({"result": "passed", "tests": 1}));
    assert_eq!(outcome["verified"], true);
    assert_eq!(outcome["url"], format!("{}/api/v1/plugins/acme/sms", double.url()));
    let key = world.run(["key", "list", "--format", "json"]).json();
    assert_eq!(outcome["key"], key["keys"][0]["id"]);

    let asked = double.peer.asked();
    let methods: Vec<_> = asked.iter().map(|asked| asked.method.as_str()).collect();
    assert_eq!(methods, ["GET", "PUT", "GET", "GET", "GET"]);
    let put = &asked[1];
    assert_eq!(put.target, "/api/v1/plugins/acme/sms/1.2.0");
    assert_eq!(put.header("authorization"), Some("Bearer top-secret"));
    assert_eq!(put.header("content-type"), Some("application/vnd.daino.release"));
    assert!(
        asked.iter().filter(|a| a.method == "GET").all(|a| a.header("authorization").is_none())
    );

    let again = run(&mut publish(&world, double.url()));
    again.exits(0);
    assert!(again.stdout.contains("acme/sms 1.2.0 is published in"), "{}", again.stdout);
}

#[test]
fn the_result_for_people_has_everything_to_compare() {
    let (world, double) = (world(), Double::honest());
    let outcome = run(&mut publish(&world, double.url()));
    outcome.exits(0);
    insta::with_settings!({filters => vec![
        (r"http://127\.0\.0\.1:\d+", "http://REGISTRY"),
        (r"ed25519:[0-9a-f]{64}", "KEY"),
        (r"sha256:[0-9a-f]{64}", "DIGEST"),
        (r"\d+ packed", "N packed"),
        (r"score \d+, \d+ findings", "score N, N findings"),
    ]}, {
        insta::assert_snapshot!(outcome.stderr + "---\n" + &outcome.stdout, @r"
        acme/sms 1.2.0
                19  index.js
               217  manifest.json
                55  tests/unit/plugin.test.js
               291  bytes in 3 files, N packed

        It asks shops to:
          - read orders (sales_orders, sales_order_items, sales_shipments, sales_invoices)
          - send to and receive from api.example.com
          - be told of order.created, with its data
        ---
        Published acme/sms 1.2.0 to http://REGISTRY/
          archive   DIGEST
          content   DIGEST
          key       KEY
          checks    score N, N findings
          tests     1 passed
          url       http://REGISTRY/api/v1/plugins/acme/sms
          verified  fetched back, signature and digests hold
        ");
    });
}

#[test]
fn without_a_terminal_nothing_is_sent_unless_y_is_given() {
    let (world, double) = (world(), Double::honest());
    let mut command = world.command();
    command.args(["publish", "sms", "--namespace", "acme", "--registry", double.url()]);
    let outcome = run(command.env("DAINO_TOKEN", "t"));
    outcome.exits(3).complains("publish.not-asked").complains("`-y`");
    assert!(double.peer.asked().iter().all(|asked| asked.method == "GET"));
    assert!(outcome.stdout.is_empty(), "{}", outcome.stdout);
}

#[test]
fn a_dry_run_shows_everything_and_touches_nothing() {
    let double = Double::honest();
    let world = World::new();
    world.write("sms/manifest.json", manifest("1.2.0"));
    world.write("sms/index.js", "export default {};\n");
    world.write("sms/tests/unit/plugin.test.js", PASSING);
    let args = ["publish", "sms", "--dry-run", "--namespace", "acme", "--registry", double.url()];
    let outcome = world.run(args);
    outcome.exits(0).complains("publishing would stop here: there is no signing key `default`");
    for text in [
        "manifest.json",
        "tests/unit/plugin.test.js",
        "It asks shops to:",
        "api.example.com",
        "Would publish acme/sms 1.2.0",
        "tests     1 passed",
    ] {
        assert!(outcome.stdout.contains(text), "no `{text}`: {}", outcome.stdout);
    }
    assert!(double.peer.asked().is_empty());
    assert!(std::fs::read_dir(world.home()).unwrap().next().is_none(), "something was written");
}

#[test]
fn what_is_missing_is_named() {
    let world = world();
    let double = Double::honest();
    let base = || {
        let mut command = world.command();
        command.args(["publish", "sms", "-y", "--no-test"]);
        command
    };
    run(&mut base()).exits(2).complains("publish.namespace").complains("`--namespace NAME`");
    run(base().args(["--namespace", "No Name"])).exits(2).complains("config.value");
    run(base().args(["--namespace", "acme"])).exits(2).complains("config.registry");
    let named = || {
        let mut command = base();
        command.args(["--namespace", "acme", "--registry", double.url()]);
        command
    };
    run(&mut named()).exits(4).complains("publish.token").complains("DAINO_TOKEN");
    run(named().env("DAINO_TOKEN", "t").args(["--key", "other"]))
        .exits(2)
        .complains("daino-pdk key generate other");
    run(named().env("DAINO_TOKEN", "t").arg("--offline")).exits(5).complains("net.offline");
    run(named().env("DAINO_TOKEN", "bad\ntoken")).exits(5).complains("cannot be sent");
    assert!(double.peer.asked().iter().all(|asked| asked.method == "GET"));
    World::new().run(["publish", "-y"]).exits(2).complains("project.no-manifest");
}

#[test]
fn failing_tests_keep_a_release_back() {
    let (world, double) = (world(), Double::honest());
    world.write("sms/tests/unit/more.test.js", FAILING);
    let outcome = run(&mut publish(&world, double.url()));
    outcome.exits(1).complains("Nothing was published.");
    assert!(outcome.stdout.contains("breaks"), "{}", outcome.stdout);
    let outcome = run(publish(&world, double.url()).args(["--format", "json"]));
    assert!(outcome.exits(1).json()["refused"]["tests"].is_object());
    assert_eq!(double.peer.count("/api/"), 0);

    let outcome = run(publish(&world, double.url()).arg("--no-test"));
    outcome.exits(0);
    assert!(outcome.stdout.contains("tests     not run (--no-test)"), "{}", outcome.stdout);
}

#[test]
fn findings_of_the_stores_standard_keep_a_release_back() {
    let (world, double) = (world(), Double::honest());
    world.write(
        "sms/index.js",
        "export default { async onOrder(payload, ctx) {\n\
           return ctx.db.query(`SELECT * FROM orders WHERE id = '${payload.id}'`);\n} };\n",
    );
    let mut text = serde_json::from_str::<serde_json::Value>(&manifest("1.2.0")).unwrap();
    text["hooks"] = serde_json::json!({"order.created": "onOrder"});
    world.write("sms/manifest.json", text.to_string());
    for flag in ["--dry-run", "--no-test"] {
        let outcome = run(publish(&world, double.url()).arg(flag));
        outcome.exits(1).complains("Nothing was published.");
        assert!(outcome.stdout.contains("sql-injection"), "{}", outcome.stdout);
    }
    let outcome = run(publish(&world, double.url()).args(["--format", "json"]));
    let refused = &outcome.exits(1).json()["refused"]["findings"];
    assert_eq!(refused["passed"], false);
    assert_eq!(double.peer.count("/api/"), 0);
}

#[test]
fn a_plugin_without_tests_says_how_to_go_on() {
    let (world, double) = (world(), Double::honest());
    std::fs::remove_dir_all(world.dir().join("sms/tests")).unwrap();
    run(&mut publish(&world, double.url())).exits(2).complains("`--no-test`");
    run(publish(&world, double.url()).arg("--no-test")).exits(0);
}

#[test]
fn every_refusal_has_its_exit_code_and_a_next_step() {
    let world = world();
    let problem =
        |code: &str| format!(r#"{{"title":"t","detail":"because \u001b[31mso","code":"{code}"}}"#);
    for (answer, body, exit, code, hint) in [
        (401, problem("token"), 4, "client.unauthorized", "DAINO_TOKEN"),
        (403, problem("scope"), 4, "client.unauthorized", "DAINO_TOKEN"),
        (403, problem("key-not-owner"), 4, "client.namespace-key", "--key NAME"),
        (409, problem("version"), 7, "client.version-taken", "\"version\": \"1.2.1\""),
        (413, problem("size"), 2, "client.too-large", ".dainoignore"),
        (422, problem("checks"), 2, "client.refused", "mend"),
        (422, problem("signature"), 6, "client.refused-signature", "Publish again"),
        (422, problem("statement"), 6, "client.refused-signature", "Publish again"),
        (400, problem("form"), 5, "client.failed", "later"),
        (500, problem("internal"), 5, "client.failed", "later"),
        (404, problem("route"), 5, "client.failed", "later"),
        (302, problem("moved"), 5, "client.failed", "later"),
    ] {
        let double = Double::twisted(move |asked, _| {
            (asked.method == "PUT").then(|| status(answer, body.clone()))
        });
        let outcome = run(publish(&world, double.url()).arg("--no-test"));
        outcome.exits(exit).complains(code).complains(hint);
        outcome.complains(&format!("it answers {answer}: because \\u{{1b}}[31mso"));
        assert!(!outcome.stderr.contains('\u{1b}'), "{:?}", outcome.stderr);
        assert!(outcome.stdout.is_empty(), "{}", outcome.stdout);
    }
    for (cause, hint) in
        [("package.limit", Some("daino-pdk explain package.limit")), ("$(rm)", None)]
    {
        let body = format!(r#"{{"detail":"no","code":"archive","cause":"{cause}"}}"#);
        let double = Double::twisted(move |asked, _| {
            (asked.method == "PUT").then(|| status(422, body.clone()))
        });
        let outcome = run(publish(&world, double.url()).arg("--no-test"));
        outcome.exits(2).complains(hint.unwrap_or("client.refused"));
        assert!(hint.is_some() || !outcome.stderr.contains("explain"), "{}", outcome.stderr);
    }
    let double = Double::twisted(|asked, _| {
        let later = Says::Reply(429, vec![("retry-after", "1".into())], b"<html>".to_vec());
        (asked.method == "PUT").then_some(later)
    });
    run(publish(&world, double.url()).arg("--no-test")).exits(5).complains("try again in 1 s");
}

#[test]
fn a_peer_that_breaks_while_the_release_is_sent_is_network_trouble() {
    let world = world();
    for (says, code) in [
        (Says::Stall, "net.timeout"),
        (Says::Drip, "net.timeout"),
        (Says::Endless, "net.too-large"),
        (Says::HangUp, "net.connect"),
        (Says::Noise, "net."),
        (Says::Truncated(vec![b'{']), "net."),
    ] {
        let shown = format!("{says:?}");
        let double = Double::twisted(move |asked, _| (asked.method == "PUT").then(|| says.clone()));
        let outcome =
            run(publish(&world, double.url()).arg("--no-test").env("DAINO_HTTP_TIMEOUT", "1"));
        assert_eq!(outcome.code, 5, "{shown}: {outcome:?}");
        outcome.complains(code).complains("hint:");
    }
}

#[test]
fn the_token_is_not_sent_to_what_is_no_registry() {
    let world = world();
    for page in [
        "<html>a login page",
        "{\"format\":2,\"api\":\"api/v1/\"}",
        "{\"format\":1,\"api\":\"x\"}",
        "",
    ] {
        let double = Double::twisted(move |_, _| Some(ok(page)));
        let outcome = run(publish(&world, double.url()).arg("--no-test"));
        outcome.exits(5).complains("client.not-a-registry");
        assert!(double.peer.asked().iter().all(|asked| asked.header("authorization").is_none()));
    }
    let plain = run(publish(&world, "http://registry.example").arg("--no-test"));
    plain.exits(7).complains("client.plain-http").complains("https");
}

#[test]
fn the_token_does_not_follow_a_redirect_to_another_server() {
    let world = world();
    let thief = Double::honest();
    let to = thief.url().to_owned();
    for moved in [301, 302, 303, 307, 308] {
        let to = to.clone();
        let double = Double::twisted(move |asked, _| {
            let location = format!("{to}{}", asked.target);
            (asked.method == "PUT")
                .then(|| Says::Reply(moved, vec![("location", location)], vec![]))
        });
        run(publish(&world, double.url()).arg("--no-test"));
    }
    assert!(!thief.peer.asked().is_empty(), "the redirects were followed");
    for asked in thief.peer.asked() {
        assert_eq!(asked.header("authorization"), None, "{} {}", asked.method, asked.target);
    }
}

#[test]
fn a_registry_that_takes_a_release_and_does_not_serve_it_is_told() {
    let world = world();
    for missing in ["/index/", "/blobs/"] {
        let double = Double::twisted(move |asked, _| {
            asked.target.starts_with(missing).then(|| status(404, ""))
        });
        let outcome = run(publish(&world, double.url()).arg("--no-test"));
        outcome.exits(8).complains("publish.not-served").complains("run the same command again");
        assert!(outcome.stdout.is_empty(), "{}", outcome.stdout);
    }
}

#[test]
fn a_registry_that_serves_something_else_is_found_out() {
    let world = world();
    // Other bytes.
    let double = Double::twisted(|asked, _| {
        asked.target.starts_with("/blobs/").then(|| ok("something else"))
    });
    run(publish(&world, double.url()).arg("--no-test")).exits(6).complains("publish.served-wrong");
    // Signed by somebody else.
    let other = World::new();
    other.write("sms/manifest.json", manifest("1.2.0"));
    other.write("sms/index.js", "export default {};\n");
    other.run(["key", "generate"]).exits(0);
    let double = Double::honest();
    run(publish(&other, double.url()).arg("--no-test")).exits(0);
    let index = std::sync::Mutex::new(None);
    let lines = index_of(&double);
    let twisted = Double::twisted(move |asked, _| {
        let mut index = index.lock().unwrap();
        let lines = index.get_or_insert_with(|| lines.clone()).clone();
        asked.target.starts_with("/index/").then(|| ok(lines))
    });
    run(publish(&world, twisted.url()).arg("--no-test")).exits(6).complains("publish.served-wrong");
    // 200 although other content is there under this version.
    world.write("sms/index.js", "export default { changed: true };\n");
    let double = Double::twisted(|asked, shelf| {
        let honest = shelf.answer(asked);
        match honest {
            Says::Reply(409, ..) => Some(status(200, "{}")),
            honest => Some(honest),
        }
    });
    run(publish(&world, double.url()).arg("--no-test")).exits(0);
    world.write("sms/index.js", "export default { changed: 2 };\n");
    let outcome = run(publish(&world, double.url()).arg("--no-test"));
    outcome.exits(6).complains("publish.served-wrong");
}

/// What the double serves as the index of `acme/sms`.
fn index_of(double: &Double) -> String {
    use std::io::{Read, Write};
    let address = double.url().trim_start_matches("http://");
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.write_all(b"GET /index/ac/me/acme--sms.jsonl HTTP/1.1\r\n\r\n").unwrap();
    let mut text = String::new();
    stream.read_to_string(&mut text).unwrap();
    text.split_once("\r\n\r\n").unwrap().1.to_owned()
}

#[test]
fn a_key_from_the_environment_signs_and_is_never_shown() {
    let (world, double) = (world(), Double::honest());
    let file = world.home().join("config/keys/default.json");
    let text = std::fs::read_to_string(&file).unwrap();
    let secret = serde_json::from_str::<serde_json::Value>(&text).unwrap()["secret"]["value"]
        .as_str()
        .unwrap()
        .to_owned();
    std::fs::remove_file(&file).unwrap();
    for value in [text, format!("ed25519-seed:{secret}")] {
        let outcome = run(publish(&world, double.url())
            .args(["--no-test", "-v", "--format", "json"])
            .env("DAINO_SIGNING_KEY", value));
        outcome.exits(0);
        for hidden in [secret.as_str(), "top-secret"] {
            assert!(!outcome.stdout.contains(hidden) && !outcome.stderr.contains(hidden));
        }
    }
    let wrong = run(publish(&world, double.url()).env("DAINO_SIGNING_KEY", "ed25519-seed:xx"));
    wrong.exits(6).complains("key.unreadable");
}

#[test]
fn settings_files_name_registry_namespace_and_key() {
    let (world, double) = (world(), Double::honest());
    world.run(["key", "generate", "release"]).exits(0);
    let config = format!(
        "[registry]\ndefault = \"own\"\n[registries.own]\nurl = \"{}\"\n[publish]\nnamespace = \"acme\"\nkey = \"release\"\n",
        double.url()
    );
    std::fs::write(world.home().join("config/config.toml"), config).unwrap();
    let outcome = run(world
        .command()
        .args(["publish", "sms", "-y", "--no-test", "--format", "json"])
        .env("DAINO_TOKEN", "t"));
    let keys = world.run(["key", "list", "--format", "json"]).json();
    let release = keys["keys"].as_array().unwrap().iter().find(|key| key["name"] == "release");
    assert_eq!(outcome.exits(0).json()["key"], release.unwrap()["id"]);
}

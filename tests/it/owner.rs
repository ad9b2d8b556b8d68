//! `daino-pdk owner`, `key rotate`, `key revoke`, `advise` against the real registry.

use crate::support::served::Served;
use crate::support::{Run, World};

struct Author {
    world: World,
    served: Served,
    token: String,
}

impl Author {
    fn new() -> Self {
        let world = World::new();
        let served = Served::start(&world);
        let token = served.token(&world, "acme");
        world.run(["key", "generate"]).exits(0);
        world.write("sms/index.js", "export default {};\n");
        let author = Self { world, served, token };
        author.publish("1.0.0", &[]).exits(0);
        author
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = self.world.command();
        command.args(args).args(["--registry", &self.served.url]).env("DAINO_TOKEN", &self.token);
        Run::of(command.output().unwrap())
    }

    fn publish(&self, version: &str, flags: &[&str]) -> Run {
        let manifest = serde_json::json!({"name": "SMS", "slug": "sms", "version": version,
            "type": "custom", "description": "Sends text messages", "license": "MIT"});
        self.world.write("sms/manifest.json", manifest.to_string());
        let publish = ["publish", "sms", "-y", "--namespace", "acme", "--no-test"];
        self.run(&[&publish, flags].concat())
    }

    fn keys(&self) -> Vec<(String, String)> {
        let list = self.world.run(["key", "list", "--format", "json"]).json();
        let keys = list["keys"].as_array().unwrap().iter();
        let text = |key: &serde_json::Value, name: &str| key[name].as_str().unwrap().to_owned();
        keys.map(|key| (text(key, "name"), text(key, "id"))).collect()
    }

    fn owner(&self) -> serde_json::Value {
        self.run(&["owner", "list", "acme", "--format", "json"]).exits(0).json()
    }

    fn public(&self, name: &str) -> String {
        let run = self.world.run(["key", "export", "--public", name]);
        run.exits(0).stdout.trim().to_owned()
    }
}

#[test]
fn a_key_is_rotated_and_shops_follow() {
    let author = Author::new();
    let old = author.keys()[0].1.clone();
    author.world.run(["store", "init"]);
    let info = author.run(&["info", "acme/sms"]);
    assert!(info.exits(0).stdout.contains(&old), "{}", info.stdout);
    let dry = author.run(&["key", "rotate", "--namespace", "acme", "--dry-run"]);
    assert!(dry.exits(0).stdout.starts_with("Would make a new key"), "{}", dry.stdout);
    assert_eq!(author.keys().len(), 1);
    let run = author.run(&["key", "rotate", "--namespace", "acme", "--no-passphrase"]);
    assert!(run.exits(0).stdout.contains("signed with a new key"), "{}", run.stdout);
    let keys = author.keys();
    assert_eq!((keys.len(), keys[0].0.as_str()), (2, "default"));
    assert_eq!(keys[1].0, format!("default-old-{}", &old["ed25519:".len()..][..8]));
    assert_eq!((&keys[1].1, keys[0].1 == old), (&old, false));
    let owner = author.owner();
    assert_eq!((&owner["epoch"], &owner["keys"][0]["id"]), (&2.into(), &keys[0].1.as_str().into()));
    author.publish("1.1.0", &["--key", &keys[1].0]).exits(4).complains("belongs to the key");
    author.publish("1.1.0", &[]).exits(0);
    // What the old key signed before is still what it was.
    let info = author.run(&["info", "acme/sms", "--format", "json"]).exits(0).json();
    let signed: Vec<_> = info["releases"].as_array().unwrap().iter().map(|r| &r["key"]).collect();
    assert_eq!(signed, [&keys[0].1.as_str(), &keys[1].1.as_str()]);
}

#[test]
fn a_rotation_that_was_interrupted_goes_on() {
    let author = Author::new();
    // The key is made and the registry knows it; then the machine stopped.
    author.world.run(["key", "generate", "default-next"]).exits(0);
    let next = author.keys().into_iter().find(|(name, _)| name == "default-next").unwrap().1;
    let old = author.keys()[0].1.clone();
    let public = author.public("default-next");
    author.run(&["owner", "add", "acme", &public]).exits(0);
    author.run(&["owner", "remove", "acme", &old]).exits(0);
    author.run(&["key", "rotate", "--namespace", "acme"]).exits(0);
    let keys = author.keys();
    assert_eq!((keys[0].0.as_str(), &keys[0].1), ("default", &next));
    author.publish("1.1.0", &[]).exits(0);
}

#[test]
fn keys_are_added_removed_and_revoked() {
    let author = Author::new();
    for name in ["second", "spare"] {
        author.world.run(["key", "generate", name]).exits(0);
    }
    let (second, spare) = (author.public("second"), author.public("spare"));
    author.run(&["owner", "add", "acme", "nonsense"]).exits(2);
    let dry = author.run(&["owner", "add", "acme", &second, "--dry-run"]);
    dry.exits(0);
    assert_eq!(author.owner()["keys"].as_array().unwrap().len(), 1);
    author
        .run(&["owner", "add", "acme", &second, "--threshold", "3"])
        .exits(2)
        .complains("owner.threshold");
    author
        .run(&["owner", "add", "acme", &second, "--key", "second"])
        .exits(4)
        .complains("client.namespace-key");
    author.run(&["owner", "add", "acme", &second, "--threshold", "2"]).exits(0);
    author.run(&["owner", "add", "acme", &second]).exits(2).complains("owner.key-known");
    // From now on two keys sign a change; one signs a release.
    author.run(&["owner", "add", "acme", &spare, "--recovery"]).exits(7).complains("client.owner");
    let both = ["--key", "default", "--key", "second"];
    author.run(&[&["owner", "add", "acme", &spare, "--recovery"][..], &both].concat()).exits(0);
    author.publish("1.1.0", &["--key", "second"]).exits(0);
    let page = author.run(&["owner", "list", "acme"]);
    assert!(page.exits(0).stdout.contains("2 of 2 keys sign a change"), "{}", page.stdout);
    // The first key was stolen: the recovery key ends it alone.
    let first = author.keys().into_iter().find(|(name, _)| name == "default").unwrap().1;
    let revoke =
        ["key", "revoke", &first, "--namespace", "acme", "--key", "spare", "--reason", "stolen"];
    let page = author.run(&revoke);
    assert!(page.exits(0).stdout.contains(&format!("revoked    {first}")), "{}", page.stdout);
    author.run(&revoke).exits(2).complains("owner.no-such-key");
    author.publish("1.2.0", &[]).exits(4);
    author.publish("1.2.0", &["--key", "second"]).exits(0);
    author.run(&["owner", "list", "none"]).exits(2).complains("owner.none");
}

#[test]
fn a_namespace_is_given_away_only_when_somebody_says_so() {
    let author = Author::new();
    author.world.run(["key", "generate", "buyer"]).exits(0);
    let buyer = author.public("buyer");
    let transfer = ["owner", "transfer", "acme", &buyer];
    author.run(&transfer).exits(3).complains("owner.not-confirmed");
    author.run(&[&transfer[..], &["-y"]].concat()).exits(0);
    author.publish("1.1.0", &[]).exits(4);
    author.publish("1.1.0", &["--key", "buyer"]).exits(0);
}

#[test]
fn an_advisory_is_told_to_those_who_install() {
    let author = Author::new();
    let advise = [
        "advise",
        "acme/sms",
        "--affected",
        "<1.1.0",
        "--id",
        "ACME-1",
        "--severity",
        "critical",
        "--summary",
        "It leaks card numbers.",
    ];
    author.run(&[&advise[..], &["--dry-run"]].concat()).exits(0);
    let told = author.run(&advise);
    assert!(told.exits(0).stdout.contains("ACME-1 (critical, revision 1)"), "{}", told.stdout);
    let again = author.run(&advise);
    assert!(again.exits(0).stdout.contains("revision 2"), "{}", again.stdout);
    let info = author.run(&["info", "acme/sms"]);
    assert!(info.exits(0).stdout.contains("ACME-1  critical  <1.1.0"), "{}", info.stdout);
    assert!(info.stdout.contains("It leaks card numbers."), "{}", info.stdout);
}

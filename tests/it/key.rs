//! `daino-pdk key` from outside.

use std::process::{Command, Stdio};

use crate::support::World;
use crate::support::screen::Screen;

const WORDS: &str = "four words never together";

fn run(world: &World, variables: &[(&str, &str)], args: &[&str]) -> crate::support::Run {
    let mut command = world.command();
    command.args(args).envs(variables.iter().copied());
    crate::support::Run::of(command.output().unwrap())
}

#[test]
fn a_key_is_protected_exported_and_comes_back_as_the_same_key() {
    let world = World::new();
    let (has, gets) =
        (("DAINO_KEY_PASSPHRASE", WORDS), ("DAINO_NEW_KEY_PASSPHRASE", "other words here"));
    let made = run(&world, &[has], &["key", "generate", "--format", "json"]);
    made.exits(0);
    assert_eq!(made.json()["key"]["protected"], true);
    let id = made.json()["key"]["id"].clone();

    let locked = run(&world, &[], &["key", "export"]);
    locked.exits(3).complains("key.locked").complains("DAINO_KEY_PASSPHRASE");
    let wrong =
        run(&world, &[("DAINO_KEY_PASSPHRASE", "not these words"), gets], &["key", "export"]);
    wrong.exits(2).complains("key.passphrase");
    let naked = run(&world, &[has], &["key", "export"]);
    naked.exits(3).complains("key.no-new-passphrase");
    assert_eq!(naked.stdout, "", "a secret never leaves without a passphrase");

    run(&world, &[has, gets], &["key", "export", "-o", "release.pem"]).exits(0);
    let pem = std::fs::read_to_string(world.dir().join("release.pem")).unwrap();
    assert!(pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----"), "{pem}");
    run(&world, &[has, gets], &["key", "export", "-o", "release.pem"])
        .exits(2)
        .complains("key.export-write");

    let other = [("DAINO_KEY_PASSPHRASE", "other words here")];
    let taken = run(
        &world,
        &other,
        &["key", "import", "release.pem", "--name", "copy", "--format", "json"],
    );
    taken.exits(0);
    assert_eq!(taken.json()["key"]["id"], id);
    run(&world, &other, &["key", "import", "release.pem", "--name", "copy"])
        .exits(2)
        .complains("key.exists");

    run(&world, &other, &["key", "passphrase", "copy", "--remove"]).exits(0);
    let listed = run(&world, &[], &["key", "list", "--format", "json"]);
    let keys = listed.json()["keys"].as_array().unwrap().clone();
    let protected: Vec<bool> = keys.iter().map(|key| key["protected"].as_bool().unwrap()).collect();
    assert_eq!(protected, [false, true], "copy, default: {keys:?}");
    let public = run(&world, &[], &["key", "export", "--public"]);
    assert_eq!(public.stdout.trim(), keys[1]["public"].as_str().unwrap(), "needs no passphrase");
}

/// OpenSSL, inside Node, reads what is exported and writes what is imported.
#[test]
fn other_tools_read_and_write_the_same_keys() {
    let world = World::new();
    let has = ("DAINO_KEY_PASSPHRASE", WORDS);
    run(&world, &[has], &["key", "generate"]).exits(0);
    let gets = ("DAINO_NEW_KEY_PASSPHRASE", WORDS);
    run(&world, &[has, gets], &["key", "export", "-o", "ours.pem"]).exits(0);
    let script = r"
        const { createPrivateKey, createPublicKey, generateKeyPairSync } = require('node:crypto');
        const { readFileSync, writeFileSync } = require('node:fs');
        const raw = (key) => createPublicKey(key).export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
        const passphrase = process.env.WORDS;
        console.log(raw(createPrivateKey({ key: readFileSync('ours.pem'), passphrase })));
        const { privateKey } = generateKeyPairSync('ed25519');
        writeFileSync('theirs.pem', privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }));
        writeFileSync('plain.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }));
        console.log(raw(privateKey));
    ";
    let node = Command::new("node")
        .args(["-e", script])
        .env("WORDS", WORDS)
        .current_dir(world.dir())
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    let said = String::from_utf8(node.stdout).unwrap();
    let told: Vec<&str> = said.lines().collect();
    let ours = run(&world, &[], &["key", "export", "--public"]);
    assert_eq!(told[0], ours.stdout.trim());
    for (file, name) in [("theirs.pem", "theirs"), ("plain.pem", "plain")] {
        let taken =
            run(&world, &[has], &["key", "import", file, "--name", name, "--format", "json"]);
        taken.exits(0);
        assert_eq!(taken.json()["key"]["public"], told[1], "{file}");
        assert_eq!(taken.json()["key"]["protected"], true, "{file}");
    }
}

#[test]
fn what_is_no_key_is_refused_and_nothing_is_stored() {
    let world = World::new();
    let cases: [(&str, &[u8], &str); 6] = [
        ("empty", b"", "key.unreadable"),
        ("text", b"hello", "key.unreadable"),
        ("binary", &[0xff, 0xfe, 0x00], "key.import-read"),
        (
            "rsa",
            b"-----BEGIN PRIVATE KEY-----\nMAAA\n-----END PRIVATE KEY-----\n",
            "key.unreadable",
        ),
        ("big", &[b'a'; 20_000], "key.import-read"),
        ("seed", b"ed25519-seed:AAAA", "key.unreadable"),
    ];
    for (name, content, code) in cases {
        world.write(name, content);
        let run = world.run(["key", "import", name]);
        run.complains(code);
        assert_ne!(run.code, 0, "{name}");
    }
    world.run(["key", "import", "absent"]).exits(2).complains("key.import-read");
    let short = run(&world, &[("DAINO_NEW_KEY_PASSPHRASE", "short")], &["key", "generate"]);
    short.exits(2).complains("key.passphrase-unfit");
    assert_eq!(
        world.run(["key", "list", "--format", "json"]).json()["keys"],
        serde_json::json!([])
    );
}

#[test]
fn a_person_types_the_passphrase_twice() {
    let world = World::new();
    let screen = Screen::run(&world, "key generate");
    screen.wait_for("Passphrase for the key");
    screen.keys(&[WORDS, "Enter"]);
    let shown = screen.wait_for("again");
    assert!(!shown.contains("never together"), "{shown}");
    screen.keys(&[WORDS, "Enter"]);
    let shown = screen.wait_for("protected by a passphrase");
    assert!(!shown.contains("never together"), "{shown}");
}

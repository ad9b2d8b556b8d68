//! `daino-pdk install` from Git repositories, the lock file, and `install --locked`.

use std::os::unix::fs::PermissionsExt;

use serde_json::{Value, json};

use crate::support::git::Git;
use crate::support::shop::assert_same;
use crate::support::{Run, World};

const CODE: &str = "export function onEnable(ctx) { return ctx.storage.set('on', true); }
export function hello() { return 'hello'; }";

fn manifest(slug: &str, version: &str, more: &Value) -> String {
    let mut manifest = json!({ "name": "A plugin", "slug": slug, "version": version,
        "type": "custom", "permissions": { "hooks": ["order.complete"] },
        "hooks": { "order.complete": "hello" } });
    manifest.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    manifest.to_string()
}

/// A shop, and a repository with versions 1.0.0 and 1.1.0 of a plugin.
fn world() -> (World, Git, [String; 2]) {
    let world = World::with_shop();
    let git = Git::at(&world.dir().join("repos/acme-sms.git"));
    let release = |version: &str| {
        let text = manifest("acme-sms", version, &json!({}));
        let commit = git.commit(&[("manifest.json", &text), ("index.js", CODE)]);
        git.tag(&format!("v{version}"), &commit);
        commit
    };
    let commits = [release("1.0.0"), release("1.1.0")];
    (world, git, commits)
}

fn lock(world: &World) -> toml::Table {
    let text = std::fs::read_to_string(world.dir().join(".daino/daino.lock.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

const ACCEPT: [&str; 2] = ["-y", "--allow-unsigned"];

fn install(world: &World, source: &str, more: &[&str]) -> Run {
    world.run(["install", source].iter().chain(more))
}

#[test]
fn a_repositorys_tag_is_planned_accepted_installed_and_locked() {
    let (world, git, [first, second]) = world();
    let keeper = world.keep_shop_open();
    let before = keeper.dump();
    let source = format!("{}@~1.0", git.url());

    let plan = install(&world, &source, &["--dry-run", "--format", "json"]).exits(0).json();
    let expected = json!({ "kind": "git", "url": git.url(), "tag": "v1.0.0", "commit": first });
    assert_eq!(plan["source"], expected);
    assert_eq!((&plan["installed"], &plan["scan"]["passed"]), (&json!(false), &json!(true)));
    assert_same("a plan", &keeper.dump(), &before);

    // `-y` accepts permissions, and nothing that nobody signed.
    let refused = install(&world, &source, &["-y"]);
    refused.exits(3).complains("install.unsigned").complains("--allow-unsigned");
    refused.complains(&first).complains("nobody");
    let unasked = install(&world, &source, &["--allow-unsigned"]);
    unasked.exits(3).complains("install.consent-needed");
    assert_same("two refusals", &keeper.dump(), &before);

    install(&world, &source, &ACCEPT).exits(0);
    let said = world.run(["invoke", "acme-sms", "hello", "-q"]).exits(0).json();
    assert_eq!(said, "hello");
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    assert_eq!(list["plugins"][0]["source"], expected);
    let locked = lock(&world);
    let entry = &locked["plugin"][0];
    assert_eq!(entry["slug"].as_str(), Some("acme-sms"));
    assert_eq!(entry["version"].as_str(), Some("1.0.0"));
    assert_eq!(entry["source"]["commit"].as_str(), Some(first.as_str()));
    assert_eq!(entry["permissions"][0].as_str(), Some("hooks order.complete"));
    assert_eq!(locked["tags"][&git.url()]["v1.0.0"].as_str(), Some(first.as_str()));

    let again = install(&world, &source, &["--format", "json"]).exits(0).json();
    assert_eq!(again["change"], "nothing");
    let other = install(&world, &git.url(), &ACCEPT);
    other.exits(7).complains("lifecycle.other-version");

    // A removed plugin leaves the list; what its tags led to stays known.
    world.run(["uninstall", "acme-sms", "--no-backup", "--confirm", "acme-sms"]).exits(0);
    assert!(lock(&world).get("plugin").is_none());
    git.tag("v1.0.0", &second);
    let moved = install(&world, &source, &ACCEPT);
    moved.exits(6).complains("source.tag-moved").complains(&second);
}

#[test]
fn several_plugins_are_listed_with_the_next_command() {
    let world = World::with_shop();
    let git = Git::at(&world.dir().join("repos/all.git"));
    let (sms, pay) =
        (manifest("acme-sms", "1.0.0", &json!({})), manifest("acme-pay", "1.0.0", &json!({})));
    git.commit(&[
        ("plugins/acme-sms/manifest.json", &sms),
        ("plugins/acme-sms/index.js", CODE),
        ("plugins/acme-pay/manifest.json", &pay),
        ("plugins/acme-pay/index.js", CODE),
    ]);
    let run = install(&world, &git.url(), &ACCEPT);
    run.exits(2).complains("source.choose");
    let next = format!("daino-pdk install {}/plugins/acme-pay", git.url());
    run.complains(&next);
    let chosen = format!("{}/plugins/acme-pay", git.url());
    install(&world, &chosen, &["--dry-run"]).exits(0);
    let wrong = install(&world, "github:acme", &[]);
    wrong.exits(2).complains("source.address");
}

#[test]
fn what_the_validator_refuses_is_not_installed_unless_that_is_accepted() {
    let (world, git, _) = world();
    let keeper = world.keep_shop_open();
    let before = keeper.dump();
    let text = manifest("acme-sms", "2.0.0", &json!({}));
    let code = format!("{CODE}\nexport function run(input) {{ return eval(input.code); }}");
    let commit = git.commit(&[("manifest.json", &text), ("index.js", &code)]);
    git.tag("v2.0.0", &commit);
    let plan = install(&world, &git.url(), &["--dry-run"]);
    assert!(plan.exits(0).stdout.contains("REFUSED"), "{}", plan.stdout);
    let refused = install(&world, &git.url(), &ACCEPT);
    refused.exits(7).complains("install.findings").complains("code-injection in index.js:3");
    assert_same("a refusal", &keeper.dump(), &before);
    let flags: Vec<&str> = ACCEPT.into_iter().chain(["--accept-findings"]).collect();
    install(&world, &git.url(), &flags).exits(0);
}

/// The trial run is on a copy: a plugin that does not start changes nothing at all.
#[test]
fn a_plugin_that_does_not_start_never_touches_the_shop() {
    let (world, git, _) = world();
    let keeper = world.keep_shop_open();
    keeper.execute("CREATE TABLE public.seen AS SELECT count(*) AS n FROM daino.operations");
    let before = keeper.dump();
    let permissions = json!({ "permissions": { "database": ["coupons:write"] }, "hooks": {} });
    let text = manifest("acme-sms", "3.0.0", &permissions);
    let code = "export async function onEnable(ctx) {
      await ctx.db.query(\"UPDATE coupons SET name = 'spoiled'\");
      throw new Error('no key');
    }";
    let commit = git.commit(&[("manifest.json", &text), ("index.js", code)]);
    git.tag("v3.0.0", &commit);
    let flags: Vec<&str> = ACCEPT.into_iter().chain(["--accept-findings"]).collect();
    let refused = install(&world, &git.url(), &flags);
    refused.exits(7).complains("lifecycle.unhealthy").complains("no key");
    assert_same("a trial", &keeper.dump(), &before);
}

#[test]
fn a_lock_file_makes_the_same_shop_again() {
    let (world, git, [first, _]) = world();
    let needs = json!({ "dependencies": { "acme-sms": "^1" }, "permissions": {}, "hooks": {},
        "configSchema": { "type": "object", "required": ["currency"],
            "properties": { "currency": { "type": "string" } } } });
    world.write("acme-apple/manifest.json", manifest("acme-apple", "1.0.0", &needs));
    world.write("acme-apple/index.js", CODE);
    install(&world, &format!("{}@1.0.0", git.url()), &ACCEPT).exits(0);
    install(&world, "./acme-apple", &["-y", "--set", "currency=EUR"]).exits(0);
    let whole = lock(&world);
    assert_eq!(whole["plugin"].as_array().unwrap().len(), 2);

    std::fs::rename(world.dir().join(".daino"), world.dir().join("old")).unwrap();
    let fresh = World::with_shop();
    let file = world.dir().join("old/daino.lock.toml");
    let locked = format!("--locked={}", file.display());
    world.write("config.json", r#"{"acme-apple":{"currency":"EUR"}}"#);
    let config = world.dir().join("config.json");
    let flags = ["install", &locked, "--config", config.to_str().unwrap()];
    let dry = fresh.run(flags.iter().chain(&["--dry-run", "--format", "json"])).exits(0).json();
    assert_eq!(dry["plugins"][0]["slug"], "acme-sms", "the one that is needed comes first");
    let made = fresh.run(flags.iter().chain(&["--format", "json"])).exits(0).json();
    assert_eq!(made["plugins"][1]["installed"], true);
    let list = fresh.run(["list", "--format", "json"]).exits(0).json();
    let sms = list["plugins"].as_array().unwrap().iter().find(|p| p["slug"] == "acme-sms");
    assert_eq!(sms.unwrap()["source"]["commit"], json!(first));
    assert_eq!(lock(&fresh)["plugin"], whole["plugin"]);
    let again = fresh.run(flags.iter().chain(&["--format", "json"])).exits(0).json();
    assert_eq!(again["plugins"][0]["installed"], false);
    assert_eq!(again["plugins"][1]["installed"], false, "the same settings are nothing new");

    // A tree that changed is noticed before anything is installed.
    world.write("acme-apple/index.js", format!("{CODE}\n// changed"));
    let other = World::with_shop();
    let differs = other.run(flags);
    differs.exits(6).complains("install.locked-differs").complains("acme-apple");
    let list = other.run(["list", "--format", "json"]).exits(0).json();
    assert_eq!(list["plugins"], json!([]));
    let none = other.run(["install", "--locked"]);
    none.exits(2).complains("install.no-lock");
}

#[test]
fn settings_are_locked_and_secrets_are_not() {
    let world = World::with_shop();
    let manifest = json!({ "name": "A plugin", "slug": "acme-pay", "version": "1.0.0",
        "type": "custom", "secrets": ["ACME_KEY"], "configSchema": { "type": "object",
            "properties": { "currency": { "type": "string" }, "retries": { "default": 3 },
                "pin": { "type": "string", "format": "password" },
                "token": { "type": "string", "writeOnly": true } } } });
    world.write("acme-pay/manifest.json", manifest.to_string());
    let code = "export async function settings(input, ctx) { return ctx.config; }";
    world.write("acme-pay/index.js", code);
    world.write("key", "s3cret-value");
    let given = ["--set", "currency=EUR", "--set", "pin=hush-pin", "--set", "token=hush-token"];
    let secret = ["--secret-file", "ACME_KEY=key"];
    install(&world, "./acme-pay", &["-y"]).exits(0);
    install(&world, "./acme-pay", &[&["-y"][..], &given, &secret].concat()).exits(0);
    let file = world.dir().join(".daino/daino.lock.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("hush") && !text.contains("s3cret"), "{text}");
    let settings = lock(&world)["plugin"][0]["settings"].as_str().unwrap().to_owned();
    let settings: Value = serde_json::from_str(&settings).unwrap();
    assert_eq!(settings, json!({ "currency": "EUR", "retries": 3 }));
    let other = World::with_shop();
    let locked = format!("--locked={}", file.display());
    other.run(["install", &locked, "-q"]).exits(0);
    let there = other.run(["invoke", "acme-pay", "settings", "-q"]).exits(0).json();
    assert_eq!(there, json!({ "currency": "EUR", "retries": 3 }));
    // What is given wins; what is no JSON is refused before anything happens.
    let damaged = text.replace("settings = ", "settings = \"[]\" # ");
    std::fs::write(&file, damaged).unwrap();
    let third = World::with_shop();
    third.run(["install", &locked]).exits(6).complains("no JSON object");
    assert_eq!(third.run(["list", "--format", "json"]).json()["plugins"], json!([]));
}

#[test]
fn a_tagged_plugin_is_updated_from_its_repository() {
    let (world, git, [_, second]) = world();
    install(&world, &format!("{}@1.0.0", git.url()), &ACCEPT).exits(0);
    let check = world.run(["outdated", "--format", "json"]).exits(0).json();
    assert_eq!(check["plugins"][0]["wanted"], "1.1.0");
    world.run(["update", "acme-sms"]).exits(3).complains("install.unsigned");
    world.run(["update", "acme-sms", "--min-age", "1d", "--format", "json"]).exits(0);
    world.run(["update", "acme-sms", "--allow-unsigned", "-q"]).exits(0);
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    let source = &list["plugins"][0]["source"];
    assert_eq!((&source["commit"], &source["tag"]), (&json!(second), &json!("v1.1.0")));
    // A pre-release only by its channel; a release that does not load not at all.
    let beta = manifest("acme-sms", "1.2.0-beta.1", &json!({}));
    git.tag("v1.2.0-beta.1", &git.commit(&[("manifest.json", &beta), ("index.js", CODE)]));
    let check = world.run(["outdated", "--format", "json"]).exits(0).json();
    assert_eq!(check["plugins"][0]["wanted"], Value::Null);
    world.run(["update", "acme-sms", "--to", "beta", "--allow-unsigned", "-q"]).exits(0);
    let bad = manifest("acme-sms", "1.2.0", &json!({}));
    let bad = git.commit(&[("manifest.json", &bad), ("index.js", "throw new Error('no start');")]);
    git.tag("v1.2.0", &bad);
    let run = world.run([
        "update",
        "acme-sms",
        "--allow-unsigned",
        "--accept-findings",
        "--accept-breaking",
    ]);
    run.exits(7).complains("lifecycle.unhealthy").complains("no start");
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    assert_eq!(list["plugins"][0]["version"], "1.2.0-beta.1");
}

/// `ssh` is the system's own; here it is a script that does what the other end would.
#[test]
fn ssh_is_the_systems_program_with_plain_words() {
    let (world, git, _) = world();
    let path = git.url().trim_start_matches("file://").to_owned();
    let script = format!(
        "#!/bin/sh\nprintf '%s\\n' \"$@\" > {0}/asked\nwhile [ \"$1\" != -- ]; do shift; done\n\
         test \"$2\" = git@git.example || exit 9\neval \"$3\"\n",
        world.dir().display()
    );
    let program = world.write("bin/ssh", script);
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let run = |source: &str| {
        let mut command = world.command();
        let paths = format!("{}:{}", world.dir().join("bin").display(), env!("PATH"));
        command.env("PATH", paths).args(["install", source, "--dry-run", "--format", "json"]);
        Run::of(command.output().unwrap())
    };
    let plan = run(&format!("ssh://git@git.example:2222{path}@^1")).exits(0).json();
    assert_eq!(plan["version"], "1.1.0");
    let asked = std::fs::read_to_string(world.dir().join("asked")).unwrap();
    assert!(asked.contains("-oBatchMode=yes\n") && asked.contains("-p2222\n--\n"), "{asked}");
    let unknown = run(&format!("ssh://git@other.example{path}"));
    assert_eq!(unknown.code, 5, "{unknown:?}");
    unknown.complains("source.ssh");
}

/// The lock file follows the shop, however an installation ends.
#[test]
fn a_killed_installation_leaves_the_lock_file_as_the_shop_is() {
    let world = World::with_shop();
    world.write("acme-sms/manifest.json", manifest("acme-sms", "1.0.0", &json!({})));
    world.write("acme-sms/index.js", CODE);
    let locked = || {
        let path = world.dir().join(".daino/daino.lock.toml");
        path.exists() && lock(&world).contains_key("plugin")
    };
    let installed = || {
        let list = world.run(["list", "--format", "json"]).exits(0).json();
        !list["plugins"].as_array().unwrap().is_empty()
    };
    for (point, stands) in [
        ("install.started", false),
        ("install.decided", false),
        ("together.committed", true),
        ("lock.written", true),
        ("journal.file-removed", true),
    ] {
        let mut command = world.command();
        command.env("DAINO_TEST_KILL_AT", point).args(["install", "./acme-sms", "-y"]);
        let run = Run::of(command.output().unwrap());
        assert_eq!(run.code, -1, "{point}: {run:#?}");
        assert_eq!((installed(), locked()), (stands, stands), "{point}");
        if stands {
            world.run(["uninstall", "acme-sms", "--no-backup", "--confirm", "acme-sms"]).exits(0);
            assert!(!locked(), "{point}");
        }
    }
}

//! `daino-pdk` from outside: create.

use insta::assert_snapshot;

use crate::support::World;

#[test]
fn a_dry_run_shows_the_tree_and_writes_nothing() {
    let world = World::new();
    let run = world.run(["create", "acme-pay", "-y", "-t", "payment-gateway", "--dry-run"]);
    run.exits(0);
    assert_snapshot!(run.stdout, @r"
    Would create acme-pay in acme-pay

      .gitignore
      CHANGELOG.md
      LICENSE
      README.md
      index.js
      jsconfig.json
      manifest.json
      migrations/
        0001_create_payments.down.sql
        0001_create_payments.sql
      package.json
      src/
        events.js
        money.js
        payments.js
        provider.js
        refunds.js
        signature.js
      tests/
        conformance.json
        integration/
          payment.test.js
          refund.test.js
        security/
          signature.test.js
          webhook.test.js
        unit/
          money.test.js
    ");
    assert_eq!(world.files(), [""; 0]);
}

#[test]
fn json_says_what_was_created() {
    let world = World::new();
    let args = ["create", "counter", "-y", "-t", "custom", "--lang", "ts", "--format", "json"];
    let made = world.run(args).exits(0).json();
    assert_eq!(made["slug"], "counter");
    assert_eq!(made["template"], "custom");
    assert_eq!(made["language"], "ts");
    assert_eq!(made["repository"], true);
    assert_eq!(made["next"][0], "cd counter");
    let listed: Vec<String> = made["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| format!("counter/{}", f["path"].as_str().unwrap()))
        .collect();
    let written: Vec<String> =
        world.files().into_iter().filter(|f| !f.starts_with("counter/.git/")).collect();
    assert_eq!(written, listed);
}

#[test]
fn everything_missing_is_listed_at_once() {
    let world = World::new();
    let run = world.run(["create"]);
    run.exits(3);
    assert_snapshot!(run.stderr, @r"
    error: input is needed and there is no terminal to ask on: the name (`NAME`), the template (`--template payment-gateway|analytics|shipping|custom`), the language (`--lang js|ts`) [create.input-needed]
      hint: for example: `daino-pdk create my-plugin --template payment-gateway --lang js`
    ");
    // Defaults cover the language alone.
    world.run(["create", "-y"]).exits(3).complains("--template");
    world.run(["create", "x-y", "-t", "custom"]).exits(3).complains("--lang");
    assert_eq!(world.files(), [""; 0]);
}

#[test]
fn names_the_host_cannot_address_are_refused_with_a_better_one() {
    let world = World::new();
    for (name, better) in [
        ("My Shop!", "use `my-shop`"),
        ("../evil", "use `evil`"),
        ("/tmp/x-y", "use `tmp-x-y`"),
        ("registry", "use `registry-plugin`"),
        ("pay-2", "use `pay2`"),
        ("p\u{430}ypal", "use `p-ypal`"),
        ("a", "use `a-plugin`"),
        ("", "acme-pay"),
        ("\u{202e}x", "use `"),
        ("x\u{1b}[2Jy", "use `"),
    ] {
        let run = world.run(["create", name, "-y", "-t", "custom"]);
        run.exits(2).complains("create.name").complains(better);
        assert!(!run.stderr.contains(['\u{202e}', '\u{1b}']), "{}", run.stderr);
    }
    assert_eq!(world.files(), [""; 0]);
}

#[test]
fn unknown_templates_languages_and_keys_get_a_suggestion() {
    let world = World::new();
    let create = |more: &[&str]| world.run(["create", "acme-pay", "-y"].iter().chain(more));
    create(&["-t", "payment"]).exits(2).complains("did you mean `--template payment-gateway`?");
    create(&["-t", "shiping"]).exits(2).complains("did you mean `--template shipping`?");
    create(&["-t", "blog"]).exits(2).complains("payment-gateway, analytics, shipping, custom");
    create(&["-t", "custom", "--lang", "rust"]).exits(2).complains("js, ts");
    create(&["-t", "custom", "--set", "autor=x"]).exits(2).complains("did you mean `author`?");
    create(&["-t", "custom", "--set", "provider-host=a.example"]).exits(2).complains("known: name");
    create(&["-t", "payment-gateway", "--set", "provider-host=https://a.example/x"])
        .exits(2)
        .complains("without scheme");
    create(&["-t", "custom", "--set", "name=a (b)"]).exits(2).complains("cannot look up");
    create(&["-t", "custom", "--set", "name"]).exits(2).complains("KEY=VALUE");
    assert_eq!(world.files(), [""; 0]);
}

#[test]
fn a_full_directory_is_kept_and_force_replaces_only_the_template() {
    let world = World::new();
    world.write("acme-pay/README.md", "mine");
    world.write("acme-pay/notes.txt", "mine");
    let args = ["create", "acme-pay", "-y", "-t", "custom"];
    world.run(args).exits(2).complains("exists and is not empty").complains("--force");
    assert_eq!(world.files(), ["acme-pay/README.md", "acme-pay/notes.txt"]);
    world.run(args.iter().chain(&["--force", "--no-git"])).exits(0);
    let read = |file: &str| std::fs::read_to_string(world.dir().join(file)).unwrap();
    assert!(read("acme-pay/README.md").starts_with("# Acme Pay"));
    assert_eq!(read("acme-pay/notes.txt"), "mine");
}

#[cfg(unix)]
#[test]
fn an_empty_directory_one_stands_in_stays_the_same_directory() {
    let world = World::new();
    let inode = || std::os::unix::fs::MetadataExt::ino(&std::fs::metadata(world.dir()).unwrap());
    let before = inode();
    let mut here = world.command();
    let run =
        here.args(["create", "acme-pay", "-y", "-t", "custom", "--dir", "."]).output().unwrap();
    assert!(run.status.success(), "{run:?}");
    let text = String::from_utf8(run.stdout).unwrap();
    assert!(!text.contains("cd "), "{text}");
    assert_eq!(inode(), before);
    assert!(world.dir().join("manifest.json").exists() && world.dir().join(".git").exists());
}

#[test]
fn values_reach_the_files_and_cannot_break_out_of_them() {
    let world = World::new();
    let nasty = "a \"quoted\" {{slug}} \\ `x` </script>";
    world
        .run([
            "create",
            "acme-pay",
            "-y",
            "-t",
            "payment-gateway",
            "--no-git",
            "--set",
            &format!("description={nasty}"),
            "--set",
            "provider-host=api.acme.example",
            "--set",
            "license=Apache-2.0",
        ])
        .exits(0);
    let text = std::fs::read_to_string(world.dir().join("acme-pay/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(manifest["description"], nasty);
    assert_eq!(manifest["apis"]["provider"]["hosts"][0], "api.acme.example");
    assert_eq!(manifest["secrets"][0], "ACME_PAY_API_KEY");
    let licence = std::fs::read_to_string(world.dir().join("acme-pay/LICENSE")).unwrap();
    assert!(licence.contains("Apache-2.0") && !licence.contains("MIT"));
    assert!(!world.dir().join("acme-pay/.git").exists());
}

#[test]
fn answers_come_from_a_file_and_flags_win() {
    let world = World::new();
    world.write(
        "a.toml",
        "slug = \"from-file\"\ntemplate = \"shipping\"\nlang = \"ts\"\ncurrency = \"USD\"\n",
    );
    let made = world.run(["create", "--answers", "a.toml", "--lang", "js", "--format", "json"]);
    let made = made.exits(0).json();
    assert_eq!((&made["slug"], &made["language"]), (&"from-file".into(), &"js".into()));
    let table = std::fs::read_to_string(world.dir().join("from-file/src/table.js")).unwrap();
    assert!(table.contains("'USD'"));
    for (text, words) in [
        ("template = \"custom\"\nlang = js\n", "line 2"),
        ("template = \"custom\"\nauthor = 7\n", "line 2: the value of `author` must be text"),
        ("template = \"custom\"\n\nautor = \"x\"\n", "line 3: `autor` is not a key"),
    ] {
        world.write("a.toml", text);
        let run = world.run(["create", "x-y", "-y", "--answers", "a.toml"]);
        run.exits(2).complains("create.answers").complains(words);
    }
    world.run(["create", "x-y", "-y", "--answers", "no.toml"]).exits(2).complains("no.toml");
    assert!(!world.dir().join("x-y").exists());
}

#[test]
fn no_repository_is_made_inside_one() {
    let world = World::new();
    world.run(["create", "outer", "-y", "-t", "custom"]).exits(0);
    assert!(world.dir().join("outer/.git/HEAD").exists());
    world.run(["-C", "outer", "create", "inner", "-y", "-t", "custom"]).exits(0);
    assert!(!world.dir().join("outer/inner/.git").exists());
}

#[cfg(unix)]
#[test]
fn force_writes_through_no_link() {
    let world = World::new();
    world.write("outside/keep.txt", "mine");
    std::fs::create_dir(world.dir().join("acme-pay")).unwrap();
    let link = world.dir().join("acme-pay/tests");
    std::os::unix::fs::symlink(world.dir().join("outside"), link).unwrap();
    let run = world.run(["create", "acme-pay", "-y", "-t", "custom", "--force", "--no-git"]);
    run.exits(2).complains("symbolic link");
    assert_eq!(std::fs::read_dir(world.dir().join("outside")).unwrap().count(), 1);
    assert_eq!(std::fs::read_dir(world.dir().join("acme-pay")).unwrap().count(), 1);
}

#[test]
fn the_schema_is_printed_and_written() {
    let world = World::new();
    let printed = world.run(["schema"]).exits(0).json();
    assert_eq!(printed["title"], "DainoStore plugin manifest");
    assert_eq!(printed["additionalProperties"], false);
    world.run(["schema", "--output", "s.json"]).exits(0);
    let text = std::fs::read_to_string(world.dir().join("s.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), printed);
    world.run(["schema", "--output", "no/s.json"]).exits(2).complains("schema.write");
}

//! `daino-pdk uninstall` and `backup` from outside, with and without a terminal.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::backup::{digest, to_format_1};
use crate::support::screen::Screen;
use crate::support::shop::{Dump, Keeper, assert_same};
use crate::support::{Run, World};

const CODE: &str = "
export async function fill(input, ctx) {
  await ctx.db.query(`INSERT INTO acme_pay_notes (text) SELECT n || E'\\t\\\\ \\n' FROM generate_series(1, 300) n`);
  await ctx.storage.set('a', { b: [1, 'ü'] });
  return true;
}";
const MIGRATION: &str = "
CREATE TABLE acme_pay_notes (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL);
CREATE VIEW acme_pay_all AS SELECT * FROM acme_pay_notes;";

fn world() -> (World, Keeper) {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    let manifest = json!({
        "slug": "acme-pay", "secrets": ["ACME_KEY"],
        "cron": [{ "name": "nightly", "schedule": "0 3 * * *", "handler": "fill" }],
        "configSchema": { "type": "object", "properties": { "a": { "default": 1 } } },
    });
    world.plugin(manifest, &[("index.js", CODE), ("migrations/0001_notes.sql", MIGRATION)]);
    let mut install = world.command();
    install.args(["install", "./acme-pay"]).env("DAINO_SECRET_ACME_KEY", "s3cret");
    assert!(install.output().unwrap().status.success());
    world.run(["invoke", "acme-pay", "fill"]).exits(0);
    (world, keeper)
}

fn report(world: &World, flags: &[&str]) -> Value {
    let run = world.run(["uninstall", "acme-pay", "--format", "json"].iter().chain(flags));
    run.exits(0).json()["report"].clone()
}

/// The rows and definitions of the plugin, without what a restore gives anew.
fn own(dump: &Dump) -> Dump {
    let mut own = dump.clone();
    own.retain(|what, _| !what.starts_with("files") && !what.starts_with("rows of daino"));
    own.retain(|what, _| what != "roles" && what != "members");
    own
}

#[test]
fn who_cannot_be_asked_keeps_everything() {
    let (world, keeper) = world();
    let plan = world.run(["uninstall", "acme-pay", "--dry-run", "--format", "json"]).json();
    assert_eq!(plan["plan"]["tables"][0]["rows"], 300);
    assert_eq!(plan["plan"]["data_rows"], 1);
    assert_eq!(plan["plan"]["code_files"], 3, "{plan}");
    assert_eq!(plan["plan"]["schedules"], json!(["nightly"]));
    assert_eq!(plan["report"], Value::Null);
    let run = world.run(["uninstall", "acme-pay"]);
    run.exits(0).complains("kept, because nobody can be asked (--cleanup-tables keep|remove)");
    assert!(run.stdout.contains("(verified)"), "{}", run.stdout);
    assert_eq!(keeper.query("SELECT count(*)::text FROM acme_pay_notes"), ["300"]);
    assert_eq!(keeper.query("SELECT value FROM daino.plugin_secrets"), ["s3cret"]);
    assert!(
        keeper
            .query("SELECT rolname::text FROM pg_roles WHERE rolname LIKE 'daino_p_%'")
            .is_empty()
    );
    world.run(["invoke", "acme-pay", "fill"]).exits(2);

    // What was kept is taken over by the next installation, whose migrations ran already.
    world.run(["install", "./acme-pay"]).exits(0);
    world.run(["invoke", "acme-pay", "fill"]).exits(0);
    assert_eq!(keeper.query("SELECT count(*)::text FROM acme_pay_notes"), ["600"]);

    // `-y` never deletes.
    let report = report(&world, &["-y"]);
    assert_eq!(report["choices"]["removeTables"], false);
    assert_eq!(report["leftovers"], json!([]));
    // What was kept can be removed later.
    let flags = ["--cleanup-data", "remove", "--cleanup-tables", "remove", "--remove-code"];
    let later = self::report(&world, &flags);
    assert_eq!((&later["kept"], &later["leftovers"]), (&json!([]), &json!([])));
    assert!(keeper.query("SELECT slug FROM daino.plugins").is_empty());
    assert!(keeper.dump()["files in code"].is_empty());
}

#[test]
fn what_was_removed_comes_back_from_its_backup() {
    let (world, keeper) = world();
    let before = own(&keeper.dump());
    let flags = ["--cleanup-data=remove", "--cleanup-tables=remove", "--remove-code"];
    let report = report(&world, &flags);
    let backup = report["backup"].as_str().unwrap().to_owned();
    assert!(keeper.dump()["relations"].iter().all(|line| !line.contains("acme")));
    assert!(keeper.query("SELECT data_key::text FROM plugin_data").is_empty());

    let verified = world.run(["backup", "verify", &backup, "--format", "json"]).exits(0).json();
    assert_eq!(verified["manifest"]["secrets_left_out"], json!(["ACME_KEY"]));
    let text = std::fs::read_to_string(dir(&world, &backup).join("manifest.json")).unwrap();
    assert!(!text.contains("s3cret"));

    world.run(["backup", "restore", &backup]).exits(0).complains("");
    assert_same("restore", &own(&keeper.dump()), &before);
    world.run(["invoke", "acme-pay", "fill"]).exits(0);
    assert_eq!(keeper.query("SELECT max(id)::text FROM acme_pay_notes"), ["600"]);
    // It does not overwrite what is there.
    world.run(["backup", "restore", &backup]).exits(7).complains("backup.occupied");
}

#[test]
fn a_backup_of_an_earlier_release_is_read() {
    let (world, keeper) = world();
    let before = own(&keeper.dump());
    let flags = ["--cleanup-data=remove", "--cleanup-tables=remove", "--remove-code"];
    let backup = report(&world, &flags)["backup"].as_str().unwrap().to_owned();
    to_format_1(&dir(&world, &backup));
    std::fs::remove_dir_all(world.dir().join(".daino/backups/objects")).unwrap();
    let verified = world.run(["backup", "verify", &backup, "--format", "json"]).exits(0).json();
    assert_eq!(verified["manifest"]["format"], 1);
    world.run(["backup", "restore", &backup]).exits(0);
    assert_same("restore", &own(&keeper.dump()), &before);
}

fn dir(world: &World, backup: &str) -> PathBuf {
    world.dir().join(".daino/backups").join(backup)
}

#[test]
fn a_damaged_backup_is_refused_whatever_the_damage() {
    let (world, keeper) = world();
    let flags = ["--cleanup-data=remove", "--cleanup-tables=remove", "--remove-code"];
    let backup = report(&world, &flags)["backup"].as_str().unwrap().to_owned();
    let before = keeper.dump();
    let dir = dir(&world, &backup);
    to_format_1(&dir);
    let parts = ["manifest.json", "schema.json", "code.dpk", "rows-0.copy.zst", "data.copy.zst"];
    for part in parts {
        let good = std::fs::read(dir.join(part)).unwrap();
        let mut flipped = good.clone();
        *flipped.last_mut().unwrap() ^= 0x20;
        for bad in [flipped, good[..good.len() / 2].to_vec(), Vec::new()] {
            std::fs::write(dir.join(part), bad).unwrap();
            world.run(["backup", "restore", &backup]).exits(6).complains("backup.damaged");
            let list = world.run(["backup", "list"]);
            assert!(list.exits(0).stdout.contains("DAMAGED"), "{part}: {}", list.stdout);
        }
        std::fs::remove_file(dir.join(part)).unwrap();
        assert_ne!(world.run(["backup", "restore", &backup]).code, 0);
        std::fs::write(dir.join(part), good).unwrap();
    }
    let mut now = keeper.dump();
    now.insert("files in backups".into(), before["files in backups"].clone());
    assert_same("refused backups", &now, &before);
    // SQL in a backup runs as the plugin, through the gate of every migration.
    let schema = std::fs::read_to_string(dir.join("schema.json")).unwrap();
    let evil = schema.replacen("CREATE ", "DROP TABLE customers; CREATE ", 1);
    std::fs::write(dir.join("schema.json"), &evil).unwrap();
    let manifest = std::fs::read_to_string(dir.join("manifest.json")).unwrap();
    let mut manifest: Value = serde_json::from_str(&manifest).unwrap();
    manifest["schema"]["digest"] = json!(digest(evil.as_bytes()));
    manifest["schema"]["size"] = json!(evil.len());
    std::fs::write(dir.join("manifest.json"), manifest.to_string()).unwrap();
    world.run(["backup", "restore", &backup]).exits(7).complains("lifecycle.migration");
    assert!(!keeper.query("SELECT email::text FROM customers").is_empty());
    assert!(keeper.query("SELECT slug FROM daino.plugins").is_empty());
}

#[test]
fn what_others_built_on_it_is_not_dropped_with_it() {
    let (world, keeper) = world();
    keeper.execute("CREATE VIEW report AS SELECT count(*) FROM acme_pay_notes");
    keeper.execute(
        "CREATE TABLE mine (note BIGINT REFERENCES acme_pay_notes (id));
         INSERT INTO mine SELECT id FROM acme_pay_notes ORDER BY id LIMIT 2; INSERT INTO mine VALUES (NULL)",
    );
    world.plugin(
        json!({ "slug": "acme-mail", "dependencies": { "acme-pay": "^1" } }),
        &[("index.js", "export const a = 1;")],
    );
    world.run(["install", "./acme-mail"]).exits(0);
    let remove = ["uninstall", "acme-pay", "--cleanup-data=keep", "--cleanup-tables=remove"];
    world.run(remove).exits(7).complains("lifecycle.dependents").complains("acme-mail");
    world.run(["uninstall", "acme-mail"]).exits(0);
    let before = keeper.dump();
    let foreign = world.run(remove);
    foreign.exits(7).complains("lifecycle.foreign-objects").complains("view report");
    foreign.complains("on table mine").complains("2 rows of mine");
    assert_same("refusal", &keeper.dump(), &before);
    world.run(remove.iter().chain(&["--force"])).exits(0);
    assert_eq!(keeper.query("SELECT (to_regclass('report') IS NULL)::text"), ["true"]);
    assert_eq!(keeper.query("SELECT (to_regclass('mine') IS NOT NULL)::text"), ["true"]);
    assert_eq!(keeper.query("SELECT (to_regclass('acme_pay_notes') IS NULL)::text"), ["true"]);
}

#[test]
fn only_what_its_migrations_made_is_ever_dropped() {
    let (world, keeper) = world();
    // A table of that name that is not the plugin's, and one that is not its any more.
    keeper.execute("CREATE TABLE acme_pay_mine (id INT); INSERT INTO acme_pay_mine VALUES (1)");
    keeper.execute("ALTER VIEW acme_pay_all OWNER TO CURRENT_USER");
    let flags = ["--cleanup-data=remove", "--cleanup-tables=remove", "--remove-code", "--dry-run"];
    let plan = world.run(["uninstall", "acme-pay", "--format", "json"].iter().chain(&flags)).json();
    assert_eq!(plan["plan"]["not_owned"], json!(["view acme_pay_all"]));
    // The view is foreign now, and it needs the table.
    world.run(["uninstall", "acme-pay"].iter().chain(&flags[..3])).exits(7);
    keeper.execute("DROP VIEW acme_pay_all");
    let report = report(&world, &flags[..3]);
    assert_eq!(
        report["leftovers"],
        json!(["table acme_pay_mine, which no migration of the plugin made"])
    );
    assert_eq!(keeper.query("SELECT count(*)::text FROM acme_pay_mine"), ["1"]);
}

#[test]
fn a_removal_without_backup_is_confirmed_by_name() {
    let (world, keeper) = world();
    let before = keeper.dump();
    let remove = ["uninstall", "acme-pay", "--no-backup", "--cleanup-tables=remove", "-y"];
    world.run(remove).exits(3).complains("--confirm acme-pay");
    world.run(remove.iter().chain(&["--confirm", "acme"])).exits(7);
    assert_same("nothing", &keeper.dump(), &before);
    world.run(remove.iter().chain(&["--confirm", "acme-pay"])).exits(0);
    assert!(keeper.dump()["files in backups"].is_empty());
    for bad in ["true", "yes", "delete"] {
        world.run(["uninstall", "acme-pay", "--cleanup-data", bad]).exits(2);
    }
    world.run(["uninstall", "other"]).exits(2).complains("lifecycle.not-installed");
}

#[test]
fn a_backup_that_cannot_be_made_stops_the_uninstall() {
    let (world, keeper) = world();
    // Row-level security is something a backup cannot hold.
    keeper.execute("ALTER TABLE acme_pay_notes ENABLE ROW LEVEL SECURITY");
    let before = keeper.dump();
    let remove = ["uninstall", "acme-pay", "--cleanup-data=remove", "--cleanup-tables=remove"];
    world.run(remove).exits(7).complains("backup.unsupported").complains("acme_pay_notes");
    assert_same("nothing", &keeper.dump(), &before);
}

#[test]
fn a_backup_that_does_not_restore_stops_the_uninstall() {
    let (world, keeper) = world();
    // What a generated column came to cannot be had again: its function is another one by now.
    keeper.execute(
        "CREATE FUNCTION once(n BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS 'SELECT n';
         ALTER TABLE acme_pay_notes ADD COLUMN g BIGINT GENERATED ALWAYS AS (once(id)) STORED;
         CREATE OR REPLACE FUNCTION once(n BIGINT) RETURNS BIGINT LANGUAGE sql IMMUTABLE AS 'SELECT n + 1';",
    );
    let before = keeper.dump();
    let remove = ["uninstall", "acme-pay", "--cleanup-data=remove", "--cleanup-tables=remove"];
    world.run(remove).exits(6).complains("backup.unverified").complains("acme_pay_notes");
    assert_same("a backup that does not restore", &keeper.dump(), &before);
}

#[test]
fn rows_that_somebody_is_still_writing_are_in_the_backup_or_nothing_goes() {
    let (world, keeper) = world();
    let before = keeper.dump();
    let remove = ["uninstall", "acme-pay", "--cleanup-data=keep", "--cleanup-tables=remove"];
    keeper.execute("BEGIN; INSERT INTO acme_pay_notes (text) VALUES ('never')");
    world.run(remove).exits(2).complains("lifecycle.busy");
    keeper.execute("ROLLBACK");
    let without_gap = |mut dump: Dump| {
        dump.remove("sequences");
        dump
    };
    assert_same("a writer", &without_gap(keeper.dump()), &without_gap(before));
    keeper.execute("BEGIN; INSERT INTO acme_pay_notes (text) VALUES ('late')");
    let mut uninstall = world.command();
    let child = uninstall
        .args(remove)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(30);
    while keeper.query("SELECT count(*)::text FROM pg_locks WHERE NOT granted") == ["0"] {
        assert!(Instant::now() < until, "nobody waits");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(world.backups().is_empty(), "the backup does not wait for the row");
    keeper.execute("COMMIT");
    Run::of(child.wait_with_output().unwrap()).exits(0);
    let backup = world.backups().remove(0);
    world.run(["uninstall", "acme-pay", "--cleanup-data=remove", "-y"]).exits(0);
    world.run(["backup", "restore", backup.to_str().unwrap()]).exits(0);
    assert_eq!(keeper.query("SELECT count(*)::text FROM acme_pay_notes"), ["301"]);
}

#[test]
fn on_a_terminal_everything_is_asked_and_nothing_is_assumed() {
    let (world, keeper) = world();
    let before = keeper.dump();
    {
        // Ctrl-C, the end of the input, and "no" change nothing.
        let screen = Screen::run(&world, "uninstall acme-pay");
        let shown = screen.wait_for("(--cleanup-data keep|remove)");
        assert!(shown.contains("acme_pay_notes: 300 rows"), "{shown}");
        screen.keys(&["C-c"]);
        screen.wait_for("exit code 130");
    }
    assert_same("nothing", &keeper.dump(), &before);
    {
        let screen = Screen::run(&world, "uninstall acme-pay");
        screen.wait_for("(--cleanup-data keep|remove)");
        screen.keys(&["Down", "Enter"]);
        screen.wait_for("(--cleanup-tables keep|remove)");
        screen.keys(&["Enter"]);
        screen.wait_for("Uninstall acme-pay after a verified backup?");
        screen.keys(&["n"]);
        screen.wait_for("exit code 7");
    }
    assert_same("nothing", &keeper.dump(), &before);
    {
        let screen = Screen::run(&world, "uninstall acme-pay --no-backup --cleanup-data keep");
        screen.wait_for("(--cleanup-tables keep|remove)");
        screen.keys(&["Down", "Enter"]);
        screen.wait_for("type `acme-pay` to go on");
        screen.keys(&["acme", "Enter"]);
        screen.wait_for("exit code 7");
    }
    assert_same("nothing", &keeper.dump(), &before);
    let screen = Screen::run(&world, "uninstall acme-pay --remove-code");
    screen.wait_for("(--cleanup-data keep|remove)");
    screen.keys(&["Enter"]);
    screen.wait_for("(--cleanup-tables keep|remove)");
    screen.keys(&["Down", "Enter"]);
    screen.wait_for("Uninstall acme-pay after a verified backup?");
    screen.keys(&["y"]);
    let shown = screen.wait_for("exit code 0");
    assert!(shown.contains("removed   table acme_pay_notes (300 rows)"), "{shown}");
    assert!(shown.contains("kept      secret ACME_KEY"), "{shown}");
    assert_eq!(keeper.query("SELECT data_key::text FROM plugin_data"), ["a"]);
    assert_eq!(keeper.query("SELECT (to_regclass('acme_pay_notes') IS NULL)::text"), ["true"]);
}

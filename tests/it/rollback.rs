//! `daino-pdk rollback` from outside.

use serde_json::json;

use crate::support::World;
use crate::support::backup::hex;
use crate::support::shop::{Keeper, assert_same, normal};

const FIRST: &str = "CREATE TABLE acme_pay_notes (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL);";
const SECOND: &str = "ALTER TABLE acme_pay_notes ADD COLUMN paid BOOLEAN NOT NULL DEFAULT false;
                      UPDATE acme_pay_notes SET text = text || '!';";
const SECOND_DOWN: &str = "ALTER TABLE acme_pay_notes DROP COLUMN paid;";

fn plugin(world: &World, version: &str, code: &str, down: bool) {
    let manifest = json!({
        "slug": "acme-pay", "version": version,
        "configSchema": { "type": "object", "properties": { "currency": { "default": "EUR" } } },
    });
    let mut files = vec![("index.js", code), ("migrations/0001_notes.sql", FIRST)];
    if version != "1.0.0" {
        files.push(("migrations/0002_paid.sql", SECOND));
    }
    if down {
        files.push(("migrations/0002_paid.down.sql", SECOND_DOWN));
    }
    world.plugin(manifest, &files);
}

const ONE: &str = "
export async function add(input, ctx) { await ctx.db.query('INSERT INTO acme_pay_notes (text) VALUES ($1)', [input.text]); }
export async function version() { return 1; }";
const TWO: &str = "
export async function onUpdate(from, to, ctx) { return { currency: 'USD' }; }
export async function add(input, ctx) { await ctx.db.query('INSERT INTO acme_pay_notes (text, paid) VALUES ($1, true)', [input.text]); }
export async function version() { return 2; }";

/// A shop whose plugin was updated, with a row of before and a row of after.
fn world(down: bool) -> (World, Keeper) {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    plugin(&world, "1.0.0", ONE, false);
    world.run(["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"]).exits(0);
    world.run(["invoke", "acme-pay", "add", "--input", r#"{"text":"a"}"#, "-q"]).exits(0);
    plugin(&world, "1.1.0", TWO, down);
    world.run(["update", "acme-pay", "-q"]).exits(0);
    world.run(["invoke", "acme-pay", "add", "--input", r#"{"text":"b"}"#, "-q"]).exits(0);
    (world, keeper)
}

#[test]
fn down_scripts_take_the_tables_back_and_keep_the_rows() {
    let (world, keeper) = world(true);
    let before = keeper.dump();
    let plan = world.run(["rollback", "acme-pay", "--dry-run", "--format", "json"]).exits(0).json();
    assert_eq!((&plan["data"], &plan["to"]), (&json!("keep"), &json!("1.0.0")));
    assert_eq!(plan["undone"], json!(["0002_paid.sql"]));
    let verified =
        world.run(["rollback", "acme-pay", "--verify", "--format", "json"]).exits(0).json();
    assert_eq!((&verified["verified"], &verified["rolled_back"]), (&json!(true), &json!(false)));
    assert_same("a rehearsal", &keeper.dump(), &before);
    // It happens in a copy: nobody who is writing into the tables is waited for.
    keeper.execute("BEGIN; INSERT INTO acme_pay_notes (text) VALUES ('open')");
    for data in ["keep", "restore"] {
        world.run(["rollback", "acme-pay", "--verify", "--data", data]).exits(0);
    }
    keeper.execute("ROLLBACK");
    world.run(["rollback", "acme-pay", "-q"]).exits(0);
    assert_eq!(world.run(["invoke", "acme-pay", "version", "-q"]).exits(0).json(), 1);
    assert_eq!(keeper.query("SELECT text FROM acme_pay_notes ORDER BY id"), ["a!", "b"]);
    assert_eq!(
        keeper.query("SELECT config->>'currency' FROM daino.plugins WHERE slug = 'acme-pay'"),
        ["EUR"]
    );
    assert_eq!(keeper.query("SELECT name FROM daino.plugin_migrations"), ["0001_notes.sql"]);
    world.run(["invoke", "acme-pay", "add", "--input", r#"{"text":"c"}"#, "-q"]).exits(0);
    // And forth again, and back to a version by its number.
    world.run(["update", "acme-pay", "-q"]).exits(0);
    world.run(["rollback", "acme-pay", "--to", "1.0.0", "-q"]).exits(0);
    world.run(["rollback", "acme-pay", "--to", "9.9.9"]).exits(2).complains("rollback.no-backup");
}

#[test]
fn the_backup_takes_tables_rows_and_settings_back() {
    let (world, keeper) = world(false);
    let before = keeper.dump();
    let no_way = world.run(["rollback", "acme-pay"]);
    no_way.exits(7).complains("rollback.no-down-script").complains("--data restore");
    world.run(["rollback", "acme-pay", "--data", "restore"]).exits(3).complains("rollback.confirm");
    world.run(["rollback", "acme-pay", "--data", "restore", "--verify"]).exits(0);
    assert_same("nothing", &keeper.dump(), &before);
    world.run(["rollback", "acme-pay", "--data", "restore", "-y", "-q"]).exits(0);
    assert_eq!(keeper.query("SELECT text FROM acme_pay_notes"), ["a"]);
    assert_eq!(world.run(["invoke", "acme-pay", "version", "-q"]).exits(0).json(), 1);
    // What it was before can be had back, too: there is a backup of it.
    world.run(["rollback", "acme-pay", "--to", "1.1.0", "--data", "restore", "-y", "-q"]).exits(0);
    assert_eq!(keeper.query("SELECT text FROM acme_pay_notes ORDER BY id"), ["a!", "b"]);
    assert_eq!(world.run(["invoke", "acme-pay", "version", "-q"]).exits(0).json(), 2);
    let without = |dump| {
        let mut dump = normal(&dump);
        for key in ["files in backups", "rows of daino.calls", "files in code"] {
            dump.remove(key);
        }
        dump
    };
    assert_same("there and back", &without(keeper.dump()), &without(before));
}

#[test]
fn rows_of_others_are_told_before_anything_is_dropped() {
    let (world, keeper) = world(false);
    keeper.execute(
        "CREATE TABLE reports (note BIGINT REFERENCES acme_pay_notes (id));
         INSERT INTO reports SELECT id FROM acme_pay_notes",
    );
    let before = keeper.dump();
    let run = world.run(["rollback", "acme-pay", "--data", "restore", "-y"]);
    run.exits(7).complains("rollback.foreign-rows").complains("2 rows of reports");
    assert_same("nothing", &keeper.dump(), &before);
    world.run(["rollback", "acme-pay", "--data", "restore", "-y", "-q", "--force"]).exits(0);
    assert_eq!(keeper.query("SELECT count(*)::text FROM reports"), ["2"]);
}

#[test]
fn a_way_back_that_leads_elsewhere_is_undone() {
    let (world, keeper) = world(true);
    plugin(&world, "1.2.0", TWO, true);
    world.write("acme-pay/migrations/0003_x.sql", "ALTER TABLE acme_pay_notes ADD COLUMN x INT;");
    world.write(
        "acme-pay/migrations/0003_x.down.sql",
        "COMMENT ON TABLE acme_pay_notes IS 'nothing';",
    );
    world.run(["update", "acme-pay", "-q"]).exits(0);
    let before = keeper.dump();
    for args in [&["rollback", "acme-pay", "--verify"][..], &["rollback", "acme-pay"]] {
        world.run(args).exits(7).complains("rollback.other-schema");
    }
    assert_same("nothing", &keeper.dump(), &before);
    for backup in world.backups() {
        std::fs::remove_dir_all(backup).unwrap();
    }
    world.run(["rollback", "acme-pay"]).exits(2).complains("rollback.no-backup");
}

#[test]
fn a_clock_that_went_back_does_not_decide_which_backup_is_the_newest() {
    let (world, keeper) = world(true);
    // When the first backup was made, the clock was far ahead.
    let first = world.backups().remove(0);
    let text = std::fs::read_to_string(first.join("manifest.json")).unwrap();
    let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    manifest["created_at"] = json!("2999-01-01T00:00:00Z");
    let text = serde_json::to_string_pretty(&manifest).unwrap();
    std::fs::write(first.join("manifest.json"), &text).unwrap();
    let seal = format!("{}  manifest.json\n", hex(text.as_bytes()));
    std::fs::write(first.join("manifest.sha256"), seal).unwrap();
    keeper.execute("UPDATE daino.history SET at = '2999-01-01'");
    let first = first.file_name().unwrap().to_str().unwrap().to_owned();
    let list = world.run(["backup", "list", "--format", "json"]).exits(0).json();
    assert_eq!(list["backups"][0]["created_at"], "2999-01-01T00:00:00Z", "{list}");

    let back = ["rollback", "acme-pay", "-y", "--format", "json"];
    let plan = world.run(back.iter().chain(&["--dry-run"])).exits(0).json();
    assert_eq!(plan["backup"], first.as_str());
    world.run(back).exits(0);
    world.run(["update", "acme-pay", "-q"]).exits(0);
    let plan = world.run(back.iter().chain(&["--dry-run"])).exits(0).json();
    assert_eq!((&plan["to"], plan["backup"] == first.as_str()), (&json!("1.0.0"), false), "{plan}");
    world.run(back.iter().chain(&["--data=restore"])).exits(0);
    assert_eq!(keeper.query("SELECT text FROM acme_pay_notes ORDER BY id"), ["a!", "b"]);
    // A rule lets the oldest go, which says that it is the newest.
    world.run(["backup", "prune", "--keep-last", "2", "-y", "-q"]).exits(0);
    assert_eq!(world.backups().len(), 2);
    assert!(!world.backups().iter().any(|dir| dir.ends_with(&first)), "{first}");
}

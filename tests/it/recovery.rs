//! Killed in the middle of a change: the next command finishes it or undoes it, and nothing else.

use std::process::Command;
use std::time::Duration;

use serde_json::json;

use crate::support::shop::{Dump, Keeper, REMOVE, assert_same, normal};
use crate::support::{Run, World, rounds};

const CODE: &str = "
export async function onEnable(ctx) { if (!(await ctx.storage.get('enabled'))) await ctx.storage.set('enabled', true); }
export async function healthCheck(ctx) { return (await ctx.db.query('SELECT 1 AS one')).rows.length === 1; }
export async function fill(input, ctx) {
  await ctx.db.query(`INSERT INTO acme_pay_orders (note) SELECT 'note ' || n FROM generate_series(1, 50) n`);
  await ctx.db.query(`INSERT INTO acme_pay_lines (order_id, state) SELECT id, 'open' FROM acme_pay_orders`);
  await ctx.storage.set('filled', { rows: 50 });
}";

const MIGRATION: &str = "
CREATE TYPE acme_pay_state AS ENUM ('open', 'it''s \"done\"');
CREATE TABLE acme_pay_orders (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  note TEXT NOT NULL DEFAULT 'tab\there',
  twice TEXT GENERATED ALWAYS AS (note || note) STORED,
  amount NUMERIC(12, 2) CHECK (amount >= 0)
);
CREATE TABLE acme_pay_lines (
  id SERIAL PRIMARY KEY,
  order_id BIGINT NOT NULL REFERENCES acme_pay_orders (id) ON DELETE CASCADE,
  state acme_pay_state
);
CREATE UNIQUE INDEX acme_pay_lines_order ON acme_pay_lines (order_id) WHERE state = 'open';
CREATE VIEW acme_pay_open AS SELECT o.id, o.note FROM acme_pay_orders o JOIN acme_pay_lines l ON l.order_id = o.id;
COMMENT ON TABLE acme_pay_orders IS 'What was ordered';";

fn world() -> (World, Keeper) {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    plugin(&world, "1.0.0", &[]);
    (world, keeper)
}

fn plugin(world: &World, version: &str, more: &[(&str, &str)]) {
    let manifest = json!({
        "slug": "acme-pay", "version": version,
        "permissions": { "database": ["orders:write"] },
        "configSchema": { "type": "object", "properties": { "currency": { "type": "string", "default": "EUR" } } },
        "secrets": ["ACME_KEY"],
    });
    let mut files = vec![("index.js", CODE), ("migrations/0001_create.sql", MIGRATION)];
    files.extend(more);
    world.plugin(manifest, &files);
}

fn install(world: &World) -> Command {
    let mut command = world.command();
    command
        .args(["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"])
        .env("DAINO_SECRET_ACME_KEY", "s3cret");
    command
}

fn installed(world: &World) {
    Run::of(install(world).output().unwrap()).exits(0);
    world.run(["invoke", "acme-pay", "fill"]).exits(0);
}

/// Kills the command at the point, and lets the next command recover.
fn kill_at(world: &World, mut command: Command, point: &str) -> Run {
    let output = command.env("DAINO_TEST_KILL_AT", point).output().unwrap();
    use std::os::unix::process::ExitStatusExt;
    let run = Run::of(output.clone());
    assert_eq!(output.status.signal(), Some(9), "`{point}` was not reached: {run:#?}");
    let next = world.run(["list", "--format", "json"]);
    next.exits(0);
    next
}

fn is_before(point: &str, now: &Dump, before: &Dump, after: &Dump, undone: bool) {
    match undone {
        true => assert_same(point, now, before),
        false => assert_same(point, &normal(now), &normal(after)),
    }
}

const INSTALL_UNDONE: [&str; 8] = [
    "journal.written",
    "journal.announced",
    "code.unpacked",
    "code.renamed",
    "install.record-written",
    "install.migrated",
    "install.started",
    "install.decided",
];
const INSTALL_FINISHED: [&str; 3] =
    ["together.committed", "journal.file-removed", "journal.closed"];

#[test]
fn a_killed_install_is_undone_or_finished() {
    let (world, keeper) = world();
    let before = keeper.dump();
    Run::of(install(&world).output().unwrap()).exits(0);
    let after = keeper.dump();
    assert_ne!(normal(&before), normal(&after));
    let reset = || {
        world.run(REMOVE.iter().chain(&["--no-backup", "--confirm=acme-pay"])).exits(0);
        keeper.execute(
            "TRUNCATE daino.uninstalls RESTART IDENTITY; TRUNCATE daino.calls RESTART IDENTITY",
        );
    };
    reset();
    assert_same("nothing", &keeper.dump(), &before);
    for (points, undone) in [(&INSTALL_UNDONE[..], true), (&INSTALL_FINISHED[..], false)] {
        for point in points {
            let next = kill_at(&world, install(&world), point);
            is_before(point, &keeper.dump(), &before, &after, undone);
            if *point != "journal.closed" {
                let word = if undone { "undone" } else { "finished" };
                next.complains(&format!("an interrupted install of `acme-pay` was {word}"));
                assert_eq!(next.json()["recovered"][0]["finished"], !undone);
            }
            if !undone {
                reset();
            }
        }
    }
    // The recovery itself may be killed, too.
    install(&world).env("DAINO_TEST_KILL_AT", "install.started").output().unwrap();
    let mut recovering = world.command();
    recovering.arg("list");
    kill_at(&world, recovering, "undo.code-removed");
    assert_same("undo.code-removed", &keeper.dump(), &before);
}

#[test]
fn a_killed_install_over_kept_data_gives_back_what_was_kept() {
    let (world, keeper) = world();
    installed(&world);
    world.run(["uninstall", "acme-pay", "-y", "-q"]).exits(0);
    // The next release changes the kept tables.
    let second = "ALTER TABLE acme_pay_orders ADD COLUMN paid BOOLEAN NOT NULL DEFAULT false;
                  UPDATE acme_pay_orders SET note = 'changed' WHERE id < 10;
                  CREATE TABLE acme_pay_more (id INT);";
    plugin(&world, "1.1.0", &[("migrations/0002_paid.sql", second)]);
    let before = keeper.dump();
    for point in ["code.renamed", "install.migrated", "install.started", "install.decided"] {
        kill_at(&world, install(&world), point);
        assert_same(point, &keeper.dump(), &before);
    }
    kill_at(&world, install(&world), "together.committed");
    let after = keeper.dump();
    assert_eq!(
        after["files in code"][1],
        "acme-pay/1.1.0-".to_owned() + &after["files in code"][1][15..]
    );
    assert_eq!(keeper.query("SELECT count(*)::text FROM acme_pay_more"), ["0"]);
    assert!(after["files in journal"].is_empty());
}

const UNINSTALL_UNDONE: [&str; 12] = [
    "journal.written",
    "journal.announced",
    "uninstall.told",
    "uninstall.disabled",
    "backup.table-written",
    "backup.written",
    "backup.verified",
    "backup.placed",
    "uninstall.backed-up",
    "uninstall.tables-dropped",
    "uninstall.data-removed",
    "uninstall.decided",
];
const UNINSTALL_FINISHED: [&str; 5] = [
    "together.committed",
    "code.moved-away",
    "uninstall.code-removed",
    "journal.file-removed",
    "journal.closed",
];

#[test]
fn a_killed_uninstall_is_undone_or_finished() {
    let (world, keeper) = world();
    installed(&world);
    let before = keeper.dump();
    let uninstall = || {
        let mut command = world.command();
        command.args(REMOVE);
        command
    };
    for point in UNINSTALL_UNDONE {
        let next = kill_at(&world, uninstall(), point);
        next.complains("an interrupted uninstall of `acme-pay` was undone");
        assert_same(point, &keeper.dump(), &before);
    }
    Run::of(uninstall().output().unwrap()).exits(0);
    let after = keeper.dump();
    for point in UNINSTALL_FINISHED {
        let backup = world.backups().remove(0);
        world.run(["backup", "restore", backup.to_str().unwrap()]).exits(0);
        std::fs::remove_dir_all(&backup).unwrap();
        keeper.execute("TRUNCATE daino.uninstalls RESTART IDENTITY");
        keeper
            .execute("INSERT INTO daino.plugin_secrets VALUES ('acme-pay', 'ACME_KEY', 's3cret')");
        kill_at(&world, uninstall(), point);
        let now = keeper.dump();
        let without = |dump: &Dump| {
            let mut dump = normal(dump);
            dump.remove("files in backups");
            dump
        };
        assert_same(point, &without(&now), &without(&after));
        assert_eq!(world.backups().len(), 1, "{point}");
    }
}

/// At any moment: not only where the program thought of it.
#[test]
fn killed_at_random_a_change_is_whole_or_not_there() {
    let (world, keeper) = world();
    let mut seed =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos()
            as u64;
    let clear = "TRUNCATE daino.uninstalls RESTART IDENTITY; TRUNCATE daino.calls RESTART IDENTITY";
    for _ in 0..rounds(12) {
        for is_install in [true, false] {
            let before = keeper.dump();
            let mut command = if is_install { install(&world) } else { world.command() };
            if !is_install {
                command.args(REMOVE).arg("--no-backup").arg("--confirm=acme-pay");
            }
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let delay = Duration::from_micros((seed >> 33) % 700_000);
            let mut child = command
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::null())
                .spawn()
                .unwrap();
            std::thread::sleep(delay);
            let _ = child.kill();
            child.wait().unwrap();
            let next = world.run(["list", "--format", "json"]);
            next.exits(0);
            let plugins = next.json()["plugins"].clone();
            let is_there = plugins.as_array().unwrap().iter().any(|p| p["slug"] == "acme-pay");
            let now = keeper.dump();
            let point = format!("{delay:?}");
            assert!(now["files in journal"].is_empty(), "{point}: {now:#?}");
            assert!(now["rows of daino.operations"].is_empty(), "{point}");
            if is_there != is_install {
                assert_same(&point, &now, &before);
            } else {
                let (state, code) = (&plugins[0]["state"], &plugins[0]["code"]["state"]);
                if is_install {
                    assert_eq!((state, code), (&json!("enabled"), &json!("intact")), "{point}");
                    assert_eq!(plugins[0]["tables"].as_array().unwrap().len(), 2, "{point}");
                } else {
                    assert!(now["files in code"].is_empty(), "{point}");
                    assert!(now["relations"].iter().all(|line| !line.contains("acme")), "{point}");
                }
            }
            // Bring the shop to where the next kill begins.
            if is_install && !is_there {
                Run::of(install(&world).output().unwrap()).exits(0);
            }
            if !is_install && is_there {
                world.run(REMOVE.iter().chain(&["--no-backup", "--confirm=acme-pay"])).exits(0);
            }
            keeper.execute(clear);
        }
    }
}

#[test]
fn the_server_may_die_with_the_program() {
    let world = World::with_shop();
    plugin(&world, "1.0.0", &[]);
    for point in ["install.migrated", "install.decided", "code.renamed"] {
        let next = kill_at(&world, install(&world), point);
        next.complains("an interrupted install of `acme-pay` was undone");
        assert_eq!(next.json()["plugins"], json!([]));
    }
    Run::of(install(&world).output().unwrap()).exits(0);
}

#[test]
fn a_second_operator_waits_and_then_gives_up() {
    let (world, keeper) = world();
    keeper.execute("BEGIN; SELECT FROM daino.change_lock FOR UPDATE");
    let run = Run::of(install(&world).output().unwrap());
    run.exits(2).complains("somebody else is changing the shop: ").complains("lifecycle.locked");
    // Looking is allowed meanwhile.
    world.run(["list"]).exits(0);
    keeper.execute("ROLLBACK");
    Run::of(install(&world).output().unwrap()).exits(0);
}

#[test]
fn a_journal_that_cannot_be_read_stops_everything_else() {
    let (world, _keeper) = world();
    let entry = world.write(".daino/journal/not-mine.json", r#"{"format": 9}"#);
    let run = Run::of(install(&world).output().unwrap());
    run.exits(6).complains("lifecycle.journal");
    std::fs::remove_file(entry).unwrap();
    Run::of(install(&world).output().unwrap()).exits(0);
}

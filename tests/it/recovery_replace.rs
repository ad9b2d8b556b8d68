//! Killed in the middle of an update, a way back, an enabling, a disabling or a restore: the next
//! command finishes it or undoes it, and nothing else.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;

use crate::support::shop::{Dump, Keeper, REMOVE, assert_same, normal};
use crate::support::{Run, World, rounds};

const CODE: &str = "
export async function onEnable(ctx) { await ctx.storage.set('on', true); }
export async function onDisable(ctx) { await ctx.storage.set('on', false); }
export async function healthCheck(ctx) { return (await ctx.db.query('SELECT 1 AS one')).rows.length === 1; }
export async function fill(input, ctx) {
  await ctx.db.query(`INSERT INTO acme_pay_orders (note) SELECT 'note ' || n FROM generate_series(1, 50) n`);
}";
const UPDATE: &str = "
export async function onUpdate(from, to, ctx) {
  await ctx.db.query(`UPDATE acme_pay_orders SET paid = true WHERE id < 10`);
  await ctx.storage.set('updated', to);
  return { currency: 'USD' };
}";
const FIRST: &str = "CREATE TYPE acme_pay_state AS ENUM ('open', 'done');
CREATE TABLE acme_pay_orders (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  note TEXT NOT NULL, state acme_pay_state DEFAULT 'open');";
const SECOND: &str = "ALTER TABLE acme_pay_orders ADD COLUMN paid BOOLEAN NOT NULL DEFAULT false;
CREATE TABLE acme_pay_lines (id SERIAL PRIMARY KEY, order_id BIGINT REFERENCES acme_pay_orders (id));
CREATE VIEW acme_pay_open AS SELECT id, note FROM acme_pay_orders WHERE NOT paid;";
const SECOND_DOWN: &str = "DROP VIEW acme_pay_open; DROP TABLE acme_pay_lines;
ALTER TABLE acme_pay_orders DROP COLUMN paid;";

fn plugin(world: &World, version: &str) {
    let mut manifest = json!({
        "slug": "acme-pay", "version": version,
        "permissions": { "database": ["orders"] },
        "configSchema": { "type": "object", "properties": { "currency": { "type": "string", "default": "EUR" } } },
        "secrets": ["ACME_KEY"],
    });
    let next = format!("{CODE}{UPDATE}");
    let mut files = vec![("index.js", CODE), ("migrations/0001_create.sql", FIRST)];
    if version != "1.0.0" {
        manifest["permissions"] = json!({ "database": ["orders:write", "products"] });
        files[0].1 = &next;
        files.push(("migrations/0002_paid.sql", SECOND));
        files.push(("migrations/0002_paid.down.sql", SECOND_DOWN));
    }
    world.plugin(manifest, &files);
}

/// A shop with the first release installed and filled, and the second one ready.
fn world() -> (World, Keeper) {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    plugin(&world, "1.0.0");
    let mut install = world.command();
    install
        .args(["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"])
        .env("DAINO_SECRET_ACME_KEY", "s3cret");
    Run::of(install.output().unwrap()).exits(0);
    world.run(["invoke", "acme-pay", "fill"]).exits(0);
    plugin(&world, "1.1.0");
    (world, keeper)
}

const UPDATE_IT: &[&str] =
    &["update", "acme-pay", "--accept-permissions=all", "--accept-breaking", "-q"];
const BACK: &[&str] = &["rollback", "acme-pay", "-y", "-q"];
const BACK_TO_BACKUP: &[&str] = &["rollback", "acme-pay", "--data=restore", "-y", "-q"];

fn command(world: &World, args: &[&str]) -> Command {
    let mut command = world.command();
    command.args(args);
    command
}

/// Kills the command at the point, and lets the next command recover.
fn kill_at(world: &World, args: &[&str], point: &str) -> Run {
    let output = command(world, args).env("DAINO_TEST_KILL_AT", point).output().unwrap();
    let run = Run::of(output.clone());
    assert_eq!(output.status.signal(), Some(9), "`{point}` was not reached: {run:#?}");
    let next = world.run(["list", "--format", "json"]);
    next.exits(0);
    next
}

/// A dump without what each run has of its own.
fn comparable(dump: &Dump) -> Dump {
    let mut dump = normal(dump);
    for key in ["files in backups", "rows of daino.calls"] {
        dump.remove(key);
    }
    dump
}

/// Kills at every point: the first ones leave the shop as it was, the others as it is to be. `reset`
/// brings it back to where the command begins.
fn at_every_step(
    world: &World,
    keeper: &Keeper,
    args: &[&str],
    undone: &[&str],
    finished: &[&str],
    reset: &dyn Fn(),
) {
    let word = args[0];
    let before = keeper.dump();
    for point in undone {
        let next = kill_at(world, args, point);
        next.complains(&format!("an interrupted {word} of `acme-pay` was undone"));
        assert_same(point, &keeper.dump(), &before);
    }
    Run::of(command(world, args).output().unwrap()).exits(0);
    let after = comparable(&keeper.dump());
    assert_ne!(comparable(&before), after, "{word} does nothing");
    for point in finished {
        reset();
        let next = kill_at(world, args, point);
        if *point != "journal.closed" {
            next.complains(&format!("an interrupted {word} of `acme-pay` was finished"));
        }
        assert_same(point, &comparable(&keeper.dump()), &after);
    }
}

const MADE: &[&str] = &[
    "journal.written",
    "journal.announced",
    "backup.table-written",
    "backup.written",
    "backup.verified",
    "backup.placed",
    "replace.backed-up",
    "code.unpacked",
    "code.renamed",
];
const CLOSED: &[&str] =
    &["code.moved-away", "replace.code-removed", "journal.file-removed", "journal.closed"];

#[test]
fn a_killed_update_is_undone_or_finished() {
    let (world, keeper) = world();
    let own = ["update.record-written", "update.migrated", "update.tried", "update.decided"];
    let undone = [MADE, &own].concat();
    let reset = || {
        world.run(BACK_TO_BACKUP).exits(0);
    };
    let finished = [&["together.committed"], CLOSED].concat();
    at_every_step(&world, &keeper, UPDATE_IT, &undone, &finished, &reset);
    // The recovery itself may be killed, too.
    reset();
    let before = keeper.dump();
    command(&world, UPDATE_IT).env("DAINO_TEST_KILL_AT", "update.tried").output().unwrap();
    kill_at(&world, &["list"], "undo.code-removed");
    assert_same("undo.code-removed", &keeper.dump(), &before);
}

#[test]
fn a_killed_way_back_is_undone_or_finished() {
    let (world, keeper) = world();
    world.run(UPDATE_IT).exits(0);
    let reset = || {
        world.run(UPDATE_IT).exits(0);
    };
    let finished = [&["replace.committed"], CLOSED].concat();
    let undone = [MADE, &["rollback.migrated", "rollback.decided"]].concat();
    at_every_step(&world, &keeper, BACK, &undone, &finished, &reset);
    reset();
    let undone = [MADE, &["rollback.dropped", "rollback.decided"]].concat();
    at_every_step(&world, &keeper, BACK_TO_BACKUP, &undone, &finished, &reset);
}

#[test]
fn a_killed_switch_is_undone_or_finished() {
    let (world, keeper) = world();
    let undone = ["journal.written", "journal.announced", "state.told"];
    let finished = ["state.committed", "journal.file-removed", "journal.closed"];
    let (on, off): (&[&str], &[&str]) = (&["enable", "acme-pay"], &["disable", "acme-pay"]);
    at_every_step(&world, &keeper, off, &undone, &finished, &|| {
        world.run(on).exits(0);
    });
    at_every_step(&world, &keeper, on, &undone, &finished, &|| {
        world.run(off).exits(0);
    });
}

#[test]
fn a_killed_restore_is_undone_or_finished() {
    let (world, keeper) = world();
    world.run(REMOVE).exits(0);
    let backup = world.backups().remove(0);
    let args = ["backup", "restore", backup.to_str().unwrap()];
    let before = keeper.dump();
    for point in ["journal.written", "journal.announced", "code.unpacked", "code.renamed"] {
        let next = kill_at(&world, &args, point);
        next.complains("an interrupted restore of `acme-pay` was undone");
        assert_same(point, &keeper.dump(), &before);
    }
    world.run(args).exits(0);
    let after = comparable(&keeper.dump());
    for point in ["restore.committed", "journal.file-removed", "journal.closed"] {
        world.run(REMOVE.iter().chain(&["--no-backup", "--confirm=acme-pay"])).exits(0);
        keeper.execute("TRUNCATE daino.uninstalls; INSERT INTO daino.uninstalls (slug, version, report) VALUES ('x', '1', '{}')");
        kill_at(&world, &args, point);
        let without = |dump: &Dump| {
            let mut dump = dump.clone();
            dump.remove("rows of daino.uninstalls");
            dump
        };
        assert_same(point, &without(&comparable(&keeper.dump())), &without(&after));
    }
}

/// At any moment: not only where the program thought of it.
#[test]
fn killed_at_random_a_replacement_is_whole_or_not_there() {
    let (world, keeper) = world();
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    let mut seed = since.as_nanos() as u64;
    let first = comparable(&keeper.dump());
    world.run(UPDATE_IT).exits(0);
    let second = comparable(&keeper.dump());
    world.run(BACK_TO_BACKUP).exits(0);
    let mut is_second = false;
    for _ in 0..rounds(24) {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        let delay = Duration::from_micros((seed >> 33) % 900_000);
        let args = if is_second { BACK_TO_BACKUP } else { UPDATE_IT };
        let mut child =
            command(&world, args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(delay);
        let _ = child.kill();
        child.wait().unwrap();
        let next = world.run(["list", "--format", "json"]).exits(0).json();
        is_second = next["plugins"][0]["version"] == "1.1.0";
        let expected = if is_second { &second } else { &first };
        assert_same(&format!("{args:?} after {delay:?}"), &comparable(&keeper.dump()), expected);
    }
}

//! `daino-pdk backup` from outside: shared pieces, other machines, retention, damage.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::support::shop::{Dump, Keeper, REMOVE, assert_same};
use crate::support::{Run, World, rounds};

const MIGRATION: &str =
    "CREATE TABLE acme_pay_notes (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL);";

fn world_with(migration: &str) -> (World, Keeper) {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    let code =
        "export async function keep(input, ctx) { await ctx.storage.set('a', { b: [1, 'ü'] }); }";
    let files = [("index.js", code), ("migrations/0001_create.sql", migration)];
    world.plugin(json!({ "slug": "acme-pay" }), &files);
    world.run(["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"]).exits(0);
    world.run(["invoke", "acme-pay", "keep", "-q"]).exits(0);
    (world, keeper)
}

fn create(world: &World) -> String {
    let made = world.run(["backup", "create", "acme-pay", "--format", "json"]).exits(0).json();
    made["name"].as_str().unwrap().to_owned()
}

fn remove_without_backup(world: &World) {
    world.run(REMOVE.iter().chain(&["--no-backup", "--confirm=acme-pay"])).exits(0);
}

/// The rows and definitions of the plugin, without what a restore gives anew.
fn own(dump: &Dump) -> Dump {
    let mut own = dump.clone();
    own.retain(|what, _| !what.starts_with("files") && !what.starts_with("rows of daino"));
    own.retain(|what, _| what != "roles" && what != "members");
    own
}

fn files_below(dir: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn bytes_of_objects(world: &World) -> u64 {
    let files = files_below(&world.dir().join(".daino/backups/objects"));
    files.iter().map(|file| std::fs::metadata(file).unwrap().len()).sum()
}

#[test]
fn another_backup_needs_room_for_what_changed_and_the_last_one_frees_it() {
    let (world, keeper) = world_with(MIGRATION);
    keeper.execute(
        "INSERT INTO acme_pay_notes (text) SELECT md5(n::text) FROM generate_series(1, 60000) n",
    );
    let first = create(&world);
    let whole = bytes_of_objects(&world);
    keeper.execute("UPDATE acme_pay_notes SET text = 'changed' WHERE id = 30000");
    let second = create(&world);
    let grown = bytes_of_objects(&world) - whole;
    assert!(grown > 0 && grown < whole / 2, "{grown} bytes more than {whole}");
    // Each is whole for itself, and says what it holds.
    for name in [&first, &second] {
        let shown = world.run(["backup", "verify", name, "--format", "json"]).exits(0).json();
        assert_eq!((&shown["manifest"]["format"], &shown["verified"]), (&json!(2), &json!(true)));
        let shown = world.run(["backup", "show", name]).exits(0).stdout.clone();
        assert!(shown.contains("acme_pay_notes: 60000 rows"), "{shown}");
    }
    let would = world.run(["backup", "prune", "--keep-last", "1", "--dry-run", "--format", "json"]);
    assert_eq!(would.exits(0).json()["removed"], json!([first]));
    assert_eq!(world.backups().len(), 2);
    // Nothing says what is to go; and by the settings.
    world.run(["backup", "prune"]).exits(2).complains("backup.no-rule");
    world.write("daino.toml", "[backups]\nkeep-last = 1\n");
    world.run(["backup", "prune", "-y"]).exits(0);
    world.run(["backup", "verify", &second]).exits(0);
    world.run(["backup", "verify", &first]).exits(2).complains("backup.none");
    assert!(bytes_of_objects(&world) < whole + grown);
    // The last backup of a plugin that is gone is not removed without its name.
    world.run(REMOVE).exits(0);
    world.run(["backup", "prune", "-y", "--keep-last", "0"]).exits(0);
    let last = world.backups().remove(0);
    let last = last.file_name().unwrap().to_str().unwrap();
    let prune = ["backup", "prune", last, "-y"];
    world.run(prune).exits(3).complains("backup.last");
    world.run(["backup", "restore", last, "--dry-run"]).exits(0);
    world.run(prune.iter().chain(&["--confirm", "acme-pay"])).exits(0);
    assert!(keeper.dump()["files in backups"].is_empty(), "pieces are left");
}

#[test]
fn a_backup_goes_to_another_shop_in_one_file_open_or_encrypted() {
    let (world, keeper) = world_with(MIGRATION);
    keeper.execute("INSERT INTO acme_pay_notes (text) VALUES (E'tab\\t, back\\\\slash'), ('ü')");
    let name = create(&world);
    world.run(["backup", "export", &name, "-o", "open.tar"]).exits(0);
    world.run(["backup", "export", &name, "-o", "open.tar"]).exits(2).complains("file-exists");
    let encrypt = ["backup", "export", &name, "--encrypt", "-o", "secret.age"];
    world.run(encrypt).exits(3).complains("DAINO_BACKUP_PASSPHRASE");
    let words = |args: &[&str], words: &str| {
        let mut command = world.command();
        command.args(args).env("DAINO_BACKUP_PASSPHRASE", words);
        Run::of(command.output().unwrap())
    };
    words(&encrypt, "four odd words here").exits(0);
    let secret = std::fs::read(world.dir().join("secret.age")).unwrap();
    assert!(secret.starts_with(b"age-encryption.org/v1\n-> scrypt "));
    let before = own(&keeper.dump());
    remove_without_backup(&world);
    // What was changed on its way is refused, and leaves nothing.
    world.run(["backup", "prune", &name, "-y", "--confirm", "acme-pay"]).exits(0);
    let empty = keeper.dump();
    let open = std::fs::read(world.dir().join("open.tar")).unwrap();
    for (at, what) in [(600, "manifest"), (open.len() - 1600, "piece")] {
        let mut bad = open.clone();
        bad[at] ^= 1;
        world.write("bad.tar", bad);
        world.run(["backup", "import", "bad.tar"]).exits(6).complains("backup.damaged");
        world.write("bad.tar", &open[..at]);
        world.run(["backup", "import", "bad.tar"]).exits(6).complains("backup.damaged");
        assert_same(what, &keeper.dump(), &empty);
    }
    words(&["backup", "import", "secret.age"], "other words here").exits(6);
    assert_same("another passphrase", &keeper.dump(), &empty);
    words(&["backup", "import", "secret.age"], "four odd words here").exits(0);
    let again = world.run(["backup", "import", "open.tar", "--format", "json"]).exits(0).json();
    assert_eq!((&again["known"], &again["name"]), (&json!(true), &json!(name)));
    world.run(["backup", "restore", &name]).exits(0);
    assert_same("restore", &own(&keeper.dump()), &before);
    world.run(["backup", "restore", &name, "--dry-run"]).exits(7).complains("backup.occupied");
}

/// A number that is another one each time, and is shown when a test fails.
struct Random {
    state: u64,
    /// What it began with, for `DAINO_TEST_SEED`.
    seed: u64,
}

impl Random {
    fn new() -> Self {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
        let seed = std::env::var("DAINO_TEST_SEED")
            .map_or(now.as_nanos() as u64, |seed| seed.parse().unwrap());
        Self { state: seed, seed }
    }

    fn below(&mut self, end: usize) -> usize {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) as usize % end
    }
}

/// Damage of one file; what was done.
fn damage(random: &mut Random, files: &[PathBuf]) -> String {
    let file = &files[random.below(files.len())];
    let good = std::fs::read(file).unwrap();
    let at = random.below(good.len().max(1));
    let mut bad = good.clone();
    let what = match random.below(6) {
        0 => {
            bad[at] ^= 1 << random.below(8);
            "a bit flipped"
        }
        1 => {
            bad[at] = bad[at].wrapping_add(1 + random.below(255) as u8);
            "a byte changed"
        }
        2 => {
            bad.truncate(at);
            "cut off"
        }
        3 => {
            bad.extend_from_within(at..);
            "its end doubled"
        }
        4 => {
            bad = std::fs::read(&files[random.below(files.len())]).unwrap();
            "replaced by another"
        }
        _ => {
            std::fs::remove_file(file).unwrap();
            return format!("removed: {}", file.display());
        }
    };
    std::fs::write(file, bad).unwrap();
    format!("{what} at {at}: {}", file.display())
}

#[test]
fn one_bit_flipped_in_each_file_is_seen() {
    let (world, keeper) = world_with(MIGRATION);
    keeper
        .execute("INSERT INTO acme_pay_notes (text) SELECT n::text FROM generate_series(1, 500) n");
    world.run(REMOVE).exits(0);
    let dir = world.backups().remove(0);
    let name = dir.file_name().unwrap().to_str().unwrap().to_owned();
    world.run(["backup", "verify", &name]).exits(0);
    let before = keeper.dump();
    let mut files = files_below(&dir);
    files.extend(files_below(&world.dir().join(".daino/backups/objects")));
    assert!(files.len() >= 6, "{files:#?}");
    let mut random = Random::new();
    for file in &files {
        let good = std::fs::read(file).unwrap();
        let mut bad = good.clone();
        // Not the end of a line after a digest: that is not part of it.
        let at = random.below(good.len() - 1);
        bad[at] ^= 1;
        std::fs::write(file, bad).unwrap();
        let what = format!("{} at {at} (seed {})", file.display(), random.seed);
        for args in [
            &["backup", "verify", &name][..],
            &["backup", "restore", &name, "--dry-run"],
            &["backup", "restore", &name],
            &["backup", "export", &name, "-o", "out.tar"],
        ] {
            let run = world.run(args);
            assert_eq!(run.code, 6, "{args:?} {what}: {run:#?}");
        }
        assert!(!world.dir().join("out.tar").exists(), "{what}");
        std::fs::write(file, good).unwrap();
    }
    assert_same("each refusal", &keeper.dump(), &before);
    world.run(["backup", "restore", &name]).exits(0);
}

#[test]
fn a_damaged_backup_is_refused_or_gives_everything_back() {
    let (world, keeper) = world_with(MIGRATION);
    keeper
        .execute("INSERT INTO acme_pay_notes (text) SELECT n::text FROM generate_series(1, 500) n");
    let before = own(&keeper.dump());
    world.run(REMOVE).exits(0);
    let dir = world.backups().remove(0);
    let name = dir.file_name().unwrap().to_str().unwrap().to_owned();
    let removed = keeper.dump();
    let without_backups = |mut dump: Dump| {
        dump.remove("files in backups");
        dump
    };
    let mut files = files_below(&dir);
    files.extend(files_below(&world.dir().join(".daino/backups/objects")));
    let contents: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    let (mut random, mut refused) = (Random::new(), 0);
    for _ in 0..rounds(40) {
        let seed = random.seed;
        let what = format!("{} (seed {seed})", damage(&mut random, &files));
        let run = world.run(["backup", "restore", &name]);
        if run.code == 0 {
            assert_same(&what, &own(&keeper.dump()), &before);
            remove_without_backup(&world);
            keeper.execute("DELETE FROM daino.uninstalls WHERE id > 1");
        } else {
            refused += 1;
            assert!([2, 6].contains(&run.code), "{what}: {run:#?}");
            let now = without_backups(keeper.dump());
            assert_same(&what, &now, &without_backups(removed.clone()));
        }
        for (file, content) in files.iter().zip(&contents) {
            std::fs::write(file, content).unwrap();
        }
    }
    assert!(refused > rounds(40) / 2, "only {refused} were seen");
    world.run(["backup", "restore", &name]).exits(0);
    assert_same("no damage", &own(&keeper.dump()), &before);
}

/// Types of columns, and an expression that makes a value of each.
const TYPES: &[(&str, &str)] = &[
    (
        "TEXT",
        "repeat(chr((32 + random() * 900)::int), (random() * 9)::int) || E'\\t\\n\\\\N\\r' || chr(128512)",
    ),
    ("VARCHAR(20)", "left(md5(random()::text), (random() * 20)::int)"),
    ("NUMERIC", "(random() * 1e12)::numeric / 7"),
    ("NUMERIC(12, 2)", "(random() * 1e6)::numeric(12, 2)"),
    (
        "DOUBLE PRECISION",
        "(ARRAY[random() * 1e300, 'NaN', '-Infinity', -0.0])[1 + (random() * 3)::int]",
    ),
    ("REAL", "random()::real / 3"),
    ("BIGINT", "(ARRAY[9223372036854775807, -9223372036854775808, 0])[1 + (random() * 2)::int]"),
    ("SMALLINT", "(random() * 60000 - 30000)::smallint"),
    ("BOOLEAN", "random() < 0.5"),
    ("BYTEA", "decode(md5(random()::text), 'hex') || '\\x00ff5c'::bytea"),
    ("JSONB", "jsonb_build_object('a', random(), 'b', jsonb_build_array(NULL, E'\\n', 'ü'))"),
    ("JSON", "json_build_object('z', random(), 'z', E'tab\\t')"),
    ("TIMESTAMPTZ", "now() - random() * interval '9000 days'"),
    (
        "TIMESTAMP",
        "(ARRAY['infinity', localtimestamp, '0044-03-15 BC'::timestamp])[1 + (random() * 2)::int]",
    ),
    ("DATE", "current_date - (random() * 90000)::int"),
    ("TIME", "localtime"),
    ("INTERVAL", "random() * interval '400 days 3 months'"),
    ("UUID", "md5(random()::text)::uuid"),
    ("TEXT[]", "ARRAY[NULL, '', 'NULL', E'{\"a\\\\,\\t}']"),
    ("INTEGER[]", "ARRAY[[1, NULL], [(random() * 9)::int, 4]]"),
    ("acme_pay_kind", "(ARRAY['a', 'it''s \"b\"', ''])[1 + (random() * 2)::int]::acme_pay_kind"),
];

/// Tables of random columns; and the statement that fills each.
fn random_tables(random: &mut Random) -> (String, Vec<String>) {
    let mut migration = "CREATE TYPE acme_pay_kind AS ENUM ('a', 'it''s \"b\"', '');".to_owned();
    let mut fills = Vec::new();
    for table in 0..4 {
        let name = format!("acme_pay_{table}");
        let key = [
            "BIGINT GENERATED ALWAYS AS IDENTITY",
            "SERIAL",
            "INT GENERATED BY DEFAULT AS IDENTITY",
        ];
        let mut columns = vec![format!("id {} PRIMARY KEY", key[random.below(3)])];
        let (mut names, mut values) = (Vec::new(), Vec::new());
        for column in 0..2 + random.below(7) {
            let (kind, value) = TYPES[random.below(TYPES.len())];
            columns.push(format!("\"Column {column}\" {kind}"));
            names.push(format!("\"Column {column}\""));
            values.push(format!("CASE WHEN random() < 0.2 THEN NULL ELSE {value} END"));
        }
        columns.push("n INT NOT NULL DEFAULT 7 CHECK (n >= 0)".to_owned());
        columns.push("twice INT GENERATED ALWAYS AS (n * 2) STORED".to_owned());
        names.push("n".to_owned());
        values.push("(random() * 1000)::int".to_owned());
        if table > 0 && random.below(2) == 0 {
            columns.push("parent INT REFERENCES acme_pay_0 (id) ON DELETE SET NULL".to_owned());
            if migration.contains("acme_pay_0 (id BIGINT") {
                columns.pop();
                columns.push("parent BIGINT REFERENCES acme_pay_0 (id)".to_owned());
            }
            names.push("parent".to_owned());
            values.push("(SELECT min(id) FROM acme_pay_0)".to_owned());
        }
        migration.push_str(&format!("CREATE TABLE {name} ({});", columns.join(", ")));
        if random.below(2) == 0 {
            migration.push_str(&format!("CREATE INDEX {name}_n ON {name} (n DESC) WHERE n > 3;"));
        }
        if random.below(3) == 0 {
            migration.push_str(&format!("COMMENT ON TABLE {name} IS 'it''s {table}';"));
        }
        fills.push(format!(
            "INSERT INTO {name} ({}) SELECT {} FROM generate_series(1, {})",
            names.join(", "),
            values.join(", "),
            random.below(300)
        ));
    }
    (migration, fills)
}

#[test]
fn whatever_is_in_the_tables_comes_back() {
    let mut random = Random::new();
    for _ in 0..rounds(3) {
        let (migration, fills) = random_tables(&mut random);
        let (world, keeper) = world_with(&migration);
        fills.iter().for_each(|fill| keeper.execute(fill));
        let before = own(&keeper.dump());
        assert!(before["rows of public.acme_pay_0"].len() < 300);
        world.run(REMOVE).exits(0);
        let dir = world.backups().remove(0);
        world.run(["backup", "restore", dir.to_str().unwrap()]).exits(0);
        let what = format!("{migration} (seed {})", random.seed);
        assert_same(&what, &own(&keeper.dump()), &before);
    }
}

#[test]
fn a_create_that_is_killed_leaves_nothing_for_long() {
    let (world, keeper) = world_with(MIGRATION);
    let clean = keeper.dump();
    for point in ["backup.table-written", "backup.written", "backup.verified"] {
        let mut command = world.command();
        command.args(["backup", "create", "acme-pay"]).env("DAINO_TEST_KILL_AT", point);
        assert_eq!(Run::of(command.output().unwrap()).code, -1, "{point}");
        assert!(world.backups().is_empty(), "{point}");
    }
    let name = create(&world);
    let names: Vec<String> = keeper.dump()["files in backups"].clone();
    assert!(names.iter().all(|line| !line.contains(".partial")), "{names:?}");
    let list: Value = world.run(["backup", "list", "--format", "json"]).exits(0).json();
    assert_eq!(list["backups"][0]["name"], name);
    // A removal that is killed is finished by the next one.
    let mut prune = world.command();
    prune.args(["backup", "prune", &name, "-y"]).env("DAINO_TEST_KILL_AT", "backup.moved-away");
    assert_eq!(Run::of(prune.output().unwrap()).code, -1);
    world.run(["backup", "prune", "--keep-last", "1", "-y"]).exits(0);
    assert_same("everything", &keeper.dump(), &clean);
}

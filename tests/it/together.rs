//! Several plugins in one command: all of them stand afterwards, or none does, also when the program is
//! killed. `DAINO_KILLS=500` kills at every point.

use std::os::unix::process::ExitStatusExt;

use serde_json::{Value, json};

use crate::support::registry::Double;
use crate::support::shop::{Dump, Keeper, assert_same, normal};
use crate::support::{Run, World};

const CODE: &str = "
export async function onEnable(ctx) { await ctx.storage.set('on', true); }
export async function onDisable(ctx) { await ctx.storage.set('on', false); }
export async function healthCheck(ctx) { return (await ctx.storage.get('on')) === true; }
";
const SLUGS: [&str; 3] = ["acme-aa", "acme-bb", "acme-cc"];

fn plugin(world: &World, slug: &str, version: &str, needs: Value, more: &[(&str, &str)]) {
    let manifest = json!({ "slug": slug, "version": version, "dependencies": needs });
    let table = slug.replace('-', "_");
    let first = format!(
        "CREATE TABLE {table}_t (id SERIAL PRIMARY KEY, note TEXT);
        INSERT INTO {table}_t (note) SELECT n::text FROM generate_series(1, 9) n;"
    );
    let second = format!("ALTER TABLE {table}_t ADD COLUMN paid BOOLEAN NOT NULL DEFAULT false;");
    let mut files = vec![("index.js", CODE), ("migrations/0001_t.sql", first.as_str())];
    if version != "1.0.0" {
        files.push(("migrations/0002_paid.sql", second.as_str()));
    }
    files.retain(|(path, _)| more.iter().all(|(other, _)| other != path));
    files.extend(more);
    let _ = std::fs::remove_dir_all(world.dir().join(slug));
    world.plugin(manifest, &files);
}

/// Three plugins, of which each needs the one before it.
fn three(world: &World, version: &str) {
    plugin(world, "acme-aa", version, json!({}), &[]);
    plugin(world, "acme-bb", version, json!({ "acme-aa": "^1" }), &[]);
    plugin(world, "acme-cc", version, json!({ "acme-bb": "^1" }), &[]);
}

fn world() -> (World, Keeper) {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    (world, keeper)
}

fn versions(world: &World) -> Vec<String> {
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    let plugins = list["plugins"].as_array().unwrap().iter();
    plugins
        .map(|p| format!("{} {}", p["slug"].as_str().unwrap(), p["version"].as_str().unwrap()))
        .collect()
}

const INSTALL: &[&str] = &["install", "./acme-cc", "./acme-aa", "./acme-bb", "-y", "-q"];
const UPDATE: &[&str] = &["update", "--all", "--accept-breaking", "-q"];
const REMOVE: &[&str] = &[
    "uninstall",
    "acme-aa",
    "--cascade",
    "--cleanup-data=remove",
    "--cleanup-tables=remove",
    "--remove-code",
    "-q",
];

#[test]
fn several_plugins_are_one_change_in_the_order_of_need() {
    let (world, keeper) = world();
    three(&world, "1.0.0");
    let before = keeper.dump_with_lock();
    let args = ["install", "./acme-cc", "./acme-aa", "./acme-bb", "-y", "--format", "json"];
    let dry = world.run(args.iter().chain(&["--dry-run"])).exits(0).json();
    let done = |of: &Value| {
        let each = of["plugins"].as_array().unwrap().iter();
        each.map(|p| (p["slug"].as_str().unwrap().to_owned(), p["installed"] == true)).collect()
    };
    let expected = |is_done: bool| {
        SLUGS.map(|slug| (slug.to_owned(), is_done)).into_iter().collect::<Vec<_>>()
    };
    let found: Vec<(String, bool)> = done(&dry);
    assert_eq!(found, expected(false));
    assert_same("a dry run", &keeper.dump_with_lock(), &before);
    let found: Vec<(String, bool)> = done(&world.run(args).exits(0).json());
    assert_eq!(found, expected(true));
    // All of it again changes nothing.
    let found: Vec<(String, bool)> = done(&world.run(args).exits(0).json());
    assert_eq!(found, expected(false));
    // What only one can have, and one of them twice.
    let several = ["install", "./acme-aa", "./acme-bb", "-y"];
    world.run(several.iter().chain(&["--set", "a=b"])).exits(2).complains("install.for-one");
    world.run(["install", "./acme-aa", "./acme-aa"]).exits(2).complains("install.twice");
    world.run(REMOVE).exits(0);
    assert_eq!(versions(&world), [""; 0]);
}

/// What the third plugin does wrong, and what is said of it.
const WRONG: [(&str, &str, &str); 3] = [
    ("migrations/0009_wrong.sql", "CREATE TABLE acme_cc_x (id nonsense);", "0009_wrong.sql"),
    ("index.js", "export function healthCheck() { return false; }", "healthCheck"),
    ("index.js", "throw new Error('no key');", "no key"),
];

#[test]
fn a_third_plugin_that_fails_takes_the_others_with_it() {
    let (world, keeper) = world();
    let nothing = keeper.dump_with_lock();
    for (path, text, said) in WRONG {
        three(&world, "1.0.0");
        plugin(&world, "acme-cc", "1.0.0", json!({ "acme-bb": "^1" }), &[(path, text)]);
        let run = world.run(INSTALL);
        run.complains(said).complains("acme-cc");
        assert!(![0, 8, 70].contains(&run.code), "{run:#?}");
        assert_same(said, &keeper.dump_with_lock(), &nothing);
    }
    // From outside it is tried out before anything is done.
    world.run(["pack", "./acme-cc", "-q"]).exits(0);
    let run = world.run(["install", "./acme-aa", "./acme-bb", "./acme-cc-1.0.0.dpk", "-y"]);
    run.exits(7).complains("no key");
    assert_same("a trial run", &keeper.dump_with_lock(), &nothing);

    three(&world, "1.0.0");
    world.run(INSTALL).exits(0);
    let before = keeper.dump_with_lock();
    let update =
        "export function healthCheck() {} export function onUpdate() { throw new Error('old'); }";
    for (path, text, said) in WRONG.into_iter().take(2).chain([("index.js", update, "old")]) {
        three(&world, "1.1.0");
        plugin(&world, "acme-cc", "1.1.0", json!({ "acme-bb": "^1" }), &[(path, text)]);
        let run = world.run(UPDATE);
        if path == "index.js" {
            run.exits(7).complains("none of 3 plugins was changed, because of `acme-cc`");
        }
        run.complains(said);
        if path != "index.js" {
            // A migration that cannot even be tried is found while it is planned, and that plugin left out.
            run.exits(8);
            assert_eq!(versions(&world), ["acme-aa 1.1.0", "acme-bb 1.1.0", "acme-cc 1.0.0"]);
            for slug in ["acme-bb", "acme-aa"] {
                let back = ["rollback", slug, "--data=restore", "-y", "-q"];
                world.run(back).exits(0);
            }
            for backup in world.backups() {
                std::fs::remove_dir_all(backup).unwrap();
            }
            continue;
        }
        let without_objects = |mut dump: Dump| {
            for key in ["files in backups", "rows of public.plugin_data"] {
                dump.remove(key);
            }
            normal(&dump)
        };
        assert_same(
            said,
            &without_objects(keeper.dump_with_lock()),
            &without_objects(before.clone()),
        );
        assert!(world.backups().is_empty(), "{said}");
    }
}

/// The shop without what each run has of its own.
fn comparable(world: &World, keeper: &Keeper) -> Dump {
    let mut dump = normal(&keeper.dump_with_lock());
    dump.remove("files in backups");
    dump.insert("backups".to_owned(), vec![world.backups().len().to_string()]);
    dump
}

/// Kills the command at points of the code; `reset` brings the shop to where it begins.
fn kill(world: &World, keeper: &Keeper, args: &[&str], reset: &dyn Fn()) {
    reset();
    let trace = world.dir().join("trace");
    let _ = std::fs::remove_file(&trace);
    let mut command = world.command();
    command.args(args).env("DAINO_TEST_KILL_TRACE", &trace);
    Run::of(command.output().unwrap()).exits(0);
    let after = comparable(world, keeper);
    let points: Vec<String> =
        std::fs::read_to_string(&trace).unwrap().lines().map(str::to_owned).collect();
    let decided = points.iter().position(|point| point == "together.committed").unwrap();
    // In a short run, one of each: announced, beside what is there, in the transaction, and after it.
    let mut chosen = vec![2, decided / 2, decided - 3, decided + 2, decided + 6];
    if std::env::var_os("DAINO_KILLS").is_some() {
        chosen = (0..points.len()).collect();
    }
    reset();
    let mut before = keeper.dump_with_lock();
    for at in chosen {
        let mut command = world.command();
        command.args(args).env("DAINO_TEST_KILL_AT", format!("#{}", at + 1));
        let what = format!("{args:?} killed at {} (#{})", points[at], at + 1);
        assert_eq!(command.output().unwrap().status.signal(), Some(9), "{what} did not come there");
        let next = world.run(["list", "--format", "json"]).exits(0).json();
        let stands = at >= decided;
        let recovered = next["recovered"].as_array().unwrap();
        let finished = recovered.iter().all(|one| one["finished"] == stands);
        assert!(finished, "{what}: {recovered:#?}");
        if stands {
            assert_same(&what, &comparable(world, keeper), &after);
            reset();
            before = keeper.dump_with_lock();
        } else {
            assert_same(&what, &keeper.dump_with_lock(), &before);
        }
    }
}

#[test]
fn killed_anywhere_all_of_them_stand_or_none_does() {
    let (world, keeper) = world();
    let clear = || {
        if !versions(&world).is_empty() {
            world
                .run(REMOVE.iter().chain(&["--no-backup"]).chain(&[
                    "--confirm=acme-aa",
                    "--confirm=acme-bb",
                    "--confirm=acme-cc",
                ]))
                .exits(0);
        }
        keeper.execute("TRUNCATE daino.uninstalls RESTART IDENTITY");
        let backups = world.dir().join(".daino/backups");
        std::fs::remove_dir_all(&backups).unwrap();
        std::fs::create_dir(backups).unwrap();
        three(&world, "1.0.0");
    };
    kill(&world, &keeper, INSTALL, &clear);
    let installed = || {
        clear();
        world.run(INSTALL).exits(0);
    };
    kill(&world, &keeper, REMOVE, &installed);
    kill(&world, &keeper, UPDATE, &|| {
        installed();
        three(&world, "1.1.0");
    });
}

#[test]
fn all_are_updated_but_those_that_are_held_back_or_out_of_reach() {
    let (world, keeper) = world();
    world.run(["key", "generate"]).exits(0);
    // The registry took the newest release of one of them just now, and everything else long ago.
    let near = Double::twisted(|asked, shelf| {
        if asked.method == "GET" {
            for line in shelf.indexes.values_mut().flatten() {
                let is_fresh = line["name"]["slug"] == "acme-fresh" && line["version"] == "1.1.0";
                let at = if is_fresh { "2999-01-01T00:00:00Z" } else { "2020-01-01T00:00:00Z" };
                line["publishedAt"] = at.into();
            }
        }
        None
    });
    let far = Double::honest();
    let registry = |slug: &str| if slug == "acme-far" { far.url() } else { near.url() };
    let all = ["acme-breaks", "acme-far", "acme-fresh", "acme-good", "acme-pinned"];
    let publish = |slug: &str, version: &str, more: Value| {
        let mut manifest = json!({ "slug": slug, "version": version, "description": "A part." });
        for (key, value) in more.as_object().unwrap() {
            manifest[key] = value.clone();
        }
        let code = match (slug, version) {
            ("acme-breaks", "1.1.0") => "export async function other() {}\n",
            _ => "export async function go() { return 'went'; }\n",
        };
        let files =
            [("index.js", code), ("README.md", "# A part\n\nOf a whole.\n"), ("LICENSE", "MIT\n")];
        world.plugin(manifest, &files);
        let args = ["publish", slug, "-y", "--no-test", "--namespace", "acme", "--registry"];
        let mut command = world.command();
        command.args(args).arg(registry(slug)).env("DAINO_TOKEN", "top-secret");
        Run::of(command.output().unwrap()).exits(0);
    };
    for slug in all {
        publish(slug, "1.0.0", json!({}));
        let name = format!("acme/{slug}");
        let args = ["install", &name, "-y", "-q", "--trust-key", "new", "--registry"];
        world.run(args.iter().chain(&[registry(slug)])).exits(0);
        publish(slug, "1.1.0", json!({}));
    }
    world.run(["pin", "acme-pinned", "~1.0"]).exits(0);
    drop(far);
    let before = keeper.dump();

    let args = ["update", "--all", "--min-age", "1d", "--format", "json"];
    let run = world.run(args);
    let said = run.exits(8).json();
    let line = |slug: &str| {
        let lines = said["plugins"].as_array().unwrap();
        lines.iter().find(|line| line["slug"] == slug).unwrap().clone()
    };
    let updated: Vec<bool> = all.iter().map(|slug| line(slug)["updated"] == true).collect();
    assert_eq!(updated, [false, false, false, true, false], "{said:#}");
    assert_eq!(line("acme-breaks")["error"]["code"], "update.breaking");
    assert_eq!(line("acme-breaks")["plan"]["found"], "breaking");
    assert!(line("acme-far")["error"]["code"].as_str().unwrap().starts_with("net."), "{said:#}");
    assert!(line("acme-fresh")["held_back"].as_str().unwrap().contains("--min-age"));
    assert!(line("acme-pinned")["held_back"].as_str().unwrap().contains("pinned to ~1.0"));
    for slug in ["acme-fresh", "acme-pinned", "acme-good"] {
        assert_eq!(line(slug)["error"], Value::Null, "{slug}");
    }
    run.complains("`acme-breaks` was not updated").complains("`acme-far` was not updated");
    let expected =
        all.map(|slug| format!("{slug} {}", if slug == "acme-good" { "1.1.0" } else { "1.0.0" }));
    assert_eq!(versions(&world), expected);
    // Those that were left out are what they were.
    let rows = |dump: &Dump| {
        let rows = dump["rows of daino.plugins"].iter();
        rows.filter(|row| !row.contains("acme-good")).cloned().collect::<Vec<_>>()
    };
    assert_eq!(rows(&keeper.dump()), rows(&before));
    // Named alone, each says why by its exit code.
    world.run(["update", "acme-breaks"]).exits(7).complains("update.breaking");
    let far = world.run(["update", "acme-far"]);
    assert!(![0, 1, 8, 70].contains(&far.code), "{far:#?}");
    world.run(["update", "acme-pinned", "--to", "1.1.0"]).exits(7).complains("update.held-back");
    let fresh = ["update", "acme-fresh", "--to", "1.1.0", "--min-age", "1d"];
    world.run(fresh).exits(7).complains("update.held-back");
    // With agreement, and without the one that is out of reach.
    world.run(["update", "acme-breaks", "acme-fresh", "--accept-breaking", "-q"]).exits(0);
    assert!(versions(&world).contains(&"acme-breaks 1.1.0".to_owned()));
    assert!(versions(&world).contains(&"acme-fresh 1.1.0".to_owned()));
}

//! Random plugins through random lives, with kills in between, beside a simple model of what must be there:
//! version, state, settings that `onUpdate` migrated, rows, own store, schedules, rights, code, backups.
//!
//! `DAINO_TEST_SEED` repeats a run; `DAINO_TEST_ROUNDS` is the number of lives.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::random::{Random, seed};
use crate::support::shop::{Dump, Keeper, assert_same};
use crate::support::{Run, World, rounds};

/// One release: everything that the ones before it had, and something new.
#[derive(Debug, Clone)]
struct Release {
    version: String,
    /// Tables, in the order in which they are made, with the columns beside `id` and `note`.
    tables: Vec<(String, String)>,
    /// Settings with their defaults.
    settings: BTreeMap<String, Value>,
    grants: Vec<&'static str>,
    schedules: Vec<String>,
    files: Vec<(String, String)>,
}

fn releases(slug: &str, random: &mut Random) -> Vec<Release> {
    let prefix = slug.replace('-', "_");
    let mut all: Vec<Release> = Vec::new();
    for n in 0..3 {
        let before = all.last().cloned();
        let mut tables = before.as_ref().map(|b| b.tables.clone()).unwrap_or_default();
        let columns = ["", ", a INT DEFAULT 7", ", b NUMERIC(8, 2)", ", c JSONB, d TIMESTAMPTZ"];
        // The first release has a table; a later one may have none of its own.
        for m in 0..(1 + random.below(2)) - u64::from(n > 0) * random.below(2).min(1) {
            tables.push((format!("{prefix}_t{n}{m}"), (*random.of(&columns)).to_owned()));
        }
        let mut settings = before.map(|b| b.settings).unwrap_or_default();
        for m in 0..random.below(3) {
            let default = random.of(&[json!("x"), json!(3), json!(true), json!(["a"])]).clone();
            settings.insert(format!("set{n}{m}"), default);
        }
        let rights = ["orders", "products", "customers"];
        let grants = rights.into_iter().filter(|_| random.below(2) == 0).collect();
        let schedules = (0..random.below(3)).map(|m| format!("job-{n}-{m}")).collect();
        let files = (0..random.below(5))
            .map(|m| (format!("parts/p{m}.js"), format!("export const p = {};", random.below(99))))
            .collect();
        let version = format!("1.{n}.0");
        all.push(Release { version, tables, settings, grants, schedules, files });
    }
    all
}

const CODE: &str = "
export async function onEnable(ctx) { await ctx.storage.set('on', true); }
export async function onDisable(ctx) { await ctx.storage.set('on', false); }
export async function healthCheck(ctx) { return (await ctx.db.query('SELECT count(*) FROM TABLE')).rows.length === 1; }
export async function onUpdate(from, to, ctx) {
  await ctx.storage.set('updated', to);
  return { ...ctx.config, steps: (ctx.config.steps ?? 0) + 1 };
}
export async function add(input, ctx) { await ctx.db.query('INSERT INTO TABLE (note) VALUES ($1)', [input.note]); }
";

/// Writes a release into its directory.
fn write(world: &World, slug: &str, all: &[Release], n: usize) {
    let _ = std::fs::remove_dir_all(world.dir().join(slug));
    let release = &all[n];
    let mut properties = json!({ "steps": { "type": "integer" } });
    for (key, default) in &release.settings {
        properties[key] = json!({ "default": default });
    }
    let cron = release.schedules.iter();
    let cron = cron.map(|name| json!({ "name": name, "schedule": "0 3 * * *", "handler": "tidy" }));
    let manifest = json!({
        "slug": slug, "version": release.version,
        "permissions": { "database": release.grants },
        "configSchema": { "type": "object", "properties": properties },
        "cron": cron.collect::<Vec<_>>(),
    });
    let code = CODE.replace("TABLE", &release.tables[0].0) + "export async function tidy() {}";
    let mut files = vec![("index.js".to_owned(), code)];
    files.extend(release.files.clone());
    let mut from = 0;
    for (m, release) in all[..=n].iter().enumerate() {
        let new = &release.tables[from..];
        from = release.tables.len();
        let up = new.iter().map(|(table, columns)| {
            format!(
                "CREATE TABLE {table} (id SERIAL PRIMARY KEY, note TEXT NOT NULL{columns});
                 CREATE INDEX {table}_note ON {table} (note);
                 INSERT INTO {table} (note) VALUES ('seed 1'), ('seed 2');\n"
            )
        });
        let down = new.iter().rev().map(|(table, _)| format!("DROP TABLE {table};\n"));
        files.push((
            format!("migrations/{m:04}_step.sql"),
            format!("SELECT {m};\n") + &up.collect::<String>(),
        ));
        files.push((
            format!("migrations/{m:04}_step.down.sql"),
            format!("SELECT {m};\n") + &down.collect::<String>(),
        ));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    world.plugin(manifest, &files);
}

/// What is there of a plugin.
#[derive(Debug, Clone, PartialEq, Default)]
struct Life {
    /// Number of the release.
    release: usize,
    /// `enabled`, `disabled`, `removed`, or nothing at all.
    state: String,
    settings: Value,
    tables: BTreeMap<String, Vec<String>>,
    store: BTreeMap<String, String>,
}

/// The model of one plugin.
#[derive(Debug, Clone, Default)]
struct Model {
    life: Life,
    /// Its backups, oldest first.
    backups: Vec<Life>,
}

/// What is compared: the model's, or the shop's.
#[derive(Debug, PartialEq)]
struct View {
    life: Life,
    schedules: Vec<String>,
    grants: Vec<String>,
    code: Vec<String>,
    backups: usize,
}

impl Model {
    fn is_installed(&self) -> bool {
        ["enabled", "disabled"].contains(&self.life.state.as_str())
    }

    /// The tables and settings that come with a release.
    fn come(&mut self, all: &[Release], n: usize) {
        for (table, _) in &all[n].tables {
            let seeds = || vec!["seed 1".to_owned(), "seed 2".to_owned()];
            self.life.tables.entry(table.clone()).or_insert_with(seeds);
        }
        if !self.life.settings.is_object() {
            self.life.settings = json!({});
        }
        for (key, default) in &all[n].settings {
            if self.life.settings.get(key).is_none() {
                self.life.settings[key] = default.clone();
            }
        }
        self.life.release = n;
    }

    fn switch(&mut self, on: bool) {
        self.life.store.insert("on".to_owned(), on.to_string());
        self.life.state = if on { "enabled" } else { "disabled" }.to_owned();
    }

    fn view(&self, all: &[Release]) -> View {
        let release = &all[self.life.release];
        let is_installed = self.is_installed();
        let mut grants: Vec<String> = release.grants.iter().map(|g| (*g).to_owned()).collect();
        grants.retain(|_| is_installed);
        grants.sort();
        let mut schedules = release.schedules.clone();
        schedules.retain(|_| is_installed);
        let code = match self.life.state.as_str() {
            "" => Vec::new(),
            _ => vec![release.version.clone()],
        };
        View { life: self.life.clone(), schedules, grants, code, backups: self.backups.len() }
    }
}

/// What the shop has of a plugin.
fn look(world: &World, keeper: &Keeper, slug: &str, all: &[Release]) -> View {
    let prefix = slug.replace('-', "_");
    let one = |sql: &str| keeper.query(&sql.replace("SLUG", slug).replace("PREFIX", &prefix));
    let record = one(
        "SELECT concat_ws('|', details->>'version', state) FROM daino.plugins WHERE slug = 'SLUG'",
    );
    let mut life = Life::default();
    let mut schedules = Vec::new();
    if let Some(record) = record.first() {
        let (version, state) = record.split_once('|').unwrap();
        life.release = all.iter().position(|release| release.version == version).unwrap();
        life.state = state.to_owned();
        let settings = one("SELECT config::text FROM daino.plugins WHERE slug = 'SLUG'");
        life.settings = serde_json::from_str(&settings[0]).unwrap();
        if state != "removed" {
            schedules = one("SELECT job->>'name' FROM daino.plugins,
                jsonb_array_elements(COALESCE(details->'manifest'->'cron', '[]')) job WHERE slug = 'SLUG'");
        }
    }
    for table in one("SELECT relname::text FROM pg_class WHERE relkind = 'r'
        AND relnamespace = 'public'::regnamespace AND starts_with(relname, 'PREFIX_')")
    {
        let notes = keeper.query(&format!("SELECT note FROM {table} ORDER BY id"));
        life.tables.insert(table, notes);
    }
    for line in
        one("SELECT data_key || '=' || data_value::text FROM plugin_data WHERE plugin_id = 'SLUG'")
    {
        let (key, value) = line.split_once('=').unwrap();
        life.store.insert(key.to_owned(), value.trim_matches('"').to_owned());
    }
    let grants = one("SELECT DISTINCT CASE table_name WHEN 'sales_orders' THEN 'orders' ELSE table_name END::text
        FROM information_schema.column_privileges
        WHERE grantee LIKE 'daino\\_p\\_%\\_PREFIX' AND table_name IN ('sales_orders', 'products', 'customers')
        ORDER BY 1");
    let names = |dir: std::path::PathBuf| -> Vec<String> {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    let code = names(world.dir().join(".daino/code").join(slug));
    let code = code.iter().map(|name| name.split('-').next().unwrap().to_owned()).collect();
    let backups = world.backups();
    let own = |path: &&std::path::PathBuf| {
        path.file_name().unwrap().to_string_lossy().starts_with(&format!("{slug}-"))
    };
    let backups = backups.iter().filter(own).count();
    View { life, schedules, grants, code, backups }
}

struct Place<'w> {
    world: &'w World,
    keeper: &'w Keeper,
    random: Random,
}

impl Place<'_> {
    /// Something that can be done to a plugin as it is, and what it leads to.
    fn choose(&mut self, slug: &str, all: &[Release], now: &Model) -> (Vec<String>, Model) {
        let mut next = now.clone();
        let n = now.life.release;
        let args = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect::<Vec<_>>();
        let folder = format!("./{slug}");
        // A shop that was restored does not know where a plugin came from.
        let update = ["update", slug, "--from", &folder];
        let update =
            [&update[..], &["--accept-permissions=all", "--accept-breaking", "-q"]].concat();
        let is_enabled = now.life.state == "enabled";
        loop {
            match (self.random.below(10), now.life.state.as_str()) {
                (0..=6, "") | (0..=1, "removed") => {
                    let first = if now.life.state.is_empty() { 0 } else { n };
                    let to = first + self.random.below((all.len() - first) as u64) as usize;
                    write(self.world, slug, all, to);
                    next.come(all, to);
                    next.switch(true);
                    return (
                        args(&["install", &folder, "-y", "--accept-permissions=all", "-q"]),
                        next,
                    );
                }
                (2..=4, "removed") => {
                    write(self.world, slug, all, n);
                    next.switch(true);
                    return (
                        args(&["reinstall", slug, "-y", "--accept-permissions=all", "-q"]),
                        next,
                    );
                }
                (5..=6, "removed") => {
                    let name = format!("--confirm={slug}");
                    next.life = Life::default();
                    return (
                        args(&[
                            "uninstall",
                            slug,
                            "--cleanup-data=remove",
                            "--cleanup-tables=remove",
                            "--remove-code",
                            "--no-backup",
                            &name,
                            "-q",
                        ]),
                        next,
                    );
                }
                (7..=9, "") if !now.backups.is_empty() => {
                    let at = self.random.below(now.backups.len() as u64) as usize;
                    let backups = self.world.backups();
                    let mut own: Vec<_> = backups
                        .iter()
                        .filter(|path| {
                            path.file_name().unwrap().to_string_lossy().starts_with(slug)
                        })
                        .map(|path| {
                            let text = std::fs::read(path.join("manifest.json")).unwrap();
                            let manifest: Value = serde_json::from_slice(&text).unwrap();
                            (manifest["position"].as_i64().unwrap(), path.clone())
                        })
                        .collect();
                    own.sort();
                    next.life = now.backups[at].clone();
                    return (args(&["backup", "restore", own[at].1.to_str().unwrap(), "-q"]), next);
                }
                (0, "enabled") => {
                    next.switch(false);
                    return (args(&["disable", slug, "-q"]), next);
                }
                (0..=2, "disabled") => {
                    next.switch(true);
                    return (args(&["enable", slug, "-q"]), next);
                }
                (1..=2, "enabled") => {
                    let note = format!("note {}", self.random.below(1_000));
                    let rows = next.life.tables.get_mut(&all[n].tables[0].0).unwrap();
                    rows.push(note.clone());
                    let input = json!({ "note": note }).to_string();
                    return (args(&["invoke", slug, "add", "--input", &input, "-q"]), next);
                }
                (3..=5, "enabled" | "disabled") if n + 1 < all.len() => {
                    let to = n + 1 + self.random.below((all.len() - n - 1) as u64) as usize;
                    write(self.world, slug, all, to);
                    next.backups.push(now.life.clone());
                    next.come(all, to);
                    let steps = now.life.settings.get("steps").and_then(Value::as_i64).unwrap_or(0);
                    next.life.settings["steps"] = json!(steps + 1);
                    next.life.store.insert("updated".to_owned(), all[to].version.clone());
                    return (args(&update), next);
                }
                (6..=7, "enabled" | "disabled") => {
                    let older = now.backups.iter().rev().find(|one| one.release < n);
                    let Some(older) = older.cloned() else { continue };
                    let restores = self.random.below(2) == 0;
                    next.backups.push(now.life.clone());
                    let (state, kept) = (now.life.state.clone(), now.life.clone());
                    // The newest backup of that very release.
                    let older = now.backups.iter().rev().find(|one| one.release == older.release);
                    next.life = Life { state, ..older.unwrap().clone() };
                    if !restores {
                        next.life.store = kept.store;
                        let there = &all[next.life.release].tables;
                        let is_there = |name: &String| there.iter().any(|(table, _)| table == name);
                        next.life.tables =
                            kept.tables.into_iter().filter(|(name, _)| is_there(name)).collect();
                    }
                    let data = if restores { "--data=restore" } else { "--data=keep" };
                    let to = &all[next.life.release].version;
                    return (args(&["rollback", slug, "--to", to, data, "-y", "-q"]), next);
                }
                (8, "enabled" | "disabled") => {
                    if is_enabled {
                        next.switch(false);
                    }
                    next.backups.push(Life { state: now.life.state.clone(), ..next.life.clone() });
                    next.life.state = "removed".to_owned();
                    return (
                        args(&[
                            "uninstall",
                            slug,
                            "--cleanup-data=keep",
                            "--cleanup-tables=keep",
                            "-y",
                            "-q",
                        ]),
                        next,
                    );
                }
                (9, "enabled" | "disabled") => {
                    if is_enabled {
                        next.switch(false);
                    }
                    next.backups.push(Life { state: now.life.state.clone(), ..next.life });
                    next.life = Life::default();
                    return (
                        args(&[
                            "uninstall",
                            slug,
                            "--cleanup-data=remove",
                            "--cleanup-tables=remove",
                            "--remove-code",
                            "-q",
                        ]),
                        next,
                    );
                }
                _ => {}
            }
        }
    }

    /// Runs the command, and kills it sometimes. Whether it ran to its end.
    fn run(&mut self, args: &[String]) -> (String, bool) {
        let mut command = self.world.command();
        command.args(args);
        match self.random.below(6) {
            0 => {
                let number = 1 + self.random.below(24);
                let output =
                    command.env("DAINO_TEST_KILL_AT", format!("#{number}")).output().unwrap();
                (format!("{args:?} killed at #{number}"), output.status.success())
            }
            1 => {
                let delay = Duration::from_micros(self.random.below(900_000));
                let mut child =
                    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                std::thread::sleep(delay);
                let _ = child.kill();
                (format!("{args:?} killed after {delay:?}"), child.wait().unwrap().success())
            }
            _ => {
                let run = Run::of(command.output().unwrap());
                run.exits(0);
                (format!("{args:?}"), true)
            }
        }
    }
}

fn without_past(keeper: &Keeper) -> Dump {
    let mut dump = keeper.dump_with_lock();
    for key in ["rows of daino.uninstalls", "rows of daino.calls", "files in backups"] {
        dump.remove(key);
    }
    dump
}

#[test]
fn a_shop_is_what_its_commands_made_it_whatever_was_killed() {
    let seed = seed();
    println!("DAINO_TEST_SEED={seed}");
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    let empty = without_past(&keeper);
    let mut here = Place { world: &world, keeper: &keeper, random: Random(seed) };
    for _ in 0..rounds(1) {
        let slugs = ["acme-one", "acme-two"];
        let all = slugs.map(|slug| releases(slug, &mut here.random));
        let mut models = [Model::default(), Model::default()];
        let mut said = Vec::new();
        for _ in 0..14 {
            let at = here.random.below(2) as usize;
            let (args, next) = here.choose(slugs[at], &all[at], &models[at]);
            let (what, ended) = here.run(&args);
            said.push(what);
            world.run(["list", "-q"]).exits(0);
            let now = look(&world, here.keeper, slugs[at], &all[at]);
            let (before, after) = (models[at].view(&all[at]), next.view(&all[at]));
            // What was killed has happened, or has not.
            if now == after {
                models[at] = next;
            } else {
                assert!(!ended, "{said:#?}\n is {now:#?}\n not {after:#?}");
                assert_eq!(now, before, "{said:#?}\n nor {after:#?}");
            }
            let other = look(&world, here.keeper, slugs[1 - at], &all[1 - at]);
            assert_eq!(other, models[1 - at].view(&all[1 - at]), "{said:#?}");
        }
        for (slug, model) in slugs.iter().zip(models) {
            if !model.life.state.is_empty() {
                let confirm = format!("--confirm={slug}");
                let args = [
                    "uninstall",
                    slug,
                    "--cleanup-data=remove",
                    "--cleanup-tables=remove",
                    "--remove-code",
                    "--no-backup",
                    &confirm,
                    "--format",
                    "json",
                ];
                let report = world.run(args).exits(0).json();
                assert_eq!(report["report"]["leftovers"], json!([]), "{said:#?}");
            }
        }
        assert_same("all of it", &without_past(&keeper), &empty);
        std::fs::remove_dir_all(world.dir().join(".daino/backups")).unwrap();
        std::fs::create_dir(world.dir().join(".daino/backups")).unwrap();
    }
}

//! Killed at every step, and at any moment, on a private PostgreSQL and in a server by URL: the next
//! command finishes the change or undoes it, says which, and the shop is exactly that.
//!
//! A tour leads through every command that changes a shop and back to an empty one. Its first round shows
//! what the shop holds at each stop and how many points of the code each command passes; in the rounds after
//! it, commands are killed. `DAINO_KILLS=500` kills as often on each kind of server: first at every point,
//! then at random moments. `DAINO_TEST_SEED` repeats a run.

use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::postgres;
use crate::support::random::{Random, seed};
use crate::support::shop::{Dump, Keeper, assert_same, normal};
use crate::support::{Run, World};

const CODE: &str = "
export async function onEnable(ctx) {
  await ctx.db.query(`INSERT INTO acme_tour_orders (note) SELECT 'note ' || n FROM generate_series(1, 20) n
    WHERE NOT EXISTS (SELECT FROM acme_tour_orders)`);
  await ctx.storage.set('on', true);
}
export async function onDisable(ctx) { await ctx.storage.set('on', false); }
export async function healthCheck(ctx) { return (await ctx.db.query('SELECT 1 AS one')).rows.length === 1; }
";
const NEXT: &str = "
export async function onUpdate(from, to, ctx) {
  await ctx.db.query(`UPDATE acme_tour_orders SET paid = true WHERE id < 10`);
  await ctx.storage.set('updated', to);
  return { ...ctx.config, unit: ctx.config.currency };
}";
const FIRST: &str = "CREATE TYPE acme_tour_state AS ENUM ('open', 'done');
CREATE TABLE acme_tour_orders (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  note TEXT NOT NULL, state acme_tour_state DEFAULT 'open');
CREATE INDEX acme_tour_note ON acme_tour_orders (note);";
const SECOND: &str = "ALTER TABLE acme_tour_orders ADD COLUMN paid BOOLEAN NOT NULL DEFAULT false;
CREATE TABLE acme_tour_lines (id SERIAL PRIMARY KEY, order_id BIGINT REFERENCES acme_tour_orders (id));
CREATE VIEW acme_tour_open AS SELECT id, note FROM acme_tour_orders WHERE NOT paid;";
const SECOND_DOWN: &str = "DROP VIEW acme_tour_open; DROP TABLE acme_tour_lines;
ALTER TABLE acme_tour_orders DROP COLUMN paid;";

const INSTALL: &[&str] = &["install", "./acme-tour", "-y", "--accept-permissions=all", "-q"];
const UPDATE: &[&str] =
    &["update", "acme-tour", "--accept-permissions=all", "--accept-breaking", "-q"];
const KEEP: &[&str] =
    &["uninstall", "acme-tour", "--cleanup-data=keep", "--cleanup-tables=keep", "-y", "-q"];
const REMOVE: &[&str] = &[
    "uninstall",
    "acme-tour",
    "--cleanup-data=remove",
    "--cleanup-tables=remove",
    "--remove-code",
    "-q",
];
const REMOVE_WITHOUT_BACKUP: &[&str] = &[
    "uninstall",
    "acme-tour",
    "--cleanup-data=remove",
    "--cleanup-tables=remove",
    "--remove-code",
    "--no-backup",
    "--confirm=acme-tour",
    "-q",
];

/// The release that is in the directory, and the command. `BACKUP` stands for the newest backup.
const TOUR: &[(&str, &[&str])] = &[
    ("1.0.0", INSTALL),
    ("1.0.0", &["disable", "acme-tour", "-q"]),
    ("1.0.0", &["enable", "acme-tour", "-q"]),
    ("1.1.0", UPDATE),
    ("1.1.0", &["rollback", "acme-tour", "--data=keep", "-y", "-q"]),
    ("1.1.0", UPDATE),
    ("1.1.0", &["rollback", "acme-tour", "--data=restore", "-y", "-q"]),
    ("1.0.0", KEEP),
    ("1.0.0", &["reinstall", "acme-tour", "-y", "--accept-permissions=all", "-q"]),
    ("1.0.0", REMOVE),
    ("1.0.0", &["backup", "restore", "BACKUP", "-q"]),
    ("1.0.0", KEEP),
    ("1.1.0", INSTALL),
    ("1.1.0", REMOVE_WITHOUT_BACKUP),
];

fn write_plugin(world: &World, version: &str) {
    let _ = std::fs::remove_dir_all(world.dir().join("acme-tour"));
    let mut manifest = json!({
        "slug": "acme-tour", "version": version, "secrets": ["ACME_KEY"],
        "permissions": { "database": ["orders"] },
        "configSchema": { "type": "object", "properties": { "currency": { "type": "string", "default": "EUR" } } },
    });
    let next = format!("{CODE}{NEXT}");
    let mut files = vec![("index.js", CODE), ("migrations/0001_create.sql", FIRST)];
    if version != "1.0.0" {
        manifest["permissions"] = json!({ "database": ["orders:write", "products"] });
        manifest["configSchema"]["properties"]["unit"] = json!({ "type": "string" });
        manifest["cron"] =
            json!([{ "name": "tidy", "schedule": "0 3 * * *", "handler": "healthCheck" }]);
        files[0].1 = &next;
        files.push(("migrations/0002_paid.sql", SECOND));
        files.push(("migrations/0002_paid.down.sql", SECOND_DOWN));
    }
    world.plugin(manifest, &files);
}

/// A shop to go through, whatever server it is on.
trait Site {
    fn world(&self) -> &World;
    fn shop(&self) -> &Keeper;
    fn dir(&self) -> &'static str;
}

struct Private(World, Keeper);

impl Site for Private {
    fn world(&self) -> &World {
        &self.0
    }
    fn shop(&self) -> &Keeper {
        &self.1
    }
    fn dir(&self) -> &'static str {
        ".daino"
    }
}

impl Site for postgres::Server {
    fn world(&self) -> &World {
        &self.world
    }
    fn shop(&self) -> &Keeper {
        &self.shop
    }
    fn dir(&self) -> &'static str {
        "remote"
    }
}

/// What is known of one command of the tour.
struct Stop {
    args: Vec<String>,
    /// What the shop holds after it, without what each run has of its own.
    after: Dump,
    /// Points that it passes.
    points: Vec<String>,
    /// Points at which it has not been killed yet.
    left: Vec<usize>,
    takes: Duration,
}

fn kills(usual: usize) -> usize {
    std::env::var("DAINO_KILLS").map_or(usual, |kills| kills.parse().unwrap())
}

#[derive(Default, Debug)]
struct Tally {
    at_points: usize,
    at_moments: usize,
    in_recovery: usize,
    undone: usize,
    finished: usize,
    not_begun_or_over: usize,
}

struct Tour<'s> {
    site: &'s dyn Site,
    random: Random,
    tally: Tally,
}

impl Tour<'_> {
    fn command(&self, args: &[String]) -> Command {
        let mut command = self.site.world().command();
        command
            .args(args)
            .env("DAINO_STORE", self.site.dir())
            .env("DAINO_SECRET_ACME_KEY", "s3cret");
        command
    }

    fn args(&self, args: &[&str]) -> Vec<String> {
        let newest = || {
            let entries = std::fs::read_dir(self.backups()).unwrap().flatten();
            let mut names: Vec<String> = entries
                .map(|entry| entry.file_name().to_string_lossy().into_owned())
                .filter(|name| name.starts_with("acme-tour-"))
                .collect();
            // The time is in the name, and the versions differ in length nowhere.
            names.sort_by_key(|name| name.split('-').nth(3).unwrap_or_default().to_owned());
            names.pop().unwrap()
        };
        args.iter().map(|arg| if *arg == "BACKUP" { newest() } else { (*arg).to_owned() }).collect()
    }

    fn backups(&self) -> std::path::PathBuf {
        self.site.world().dir().join(self.site.dir()).join("backups")
    }

    /// The shop without what each run has of its own.
    fn comparable(&self) -> Dump {
        let mut dump = normal(&self.site.shop().dump_with_lock());
        let backups = dump.remove("files in backups").unwrap_or_default();
        let whole =
            |line: &&String| line.starts_with("acme-tour-") && line.matches('/').count() == 1;
        let count = backups.iter().filter(whole).filter(|line| line.ends_with('/')).count();
        let rest = backups.iter().filter(|line| line.contains(".partial")).cloned();
        dump.insert("backups".to_owned(), rest.chain([count.to_string()]).collect());
        dump
    }

    /// Back to where the tour began.
    fn begin(&self) {
        self.site.shop().execute("TRUNCATE daino.uninstalls RESTART IDENTITY");
        std::fs::remove_dir_all(self.backups()).unwrap();
        std::fs::create_dir(self.backups()).unwrap();
    }

    /// The first round: nothing is killed.
    fn look(&self) -> Vec<Stop> {
        let trace = self.site.world().dir().join("trace");
        let mut stops = Vec::new();
        for (version, args) in TOUR {
            write_plugin(self.site.world(), version);
            let args = self.args(args);
            let _ = std::fs::remove_file(&trace);
            let began = Instant::now();
            let mut command = self.command(&args);
            Run::of(command.env("DAINO_TEST_KILL_TRACE", &trace).output().unwrap()).exits(0);
            let takes = began.elapsed();
            let points: Vec<String> =
                std::fs::read_to_string(&trace).unwrap().lines().map(str::to_owned).collect();
            let left = (1..=points.len()).collect();
            stops.push(Stop { args, after: self.comparable(), points, left, takes });
        }
        stops
    }

    /// Kills a command, and lets the next one recover. Whether the change stands; `None` when that is to be
    /// seen from what the shop holds.
    fn kill(
        &mut self,
        stop: &Stop,
        args: &[String],
        point: Option<usize>,
    ) -> (String, Option<bool>) {
        let mut command = self.command(args);
        let what = match point {
            Some(number) => {
                let run = command.env("DAINO_TEST_KILL_AT", format!("#{number}")).output().unwrap();
                let name = &stop.points[number - 1];
                let was_killed = run.status.signal() == Some(9);
                assert!(was_killed, "{args:?} did not come to `{name}`: {:#?}", Run::of(run));
                self.tally.at_points += 1;
                format!("{args:?} killed at {name} (#{number})")
            }
            None => {
                // Also a little after its end, because it may be slower this time.
                let most = (stop.takes.as_micros() as u64).max(1) * 11 / 10;
                let delay = Duration::from_micros(self.random.below(most));
                let mut child =
                    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                std::thread::sleep(delay);
                let _ = child.kill();
                child.wait().unwrap();
                self.tally.at_moments += 1;
                format!("{args:?} killed after {delay:?}")
            }
        };
        let list: Vec<String> = ["list", "--format", "json"].map(str::to_owned).into();
        // The recovery may be killed, too.
        if self.random.below(4) == 0 {
            let mut child =
                self.command(&list).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_micros(self.random.below(150_000)));
            let _ = child.kill();
            child.wait().unwrap();
            self.tally.in_recovery += 1;
        }
        let next = Run::of(self.command(&list).output().unwrap());
        let recovered = next.exits(0).json()["recovered"].clone();
        let finished = recovered[0]["finished"].as_bool();
        if let Some(finished) = finished {
            let word = if finished { "finished" } else { "undone" };
            next.complains(&format!(
                "an interrupted {} of `acme-tour` was {word}",
                args[0].replace("reinstall", "install").replace("backup", "restore")
            ));
        }
        (what, finished)
    }

    /// Whether the change stands after a kill; anything between is a failure.
    fn stands(&mut self, what: &str, said: Option<bool>, before: &Dump, after: &Dump) -> bool {
        let stands = said.unwrap_or_else(|| self.site.shop().dump_with_lock() != *before);
        match stands {
            true => assert_same(what, &self.comparable(), after),
            false => assert_same(what, &self.site.shop().dump_with_lock(), before),
        }
        match said {
            None => self.tally.not_begun_or_over += 1,
            Some(true) => self.tally.finished += 1,
            Some(false) => self.tally.undone += 1,
        }
        stands
    }

    /// One round in which commands are killed, at most `most` times, `each` at random moments.
    fn round(&mut self, stops: &mut [Stop], most: usize, each: usize, every: usize) -> usize {
        let mut done = 0;
        self.begin();
        for (stop, (version, args)) in stops.iter_mut().zip(TOUR) {
            write_plugin(self.site.world(), version);
            stop.args = self.args(args);
            let args = stop.args.clone();
            let before = self.site.shop().dump_with_lock();
            let mut stands = false;
            let mut moments = each;
            let mut points = every;
            while !stands && done < most {
                let point = match stop.left.is_empty() || points == 0 {
                    false => {
                        points -= 1;
                        let at = self.random.below(stop.left.len() as u64) as usize;
                        Some(stop.left.remove(at))
                    }
                    true if moments == 0 => break,
                    true => {
                        moments -= 1;
                        None
                    }
                };
                let (what, said) = self.kill(stop, &args, point);
                stands = self.stands(&what, said, &before, &stop.after);
                done += 1;
            }
            if !stands {
                Run::of(self.command(&args).output().unwrap()).exits(0);
                assert_same(&format!("{args:?}"), &self.comparable(), &stop.after);
            }
        }
        done
    }
}

#[allow(clippy::print_stdout, reason = "a run that failed can be repeated by its seed")]
fn go(site: &dyn Site, usual: usize) {
    let seed = seed();
    println!("DAINO_TEST_SEED={seed}");
    let mut tour = Tour { site, random: Random(seed), tally: Tally::default() };
    let empty = site.shop().dump_with_lock();
    let mut stops = tour.look();
    let points: usize = stops.iter().map(|stop| stop.points.len()).sum();
    assert!(points > 150, "{points} points");
    let most = kills(usual);
    let mut left = most;
    // A short run takes a few of each; a long one every point first.
    let (each, every) =
        if most > points { (usize::from(most > 2 * points) * 3, usize::MAX) } else { (1, 1) };
    while left > 0 {
        let each = if stops.iter().all(|stop| stop.left.is_empty()) { 6 } else { each };
        left -= tour.round(&mut stops, left, each, every);
    }
    tour.begin();
    assert_same("the tour", &site.shop().dump_with_lock(), &empty);
    let never = stops.iter().map(|stop| stop.left.len()).sum::<usize>();
    println!("{most} kills, {points} points, {never} of them not tried: {:?}", tour.tally);
}

#[test]
fn killed_anywhere_on_a_private_server_every_change_is_whole_or_not_there() {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    go(&Private(world, keeper), 16);
}

#[test]
fn killed_anywhere_on_a_server_by_url_every_change_is_whole_or_not_there() {
    go(&postgres::server(), 16);
}

//! Two operators at the same moment, each a program of his own: one wins, the other is told who keeps
//! him out and what to do, and nothing is lost. In a shop with a private server and in one by URL.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::postgres::{Server, server};
use crate::support::shop::{Dump, Keeper, assert_same, normal};
use crate::support::{Run, World, rounds};

/// A shop, and where it is.
pub struct Place {
    pub shop: Keeper,
    /// The server by URL.
    pub host: Option<Keeper>,
    store: &'static str,
    pub world: World,
}

impl Place {
    pub fn private() -> Self {
        let world = World::with_shop();
        Self { shop: world.keep_shop_open(), host: None, store: ".daino", world }.with_plugins()
    }

    pub fn by_url() -> Self {
        let Server { world, host, shop } = server();
        std::fs::remove_dir_all(world.dir().join("acme-pay")).unwrap();
        Self { shop, host: Some(host), store: "remote", world }.with_plugins()
    }

    fn with_plugins(self) -> Self {
        for slug in ["acme-pay", "acme-sms", "acme-way"] {
            self.plugin(slug, "1.0.0");
        }
        self
    }

    pub fn plugin(&self, slug: &str, version: &str) {
        let _ = std::fs::remove_dir_all(self.world.dir().join(slug));
        let table = slug.replace('-', "_");
        let up = format!(
            "CREATE TABLE {table}_notes (id BIGSERIAL PRIMARY KEY, text TEXT);
             INSERT INTO {table}_notes (text) SELECT n::text FROM generate_series(1, 50) n;"
        );
        let less = format!("ALTER TABLE {table}_notes DROP COLUMN more;");
        let more = format!("ALTER TABLE {table}_notes ADD COLUMN more INT;");
        let mut files = vec![
            ("index.js", "export async function onEnable(ctx) { await ctx.storage.set('on', 1); }"),
            ("migrations/0001_create.sql", up.as_str()),
        ];
        if version != "1.0.0" {
            files.push(("migrations/0002_more.sql", more.as_str()));
            files.push(("migrations/0002_more.down.sql", less.as_str()));
        }
        self.world.plugin(json!({ "slug": slug, "version": version }), &files);
    }

    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = self.world.command();
        command.args(args).env("DAINO_STORE", self.store);
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    fn start(&self, args: &[&str]) -> Child {
        let mut command = self.command(args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    /// Versions of what is installed, by slug.
    pub fn installed(&self) -> Vec<String> {
        let list = self.run(&["list", "--format", "json"]).exits(0).json();
        let plugins = list["plugins"].as_array().unwrap();
        let shown = |p: &serde_json::Value| {
            format!("{} {} {}", p["slug"], p["version"], p["state"]).replace('"', "")
        };
        plugins.iter().map(shown).collect()
    }

    /// The shop without what differs from run to run.
    pub fn dump(&self) -> Dump {
        let mut dump = normal(&self.shop.dump());
        // What was undone or done once more leaves a line here, a backup, and numbers that were taken.
        for what in
            ["sequences", "files in backups", "rows of daino.uninstalls", "rows of daino.calls"]
        {
            dump.remove(what);
        }
        dump.retain(|what, _| !what.ends_with("_seq"));
        dump
    }
}

/// Both were done, or one of them was and the other was told who had changed what.
#[track_caller]
fn done(both: [Run; 2]) {
    assert!(both.iter().any(|run| run.code == 0), "{both:#?}");
    for run in both.iter().filter(|run| run.code != 0) {
        run.exits(7).complains("plan-changed").complains("the last change of `acme-pay`: ");
        run.complains("run the command again");
    }
}

fn end(child: Child) -> Run {
    Run::of(child.wait_with_output().unwrap())
}

const REMOVE: [&str; 4] =
    ["--cleanup-data=remove", "--cleanup-tables=remove", "--remove-code", "-q"];

pub fn remove(slug: &str) -> Vec<&str> {
    [&["uninstall", slug], &REMOVE[..]].concat()
}

/// One is in the middle of its transaction; everybody else is told who it is.
fn the_second_is_told_by_whom(place: &Place) {
    place.run(&["install", "./acme-way", "-y", "--accept-permissions=all", "-q"]).exits(0);
    place.plugin("acme-way", "1.1.0");
    let before = place.installed();
    place.shop.execute("BEGIN; LOCK TABLE daino.plugin_migrations IN SHARE ROW EXCLUSIVE MODE");
    let first = place.start(&["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"]);
    let until = Instant::now() + Duration::from_secs(30);
    while place.shop.query("SELECT count(*)::text FROM pg_locks WHERE NOT granted") == ["0"] {
        assert!(Instant::now() < until, "nobody waits");
        std::thread::sleep(Duration::from_millis(20));
    }
    let others: Vec<Child> = [
        &["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"][..],
        &["install", "./acme-sms", "-y", "--accept-permissions=all", "-q"],
        &remove("acme-way"),
        &["update", "acme-way", "--accept-breaking", "--accept-permissions=all", "-q"],
        &["disable", "acme-way"],
        &["backup", "create", "acme-way"],
    ]
    .iter()
    .map(|args| place.start(args))
    .collect();
    let told = format!(", process {}, since ", first.id());
    for other in others {
        let run = end(other);
        run.exits(2).complains("lifecycle.locked").complains(&told);
        run.complains("(install of `acme-pay`)").complains("run the command again");
    }
    // Looking is not kept waiting.
    assert_eq!(place.installed(), before);
    place.shop.execute("ROLLBACK");
    end(first).exits(0);
    assert_eq!(place.installed(), ["acme-pay 1.0.0 enabled", "acme-way 1.0.0 enabled"]);
    place.run(&remove("acme-pay")).exits(0);
    place.run(&remove("acme-way")).exits(0);
}

/// Both begin at once and nobody holds either back: whatever the order, both are whole.
fn both_at_once_end_as_one_after_the_other(place: &Place) {
    place.plugin("acme-way", "1.0.0");
    let empty = place.dump();
    let install: &[&str] = &["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"];
    place.run(install).exits(0);
    let installed = place.dump();
    place.run(&remove("acme-pay")).exits(0);
    assert_same("a removal", &place.dump(), &empty);
    for _ in 0..rounds(1) {
        done([place.start(install), place.start(install)].map(end));
        assert_same("two installs", &place.dump(), &installed);

        // Removed and installed: either was last.
        done([place.start(&remove("acme-pay")), place.start(install)].map(end));
        if place.installed().is_empty() {
            assert_same("an install and a removal", &place.dump(), &empty);
        } else {
            assert_same("a removal and an install", &place.dump(), &installed);
            place.run(&remove("acme-pay")).exits(0);
        }

        let two = [install, &["install", "./acme-sms", "-y", "--accept-permissions=all", "-q"]];
        done(two.map(|args| place.start(args)).map(end));
        assert_eq!(place.installed(), ["acme-pay 1.0.0 enabled", "acme-sms 1.0.0 enabled"]);

        place.plugin("acme-pay", "1.1.0");
        let update = ["update", "acme-pay", "--accept-breaking", "--accept-permissions=all", "-q"];
        let backup = ["backup", "create", "acme-pay", "--format", "json"];
        let [updated, made] = [place.start(&update), place.start(&backup)].map(end);
        updated.exits(0);
        let name = made.exits(0).json()["name"].as_str().unwrap().to_owned();
        place.run(&["backup", "verify", &name]).exits(0);
        assert_eq!(place.installed()[0], "acme-pay 1.1.0 enabled");
        place.plugin("acme-pay", "1.0.0");
        done(["acme-pay", "acme-sms"].map(|slug| place.start(&remove(slug))).map(end));
        assert_same("two removals", &place.dump(), &empty);
    }
}

#[test]
fn in_a_private_shop_one_wins_and_the_other_is_told_by_whom() {
    let place = Place::private();
    the_second_is_told_by_whom(&place);
    both_at_once_end_as_one_after_the_other(&place);
}

#[test]
fn in_a_shop_by_url_one_wins_and_the_other_is_told_by_whom() {
    let place = Place::by_url();
    the_second_is_told_by_whom(&place);
    both_at_once_end_as_one_after_the_other(&place);
}

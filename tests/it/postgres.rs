//! A shop in somebody's PostgreSQL server: the statements of `docs/postgres.md`, and kills.
//!
//! The server is the one of another shop, reached by its address like any other; the role is the one
//! that the page makes, which is no superuser.

use std::process::Command;

use serde_json::json;

use crate::support::shop::{Keeper, REMOVE, assert_same};
use crate::support::{Run, World};

const PAGE: &str = include_str!("../../docs/postgres.md");

/// The blocks of SQL on the page.
fn statements() -> Vec<&'static str> {
    let blocks = PAGE.split("```sql\n").skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

/// The address of the server for one of its operators.
pub(crate) fn address(host: &Keeper, operator: &str) -> String {
    let sockets = host.sockets();
    format!(
        "host={} port=5432 user={operator} password=change-me dbname=bottega",
        sockets.display()
    )
}

/// A server of its own, and a shop in a database of it.
pub(crate) struct Server {
    pub(crate) world: World,
    pub(crate) host: Keeper,
    pub(crate) shop: Keeper,
}

pub(crate) fn server() -> Server {
    let world = World::with_shop();
    let host = world.keep_shop_open();
    let administrator = host.log_in("daino", "superuser", "postgres");
    assert_eq!(statements().len(), 6);
    statements().iter().for_each(|sql| administrator.execute(sql));
    let address = address(&host, "shop_operator");
    world.run(["store", "init", "--store", "remote", "--database-url", &address]).exits(0);
    let shop = host.beside("shop_operator", "change-me", "bottega", world.dir().join("remote"));
    let code = "export async function onEnable(ctx) { if (!(await ctx.storage.get('on'))) await ctx.storage.set('on', true); }
        export async function healthCheck(ctx) { return (await ctx.db.query('SELECT 1 AS one')).rows.length === 1; }";
    let migration = "CREATE TABLE acme_pay_notes (id BIGSERIAL PRIMARY KEY, text TEXT);
        INSERT INTO acme_pay_notes (text) SELECT n::text FROM generate_series(1, 50) n;";
    let files = [("index.js", code), ("migrations/0001_create.sql", migration)];
    world.plugin(json!({ "slug": "acme-pay", "permissions": { "database": ["orders"] } }), &files);
    Server { world, host, shop }
}

impl Server {
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = self.world.command();
        command.args(args).env("DAINO_STORE", "remote");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    fn kill_at(&self, args: &[&str], point: &str) {
        let run = Run::of(self.command(args).env("DAINO_TEST_KILL_AT", point).output().unwrap());
        assert_eq!(run.code, -1, "`{point}` was not reached: {run:#?}");
        self.run(&["list"]).exits(0);
    }
}

pub(crate) const INSTALL: &[&str] =
    &["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"];

#[test]
fn the_role_of_the_page_is_enough_and_a_killed_change_is_whole_or_not_there() {
    let server = server();
    let powers = "SELECT concat_ws(' ', rolsuper, rolcreatedb, rolbypassrls) FROM pg_roles WHERE rolname = current_user";
    assert_eq!(server.shop.query(powers), ["f f f"]);
    let empty = server.shop.dump();
    for point in [
        "journal.written",
        "journal.announced",
        "code.renamed",
        "install.record-written",
        "install.migrated",
        "install.started",
        "install.decided",
    ] {
        server.kill_at(INSTALL, point);
        assert_same(point, &server.shop.dump(), &empty);
    }
    server.kill_at(INSTALL, "together.committed");
    let installed = server.shop.dump();
    assert_eq!(installed["rows of public.acme_pay_notes"].len(), 50);
    server.kill_at(&REMOVE, "journal.announced");
    assert_same("journal.announced", &server.shop.dump(), &installed);
}

#[test]
fn a_lost_connection_leaves_the_shop_as_it_was() {
    let server = server();
    let empty = server.shop.dump();
    // The plugin's table waits for this lock in the middle of the installation's transaction.
    let blocker = "BEGIN; LOCK TABLE daino.plugin_migrations IN ACCESS EXCLUSIVE MODE";
    server.shop.execute(blocker);
    let mut command = server.command(INSTALL);
    let child = command
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let waiting = "SELECT count(*)::text FROM pg_locks WHERE NOT granted";
    let until = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while server.host.query(waiting) == ["0"] {
        assert!(std::time::Instant::now() < until, "nobody waits");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let administrator = server.host.log_in("daino", "superuser", "postgres");
    administrator.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = 'bottega' AND pid IN (SELECT pid FROM pg_locks WHERE NOT granted)",
    );
    server.shop.execute("ROLLBACK");
    let run = Run::of(child.wait_with_output().unwrap());
    assert_ne!(run.code, 0, "{run:#?}");
    assert_ne!(run.code, 70, "{run:#?}");
    server.run(&["list"]).exits(0);
    assert_same("a lost connection", &server.shop.dump(), &empty);
    server.run(INSTALL).exits(0);
}

#[test]
fn an_application_that_is_writing_is_neither_waited_for_nor_kept_waiting() {
    let server = server();
    // It holds, all the time, the locks of a writer on the tables that the plugin has rights on.
    let application = server.host.beside(
        "shop_operator",
        "change-me",
        "bottega",
        server.world.dir().join("remote"),
    );
    let writes = "UPDATE sales_orders SET status = status; UPDATE customers SET phone = phone;
        INSERT INTO plugin_data (plugin_id, data_key, data_value) VALUES ('other', 'k', '1')";
    application.execute(&format!("BEGIN; SET LOCAL lock_timeout = '1s'; {writes}"));
    server.run(INSTALL).exits(0);
    server.run(&["disable", "acme-pay"]).exits(0);
    server.run(&["enable", "acme-pay"]).exits(0);
    server.run(&REMOVE).exits(0);
    application.execute(&format!("{}; COMMIT", writes.replace("'k'", "'l'")));
}

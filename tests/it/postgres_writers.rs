//! An application that goes on writing while plugins come, change and go: how long its longest
//! statement takes. `benches/writers` measures the same with more rows.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::postgres::{Server, server};
use crate::support::Run;
use crate::support::shop::Keeper;

/// What an application writes: the shop's tables, the plugin's, and its keys.
const WRITES: [(&str, &str); 3] = [
    ("shop", "UPDATE sales_orders SET status = status; UPDATE customers SET phone = phone"),
    ("own", "INSERT INTO acme_till_rows (text) VALUES ('by the application')"),
    ("keys", "UPDATE plugin_data SET updated_at = now() WHERE plugin_id = 'other'"),
];

/// Somebody who writes all the time, on a connection of his own.
struct Writer {
    what: &'static str,
    stop: Arc<AtomicBool>,
    /// The longest statement so far, and how many there were. Whoever holds it keeps him from writing.
    seen: Arc<Mutex<(Duration, usize)>>,
    thread: JoinHandle<()>,
}

impl Writer {
    fn start(keeper: Keeper, (what, sql): (&'static str, &'static str)) -> Self {
        let (stop, seen) = (Arc::new(AtomicBool::new(false)), Arc::new(Mutex::default()));
        let (asked, told) = (Arc::clone(&stop), Arc::clone(&seen));
        let thread = std::thread::spawn(move || {
            while !asked.load(Ordering::Relaxed) {
                let mut seen: MutexGuard<'_, (Duration, usize)> = told.lock().unwrap();
                let began = Instant::now();
                match keeper.try_execute(sql) {
                    Ok(()) => seen.1 += 1,
                    // The plugin's table is not always there.
                    Err(why) => assert!(what == "own" && why.contains("does not exist"), "{why}"),
                }
                seen.0 = seen.0.max(began.elapsed());
                drop(seen);
                std::thread::sleep(Duration::from_millis(1));
            }
        });
        Self { what, stop, seen, thread }
    }

    /// The longest statement since the last time.
    fn longest(&self) -> Duration {
        std::mem::take(&mut self.seen.lock().unwrap().0)
    }

    fn end(self) -> Duration {
        self.stop.store(true, Ordering::Relaxed);
        let longest = self.longest();
        self.thread.join().unwrap();
        assert!(self.seen.lock().unwrap().1 > 0, "{} was never written", self.what);
        longest
    }
}

fn another(server: &Server) -> Keeper {
    let dir = server.world.dir().join("remote");
    server.host.beside("shop_operator", "change-me", "bottega", dir)
}

/// How many rows the plugin has: `DAINO_TEST_ROWS`, for `benches/writers`.
fn rows() -> usize {
    std::env::var("DAINO_TEST_ROWS").map_or(5_000, |rows| rows.parse().unwrap())
}

fn release(server: &Server, version: &str) {
    let manifest = json!({ "slug": "acme-till", "version": version, "permissions": { "database": ["orders", "products:write"] } });
    let first = format!(
        "CREATE TABLE acme_till_rows (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL);
         INSERT INTO acme_till_rows (text) SELECT md5(n::text) FROM generate_series(1, {}) n;",
        rows()
    );
    let mut files = vec![
        ("index.js", "export async function healthCheck() { return true; }"),
        ("migrations/0001_rows.sql", first.as_str()),
    ];
    if version != "1.0.0" {
        files.push((
            "migrations/0002_more.sql",
            "ALTER TABLE acme_till_rows ADD COLUMN note TEXT NOT NULL DEFAULT 'x';",
        ));
        files.push((
            "migrations/0002_more.down.sql",
            "ALTER TABLE acme_till_rows DROP COLUMN note;",
        ));
    }
    server.world.plugin(manifest, &files);
}

const REMOVE: &[&str] =
    &["uninstall", "acme-till", "--cleanup-data=remove", "--cleanup-tables=remove", "-q"];

#[test]
fn no_writer_waits_longer_than_a_lock_may_take() {
    let server = server();
    release(&server, "1.0.0");
    server.shop.execute(
        "INSERT INTO plugin_data (plugin_id, data_key, data_value) VALUES ('other', 'k', '1')",
    );
    let writers = WRITES.map(|write| Writer::start(another(&server), write));
    let beside = |args: &[&str], code: i32| -> Run {
        let began = Instant::now();
        let run = server.run(args);
        run.exits(code);
        println!("{:<10} {:6} ms", args[0], began.elapsed().as_millis());
        for writer in &writers {
            let longest = writer.longest();
            println!("    longest statement on {:<5} {:6} ms", writer.what, longest.as_millis());
            // Of the shop's own tables a command locks nothing; of the plugin's, for a transaction.
            let most = if writer.what == "own" { 10 } else { 3 };
            assert!(longest < Duration::from_secs(most), "{args:?}, {}: {longest:?}", writer.what);
        }
        run
    };
    beside(&["install", "./acme-till", "--accept-permissions=all", "-y", "-q"], 0);
    let backup = beside(&["backup", "create", "acme-till", "--format", "json"], 0).json();
    release(&server, "1.1.0");
    beside(&["update", "acme-till", "--accept-permissions=all", "--accept-breaking", "-q"], 0);
    beside(&["rollback", "acme-till", "-y", "-q"], 0);
    beside(&["disable", "acme-till"], 0);
    beside(&["enable", "acme-till"], 0);
    // The backup is made while the table is locked, so no row is written between it and the removal.
    beside(REMOVE, 0);
    beside(&["backup", "restore", backup["name"].as_str().unwrap()], 0);
    let pause = writers[1].seen.lock().unwrap();
    server.run(REMOVE).exits(0);
    drop(pause);
    for writer in writers {
        writer.end();
    }
}

#[test]
fn whoever_comes_after_a_change_that_waits_does_not_wait_as_long() {
    let server = server();
    release(&server, "1.0.0");
    server.run(&["install", "./acme-till", "--accept-permissions=all", "-y", "-q"]).exits(0);
    release(&server, "1.1.0");
    for args in [
        &["update", "acme-till", "--accept-permissions=all", "--accept-breaking", "-q"][..],
        &["uninstall", "acme-till", "--cleanup-tables=keep", "-q"],
    ] {
        // A long transaction of the application, and another that goes on writing.
        let holder = another(&server);
        holder.execute("SET application_name = 'till'; BEGIN; UPDATE acme_till_rows SET text = text WHERE id = 1");
        let writer = Writer::start(another(&server), WRITES[1]);
        let mut command = server.command(args);
        let began = Instant::now();
        let run = Run::of(command.env("DAINO_LOCK_TIMEOUT", "3").output().unwrap());
        run.exits(2).complains("lifecycle.busy").complains("`acme_till_rows`").complains("till");
        assert!(began.elapsed() > Duration::from_secs(3));
        let longest = writer.end();
        assert!(longest < Duration::from_secs(2), "{args:?}: {longest:?}");
        holder.execute("ROLLBACK");
        // One that ends in time is waited for.
        holder.execute("BEGIN; UPDATE acme_till_rows SET text = text WHERE id = 1");
        let child = server.command(args).stderr(std::process::Stdio::piped()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(1500));
        holder.execute("COMMIT");
        Run::of(child.wait_with_output().unwrap()).exits(0);
    }
}

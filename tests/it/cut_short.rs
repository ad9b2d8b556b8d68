//! Commands that are cut short from outside: by a disk that is full, by a connection that is lost, by an
//! administrator who ends the session. The shop is then exactly as before, or exactly as after.

use std::io::{Read, Write};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::operators::{Place, remove};
use crate::support::disk::SmallDisk;
use crate::support::shop::{Dump, assert_same};
use crate::support::{Run, rounds};

/// A command, and what takes it back.
struct Case {
    what: &'static str,
    args: Vec<String>,
    back: Vec<String>,
}

fn case(what: &'static str, args: &[&str], back: &[&str]) -> Case {
    let owned = |args: &[&str]| args.iter().map(|arg| (*arg).to_owned()).collect();
    Case { what, args: owned(args), back: owned(back) }
}

const UPDATE: [&str; 6] = [
    "update",
    "acme-pay",
    "--from=./acme-pay",
    "--accept-breaking",
    "--accept-permissions=all",
    "-q",
];

/// Does each command under `hindrances`; after each, the shop is what it was or what the command makes of
/// it. How often it was hindered.
fn in_each_case(
    place: &Place,
    hindrances: usize,
    hindered: impl Fn(&Case, usize, &dyn Fn() -> Run) -> Run,
) -> usize {
    place.run(&["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"]).exits(0);
    // Rows that do not compress, so that a backup takes some room.
    place.shop.execute("INSERT INTO acme_pay_notes (text) SELECT md5(random()::text) || md5(random()::text) FROM generate_series(1, 3000)");
    let made = place.run(&["backup", "create", "acme-pay", "--format", "json"]).exits(0).json();
    let name = made["name"].as_str().unwrap().to_owned();
    place.plugin("acme-pay", "1.1.0");
    let removal = remove("acme-pay");
    let restore = ["backup", "restore", &name];
    // What comes out of a backup says so; so it does from the start.
    place.run(&removal).exits(0);
    place.run(&restore).exits(0);
    let mut failed = 0;
    for case in [
        case("backup", &["backup", "create", "acme-pay", "-q"], &[]),
        case("update", &UPDATE, &["rollback", "acme-pay", "-y", "-q"]),
        case("uninstall", &removal, &restore),
        case("restore", &restore, &removal),
    ] {
        if case.what == "restore" {
            place.run(&removal).exits(0);
        }
        let before = place.dump();
        place.run(&args(&case.args)).exits(0);
        let after = place.dump();
        let back = || {
            if !case.back.is_empty() {
                place.run(&args(&case.back)).exits(0);
            }
            assert_same(&format!("{} and back", case.what), &place.dump(), &before);
        };
        back();
        for n in 0..hindrances {
            let run = hindered(&case, n, &|| place.run(&args(&case.args)));
            assert!(![70, 101, -1].contains(&run.code), "{}: {run:#?}", case.what);
            let list = place.run(&["list", "--format", "json"]);
            list.exits(0);
            let now = place.dump();
            assert_eq!(now["files in journal"], [""; 0], "{} {n}: {run:#?}", case.what);
            if run.code == 0 || is_same(&now, &after) && !is_same(&now, &before) {
                assert_same(&format!("{} {n}, done", case.what), &now, &after);
                back();
            } else {
                assert!(run.stderr.contains("error: "), "{run:#?}");
                assert_same(&format!("{} {n}: {}", case.what, run.stderr), &now, &before);
            }
            failed += usize::from(run.code != 0);
        }
        place.run(&["backup", "verify", &name]).exits(0);
    }
    failed
}

fn args(args: &[String]) -> Vec<&str> {
    args.iter().map(String::as_str).collect()
}

fn is_same(one: &Dump, other: &Dump) -> bool {
    one == other
}

#[test]
fn a_full_disk_in_any_command_leaves_the_shop_as_before_or_as_after() {
    let place = Place::by_url();
    let (dir, aside) = (place.world.dir().join("remote"), place.world.dir().join("aside"));
    std::fs::rename(&dir, &aside).unwrap();
    // Only root can mount; elsewhere there is no small disk to fill.
    let Some(disk) = SmallDisk::mount(dir.clone(), 8) else { return };
    let copied = std::process::Command::new("cp").args(["-a", "-T"]).args([&aside, &dir]).status();
    assert!(copied.unwrap().success());
    let failed = in_each_case(&place, 4, |_, n, run| {
        // Nothing, a journal's entry, some code, half a backup.
        disk.fill([0, 4, 24, 96][n] * 1024);
        let run = run();
        if run.code != 0 {
            run.complains("disk-full");
        }
        disk.free();
        run
    });
    assert!(failed >= 7, "{failed}");
}

/// Stands between daino-pdk and the server, counts what is sent, and cuts after so many bytes.
struct Proxy {
    dir: PathBuf,
    sent: Arc<AtomicUsize>,
    limit: Arc<AtomicUsize>,
    open: Arc<Mutex<Vec<UnixStream>>>,
    is_over: Arc<AtomicBool>,
}

impl Proxy {
    fn start(dir: PathBuf, server: PathBuf) -> Self {
        std::fs::create_dir_all(&dir).unwrap();
        let listener = UnixListener::bind(dir.join(".s.PGSQL.5432")).unwrap();
        let proxy = Self {
            dir,
            sent: Arc::default(),
            limit: Arc::new(AtomicUsize::new(usize::MAX)),
            open: Arc::default(),
            is_over: Arc::default(),
        };
        let (sent, limit, open) =
            (Arc::clone(&proxy.sent), Arc::clone(&proxy.limit), Arc::clone(&proxy.open));
        let is_over = Arc::clone(&proxy.is_over);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                if is_over.load(Ordering::SeqCst) {
                    return;
                }
                let (client, server) = (client.unwrap(), UnixStream::connect(&server).unwrap());
                if sent.load(Ordering::SeqCst) >= limit.load(Ordering::SeqCst) {
                    continue;
                }
                open.lock().unwrap().extend([&client, &server].map(|s| s.try_clone().unwrap()));
                let back = (server.try_clone().unwrap(), client.try_clone().unwrap());
                let (sent, limit, open) =
                    (Arc::clone(&sent), Arc::clone(&limit), Arc::clone(&open));
                std::thread::spawn(move || {
                    pass(client, server, |n| {
                        let all = sent.fetch_add(n, Ordering::SeqCst) + n;
                        if all >= limit.load(Ordering::SeqCst) {
                            for stream in open.lock().unwrap().drain(..) {
                                let _ = stream.shutdown(std::net::Shutdown::Both);
                            }
                        }
                    });
                });
                std::thread::spawn(move || pass(back.0, back.1, |_| {}));
            }
        });
        proxy
    }

    /// Counts anew, and cuts at `limit`.
    fn set(&self, limit: usize) {
        self.open.lock().unwrap().clear();
        self.sent.store(0, Ordering::SeqCst);
        self.limit.store(limit, Ordering::SeqCst);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::SeqCst);
        let _ = UnixStream::connect(self.dir.join(".s.PGSQL.5432"));
    }
}

fn pass(mut from: UnixStream, mut to: UnixStream, passed: impl Fn(usize)) {
    let mut piece = [0; 4096];
    while let Ok(n @ 1..) = from.read(&mut piece) {
        // What is cut is cut in the middle of a message.
        passed(n);
        if to.write_all(&piece[..n]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(std::net::Shutdown::Both);
    let _ = from.shutdown(std::net::Shutdown::Both);
}

fn through(place: &Place, dir: &Path, args: &[String]) -> Run {
    let url = format!(
        "host={} port=5432 user=shop_operator password=change-me dbname=bottega",
        dir.display()
    );
    let mut command = place.command(&self::args(args));
    Run::of(command.env("DAINO_DATABASE_URL", url).output().unwrap())
}

#[test]
fn a_connection_that_is_cut_in_any_command_leaves_the_shop_as_before_or_as_after() {
    let place = Place::by_url();
    let sockets = place.host.as_ref().unwrap().sockets();
    let short = tempfile::tempdir().unwrap();
    let proxy = Proxy::start(short.path().join("p"), sockets.join(".s.PGSQL.5432"));
    let points = rounds(4);
    let whole = Mutex::new(0);
    let failed = in_each_case(&place, points, |case, n, _| {
        let mut whole = whole.lock().unwrap();
        if n == 0 {
            // Learns how much is sent in all, without a cut.
            proxy.set(usize::MAX);
            let run = through(&place, &proxy.dir, &case.args);
            run.exits(0);
            *whole = proxy.sent.load(Ordering::SeqCst);
            return run;
        }
        proxy.set(*whole * n / points);
        let run = through(&place, &proxy.dir, &case.args);
        if run.code != 0 {
            assert!([2, 5].contains(&run.code), "{run:#?}");
            assert!(
                run.stderr.contains("connection-lost") || run.stderr.contains("store.connect"),
                "{run:#?}"
            );
        }
        run
    });
    assert!(failed >= points * 2, "{failed}");
}

#[test]
fn a_session_that_is_ended_in_any_command_leaves_the_shop_as_before_or_as_after() {
    let place = Place::by_url();
    let administrator = place.host.as_ref().unwrap().log_in("daino", "superuser", "bottega");
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = 'bottega' AND application_name LIKE 'daino-pdk%' AND application_name <> ''";
    let points = rounds(4);
    let failed = in_each_case(&place, points, |case, n, _| {
        let mut command = place.command(&args(&case.args));
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped());
        let child = command.spawn().unwrap();
        // From the start of its first session on, a little later each time.
        let until = std::time::Instant::now() + std::time::Duration::from_secs(10);
        let is_there = "SELECT count(*)::text FROM pg_stat_activity WHERE datname = 'bottega' AND application_name LIKE 'daino-pdk%'";
        while administrator.query(is_there) == ["0"] && std::time::Instant::now() < until {}
        std::thread::sleep(std::time::Duration::from_millis(60 * n as u64));
        administrator.execute(end);
        Run::of(child.wait_with_output().unwrap())
    });
    assert!(failed >= points, "{failed}");
}

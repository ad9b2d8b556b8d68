//! `daino-pdk store`, and what is left when a command with a database is killed.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::support::World;
use crate::support::shop::assert_same;

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout.starts_with(b"0"))
}

#[test]
fn a_shop_is_made_and_looked_at() {
    let world = World::new();
    world.run(["store", "status"]).exits(2).complains("daino-pdk store init");
    let dry = world.run(["store", "init", "--dry-run"]);
    assert!(dry.exits(0).stdout.starts_with("Would make the shop"), "{}", dry.stdout);
    assert!(world.files().is_empty());
    let made = world.run([
        "store",
        "init",
        "--name",
        "Bottega",
        "--currency",
        "eur",
        "--timezone",
        "Europe/Rome",
        "--format",
        "json",
    ]);
    let made = made.exits(0).json();
    assert_eq!(
        (&made["name"], &made["currency"], &made["made"]),
        (&"Bottega".into(), &"EUR".into(), &true.into())
    );
    let shown = world.run(["store", "status", "--format", "json"]).exits(0).json();
    assert_eq!((&shown["id"], &shown["timezone"]), (&made["id"], &"Europe/Rome".into()));
    assert_eq!(shown["tables"][2], serde_json::json!({ "name": "sales_orders", "rows": 60 }));
    world.run(["store", "init"]).exits(2).complains("store.exists");
    world.run(["store", "init", "--dry-run"]).exits(2).complains("store.exists");
    let text = world.run(["store", "status"]);
    assert!(text.exits(0).stdout.contains("Bottega"), "{}", text.stdout);
    let key = std::fs::read_to_string(world.dir().join(".daino/database.key")).unwrap();
    let key: serde_json::Value = serde_json::from_str(&key).unwrap();
    for file in world.files().iter().filter(|f| !f.ends_with("database.key")) {
        let content = std::fs::read(world.dir().join(file)).unwrap_or_default();
        let secret = key["owner"].as_str().unwrap().as_bytes();
        assert!(!content.windows(secret.len()).any(|w| w == secret), "{file} holds a password");
    }
}

#[test]
fn wrong_options_make_nothing() {
    let world = World::new();
    for (args, word) in [
        (["--currency", "EURO"], "ISO 4217"),
        (["--currency", "XYZ"], "ISO 4217"),
        (["--timezone", "Mars/Olympus"], "time zone"),
        (["--name", "a\nb"], "1 to 255"),
        (["--name", " "], "1 to 255"),
        (["--database-url", "mysql://a:geheim@b/c"], "store.database-url"),
        (["--database-url", "postgresql://a:geheim@127.0.0.1:1/c"], "store.connect"),
    ] {
        let run = world.run(["store", "init"].iter().chain(&args));
        run.exits(2).complains(word);
        assert!(!run.stderr.contains("geheim"), "{}", run.stderr);
    }
    assert!(world.files().is_empty(), "{:?}", world.files());
}

/// Without a fetched copy and without the network, the system's PostgreSQL does, or the message
/// has both ways out.
#[test]
fn without_the_network_the_systems_postgres_does() {
    let world = World::new();
    let offline = |args: &[&str]| {
        let mut command = world.command();
        command.env("DAINO_CACHE", world.home().join("empty")).args(args).arg("--offline");
        crate::support::Run::of(command.output().unwrap())
    };
    let doctor = offline(&["doctor", "--format", "json"]).json();
    let checks = doctor["checks"].as_array().unwrap();
    let row = checks.iter().find(|c| c["name"] == "database").unwrap();
    if row["health"] == "ok" {
        assert!(row["detail"].as_str().unwrap().contains("installed on this machine"), "{row}");
        offline(&["store", "init"]).exits(0);
        let shown = offline(&["store", "status"]);
        assert!(shown.exits(0).stdout.contains("60  sales_orders"), "{}", shown.stdout);
    } else {
        let run = offline(&["store", "init"]);
        run.exits(2).complains("store.no-postgres");
        run.complains("apt-get install postgresql").complains("--offline");
    }
}

/// A shop below a directory that only root can enter: the server's account cannot get there.
#[test]
#[cfg(unix)]
fn a_shop_in_a_closed_directory_keeps_its_database_elsewhere() {
    use std::os::unix::fs::PermissionsExt;
    if !is_root() {
        return;
    }
    let world = World::new();
    let closed = world.dir().join("closed");
    std::fs::create_dir(&closed).unwrap();
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o700)).unwrap();
    world.run(["-C", "closed", "store", "init"]).exits(0);
    let store = std::fs::read_to_string(closed.join(".daino/store.json")).unwrap();
    let store: serde_json::Value = serde_json::from_str(&store).unwrap();
    let cluster = Path::new(store["database"]["cluster"].as_str().unwrap()).to_owned();
    assert!(cluster.starts_with(world.home()), "{}", cluster.display());
    assert!(!closed.join(".daino/database").exists());
    let shown = world.run(["-C", "closed", "store", "status"]);
    assert!(shown.exits(0).stdout.contains("60  sales_orders"), "{}", shown.stdout);
}

/// Directories of test runs below the temporary directory, and the servers in them.
fn servers_below(dir: &Path) -> Vec<u32> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let file = entry.path().join("database/postmaster.pid");
        let text = std::fs::read_to_string(file).unwrap_or_default();
        found.extend(text.lines().next().and_then(|pid| pid.parse::<u32>().ok()));
    }
    found
}

#[test]
#[cfg(target_os = "linux")]
fn a_killed_test_run_leaves_no_server_and_the_next_one_sweeps() {
    let world = World::new();
    world.write(
        "plugin/manifest.json",
        r#"{ "name": "Acme", "slug": "acme-pay", "version": "1.0.0", "type": "custom" }"#,
    );
    world.write("plugin/index.js", "export default {};");
    let slow = "import { createContext, it } from 'daino:test';
        it('waits', async () => {
          await createContext().storage.set('a', 1);
          await new Promise((done) => setTimeout(done, 20000));
        }, 25000);";
    world.write("plugin/tests/integration/slow.test.js", slow);
    let temp = world.dir().join("temp");
    std::fs::create_dir(&temp).unwrap();
    let test = || {
        let mut command = world.command();
        command.args(["test", "plugin", "--offline"]).env("TMPDIR", &temp);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    // Fetches PostgreSQL if nothing has before.
    world.run(["store", "init"]).exits(0);
    let mut child = test().spawn().unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    let pid = loop {
        if let Some(pid) = servers_below(&temp).first() {
            break *pid;
        }
        assert!(Instant::now() < until && child.try_wait().unwrap().is_none(), "no server");
        std::thread::sleep(Duration::from_millis(20));
    };
    child.kill().unwrap();
    child.wait().unwrap();
    let until = Instant::now() + Duration::from_secs(10);
    while Path::new(&format!("/proc/{pid}")).exists() {
        assert!(Instant::now() < until, "the server {pid} outlived its program");
        std::thread::sleep(Duration::from_millis(20));
    }
    let left = std::fs::read_dir(&temp).unwrap().count();
    assert!(left > 0);
    world.write("plugin/tests/integration/slow.test.js", slow.replace("20000", "1"));
    assert!(test().status().unwrap().success());
    assert_eq!(std::fs::read_dir(&temp).unwrap().count(), 0, "the killed run is still there");
}

#[test]
fn a_shop_of_an_earlier_build_is_brought_up_to_date_and_a_newer_one_is_refused() {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    let code = "export async function used(input, ctx) {
        await ctx.storage.set('a', 'b'); return await ctx.storage.get('a'); }";
    world.plugin(json!({ "slug": "acme-pay" }), &[("index.js", code)]);
    world.run(["install", "./acme-pay", "-y", "--accept-permissions=all", "-q"]).exits(0);
    let before = keeper.dump();
    let rights = "SELECT format('%s %s', proname, proacl) FROM pg_proc
                  WHERE pronamespace = 'daino'::regnamespace ORDER BY 1";
    let functions = keeper.query(rights);
    let file = world.dir().join(".daino/store.json");
    let format = |number: i32| {
        keeper.execute(&format!("UPDATE daino.shop SET format = {number}"));
        let mut store: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        store["format"] = number.into();
        std::fs::write(&file, store.to_string()).unwrap();
    };
    // As the first builds made it, and as the later ones of the same number did.
    for older in [
        "DROP FUNCTION daino.storage_used(); DROP TABLE daino.history, daino.plugin_pins, daino.plugin_schema",
        "DROP FUNCTION daino.storage_used()",
        "SELECT 1",
    ] {
        keeper.execute(older);
        format(1);
        world.run(["list", "-q"]).exits(0);
        assert_eq!(keeper.query("SELECT format::text FROM daino.shop"), ["2"], "{older}");
        assert!(std::fs::read_to_string(&file).unwrap().contains("\"format\": 2"));
        assert_eq!(keeper.query(rights), functions, "{older}");
        let now = keeper.dump();
        for what in ["relations", "rows of daino.plugins", "rows of daino.shop"] {
            assert_eq!(now[what], before[what], "{older}");
        }
        let used = world.run(["invoke", "acme-pay", "used", "-q"]).exits(0).json();
        assert_eq!(used, "b", "{older}");
    }
    // A step that cannot be made leaves the shop as it was.
    keeper.execute(
        "DROP FUNCTION daino.storage_used();
         CREATE FUNCTION daino.storage_used() RETURNS text LANGUAGE sql AS 'SELECT NULL::text'",
    );
    format(1);
    assert_ne!(world.run(["list", "-q"]).code, 0);
    assert_eq!(keeper.query("SELECT format::text FROM daino.shop"), ["1"]);
    keeper.execute("DROP FUNCTION daino.storage_used()");
    world.run(["list", "-q"]).exits(0);
    // Newer in the database alone, then in the file as well.
    let before = keeper.dump();
    keeper.execute("UPDATE daino.shop SET format = 99");
    for args in [&["list"][..], &["install", "./acme-pay", "-y"], &["uninstall", "acme-pay", "-y"]]
    {
        world.run(args).exits(7).complains("store.newer-format").complains("99");
    }
    format(99);
    world.run(["list"]).exits(7).complains("store.newer-format").complains("99");
    keeper.execute("UPDATE daino.shop SET format = 2");
    assert_same("a newer shop", &keeper.dump(), &before);
}

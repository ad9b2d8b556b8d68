//! Shops with a private server: crashes, strangers, two at once, odd places.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::model::event::Silent;
use crate::store::{FORMAT, InitOptions, Shop, ShopPlace, StoreError};
use crate::sys::process::{self};

/// Where the child process below finds its shop.
const CHILD: &str = "DAINO_TEST_SHOP";

struct Place {
    root: tempfile::TempDir,
}

impl Place {
    /// A directory that the account of a server can enter.
    fn new() -> Self {
        let root = tempfile::Builder::new().prefix("daino-shop-").tempdir().unwrap();
        crate::sys::account::set_mode(root.path(), 0o711).unwrap();
        Self { root }
    }

    fn shop(&self) -> ShopPlace {
        place(self.root.path().join(".daino"))
    }
}

fn place(dir: PathBuf) -> ShopPlace {
    ShopPlace { dir, url: None, offline: false }
}

fn options() -> InitOptions {
    InitOptions {
        name: "Bottega".into(),
        currency: "EUR".into(),
        timezone: "Europe/Rome".into(),
        sample_data: true,
        schemas: crate::store::Schemas::default(),
    }
}

async fn orders(shop: &Shop) -> i64 {
    let admin = shop.admin().await.unwrap();
    admin.query_one("SELECT count(*) FROM sales_orders", &[]).await.unwrap().get(0)
}

fn postmaster(dir: &Path) -> Option<u32> {
    let text = std::fs::read_to_string(dir.join("database/postmaster.pid")).ok()?;
    text.lines().next()?.parse().ok()
}

fn wait_until_gone(pid: u32) {
    let until = Instant::now() + Duration::from_secs(10);
    while process::is_running(pid) {
        assert!(Instant::now() < until, "process {pid} is still there");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn kill(pid: u32) {
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
}

#[tokio::test]
async fn a_shop_is_made_opened_and_closed() {
    let here = Place::new();
    let place = here.shop();
    assert!(matches!(Shop::open(&place, &Silent).await, Err(StoreError::NoShop(_))));
    let shop = Shop::init(&place, &options(), &Silent).await.unwrap();
    assert_eq!(orders(&shop).await, 60);
    let pid = postmaster(&place.dir).unwrap();
    shop.close(&Silent).await;
    wait_until_gone(pid);
    assert!(matches!(
        Shop::init(&place, &options(), &Silent).await,
        Err(StoreError::ShopExists(_))
    ));
    let shop = Shop::open(&place, &Silent).await.unwrap();
    assert_eq!((orders(&shop).await, shop.info().name.as_str()), (60, "Bottega"));
    let admin = shop.admin().await.unwrap();
    let row = admin.query_one(
        "SELECT current_setting('fsync'), usesuper FROM pg_user WHERE usename = current_user",
        &[],
    );
    let row = row.await.unwrap();
    assert_eq!((row.get::<_, &str>(0), row.get::<_, bool>(1)), ("on", false));
    let next = FORMAT + 1;
    admin.batch_execute(&format!("UPDATE daino.shop SET format = {next}")).await.unwrap();
    shop.close(&Silent).await;
    let newer = Shop::open(&place, &Silent).await;
    assert!(matches!(newer, Err(StoreError::NewerFormat { found, .. }) if found == next));
}

#[tokio::test]
async fn the_server_is_made_again_after_it_was_killed() {
    let here = Place::new();
    let place = here.shop();
    let shop = Shop::init(&place, &options(), &Silent).await.unwrap();
    shop.admin().await.unwrap().batch_execute("DELETE FROM sales_order_items").await.unwrap();
    let pid = postmaster(&place.dir).unwrap();
    kill(pid);
    wait_until_gone_or_zombie(pid).await;
    // The same process goes on with a new server; what was committed is there.
    let admin = shop.admin().await.unwrap();
    let row = admin.query_one("SELECT count(*) FROM sales_order_items", &[]).await.unwrap();
    assert_eq!((row.get::<_, i64>(0), orders(&shop).await), (0, 60));
    assert_ne!(postmaster(&place.dir), Some(pid));
    shop.close(&Silent).await;
}

/// A killed child stays a zombie until its parent looks at it.
async fn wait_until_gone_or_zombie(pid: u32) {
    for _ in 0..1000 {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        if stat.is_empty() || stat.contains(") Z ") {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("process {pid} is still there");
}

#[tokio::test]
async fn two_at_once_share_the_server_and_the_second_goes_on_alone() {
    let here = Place::new();
    let place = here.shop();
    let first = Shop::init(&place, &options(), &Silent).await.unwrap();
    let second = Shop::open(&place, &Silent).await.unwrap();
    assert_eq!((orders(&first).await, orders(&second).await), (60, 60));
    let pid = postmaster(&place.dir);
    // The first waits for the second, which is done after a while.
    let (_, closed) = tokio::join!(first.close(&Silent), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        let still = orders(&second).await;
        second.close(&Silent).await;
        still
    });
    assert_eq!(closed, 60);
    wait_until_gone(pid.unwrap());
    // Many processes that come and go at the same moment.
    let all = (0..6).map(|_| async {
        let shop = Shop::open(&place, &Silent).await.unwrap();
        let found = orders(&shop).await;
        shop.close(&Silent).await;
        found
    });
    assert!(futures_util::future::join_all(all).await.iter().all(|n| *n == 60));
    assert_eq!(postmaster(&place.dir), None);
}

/// Run as a process of its own by the test below.
#[tokio::test]
#[ignore = "the child of another test"]
async fn child_that_holds_a_shop() {
    let Some(dir) = std::env::var_os(CHILD) else { return };
    let _shop = Shop::open(&place(PathBuf::from(dir)), &Silent).await.unwrap();
    tokio::time::sleep(Duration::from_secs(60)).await;
}

#[tokio::test]
async fn a_killed_program_leaves_no_server_and_the_next_one_starts() {
    let here = Place::new();
    let place = here.shop();
    Shop::init(&place, &options(), &Silent).await.unwrap().close(&Silent).await;
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "store::tests::server::child_that_holds_a_shop", "--ignored"])
        .env(CHILD, &place.dir)
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let until = Instant::now() + Duration::from_secs(20);
    let pid = loop {
        let ready = std::fs::read_to_string(place.dir.join("database/postmaster.pid"))
            .is_ok_and(|text| text.contains("ready"));
        if let (true, Some(pid)) = (ready, postmaster(&place.dir)) {
            break pid;
        }
        assert!(Instant::now() < until, "the child did not open the shop");
        std::thread::sleep(Duration::from_millis(10));
    };
    // While it lives, a second one shares its server.
    let second = Shop::open(&place, &Silent).await.unwrap();
    assert_eq!((orders(&second).await, postmaster(&place.dir)), (60, Some(pid)));
    child.kill().unwrap();
    child.wait().unwrap();
    wait_until_gone(pid);
    // The second finds the server gone and starts one itself.
    assert_eq!(orders(&second).await, 60);
    assert_ne!(postmaster(&place.dir), Some(pid));
    second.close(&Silent).await;
    assert_eq!(postmaster(&place.dir), None);
}

#[tokio::test]
async fn a_lock_file_of_a_process_that_is_somebody_else_is_stale() {
    let here = Place::new();
    let place = here.shop();
    Shop::init(&place, &options(), &Silent).await.unwrap().close(&Silent).await;
    let file = place.dir.join("database/postmaster.pid");
    // Our own process: it runs, and it is no server.
    let stale =
        format!("{}\n{}\n0\n5432\n\n\n0 0\nready\n", std::process::id(), place.dir.display());
    for text in [stale.as_str(), "999999999\n", "garbage", ""] {
        std::fs::write(&file, text).unwrap();
        let shop = Shop::open(&place, &Silent).await.unwrap_or_else(|e| panic!("{text:?}: {e}"));
        assert_eq!(orders(&shop).await, 60);
        shop.close(&Silent).await;
    }
}

#[tokio::test]
async fn a_long_path_gets_a_short_socket() {
    let here = Place::new();
    let deep = here.root.path().join("a".repeat(60)).join("b".repeat(60));
    let place = place(deep.join(".daino"));
    std::fs::create_dir_all(&deep).unwrap();
    let shop = Shop::init(&place, &options(), &Silent).await.unwrap();
    assert_eq!(orders(&shop).await, 60);
    let state = std::fs::read_to_string(place.dir.join("server.json")).unwrap();
    let state: serde_json::Value = serde_json::from_str(&state).unwrap();
    let sockets = PathBuf::from(state["sockets"].as_str().unwrap());
    assert!(crate::sys::private::is_private(&sockets).unwrap(), "{}", sockets.display());
    assert_eq!(sockets.parent(), Some(Path::new("/tmp")));
    shop.close(&Silent).await;
    assert!(!sockets.exists());
}

#[tokio::test]
async fn an_attempt_that_was_cut_short_is_made_again() {
    let here = Place::new();
    let place = here.shop();
    // Files of a server and no `store.json`: there is no shop.
    std::fs::create_dir_all(place.dir.join("database/base")).unwrap();
    std::fs::write(place.dir.join("database/PG_VERSION"), "17\n").unwrap();
    let shop = Shop::init(&place, &options(), &Silent).await.unwrap();
    assert_eq!(orders(&shop).await, 60);
    shop.close(&Silent).await;
}

#[tokio::test]
async fn a_shop_on_a_server_by_url_has_the_same_tables_and_roles() {
    use crate::model::manifest::ResourceLimits;
    use crate::model::permission::Permissions;
    use crate::store::{PluginAccess, create_role, grant};
    let here = Place::new();
    // The private server of one shop is the server by URL of another.
    let host = Shop::init(&here.shop(), &options(), &Silent).await.unwrap();
    host.admin().await.unwrap().batch_execute("CREATE DATABASE second").await.unwrap();
    let key = std::fs::read_to_string(here.shop().dir.join("database.key")).unwrap();
    let key: serde_json::Value = serde_json::from_str(&key).unwrap();
    let sockets = here.shop().dir.join("run");
    let url = format!(
        "host={} port=5432 user=daino_owner password={} dbname=second",
        sockets.display(),
        key["owner"].as_str().unwrap()
    );
    let place = ShopPlace { dir: here.root.path().join("two"), url: Some(url), offline: true };
    let shop = Shop::init(&place, &options(), &Silent).await.unwrap();
    assert_eq!(orders(&shop).await, 60);
    assert!(matches!(
        Shop::init(&place, &options(), &Silent).await,
        Err(StoreError::ShopExists(_))
    ));
    // The same plugin in both shops of one server: two roles that know nothing of each other.
    let access = PluginAccess {
        slug: super::slug("acme"),
        permissions: Permissions {
            database: vec!["orders".parse().unwrap()],
            ..Permissions::default()
        },
        limits: ResourceLimits::default(),
    };
    for shop in [&host, &shop] {
        let mut admin = shop.admin().await.unwrap();
        let tx = admin.transaction().await.unwrap();
        create_role(&tx, &access.slug, &access.limits).await.unwrap();
        grant(&tx, &access.slug, &access.permissions).await.unwrap();
        tx.commit().await.unwrap();
        let parts = shop.plugin_parts(&access).await.unwrap();
        parts.storage.set("where", &serde_json::json!(shop.info().id)).await.unwrap();
        let rows = parts.database.query("SELECT count(*) AS n FROM sales_orders", &[]).await;
        assert_eq!(rows.unwrap().rows[0]["n"], "60");
    }
    let parts = host.plugin_parts(&access).await.unwrap();
    assert_eq!(parts.storage.get("where").await.unwrap(), Some(serde_json::json!(host.info().id)));
    shop.close(&Silent).await;
    // The address is kept; another one leads to another shop and is refused.
    let again = Shop::open(&ShopPlace { url: None, ..place.clone() }, &Silent).await.unwrap();
    assert_eq!(orders(&again).await, 60);
    let wrong = place.url.unwrap().replace("dbname=second", "dbname=shop");
    let wrong = ShopPlace { url: Some(wrong), dir: place.dir, offline: true };
    assert!(matches!(Shop::open(&wrong, &Silent).await, Err(StoreError::Connect(_))));
    host.close(&Silent).await;
}

#[tokio::test]
async fn a_plugins_role_comes_and_goes_and_kept_tables_come_back() {
    use crate::model::manifest::ResourceLimits;
    use crate::store::{create_role, drop_role, objects_of, run_migration, set_login, take_over};
    let here = Place::new();
    let shop = Shop::init(&here.shop(), &options(), &Silent).await.unwrap();
    let (acme, limits) = (super::slug("acme"), ResourceLimits::default());
    let mut admin = shop.admin().await.unwrap();
    let tx = admin.transaction().await.unwrap();
    let role = create_role(&tx, &acme, &limits).await.unwrap();
    let sql = "CREATE TABLE acme_t (id serial PRIMARY KEY); INSERT INTO acme_t DEFAULT VALUES";
    let made = run_migration(&tx, &acme, sql).await.unwrap();
    set_login(&tx, &acme, false).await.unwrap();
    drop_role(&tx, &acme).await.unwrap();
    tx.commit().await.unwrap();
    let owner = "SELECT tableowner::text FROM pg_tables WHERE tablename = 'acme_t'";
    let row = admin.query_one(owner, &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), "daino_owner");
    let tx = admin.transaction().await.unwrap();
    assert_eq!(create_role(&tx, &acme, &limits).await.unwrap(), role);
    take_over(&tx, &acme, &made).await.unwrap();
    assert_eq!(objects_of(&tx, &acme).await.unwrap(), made);
    tx.commit().await.unwrap();
    let row = admin.query_one(owner, &[]).await.unwrap();
    assert_eq!(row.get::<_, &str>(0), role);
    shop.close(&Silent).await;
}

#[tokio::test]
async fn a_server_that_wants_tls_is_trusted_by_its_certificate_and_name_only() {
    use crate::store::connect::Endpoint;
    let bench = super::Bench::new(&[]).await;
    let (endpoint, login) = bench.databases.place(&bench.database.name).await;
    let system = crate::net::client_config().unwrap();
    let trusting = super::tls::trusting();
    let port = super::tls::front(endpoint).await;
    let reach = |host: &str, tls| Endpoint::Tcp { host: host.to_owned(), port, tls };
    let good = reach("localhost", Some(trusting.clone())).connect(&login, "").await.unwrap();
    let row = good.client.query_one("SELECT 1", &[]).await.unwrap();
    assert_eq!(row.get::<_, i32>(0), 1);
    // What runs is cancelled over TLS, too.
    let slow = good.client.query_one("SELECT count(*) FROM generate_series(1, 1000000000)", &[]);
    let (slow, ()) = tokio::join!(slow, async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        good.cancel().await;
    });
    assert_eq!(slow.unwrap_err().code().unwrap().code(), "57014");
    for (bad, word) in [
        (reach("localhost", Some(system)), "UnknownIssuer"),
        (reach("127.0.0.1", Some(trusting)), "not valid for name"),
        (reach("localhost", None), ""),
    ] {
        let Err(error) = bad.connect(&login, "").await else { panic!("connected: {bad:?}") };
        assert!(error.to_string().contains(word), "{error}");
    }
    bench.close().await;
}

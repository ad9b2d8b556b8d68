//! `ctx.files`: what is granted works, and nothing leads out of it.

use super::*;
use crate::model::size::ByteRate;

struct Shop {
    _temporary: tempfile::TempDir,
    root: std::path::PathBuf,
    plugin: Plugin,
    events: Arc<Events>,
}

/// Keeps audit events.
#[derive(Default)]
pub(super) struct Events(pub Mutex<Vec<AuditEvent>>);

impl AuditSink for Events {
    fn record(&self, event: AuditEvent) {
        self.0.lock().unwrap().push(event);
    }
}

async fn shop(code: &str, limits: impl FnOnce(&mut ResourceLimits)) -> Shop {
    let temporary = tempfile::tempdir().unwrap();
    let root = temporary.path().join("files");
    std::fs::create_dir_all(root.join("private")).unwrap();
    std::fs::write(root.join("private/secret"), "secret").unwrap();
    std::fs::write(temporary.path().join("outside"), "secret").unwrap();
    let mut spec = spec(
        &[("index.js", code)],
        ResourceLimits {
            memory: Bytes::mb(64),
            timeout: TimeLimit::new(Duration::from_secs(5)),
            ..ResourceLimits::default()
        },
    );
    limits(&mut spec.limits);
    let events = Arc::new(Events::default());
    spec.permissions.filesystem = vec![TreePath::new("uploads/acme").unwrap()];
    spec.host.files = Some(FilesRoot::open(&root).unwrap());
    spec.host.audit = Some(events.clone());
    let plugin = Plugin::start(spec).await.unwrap();
    Shop { _temporary: temporary, root, plugin, events }
}

const TRY: &str = "export const run = async (op, args, ctx) => {
    try { const value = await ctx.files[op](...args); return value instanceof Uint8Array ? [...value] : value ?? null; }
    catch (error) { return { code: error.code, message: error.message, limit: error.limit ?? null, hint: error.hint ?? null }; }
};";

impl Shop {
    async fn try_it(&self, op: &str, arguments: Value) -> Value {
        self.plugin.call("run", json!([op, arguments])).await.unwrap()
    }
}

#[tokio::test]
async fn a_granted_folder_can_be_used() {
    let shop = shop(TRY, |_| ()).await;
    assert_eq!(shop.try_it("list", json!(["uploads/acme"])).await, json!([]));
    assert_eq!(shop.try_it("write", json!(["uploads/acme/a/b.txt", "héllo"])).await, Value::Null);
    assert_eq!(shop.try_it("append", json!(["uploads/acme/a/b.txt", "!"])).await, Value::Null);
    assert_eq!(shop.try_it("readText", json!(["uploads/acme/a/b.txt"])).await, "héllo!");
    let part =
        shop.try_it("read", json!(["uploads/acme/a/b.txt", { "offset": 3, "length": 2 }])).await;
    assert_eq!(part, json!([108, 108]));
    let listed = shop.try_it("list", json!(["uploads/acme/a"])).await;
    assert_eq!(listed, json!([{ "name": "b.txt", "kind": "file", "size": 7 }]));
    let about = shop.try_it("stat", json!(["uploads/acme/a/b.txt"])).await;
    assert_eq!((&about["kind"], &about["size"]), (&json!("file"), &json!(7)));
    assert!(about["modified"].as_str().unwrap().starts_with("20"), "{about}");
    assert_eq!(shop.try_it("remove", json!(["uploads/acme/a/b.txt"])).await, true);
    assert_eq!(shop.try_it("remove", json!(["uploads/acme/a/b.txt"])).await, false);
    assert_eq!(shop.try_it("stat", json!(["uploads/acme/a/b.txt"])).await, Value::Null);
    let missing = shop.try_it("read", json!(["uploads/acme/none"])).await;
    assert_eq!(missing["code"], "ENOENT", "{missing}");
}

macro_rules! refused {
    ($($name:ident: $path:expr;)*) => {$(
        #[tokio::test]
        async fn $name() {
            let shop = shop(TRY, |_| ()).await;
            let path: String = $path;
            for (op, arguments) in [
                ("read", json!([path])), ("readText", json!([path])), ("write", json!([path, "x"])),
                ("append", json!([path, "x"])), ("list", json!([path])), ("remove", json!([path])),
                ("stat", json!([path])),
            ] {
                let answer = shop.try_it(op, arguments).await;
                assert_eq!(answer["code"], "DAINO_DENIED", "{op} {path}: {answer}");
            }
            let secret = std::fs::read_to_string(shop.root.join("private/secret")).unwrap();
            assert_eq!(secret, "secret");
            assert!(shop.events.0.lock().unwrap().iter().all(|event| !event.allowed));
        }
    )*};
}
refused! {
    above_the_root: "../outside".into();
    above_the_grant: "uploads/acme/../../private/secret".into();
    above_the_grant_at_the_end: "uploads/acme/..".into();
    a_dot_in_between: "uploads/./acme/x".into();
    an_absolute_path: "/etc/passwd".into();
    two_slashes: "uploads/acme//x".into();
    a_backslash: "uploads/acme\\..\\..\\private".into();
    a_nul: "uploads/acme/x\0.txt".into();
    a_line_break: "uploads/acme/x\ny".into();
    an_empty_path: String::new();
    another_folder: "private/secret".into();
    a_folder_that_begins_alike: "uploads/acme-other/x".into();
    the_folder_above: "uploads".into();
    other_letters: "Uploads/Acme/x".into();
    a_path_of_300_bytes: format!("uploads/acme/{}", "x".repeat(300));
    a_path_of_a_megabyte: format!("uploads/acme/{}", "x/".repeat(500_000));
    a_device_name: "uploads/acme/nul".into();
    a_stream_name: "uploads/acme/x:y".into();
    a_hidden_direction: "uploads/acme/\u{202e}gpj.exe".into();
    a_temporary_name: "uploads/acme/.daino-tmp-00".into();
    a_final_dot: "uploads/acme/x.".into();
}

#[tokio::test]
async fn links_that_stand_in_the_folder_lead_nowhere() {
    use std::os::unix::fs::symlink;
    let shop = shop(TRY, |_| ()).await;
    let folder = shop.root.join("uploads/acme");
    std::fs::create_dir_all(&folder).unwrap();
    symlink("../../private", folder.join("dir")).unwrap();
    symlink("../../private/secret", folder.join("file")).unwrap();
    std::fs::hard_link(shop.root.join("private/secret"), folder.join("hard")).unwrap();
    let refused = [
        ("read", json!(["uploads/acme/dir/secret"])),
        ("read", json!(["uploads/acme/file"])),
        ("read", json!(["uploads/acme/hard"])),
        ("append", json!(["uploads/acme/file", "x"])),
        ("append", json!(["uploads/acme/hard", "x"])),
        ("write", json!(["uploads/acme/dir/secret", "x"])),
        ("list", json!(["uploads/acme/dir"])),
        ("remove", json!(["uploads/acme/dir/secret"])),
    ];
    for (op, arguments) in refused {
        let answer = shop.try_it(op, arguments.clone()).await;
        assert_eq!(answer["code"], "DAINO_DENIED", "{op} {arguments}: {answer}");
    }
    let listed = shop.try_it("list", json!(["uploads/acme"])).await;
    assert!(listed.as_array().unwrap().iter().all(|entry| entry["kind"] == "other"), "{listed}");
    // Writing takes the link's place; what it led to stays.
    shop.try_it("write", json!(["uploads/acme/file", "mine"])).await;
    assert_eq!(shop.try_it("readText", json!(["uploads/acme/file"])).await, "mine");
    let secret = std::fs::read_to_string(shop.root.join("private/secret")).unwrap();
    assert_eq!(secret, "secret");
}

#[tokio::test]
async fn the_granted_folder_itself_may_be_a_trap() {
    let shop = shop(TRY, |_| ()).await;
    std::fs::create_dir_all(shop.root.join("uploads")).unwrap();
    std::os::unix::fs::symlink("../private", shop.root.join("uploads/acme")).unwrap();
    let answer = shop.try_it("read", json!(["uploads/acme/secret"])).await;
    assert_eq!(answer["code"], "DAINO_DENIED", "{answer}");
    let answer = shop.try_it("write", json!(["uploads/acme/new", "x"])).await;
    assert_eq!(answer["code"], "DAINO_DENIED", "{answer}");
    assert!(!shop.root.join("private/new").exists());
}

#[tokio::test]
async fn the_quota_is_held_over_writes_appends_and_what_was_there() {
    let shop = shop(TRY, |limits| limits.storage = Bytes::new(10_000)).await;
    std::fs::create_dir_all(shop.root.join("uploads/acme")).unwrap();
    std::fs::write(shop.root.join("uploads/acme/before"), vec![0; 4_000]).unwrap();
    assert_eq!(
        shop.try_it("write", json!(["uploads/acme/a", "x".repeat(5_000)])).await,
        Value::Null
    );
    let over = shop.try_it("append", json!(["uploads/acme/a", "x".repeat(2_000)])).await;
    assert_eq!(over["code"], "DAINO_LIMIT", "{over}");
    assert_eq!(over["limit"], "resourceLimits.storage");
    assert!(over["message"].as_str().unwrap().contains("10000B"), "{over}");
    assert_eq!(shop.try_it("remove", json!(["uploads/acme/before"])).await, true);
    assert_eq!(
        shop.try_it("append", json!(["uploads/acme/a", "x".repeat(2_000)])).await,
        Value::Null
    );
}

#[tokio::test]
async fn the_rate_is_held() {
    let shop = shop(TRY, |limits| limits.disk_io = ByteRate::per_second(Bytes::new(100_000))).await;
    let started = std::time::Instant::now();
    for _ in 0..5 {
        shop.try_it("write", json!(["uploads/acme/a", "x".repeat(30_000)])).await;
    }
    assert!(started.elapsed() > Duration::from_millis(600), "{:?}", started.elapsed());
}

#[tokio::test]
async fn too_much_at_once_says_how_to_do_it() {
    let shop = shop(TRY, |_| ()).await;
    std::fs::create_dir_all(shop.root.join("uploads/acme")).unwrap();
    std::fs::write(shop.root.join("uploads/acme/big"), vec![7; 9_000_000]).unwrap();
    let answer = shop.try_it("read", json!(["uploads/acme/big"])).await;
    assert_eq!(answer["code"], "DAINO_LIMIT", "{answer}");
    assert!(answer["hint"].as_str().unwrap().contains("offset"), "{answer}");
    let part = shop
        .try_it("read", json!(["uploads/acme/big", { "offset": 8_999_998, "length": 10 }]))
        .await;
    assert_eq!(part, json!([7, 7]));
}

#[tokio::test]
async fn what_was_used_and_refused_is_told_and_folds_to_the_least() {
    let shop = shop(
        "export const run = async (ctx) => {
            await ctx.files.write('uploads/acme/reports/a.csv', 'x');
            await ctx.files.read('private/secret').catch(() => {});
            await ctx.db.query('SELECT id FROM sales_orders');
            await ctx.db.query('UPDATE customers SET phone = $1', ['x']);
            await ctx.db.query('fail').catch(() => {});
            await ctx.fetch('https://evil.example.com/').catch(() => {});
            await ctx.fetch('http://evil.example.com/').catch(() => {});
            await ctx.fetch('https://169.254.169.254/').catch(() => {});
        };",
        |_| (),
    )
    .await;
    shop.plugin.call("run", json!([])).await.unwrap();
    let events = shop.events.0.lock().unwrap();
    let told: Vec<String> = events
        .iter()
        .map(|e| format!("{} {} {} {}", e.call, e.op, e.subject, e.why.as_deref().unwrap_or("ok")))
        .collect();
    assert_eq!(
        told,
        [
            "run files.write uploads/acme/reports/a.csv ok",
            "run files.read private/secret DAINO_DENIED",
            "run db.query sales_orders (read) ok",
            "run db.query customers (write) ok",
            "run db.query fail 42501",
            "run fetch evil.example.com fetch.denied",
            "run fetch http://evil.example.com/ fetch.url",
            "run fetch https://169.254.169.254/ fetch.url",
        ]
    );
    let needed = serde_json::to_value(least_privilege(events.iter())).unwrap();
    assert_eq!(needed["database"], json!(["customers:write", "sales_orders"]));
    assert_eq!(needed["filesystem"], json!(["uploads/acme/reports"]));
    assert_eq!(needed["api"], json!([]));
}

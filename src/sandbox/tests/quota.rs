//! `resourceLimits.storage`: one quota for files and `ctx.storage`.

use super::*;

/// Keys and values in memory, without a quota of their own.
#[derive(Default)]
struct Keys(Mutex<BTreeMap<String, Value>>);

impl Keys {
    fn used(&self) -> u64 {
        let keys = self.0.lock().unwrap();
        keys.iter().map(|(key, value)| (key.len() + value.to_string().len()) as u64).sum()
    }
}

impl Storage for Keys {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Value>, DatabaseError>> {
        let value = self.0.lock().unwrap().get(key).cloned();
        Box::pin(async { Ok(value) })
    }
    fn set<'a>(
        &'a self,
        key: &'a str,
        value: &'a Value,
    ) -> BoxFuture<'a, Result<(), DatabaseError>> {
        Box::pin(async move {
            // A database takes its time, and others get their turn.
            tokio::task::yield_now().await;
            self.0.lock().unwrap().insert(key.to_owned(), value.clone());
            Ok(())
        })
    }
    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, DatabaseError>> {
        let was_there = self.0.lock().unwrap().remove(key).is_some();
        Box::pin(async move { Ok(was_there) })
    }
    fn keys<'a>(&'a self, _: &'a str) -> BoxFuture<'a, Result<Vec<String>, DatabaseError>> {
        let keys = self.0.lock().unwrap().keys().cloned().collect();
        Box::pin(async { Ok(keys) })
    }
    fn used(&self) -> BoxFuture<'_, Result<u64, DatabaseError>> {
        let used = Self::used(self);
        Box::pin(async move { Ok(used) })
    }
}

const CODE: &str = "
const said = async (work) => { try { await work(); return 'done'; } catch (error) { return error.code; } };
export const put = (name, size, ctx) => said(() => ctx.storage.set(name, 'k'.repeat(size)));
export const drop = (name, ctx) => said(() => ctx.storage.remove(name));
export const append = (name, size, ctx) => said(() => ctx.files.append(`uploads/acme/${name}`, 'f'.repeat(size)));
export const write = (name, size, ctx) => said(() => ctx.files.write(`uploads/acme/${name}`, 'f'.repeat(size)));
export const flood = (ctx) => Promise.all(Array.from({ length: 20 }, (_, i) => [put(`k${i}`, 900, ctx), append(`f${i}`, 900, ctx)]).flat());
";

struct Shop {
    root: tempfile::TempDir,
    keys: Arc<Keys>,
    plugin: Plugin,
}

impl Shop {
    async fn new(folders: &[&str]) -> Self {
        let (root, keys) = (tempfile::tempdir().unwrap(), Arc::new(Keys::default()));
        let limits = ResourceLimits {
            storage: Bytes::new(10_000),
            timeout: TimeLimit::new(Duration::from_secs(5)),
            ..ResourceLimits::default()
        };
        let mut spec = spec(&[("index.js", CODE)], limits);
        spec.permissions.filesystem = folders.iter().map(|f| TreePath::new(f).unwrap()).collect();
        spec.host.files = Some(FilesRoot::open(root.path()).unwrap());
        spec.host.storage = Some(keys.clone());
        Self { root, keys, plugin: Plugin::start(spec).await.unwrap() }
    }

    async fn says(&self, method: &str, arguments: Value, expected: &str) {
        let said = self.plugin.call(method, arguments.clone()).await.unwrap();
        assert_eq!(said, expected, "{method} {arguments}");
    }

    fn bytes(&self) -> u64 {
        let files = std::fs::read_dir(self.root.path().join("uploads/acme")).unwrap().flatten();
        self.keys.used() + files.map(|file| file.metadata().unwrap().len()).sum::<u64>()
    }
}

#[tokio::test]
async fn files_and_keys_share_one_quota() {
    let shop = Shop::new(&["uploads/acme"]).await;
    shop.says("write", json!(["a", 6_000]), "done").await;
    shop.says("put", json!(["b", 3_000]), "done").await;
    shop.says("put", json!(["c", 3_000]), "DAINO_LIMIT").await;
    shop.says("append", json!(["a", 2_000]), "DAINO_LIMIT").await;
    shop.says("write", json!(["d", 2_000]), "DAINO_LIMIT").await;
    assert_eq!(shop.bytes(), 6_000 + 3_003);
    // What becomes smaller, or goes, makes room for the other kind.
    shop.says("put", json!(["b", 1_000]), "done").await;
    shop.says("append", json!(["a", 2_000]), "done").await;
    shop.says("put", json!(["c", 2_000]), "DAINO_LIMIT").await;
    shop.says("drop", json!(["b"]), "done").await;
    shop.says("put", json!(["c", 1_900]), "done").await;
    assert!(shop.bytes() <= 10_000);
}

/// A full store can still be made smaller.
#[tokio::test]
async fn a_smaller_value_always_fits() {
    let shop = Shop::new(&["uploads/acme"]).await;
    shop.keys.0.lock().unwrap().insert("a".to_owned(), json!("k".repeat(5_000)));
    std::fs::create_dir_all(shop.root.path().join("uploads/acme")).unwrap();
    std::fs::write(shop.root.path().join("uploads/acme/theirs"), vec![0; 20_000]).unwrap();
    shop.says("put", json!(["a", 5_001]), "DAINO_LIMIT").await;
    shop.says("put", json!(["a", 4_000]), "done").await;
}

#[tokio::test]
async fn writers_at_the_same_moment_do_not_pass_it_together() {
    let shop = Shop::new(&["uploads/acme"]).await;
    let said = shop.plugin.call("flood", json!([])).await.unwrap();
    let done = said.as_array().unwrap().iter().filter(|said| *said == "done").count();
    assert!(shop.bytes() <= 10_000, "{}", shop.bytes());
    assert!((9..=11).contains(&done), "{said}");
}

/// Without files there is nothing to count but the storage, which counts itself.
#[tokio::test]
async fn a_plugin_without_files_is_not_counted_twice() {
    let shop = Shop::new(&[]).await;
    shop.says("put", json!(["a", 20_000]), "done").await;
    shop.says("write", json!(["a", 1]), "DAINO_DENIED").await;
}

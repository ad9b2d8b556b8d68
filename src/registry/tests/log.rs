//! The transparency log: what is in it, and that its files are always what the key signed.

use super::*;
use crate::trust::tlog::{Checkpoint, LogKey, Tile, TileKind, hash_leaf, nodes, root};

/// The files of a log, read and held against its checkpoint: the entries.
pub(super) async fn whole(address: SocketAddr) -> Vec<Value> {
    let get = async |path: &str| {
        let reply = exchange(address, &request("GET", path, &[], &[])).await.unwrap();
        reply.is(200);
        reply
    };
    let described = get("/.well-known/daino-registry.json").await.json();
    let key: LogKey = described["log"]["key"].as_str().unwrap().parse().unwrap();
    assert_eq!(described["log"]["name"], key.name());
    let checkpoint = Checkpoint::open(&get("/checkpoint").await.body, &key).unwrap();
    let mut entries = Vec::new();
    let mut leaves = Vec::new();
    for number in 0..checkpoint.size.div_ceil(256) {
        let tile = |kind| Tile::of_tree(kind, number, checkpoint.size).unwrap();
        let hashes = get(&format!("/{}", tile(TileKind::Hashes(0)).path())).await.body;
        let bundle = get(&format!("/{}", tile(TileKind::Entries).path())).await.body;
        let (mut rest, mut tile) = (bundle.as_slice(), Vec::new());
        while let Some((length, after)) = rest.split_first_chunk::<2>() {
            let (entry, after) = after.split_at(u16::from_be_bytes(*length).into());
            entries.push(serde_json::from_slice(entry).unwrap());
            tile.push(hash_leaf(entry));
            rest = after;
        }
        assert_eq!(hashes, tile.iter().flat_map(|hash| *hash.raw()).collect::<Vec<u8>>());
        leaves.extend(tile);
    }
    let cuts: Vec<u64> = (0..checkpoint.size).collect();
    let row: Vec<_> = nodes(checkpoint.size, &cuts).into_iter().zip(leaves).collect();
    assert_eq!(root(checkpoint.size, &row), Some(checkpoint.root));
    entries
}

fn short(entries: &[Value]) -> Vec<String> {
    let line = |entry: &Value| match entry["kind"].as_str().unwrap() {
        "statement" => {
            let envelope = serde_json::from_value(entry["envelope"].clone()).unwrap();
            let statement = trust::claimed(&envelope).unwrap();
            format!("{} {}", statement.kind(), statement.subject_name())
        }
        kind => kind.to_owned(),
    };
    entries.iter().map(line).collect()
}

#[tokio::test]
async fn what_is_published_and_withdrawn_is_in_the_log_in_its_order() {
    let registry = Registry::new().await;
    let address = registry.server.address();
    assert!(whole(address).await.is_empty());
    let (key, token) = (key(), registry.token("acme"));
    let [one, two] = ["1.0.0", "1.1.0"].map(|v| Release::new(&key, "acme/sms", v, v));
    registry.publish(&token, &one).await.is(201);
    registry.yank(&token, &one, 0, true).await.is(201);
    registry.yank(&token, &one, 0, true).await.is(200);
    registry.publish(&token, &two).await.is(201);
    registry.publish(&token, &two).await.is(200);
    registry.yank(&token, &one, 1, false).await.is(201);
    let entries = whole(address).await;
    let expected = [
        "release acme/sms@1.0.0",
        "index",
        "yank acme/sms@1.0.0",
        "index",
        "release acme/sms@1.1.0",
        "index",
        "unyank acme/sms@1.0.0",
        "index",
    ];
    assert_eq!(short(&entries), expected);
    let places: Vec<Value> =
        registry.index(&one).await.iter().map(|l| l["logged"].clone()).collect();
    assert_eq!(places, [0, 2, 4, 6]);
    let refused =
        registry.publish(&token, &Release::new(&super::key(), "acme/other", "1.0.0", "")).await;
    refused.refuses(403, "key-not-owner");
    let before = registry.get("/checkpoint").await.body;
    let registry = registry.restart().await;
    assert_eq!(registry.get("/checkpoint").await.body, before);
}

/// A directory of the format before the log: the releases get their entries in the order in which
/// they were published.
#[tokio::test]
async fn an_older_directory_gets_its_log_at_the_first_start() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let names = ["acme/zebra", "acme/ape", "acme/mole"];
    let releases = names.map(|name| Release::new(&key, name, "1.0.0", name));
    for release in &releases {
        registry.publish(&token, release).await.is(201);
    }
    let dir = registry.dir.clone();
    registry.server.shutdown().await;
    let database = rusqlite::Connection::open(dir.path().join("registry.sqlite")).unwrap();
    database
        .execute_batch(
            "DROP TABLE log_tiles; DROP INDEX releases_unlogged; DROP TABLE statements;
             DROP TABLE log_entries; DROP TABLE map_buckets; DROP TABLE map_pages;
             DROP TABLE map_obsolete; DROP TABLE settled;
             ALTER TABLE releases DROP COLUMN logged;
             ALTER TABLE namespaces ADD COLUMN key_id TEXT;
             ALTER TABLE namespaces ADD COLUMN public_key TEXT; PRAGMA user_version = 1;",
        )
        .unwrap();
    drop(database);
    std::fs::remove_dir_all(dir.path().join("public/tile")).unwrap();
    std::fs::remove_file(dir.path().join("public/checkpoint")).unwrap();
    std::fs::remove_dir_all(dir.path().join("keys")).unwrap();
    let registry = Registry::on(dir, |_| {}).await;
    let mut expected = names.map(|name| format!("release {name}@1.0.0")).to_vec();
    expected.push("index".to_owned());
    assert_eq!(short(&whole(registry.server.address()).await), expected);
    for (place, release) in releases.iter().enumerate() {
        assert_eq!(registry.index(release).await[0]["logged"], place);
    }
    let next = Release::new(&key, "acme/ape", "1.1.0", "");
    registry.publish(&token, &next).await.is(201);
    assert_eq!(registry.index(&next).await[1]["logged"], 4);
}

#[tokio::test]
async fn files_that_are_missing_are_written_again_and_no_other_file_is_given() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    for version in ["1.0.0", "1.1.0", "1.2.0"] {
        registry.publish(&token, &Release::new(&key, "acme/sms", version, version)).await.is(201);
    }
    let public = registry.dir.path().join("public");
    let entries = whole(registry.server.address()).await;
    // A reader of an older checkpoint still finds its tiles.
    registry.get("/tile/0/000.p/4").await.is(200);
    for path in [
        "/tile/0/000",
        "/tile/0/000.p/8",
        "/tile/0/000.p/06",
        "/map/top/7",
        "/map/top/06",
        "/map/00/../top/6",
        "/map/to/p",
        "/tile/0/0",
        "/tile/entries/001.p/1",
        "/tile/../checkpoint",
        "/tile/0/..%2f..%2f..%2f..%2fregistry.sqlite",
        "/tile/",
        "/tile/9/000",
    ] {
        registry.get(path).await.refuses(404, "not-found");
    }
    std::fs::remove_file(public.join("checkpoint")).unwrap();
    std::fs::write(public.join("tile/0/000.p/6"), "cut").unwrap();
    std::fs::remove_file(public.join("tile/entries/000.p/6")).unwrap();
    std::fs::remove_file(public.join("map/top/6")).unwrap();
    std::fs::write(public.join("map/top/99"), "stray").unwrap();
    let registry = registry.restart().await;
    assert_eq!(whole(registry.server.address()).await, entries);
    registry.get("/map/top/6").await.is(200);
    registry.get("/map/top/4").await.is(200);
    registry.get("/map/top/99").await.refuses(404, "not-found");
    let head = registry.get("/checkpoint").await;
    assert_eq!(head.header("cache-control"), "no-cache");
}

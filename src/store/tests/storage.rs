//! `ctx.storage`: own rows only, in order, within the quota.

use super::*;

#[tokio::test]
async fn keeps_values_of_its_own_only() {
    let bench = Bench::new(&[]).await.with_another_plugin().await;
    let storage = &bench.database.parts.storage;
    assert_eq!(storage.get("k").await.unwrap(), None, "the other plugin has a `k`");
    for value in [json!({"a": [1]}), json!("text"), json!(null), json!(1.5)] {
        storage.set("b/1", &value).await.unwrap();
        assert_eq!(storage.get("b/1").await.unwrap(), Some(value));
    }
    for key in ["b/2", "a", "b%", "B/1", "ü"] {
        storage.set(key, &json!(1)).await.unwrap();
    }
    assert_eq!(storage.keys("b/").await.unwrap(), ["b/1", "b/2"]);
    assert_eq!(storage.keys("b%").await.unwrap(), ["b%"]);
    assert_eq!(storage.keys("").await.unwrap(), ["B/1", "a", "b%", "b/1", "b/2", "ü"]);
    assert!(storage.remove("a").await.unwrap());
    assert!(!storage.remove("a").await.unwrap());
    assert!(!storage.remove("k").await.unwrap());
    let admin = bench.databases.admin(&bench.database).await;
    let row = admin.query_one("SELECT count(*) FROM plugin_data WHERE plugin_id = 'other'", &[]);
    assert_eq!(row.await.unwrap().get::<_, i64>(0), 1);
    bench.close().await;
}

#[tokio::test]
async fn the_quota_holds_also_for_writers_at_the_same_moment() {
    let bench = Bench::new(&[]).await;
    let storage = &bench.database.parts.storage;
    let big = json!("x".repeat(300));
    let keys: Vec<String> = (0..20).map(|n| format!("k{n:02}")).collect();
    let all = keys.iter().map(|key| storage.set(key, &big));
    let results = futures_util::future::join_all(all).await;
    let written = results.iter().filter(|r| r.is_ok()).count();
    // 2,000 bytes, 305 each.
    assert_eq!(written, 6);
    for error in results.into_iter().filter_map(Result::err) {
        assert_eq!(error.code, "DAINO_LIMIT", "{error:?}");
        assert!(error.message.contains("`resourceLimits.storage` is 2000 bytes"), "{error:?}");
    }
    // What becomes smaller, or goes, makes room.
    let there = storage.keys("").await.unwrap();
    storage.set(&there[0], &json!("y")).await.unwrap();
    assert!(storage.remove(&there[1]).await.unwrap());
    storage.set("k98", &big).await.unwrap();
    let admin = bench.databases.admin(&bench.database).await;
    let row = admin
        .query_one(
            "SELECT storage_bytes, (SELECT sum(octet_length(data_key) + octet_length(data_value::text))::bigint
               FROM plugin_data WHERE plugin_id = 'acme') FROM daino.plugin_role WHERE slug = 'acme'",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), row.get::<_, i64>(1));
    assert_eq!(storage.used().await.unwrap(), row.get::<_, i64>(0) as u64);
    let error = storage.set(&"k".repeat(256), &json!(1)).await.unwrap_err();
    assert_eq!(error.code, "DAINO_LIMIT", "{error:?}");
    let error = storage.set("z", &json!("a\u{0}b")).await.unwrap_err();
    assert_eq!(error.code, "22P05", "{error:?}");
    bench.close().await;
}

//! Reading: index, blobs, search, and what holds for every answer.

use serde_json::json;

use super::*;

#[tokio::test]
async fn the_registry_says_what_it_is() {
    let registry = Registry::with(|config| config.name = "Läden \"7\"".to_owned()).await;
    let reply = registry.get("/.well-known/daino-registry.json").await;
    let log = reply.json()["log"].clone();
    assert!(log["key"].as_str().unwrap().starts_with(log["name"].as_str().unwrap()), "{log}");
    assert_eq!((&log["checkpoint"], &log["tiles"]), (&json!("checkpoint"), &json!("tile/")));
    let expected = json!({
        "format": 1, "name": "Läden \"7\"", "software": "daino-pdk",
        "version": env!("CARGO_PKG_VERSION"),
        "api": "api/v1/", "index": "index/", "blobs": "blobs/", "log": log,
    });
    assert_eq!(reply.json(), expected);
    let file = registry.dir.path().join("public/.well-known/daino-registry.json");
    assert_eq!(std::fs::read(file).unwrap(), reply.body);
    assert_eq!(registry.get("/healthz").await.is(200).text(), "ok\n");
}

#[tokio::test]
async fn an_index_page_that_is_known_is_not_sent_again() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    registry.publish(&token, &release).await.is(201);
    let path = release.index_path();
    let first = registry.get(&path).await;
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with('"') && etag.ends_with('"'), "{etag}");
    for asked in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}"), "*".to_owned()] {
        let reply = registry.request("GET", &path, &[("If-None-Match", &asked)], &[]).await;
        reply.is(304);
        assert!(reply.body.is_empty());
        assert_eq!(reply.header("etag"), etag);
    }
    let other = registry.request("GET", &path, &[("If-None-Match", "\"x\"")], &[]).await;
    assert_eq!(other.is(200).body, first.body);
    registry.publish(&token, &Release::new(&key, "acme/sms", "1.1.0", "1")).await.is(201);
    let changed = registry.request("GET", &path, &[("If-None-Match", &etag)], &[]).await;
    assert_eq!(changed.is(200).text().lines().count(), 2);
    assert_ne!(changed.header("etag"), etag);
}

#[tokio::test]
async fn a_page_lies_at_one_address_only() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    registry.publish(&token, &Release::new(&key, "acme/sms", "1.0.0", "1")).await.is(201);
    for path in [
        "/index/ac/me/acme--sms.json",
        "/index/ac/me/acme--sms",
        "/index/ac/__/acme--sms.jsonl",
        "/index/me/ac/acme--sms.jsonl",
        "/index/AC/ME/acme--sms.jsonl",
        "/index/ac/me/ACME--sms.jsonl",
        "/index/ac/me/acme-sms.jsonl",
        "/index/ac/me/acme--sms--x.jsonl",
        "/index/ac/me/acme--other.jsonl",
        "/index/ac/me/",
        "/index/ac/me//acme--sms.jsonl",
        "/index/../index/ac/me/acme--sms.jsonl",
        "/index/..%2f/me/acme--sms.jsonl",
        "/index/ac/me/..%2f..%2f..%2f..%2fregistry.sqlite",
        "/index/ac/me/acme--sms.jsonl%00",
        "/index/ac/me/acme--s%6ds%2ejsonl/x",
        "/registry.sqlite",
        "/..%2fregistry.sqlite",
        "/public/index/ac/me/acme--sms.jsonl",
    ] {
        registry.get(path).await.refuses(404, "not-found");
    }
    registry.get("/index/ac/me/acme--%ff.jsonl").await.refuses(400, "name");
    registry.get("/index/ac/me/acme--sms.jsonl").await.is(200);
}

#[tokio::test]
async fn an_archive_lies_at_one_address_only() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    registry.publish(&token, &release).await.is(201);
    let hex = release.predicate.archive.hex();
    for path in [
        format!("/blobs/sha256/{}/{}", "zz", hex),
        format!("/blobs/sha256/{}/{}", &hex[..2], hex.to_uppercase()),
        format!("/blobs/sha256/{}/{}", &hex[..2], &hex[..63]),
        format!("/blobs/sha256/{}/{hex}0", &hex[..2]),
        format!("/blobs/sha256/{}/{}", &hex[..2], "é".repeat(32)),
        format!("/blobs/sha256/{}/..%2f..%2f..%2f..%2flock", &hex[..2]),
        format!("/blobs/sha256/00/{}", "0".repeat(64)),
        format!("/blobs/md5/{}/{hex}", &hex[..2]),
    ] {
        registry.get(&path).await.refuses(404, "not-found");
    }
    let head = registry.request("HEAD", &release.blob_path(), &[], &[]).await;
    head.is(200);
    assert_eq!(head.header("content-length"), release.archive.len().to_string());
    assert!(head.body.is_empty());
    let etag = head.header("etag").to_owned();
    let known =
        registry.request("GET", &release.blob_path(), &[("If-None-Match", &etag)], &[]).await;
    assert!(known.is(304).body.is_empty());
}

#[tokio::test]
async fn search_finds_by_words_type_and_page() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    for (name, keys) in [
        (
            "acme/stripe-pay",
            json!({ "name": "Stripe", "type": "payment-gateway",
            "description": "Takes cards", "keywords": ["card", "iDEAL"] }),
        ),
        (
            "acme/parcels",
            json!({ "name": "Parcels", "type": "shipping",
            "description": "Mesure déjà vue; not for cards" }),
        ),
        ("acme/counts", json!({ "name": "Counts", "type": "analytics" })),
    ] {
        registry.publish(&token, &Release::of(&key, name, keys, "1")).await.is(201);
    }
    let search = async |query: &str| {
        let found = registry.get(&format!("/api/v1/search?{query}")).await.is(200).json();
        let slugs: Vec<String> = found["results"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| hit["name"]["slug"].as_str().unwrap().to_owned())
            .collect();
        (found["total"].as_u64().unwrap(), slugs.join(" "))
    };
    let is = |total, slugs: &str| (total, slugs.to_owned());
    assert_eq!(search("q=stripe").await, is(1, "stripe-pay"));
    assert_eq!(search("q=ideal").await, is(1, "stripe-pay"));
    assert_eq!(search("q=deja").await, is(1, "parcels"), "without its accents, folded");
    assert_eq!(search("q=card").await.0, 2);
    assert_eq!(search("q=cards+weight").await, is(0, ""));
    assert_eq!(search("q=card&type=shipping").await, is(1, "parcels"));
    assert_eq!(search("q=").await, is(3, "counts parcels stripe-pay"), "newest first");
    assert_eq!(search("").await.0, 3);
    assert_eq!(search("limit=1&offset=1").await, is(3, "parcels"));
    assert_eq!(search("limit=0").await, is(3, ""));
    assert_eq!(search("offset=10000").await, is(3, ""));
    assert_eq!(search("q=&type=&later=1").await.0, 3);
    for hostile in
        ["%22", "*", "a%00b", "NEAR(", "title:x", "-", "(", "%27;DROP+TABLE+plugins--", "AND"]
    {
        assert_eq!(
            search(&format!("q={hostile}")).await,
            is(0, "").max(search(&format!("q={hostile}")).await)
        );
    }
    assert_eq!(search("q=").await.0, 3, "nothing was dropped");
    for bad in [
        format!("q={}", "a".repeat(201)),
        "type=payment".to_owned(),
        "limit=101".to_owned(),
        "limit=-1".to_owned(),
        "limit=x".to_owned(),
        "offset=10001".to_owned(),
        "offset=99999999999999999999".to_owned(),
    ] {
        registry.get(&format!("/api/v1/search?{bad}")).await.refuses(400, "query");
    }
}

#[tokio::test]
async fn every_answer_carries_the_security_headers_and_an_id_of_its_own() {
    let registry = Registry::new().await;
    let mut ids = std::collections::BTreeSet::new();
    let paths = ["/healthz", "/nothing", "/api/v1/search", "/api/v1/search?limit=x", "/"];
    for path in paths {
        let reply = registry.get(path).await;
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{path}");
        assert!(reply.header("content-security-policy").contains("default-src 'none'"));
        assert!(!reply.headers.contains_key("access-control-allow-origin"));
        assert!(!reply.headers.contains_key("server"));
        ids.insert(reply.header("x-request-id").to_owned());
        assert!(registry.logged().contains(reply.header("x-request-id")));
    }
    assert_eq!(ids.len(), paths.len());
}

#[tokio::test]
async fn other_methods_are_refused_with_those_that_are_there() {
    let registry = Registry::new().await;
    for (method, path, allowed) in [
        ("POST", "/healthz", "GET,HEAD"),
        ("DELETE", "/index/ac/me/acme--sms.jsonl", "GET,HEAD"),
        ("GET", "/api/v1/plugins/acme/sms/1.0.0", "PUT"),
        ("POST", "/api/v1/plugins/acme/sms/1.0.0", "PUT"),
        ("GET", "/api/v1/statements/00", "PUT"),
        ("PUT", "/checkpoint", "GET,HEAD"),
        ("TRACE", "/api/v1/search", "GET,HEAD"),
        ("BREW", "/api/v1/search", "GET,HEAD"),
    ] {
        let reply = registry.request(method, path, &[], &[]).await;
        reply.refuses(405, "method");
        assert_eq!(reply.header("allow"), allowed, "{method} {path}");
    }
    registry.request("PUT", "/nothing", &[], &[]).await.refuses(404, "not-found");
    let head = registry.request("HEAD", "/healthz", &[], &[]).await;
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, "3", 0));
}

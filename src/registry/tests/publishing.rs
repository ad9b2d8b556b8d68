//! Publishing: what gets in, what stays out, and that it happens once.

use serde_json::json;

use super::*;

#[tokio::test]
async fn a_release_is_published_and_can_be_read_in_every_way() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let release = Release::of(
        &key,
        "acme/sms",
        json!({ "version": "1.2.0", "engines": { "daino": ">=1.0.0" } }),
        "export default {}",
    );
    let reply = registry.publish(&token, &release).await;
    reply.is(201);
    let entry = reply.json();
    assert_eq!(entry["name"], json!({ "namespace": "acme", "slug": "sms" }));
    assert_eq!(entry["version"], "1.2.0");
    assert_eq!(entry["archive"], release.predicate.archive.to_string());
    assert_eq!(entry["size"], release.archive.len());
    assert_eq!(entry["engine"], ">=1.0.0");
    assert_eq!(entry["yanked"], false);
    assert_eq!(
        entry["envelope"],
        serde_json::from_slice::<Value>(&release.envelope).unwrap(),
        "the publisher's envelope is served as it was signed"
    );
    let line = &registry.index(&release).await[0];
    for key in ["logged", "publishedAt", "envelope"] {
        assert_eq!(line[key], entry[key], "{key}");
    }

    let blob = registry.get(&release.blob_path()).await;
    blob.is(200);
    assert_eq!(blob.body, release.archive);
    assert!(blob.header("cache-control").contains("immutable"));

    for (path, served) in [
        (release.index_path(), registry.get(&release.index_path()).await.body),
        (release.blob_path(), release.archive.clone()),
    ] {
        let file = registry.dir.path().join("public").join(&path[1..]);
        assert_eq!(std::fs::read(file).unwrap(), served, "any web server can serve {path}");
    }

    let plugin = registry.get("/api/v1/plugins/acme/sms").await.json();
    assert_eq!(plugin["newest"]["version"], "1.2.0");
    assert_eq!(plugin["versions"][0]["publishedAt"], "2026-01-02T03:04:05Z");
    let found = registry.get("/api/v1/search?q=sms").await.json();
    assert_eq!(found["total"], 1);
    assert_eq!(found["results"][0]["title"], "The sms");
}

#[tokio::test]
async fn publishing_again_changes_nothing_and_other_content_is_refused() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    registry.publish(&token, &release).await.is(201);
    registry.pass(SignedDuration::from_secs(5));
    let again = registry.publish(&token, &release).await;
    again.is(200);
    let index = registry.index(&release).await;
    assert_eq!((index.len(), &index[0]["logged"]), (1, &again.json()["logged"]));

    let other = Release::new(&key, "acme/sms", "1.0.0", "2");
    let refused = registry.publish(&token, &other).await;
    let problem = refused.refuses(409, "version-taken");
    assert!(problem["detail"].as_str().unwrap().contains(&release.predicate.archive.hex()));
    registry.get(&other.blob_path()).await.refuses(404, "not-found");

    let build = Release::new(&key, "acme/sms", "1.0.0+build.2", "1");
    registry.publish(&token, &build).await.refuses(409, "version-taken");
    assert_eq!(registry.index(&release).await.len(), 1);
}

#[tokio::test]
async fn the_first_release_binds_the_namespace_to_its_key() {
    let registry = Registry::new().await;
    let (owner, other) = (key(), key());
    let (acme, beta) = (registry.token("acme"), registry.token("beta"));
    registry.publish(&acme, &Release::new(&owner, "acme/sms", "1.0.0", "1")).await.is(201);
    for (name, version) in [("acme/sms", "1.1.0"), ("acme/new", "1.0.0"), ("acme/sms", "1.0.0")] {
        let foreign = Release::new(&other, name, version, "1");
        let problem = registry.publish(&acme, &foreign).await.refuses(403, "key-not-owner");
        assert!(problem["detail"].as_str().unwrap().contains(owner.public().id().as_str()));
    }
    registry.publish(&beta, &Release::new(&other, "beta/sms", "1.0.0", "1")).await.is(201);
    registry.publish(&acme, &Release::new(&owner, "acme/sms", "1.1.0", "1")).await.is(201);
}

#[tokio::test]
async fn a_refused_release_does_not_bind_its_namespace() {
    let registry = Registry::new().await;
    let (squatter, owner, token) = (key(), key(), registry.token("acme"));
    let mut bad = Release::new(&squatter, "acme/sms", "1.0.0", "1");
    bad.archive.push(0);
    registry.publish(&token, &bad).await.refuses(422, "archive");
    registry.publish(&token, &Release::new(&owner, "acme/sms", "1.0.0", "1")).await.is(201);
}

#[tokio::test]
async fn the_same_archive_in_two_namespaces_is_kept_once_and_stays() {
    let registry = Registry::new().await;
    let key = key();
    let [acme, beta] = ["acme", "beta"].map(|name| registry.token(name));
    let one = Release::new(&key, "acme/sms", "1.0.0", "1");
    let two = Release::new(&key, "beta/sms", "1.0.0", "1");
    assert_eq!(one.predicate.archive, two.predicate.archive);
    registry.publish(&acme, &one).await.is(201);
    registry.publish(&beta, &two).await.is(201);
    assert_eq!(registry.get(&one.blob_path()).await.body, one.archive);
}

#[tokio::test]
async fn a_yanked_release_is_marked_not_offered_and_still_there() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let [old, new, pre] = ["1.0.0", "1.1.0", "2.0.0-rc.1"]
        .map(|version| Release::new(&key, "acme/sms", version, version));
    for release in [&old, &new, &pre] {
        registry.publish(&token, release).await.is(201);
    }
    let newest = async || {
        let plugin = registry.get("/api/v1/plugins/acme/sms").await.json();
        let found = registry.get("/api/v1/search?q=sms").await.json();
        let newest = plugin["newest"]["version"].clone();
        assert_eq!(found["results"][0]["version"], newest, "search and plugin agree");
        newest
    };
    assert_eq!(newest().await, "1.1.0", "a pre-release is not the newest");
    let line = registry.yank(&token, &new, 0, true).await.is(201).json();
    assert_eq!(registry.yank(&token, &new, 0, true).await.is(200).json(), line, "the same again");
    assert_eq!(registry.index(&new).await[3], line);
    assert_eq!(newest().await, "1.0.0");
    registry.get(&new.blob_path()).await.is(200);
    registry.yank(&token, &old, 0, true).await.is(201);
    assert_eq!(newest().await, "2.0.0-rc.1");
    registry.yank(&token, &pre, 0, true).await.is(201);
    assert_eq!(registry.get("/api/v1/search?q=sms").await.json()["total"], 0);
    assert_eq!(registry.get("/api/v1/plugins/acme/sms").await.json()["newest"], Value::Null);
    registry.yank(&token, &new, 1, false).await.is(201);
    assert_eq!(newest().await, "1.1.0");

    let missing = Release::new(&key, "acme/sms", "9.0.0", "");
    registry.yank(&token, &missing, 0, true).await.refuses(404, "not-found");
    let foreign = registry.token("beta");
    registry.yank(&foreign, &new, 2, true).await.refuses(403, "token-namespace");
    registry.yank("", &new, 2, true).await.refuses(401, "token-missing");
    let log = registry.logged();
    assert_eq!(log.matches("unyank acme/sms@1.1.0 by token").count(), 1, "{log}");
    assert_eq!(log.matches("\nyank acme/sms@1.1.0 by token").count(), 1, "{log}");
}

/// Many clients publish one version with different bytes: exactly one wins, and all that is
/// visible is the winner's.
#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_exactly_one_wins() {
    let registry = Registry::with(|config| config.limits.checks = 8).await;
    let (key, token) = (key(), registry.token("acme"));
    let releases: Vec<Release> = (0..12)
        .map(|n| Release::new(&key, "acme/sms", "1.0.0", &format!("export default {n}")))
        .collect();
    let replies =
        futures_util::future::join_all(releases.iter().map(|r| registry.publish(&token, r))).await;
    let won: Vec<usize> = (0..12).filter(|n| replies[*n].status == 201).collect();
    let lost = replies.iter().filter(|reply| reply.status == 409).count();
    assert_eq!((won.len(), lost), (1, 11));
    let index = registry.index(&releases[0]).await;
    assert_eq!(index.len(), 1);
    for (number, release) in releases.iter().enumerate() {
        let status = registry.get(&release.blob_path()).await.status;
        assert_eq!(status, if won == [number] { 200 } else { 404 }, "{number}");
    }
    assert_eq!(signed(&index[0])["archive"], releases[won[0]].predicate.archive.to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn versions_published_at_once_are_all_in_the_index() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let releases: Vec<Release> =
        (0..20).map(|n| Release::new(&key, "acme/sms", &format!("1.0.{n}"), "x")).collect();
    let publish = releases.iter().map(async |release| {
        registry.publish(&token, release).await.is(201);
        // Whoever was told that it is published must find it, whatever others do meanwhile.
        let version = release.predicate.version.to_string();
        let index = registry.index(release).await;
        assert!(index.iter().any(|line| version_of(line) == version), "{version}");
    });
    futures_util::future::join_all(publish).await;
    assert_eq!(registry.index(&releases[0]).await.len(), 20);
}

#[tokio::test]
async fn long_texts_of_a_manifest_are_cut_for_the_index() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let long = "é".repeat(5_000);
    let words: Vec<&str> = vec![&long; 30];
    let keys = json!({ "name": long, "description": long, "keywords": words });
    let release = Release::of(&key, "acme/sms", keys, "1");
    let entry = registry.publish(&token, &release).await.is(201).json();
    assert_eq!(entry["description"].as_str().unwrap().chars().count(), 500);
    let found = registry.get("/api/v1/search?q=sms").await.json();
    let hit = &found["results"][0];
    assert_eq!(hit["title"].as_str().unwrap().chars().count(), 255);
    assert_eq!(hit["keywords"].as_array().unwrap().len(), 20);
    assert_eq!(hit["keywords"][0].as_str().unwrap().chars().count(), 50);
}

/// The index page of a plugin stays below what clients read.
#[tokio::test]
async fn a_plugin_has_only_so_many_releases() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    registry.publish(&token, &Release::new(&key, "acme/sms", "1.0.0", "1")).await.is(201);
    let database = rows::Database::open(&DataDir::existing(registry.dir.path()).unwrap()).unwrap();
    let fill = "
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1998)
        INSERT INTO releases (plugin, version, precedence, archive, size, title, kind, keywords,
            envelope, key_id, published_at)
        SELECT plugin, '0.0.' || i, '0.0.' || i, archive, size, title, kind, keywords,
            envelope, key_id, published_at FROM releases, n";
    let filled = database.write(|change| change.execute(fill, [])).unwrap();
    assert_eq!(filled, 1998);
    let last = Release::new(&key, "acme/sms", "1.0.1", "1");
    registry.publish(&token, &last).await.is(201);
    assert!(registry.get(&last.index_path()).await.body.len() < 16 * 1024 * 1024);
    let over = Release::new(&key, "acme/sms", "1.0.2", "1");
    registry.publish(&token, &over).await.refuses(422, "too-many-releases");
    registry.get(&over.blob_path()).await.refuses(404, "not-found");
    registry.publish(&token, &last).await.is(200);
    registry.publish(&token, &Release::new(&key, "acme/other", "1.0.0", "1")).await.is(201);
}

/// The service runs the checks itself: what the publisher claims to have run does not count.
#[tokio::test]
async fn a_release_with_a_hole_is_refused_with_the_findings() {
    let registry = Registry::with(|config| config.judges = true).await;
    let (key, token) = (key(), registry.token("acme"));
    let keys = |version: &str| {
        json!({
            "version": version, "license": "MIT", "author": "Acme", "engines": { "daino": "*" },
            "permissions": { "database": ["orders:write"], "api": [], "filesystem": [],
                "hooks": ["order.created"], "admin": false },
            "hooks": { "order.created": "onOrder" },
        })
    };
    let code = |sql: &str| {
        format!(
            "export default class {{\n  async onOrder(payload, ctx) {{\n    \
             await ctx.db.query({sql});\n  }}\n}}\n"
        )
    };
    let open = code("`UPDATE sales_orders SET notes = 'x' WHERE id = '${payload.id}'`");
    let bad = Release::of(&key, "acme/sms", keys("1.0.0"), &open);
    let problem = registry.publish(&token, &bad).await.refuses(422, "verdict");
    let finding = &problem["findings"][0];
    assert_eq!(finding["class"], "sql-injection", "{problem}");
    assert_eq!((&finding["file"], &finding["line"]), (&json!("index.js"), &json!(3)));
    registry.get(&bad.index_path()).await.refuses(404, "not-found");
    let closed = code("'UPDATE sales_orders SET notes = $1 WHERE id = $2', ['x', payload.id]");
    let good = Release::of(&key, "acme/sms", keys("1.0.0"), &closed);
    registry.publish(&token, &good).await.is(201);
}

//! What attackers and broken networks send.

use std::time::{Duration, Instant};

use serde_json::json;

use super::*;

/// A head for a publish request with these headers besides the usual ones.
fn head(release: &Release, token: &str, extra: &str) -> Vec<u8> {
    format!(
        "PUT {} HTTP/1.1\r\nHost: r\r\nConnection: close\r\nAuthorization: Bearer {token}\r\n\
         Content-Type: {RELEASE_TYPE}\r\n{extra}\r\n",
        release.path()
    )
    .into_bytes()
}

fn with_body(release: &Release, token: &str, body: &[u8]) -> Vec<u8> {
    let length = format!("Content-Length: {}\r\n", body.len());
    [head(release, token, &length), body.to_vec()].concat()
}

/// A registry, a token, and a release that would be accepted.
async fn scene() -> (Registry, String, SigningKey, Release) {
    let registry = Registry::with(|config| {
        config.limits.idle_upload = Duration::from_millis(300);
        config.limits.head = Duration::from_millis(500);
        config.limits.stalled = Duration::from_millis(1500);
        config.limits.requests.burst = 10_000;
        config.limits.changes.burst = 10_000;
    })
    .await;
    let (token, key) = (registry.token("acme"), key());
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    (registry, token, key, release)
}

/// Nothing of the release is visible or kept.
async fn nothing_is_left(registry: &Registry, release: &Release) {
    registry.get(&release.index_path()).await.refuses(404, "not-found");
    registry.get(&release.blob_path()).await.refuses(404, "not-found");
    let kept = ["tmp", "public/blobs", "public/index"]
        .map(|dir| staged::files_below(&registry.dir.path().join(dir)).unwrap());
    assert_eq!(kept.concat(), Vec::<std::path::PathBuf>::new());
}

#[tokio::test]
async fn a_body_that_is_not_a_release_is_refused() {
    let (registry, token, _, release) = scene().await;
    let envelope = release.envelope.len() as u32;
    let prefixed = |length: u32| [&length.to_be_bytes(), &release.body()[4..]].concat();
    for (body, status, code) in [
        (vec![], 400, "form"),
        (vec![0, 0, 1], 400, "form"),
        (vec![0, 0, 0, 0], 400, "form"),
        (release.body()[..100].to_vec(), 400, "form"),
        (prefixed(envelope - 1), 400, "form"),
        (prefixed(envelope + 1), 400, "form"),
        (prefixed(0), 400, "form"),
        (prefixed(63 * 1024), 400, "form"),
        (prefixed(63 * 1024 + 1), 413, "too-large"),
        (prefixed(u32::MAX), 413, "too-large"),
        (release.body()[..4 + envelope as usize].to_vec(), 422, "archive"),
        (release.body()[..release.body().len() - 1].to_vec(), 422, "archive"),
        ([release.body(), vec![0]].concat(), 422, "archive"),
    ] {
        let reply = registry.raw(&with_body(&release, &token, &body)).await;
        reply.refuses(status, code);
    }
    let nested = [b"\0\0\xfb\0".as_slice(), &[b'['; 0xfb00]].concat();
    registry.raw(&with_body(&release, &token, &nested)).await.refuses(400, "form");
    nothing_is_left(&registry, &release).await;
    registry.publish(&token, &release).await.is(201);
}

#[tokio::test]
async fn another_type_or_an_encoding_is_refused() {
    let (registry, token, _, release) = scene().await;
    let bearer = format!("Bearer {token}");
    for extra in [
        vec![],
        vec![("Content-Type", "application/json")],
        vec![("Content-Type", "application/vnd.daino.release2")],
        vec![("Content-Type", RELEASE_TYPE), ("Content-Encoding", "gzip")],
    ] {
        let mut headers = vec![("Authorization", bearer.as_str())];
        headers.extend(extra);
        let reply = registry.request("PUT", &release.path(), &headers, &release.body()).await;
        reply.refuses(415, "content-type");
    }
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "Application/VND.daino.release; v=1"),
    ];
    registry.request("PUT", &release.path(), &headers, &release.body()).await.is(201);
}

/// Refused by its declared length before it is sent, and by its real one when none is declared.
#[tokio::test]
async fn a_body_over_the_limit_is_refused_early() {
    let (registry, token, _, release) = scene().await;
    let declared = head(&release, &token, "Content-Length: 99999999999\r\n");
    let start = Instant::now();
    registry.raw(&declared).await.refuses(413, "too-large");
    assert!(start.elapsed() < Duration::from_secs(2));

    let mut stream = registry.connect().await;
    stream.write_all(&head(&release, &token, "Transfer-Encoding: chunked\r\n")).await.unwrap();
    let prefix = [b"4\r\n".as_slice(), &(10u32).to_be_bytes(), b"\r\n"].concat();
    stream.write_all(&prefix).await.unwrap();
    let chunk = [b"100000\r\n".as_slice(), &vec![7; 1024 * 1024], b"\r\n"].concat();
    let mut sent = 0;
    while sent < 200 && stream.write_all(&chunk).await.is_ok() {
        sent += 1;
    }
    assert!((21..60).contains(&sent), "{sent} MB were taken");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    if !answer.is_empty() {
        Reply::parse(&answer).unwrap().refuses(413, "too-large");
    }
    nothing_is_left(&registry, &release).await;
}

#[tokio::test]
async fn a_client_that_goes_away_or_stands_still_leaves_nothing() {
    let (registry, token, _, release) = scene().await;
    let whole = with_body(&release, &token, &release.body());
    let mut gone = registry.connect().await;
    gone.write_all(&whole[..whole.len() - 10]).await.unwrap();
    gone.shutdown().await.unwrap();
    let mut answer = Vec::new();
    let _ = gone.read_to_end(&mut answer).await;
    assert!(!answer.starts_with(b"HTTP/1.1 20"), "{answer:?}");

    let mut still = registry.connect().await;
    still.write_all(&whole[..whole.len() - 10]).await.unwrap();
    let mut answer = Vec::new();
    still.read_to_end(&mut answer).await.unwrap();
    Reply::parse(&answer).unwrap().refuses(408, "too-slow");
    nothing_is_left(&registry, &release).await;
}

/// One byte now and then must not hold a connection for ever.
#[tokio::test]
async fn a_head_that_trickles_in_is_cut_off() {
    let (registry, ..) = scene().await;
    let mut stream = registry.connect().await;
    let start = Instant::now();
    let head =
        b"GET /healthz HTTP/1.1\r\nHost: r\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    for byte in head.iter().cycle() {
        if stream.write_all(&[*byte]).await.is_err() || start.elapsed() > Duration::from_secs(20) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(start.elapsed() < Duration::from_secs(5), "held {:?}", start.elapsed());
    registry.get("/healthz").await.is(200);
}

#[tokio::test]
async fn a_reader_that_stops_reading_is_dropped() {
    let (registry, token, key, _) = scene().await;
    let mut noise = vec![0; 1_500_000];
    getrandom::fill(&mut noise).unwrap();
    let noise: String = noise.iter().map(|byte| char::from(b'0' + byte % 64)).collect();
    let large = Release::new(&key, "acme/large", "1.0.0", &format!("//{noise}"));
    registry.publish(&token, &large).await.is(201);
    // Answers of a few hundred megabytes are asked for, and none is read.
    let mut stream = registry.connect().await;
    let ask = format!("GET {} HTTP/1.1\r\nHost: r\r\n\r\n", large.blob_path());
    stream.write_all(ask.repeat(100).as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(4000)).await;
    let mut answer = Vec::new();
    let ended = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut answer)).await;
    assert!(ended.is_ok(), "the connection is still there");
    assert!(large.archive.len() > 1_000_000, "what is asked for fits no buffer");
    assert!(answer.len() < 100 * large.archive.len(), "everything was sent");
}

#[tokio::test]
async fn connections_over_the_bound_wait_for_their_turn() {
    let registry = Registry::with(|config| {
        config.limits.connections = 3;
        config.limits.head = Duration::from_millis(400);
    })
    .await;
    let mut idle = Vec::new();
    for _ in 0..20 {
        idle.push(registry.connect().await);
    }
    let start = Instant::now();
    registry.get("/healthz").await.is(200);
    assert!(start.elapsed() > Duration::from_millis(300), "it had to wait for idle ones to end");
}

#[tokio::test]
async fn what_is_not_http_is_refused_and_harms_nobody() {
    let (registry, ..) = scene().await;
    let long =
        format!("GET /{} HTTP/1.1\r\nHost: r\r\nConnection: close\r\n\r\n", "a".repeat(3000));
    registry.raw(long.as_bytes()).await.refuses(414, "address-too-long");
    let longer = format!("GET /{} HTTP/1.1\r\nHost: r\r\n\r\n", "a".repeat(200_000));
    let many: String = (0..500).map(|n| format!("X-{n}: a\r\n")).collect();
    let many = format!("GET / HTTP/1.1\r\nHost: r\r\n{many}\r\n");
    for bytes in [
        longer.as_bytes(),
        many.as_bytes(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx",
        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut stream = registry.connect().await;
        let _ = stream.write_all(bytes).await;
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer).await;
        let text = String::from_utf8_lossy(&answer);
        assert!(text.is_empty() || text.starts_with("HTTP/1.1 4"), "{text}");
    }
    registry.get("/healthz").await.is(200);
}

#[tokio::test]
async fn names_that_lead_elsewhere_are_refused_everywhere() {
    let (registry, token, _, _) = scene().await;
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", RELEASE_TYPE)];
    let long = "a".repeat(64);
    for part in [
        "..%2f..",
        "%2e%2e",
        "a%2fb",
        "a%5cb",
        "a%00b",
        "%00",
        "ACME",
        "p%d0%b0ypal",
        "a--b",
        "a.b",
        "-ab",
        "a",
        "registry",
        "a%20b",
        "%e2%80%ae",
        "con%3a",
        "acme-2",
        &long,
    ] {
        for path in [
            format!("/api/v1/plugins/{part}/sms/1.0.0"),
            format!("/api/v1/plugins/acme/{part}/1.0.0"),
        ] {
            registry.request("PUT", &path, &headers, b"x").await.refuses(400, "name");
        }
        registry.get(&format!("/api/v1/plugins/acme/{part}")).await.refuses(400, "name");
    }
    let long = format!("1.0.0-{}", "a".repeat(60));
    for version in [
        "1",
        "1.0",
        "v1.0.0",
        "01.0.0",
        "1.0.0%2f..",
        "1.0.0%00",
        "%31.0.0%20",
        "latest",
        "%ff",
        &long,
    ] {
        let path = format!("/api/v1/plugins/acme/sms/{version}");
        registry.request("PUT", &path, &headers, b"x").await.refuses(400, "name");
    }
    for path in ["//api/v1/search", "/api/v1//search", "/api/v1/search/", "/./healthz", "*"] {
        registry.get(path).await.refuses(404, "not-found");
    }
}

#[tokio::test]
async fn a_signature_that_does_not_fit_is_refused() {
    let (registry, token, key, release) = scene().await;
    let envelope: Value = serde_json::from_slice(&release.envelope).unwrap();
    let other = Release::new(&key, "acme/sms", "1.0.1", "2");
    let other_envelope: Value = serde_json::from_slice(&other.envelope).unwrap();
    let stranger = Release::new(&super::key(), "acme/sms", "1.0.0", "1");
    let stranger: Value = serde_json::from_slice(&stranger.envelope).unwrap();
    let change = |work: &dyn Fn(&mut Value)| {
        let mut changed = envelope.clone();
        work(&mut changed);
        serde_json::to_vec(&changed).unwrap()
    };
    let envelopes = [
        change(&|e| e["signatures"] = other_envelope["signatures"].clone()),
        change(&|e| e["payload"] = other_envelope["payload"].clone()),
        change(&|e| e["payloadType"] = json!("text/plain")),
        change(&|e| e["signatures"] = json!([])),
        change(&|e| drop(e["signatures"][0].as_object_mut().unwrap().remove("public_key"))),
        change(&|e| {
            e["signatures"][0]["public_key"] = stranger["signatures"][0]["public_key"].clone()
        }),
        change(&|e| e["signatures"][0]["sig"] = json!("AAAA")),
        change(&|e| e["payload"] = json!("A".repeat(40_000))),
    ];
    for envelope in envelopes {
        let bad = Release { envelope, ..release.clone() };
        let reply = registry.publish(&token, &bad).await;
        let problem = reply.refuses(422, "signature");
        assert!(problem["cause"].as_str().is_some_and(|c| c.starts_with("trust.")), "{problem}");
    }
    nothing_is_left(&registry, &release).await;
    // Once the namespace has its owner, a missing key is not taken for a foreign one.
    registry.publish(&token, &other).await.is(201);
    let envelope =
        change(&|e| drop(e["signatures"][0].as_object_mut().unwrap().remove("public_key")));
    registry
        .publish(&token, &Release { envelope, ..release.clone() })
        .await
        .refuses(422, "signature");
}

/// A statement that was signed, for another release.
#[tokio::test]
async fn a_statement_cannot_be_used_for_another_release() {
    let (registry, token, key, release) = scene().await;
    let bearer = format!("Bearer {token}");
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", RELEASE_TYPE)];
    for path in ["/api/v1/plugins/acme/sms/1.0.1", "/api/v1/plugins/acme/other/1.0.0"] {
        let reply = registry.request("PUT", path, &headers, &release.body()).await;
        reply.refuses(422, "statement");
    }
    // A namespace that the token is for, with a statement about another one.
    let beta = Release::new(&key, "beta/sms", "1.0.0", "1");
    let reply = registry.request("PUT", &release.path(), &headers, &beta.body()).await;
    reply.refuses(422, "statement");
    // The right statement with another archive of the same publisher.
    let other = Release::new(&key, "acme/sms", "1.0.0", "2");
    let mixed = Release { archive: other.archive, ..release.clone() };
    registry.publish(&token, &mixed).await.refuses(422, "archive");
    nothing_is_left(&registry, &release).await;
}

/// Archives that were signed by their publisher and are not what they must be.
#[tokio::test]
async fn a_hostile_archive_is_refused_though_signed() {
    let (registry, token, key, release) = scene().await;
    let signed = |archive: Vec<u8>, change: &dyn Fn(&mut ReleasePredicate)| {
        let mut predicate = release.predicate.clone();
        predicate.archive = Digest::of(&archive);
        predicate.size = archive.len() as u64;
        change(&mut predicate);
        Release::sign(&key, predicate, archive)
    };
    let mut flipped = release.archive.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    let bomb = zstd::bulk::compress(&vec![0; 50_000_000], 3).unwrap();
    let other_plugin = Release::new(&key, "acme/other", "1.0.0", "1");
    let other_version = Release::new(&key, "acme/sms", "2.0.0", "1");
    let same = |_: &mut ReleasePredicate| {};
    for bad in [
        signed(vec![], &same),
        signed(b"PK\x03\x04".to_vec(), &same),
        signed(flipped, &same),
        signed(bomb, &same),
        signed([release.archive.as_slice(), b"x"].concat(), &same),
        signed(other_plugin.archive.clone(), &|p| {
            p.content = other_plugin.predicate.content;
            p.manifest = other_plugin.predicate.manifest;
        }),
        signed(other_version.archive.clone(), &|p| {
            p.content = other_version.predicate.content;
            p.manifest = other_version.predicate.manifest;
        }),
        signed(release.archive.clone(), &|p| p.content = Digest::of(b"")),
        signed(release.archive.clone(), &|p| p.manifest = Digest::of(b"")),
        signed(release.archive.clone(), &|p| p.size += 1),
        signed(release.archive.clone(), &|p| p.archive = Digest::of(b"")),
    ] {
        let problem = registry.publish(&token, &bad).await.refuses(422, "archive");
        let cause = problem["cause"].as_str().unwrap();
        assert!(cause.starts_with("package.") || cause.starts_with("trust."), "{problem}");
    }
    nothing_is_left(&registry, &release).await;
    registry.publish(&token, &release).await.is(201);
}

/// What fails inside is told to the log and to nobody else; trying again mends it.
#[tokio::test]
async fn a_failing_disk_is_not_shown_and_the_next_try_mends_it() {
    let (registry, token, _, release) = scene().await;
    let blocked = registry.dir.path().join("public/index/ac");
    std::fs::write(&blocked, "in the way").unwrap();
    let reply = registry.publish(&token, &release).await;
    let problem = reply.refuses(500, "internal");
    assert!(!problem.to_string().contains("index"), "{problem}");
    let id = problem["request_id"].as_str().unwrap();
    assert!(
        registry.logged().contains(&format!("request {id}: cannot make")),
        "{}",
        registry.logged()
    );
    std::fs::remove_file(&blocked).unwrap();
    registry.publish(&token, &release).await.is(200);
    assert_eq!(registry.index(&release).await.len(), 1);
}

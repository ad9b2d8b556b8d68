//! Tokens, rates, and who is asking.

use super::*;
use crate::registry::rates::Rate;

#[tokio::test]
async fn without_a_valid_token_nothing_is_published() {
    let registry = Registry::new().await;
    let key = key();
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    let token = registry.token("acme");
    let with = async |values: &[&str]| {
        let mut headers: Vec<(&str, &str)> =
            values.iter().map(|value| ("Authorization", *value)).collect();
        headers.push(("Content-Type", RELEASE_TYPE));
        registry.request("PUT", &release.path(), &headers, &release.body()).await
    };
    let bearer = format!("Bearer {token}");
    let other = format!("daino_{}", "A".repeat(43));
    for (values, code) in [
        (vec![], "token-missing"),
        (vec!["Basic YTpi"], "token-missing"),
        (vec!["Bearer"], "token-missing"),
        (vec!["Bearer "], "token-missing"),
        (vec![&token[..]], "token-missing"),
        (vec!["Bearer x"], "token-invalid"),
        (vec![&format!("Bearer {other}")[..]], "token-invalid"),
        (vec![&format!("{bearer}x")[..]], "token-invalid"),
        (vec![&bearer[..bearer.len() - 1]], "token-invalid"),
        (vec![&bearer[..], &bearer[..]], "token-invalid"),
        (vec!["Bearer ' OR 1=1 --"], "token-invalid"),
    ] {
        let reply = with(&values).await;
        let problem = reply.refuses(401, code);
        assert!(reply.header("www-authenticate").starts_with("Bearer"), "{values:?}");
        assert!(!problem.to_string().contains(&token), "a token is never shown");
    }
    registry.get(&release.index_path()).await.refuses(404, "not-found");
    with(&[&format!("bearer  {token} ")]).await.is(201);
    assert!(!registry.logged().contains(&token[..20]), "a token is never logged");
}

#[tokio::test]
async fn a_token_ends_is_revoked_and_is_for_its_namespaces_only() {
    let registry = Registry::new().await;
    let key = key();
    let both = registry.make_token(&["acme", "beta"], Some(SignedDuration::from_hours(1)));
    let beta = registry.token("beta");
    let release = |name: &str, version: &str| Release::new(&key, name, version, "1");
    let problem = registry
        .publish(&beta, &release("acme/sms", "1.0.0"))
        .await
        .refuses(403, "token-namespace");
    assert!(problem["detail"].as_str().unwrap().contains("beta"));
    registry.publish(&both.secret, &release("acme/sms", "1.0.0")).await.is(201);
    registry.publish(&both.secret, &release("beta/sms", "1.0.0")).await.is(201);
    let used = registry.server.tokens().find(&both.kept.id).unwrap().last_used_at;
    assert_eq!(used, Some(registry.clock.now()));

    registry.pass(SignedDuration::from_secs(3599));
    registry.publish(&both.secret, &release("acme/sms", "1.0.1")).await.is(201);
    registry.pass(SignedDuration::from_secs(1));
    let late = registry.publish(&both.secret, &release("acme/sms", "1.0.2")).await;
    late.refuses(401, "token-expired");

    registry.publish(&beta, &release("beta/sms", "1.0.1")).await.is(201);
    let id = registry.server.tokens().list().unwrap().last().unwrap().id.clone();
    // As the command does it, beside the server.
    let data = DataDir::existing(registry.dir.path()).unwrap();
    let tokens = Tokens::open(&data, registry.clock.clone()).unwrap();
    let beta_id =
        tokens.list().unwrap().iter().find(|t| t.namespaces == [slug("beta")]).unwrap().id.clone();
    assert!(tokens.find(&id).is_ok());
    assert!(tokens.revoke(&beta_id).unwrap());
    assert!(!tokens.revoke(&beta_id).unwrap(), "once");
    let revoked = registry.publish(&beta, &release("beta/sms", "1.0.2")).await;
    revoked.refuses(401, "token-revoked");
    assert!(matches!(tokens.revoke("nope"), Err(RegistryError::Token(_))));
}

#[tokio::test]
async fn the_database_does_not_hold_a_token() {
    let registry = Registry::new().await;
    let token = registry.token("acme");
    let dir = registry.dir.clone();
    registry.server.shutdown().await;
    let mut bytes = Vec::new();
    for file in staged::files_below(dir.path()).unwrap() {
        bytes.extend(std::fs::read(file).unwrap());
    }
    let holds = |text: &[u8]| bytes.windows(text.len()).any(|window| window == text);
    assert!(holds(Digest::of(token.as_bytes()).raw()), "the digest is kept");
    assert!(!holds(&token.as_bytes()[6..30]));
}

#[tokio::test]
async fn who_asks_too_often_is_told_when_to_come_back() {
    let registry = Registry::with(|config| {
        config.limits.requests = Rate { burst: 5, per_second: 0.01 };
    })
    .await;
    for _ in 0..5 {
        registry.get("/api/v1/search").await.is(200);
    }
    let reply = registry.get("/api/v1/search").await;
    reply.refuses(429, "too-many-requests");
    let wait: u64 = reply.header("retry-after").parse().unwrap();
    assert!((90..=100).contains(&wait), "{wait}");
    registry.get("/healthz").await.is(200);
    // Without `--behind-proxy` nobody becomes another by saying so.
    let forwarded = [("X-Forwarded-For", "192.0.2.9")];
    registry
        .request("GET", "/api/v1/search", &forwarded, &[])
        .await
        .refuses(429, "too-many-requests");
}

#[tokio::test]
async fn behind_a_proxy_the_client_is_the_last_one_it_names() {
    let registry = Registry::with(|config| {
        config.behind_proxy = true;
        config.limits.requests = Rate { burst: 1, per_second: 0.01 };
    })
    .await;
    let from = async |value: &str| {
        let headers = [("X-Forwarded-For", value)];
        registry.request("GET", "/api/v1/search", &headers, &[]).await.status
    };
    assert_eq!(from("192.0.2.1").await, 200);
    assert_eq!(from("192.0.2.1").await, 429);
    assert_eq!(from("192.0.2.2").await, 200);
    assert_eq!(from("192.0.2.77, 192.0.2.2").await, 429, "what the client claims does not count");
    assert!(registry.logged().contains("192.0.2.2 GET /api/v1/search 200"));
}

#[tokio::test]
async fn one_token_cannot_change_too_much_in_a_short_time() {
    let registry = Registry::with(|config| {
        config.limits.changes = Rate { burst: 2, per_second: 0.01 };
    })
    .await;
    let (key, one, two) = (key(), registry.token("acme"), registry.token("acme"));
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    registry.publish(&one, &release).await.is(201);
    registry.yank(&one, &release, 0, true).await.is(201);
    registry.yank(&one, &release, 1, false).await.refuses(429, "too-many-requests");
    registry.yank(&two, &release, 1, false).await.is(201);
}

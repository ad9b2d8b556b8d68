//! Statements about a namespace: what the registry takes, and that it can make none of them itself.

use serde_json::json;

use super::*;
use crate::trust::{
    AdvisoryPredicate, OwnerChain, OwnerPredicate, RevokeKeyPredicate, Severity, sign_statement,
};

const WHEN: &str = "2026-01-02T03:04:05Z";

/// The chain in the owner file.
async fn chain(registry: &Registry) -> OwnerChain {
    let page = registry.get("/index/ac/me/acme.jsonl").await;
    page.is(200);
    let mut lines = page
        .text()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .collect::<Vec<_>>()
        .into_iter();
    let read = |line: &Value| {
        let envelope: Envelope = serde_json::from_value(line["envelope"].clone()).unwrap();
        (line["logged"].as_u64().unwrap(), envelope)
    };
    let (at, envelope) = read(&lines.next().unwrap());
    let mut chain = OwnerChain::found(at, &envelope).unwrap();
    for line in lines {
        let (at, envelope) = read(&line);
        chain.apply(at, &envelope).unwrap();
    }
    chain
}

fn next(chain: &OwnerChain, keys: &[&SigningKey]) -> OwnerPredicate {
    let keys = keys.iter().map(|key| key.public()).collect();
    OwnerPredicate { keys, ..chain.next(WHEN.to_owned()) }
}

fn revocation(chain: &OwnerChain, key: &SigningKey) -> Statement {
    Statement::RevokeKey(RevokeKeyPredicate {
        namespace: chain.namespace().clone(),
        epoch: chain.current().epoch,
        key: key.public().id(),
        reason: None,
        signed_at: WHEN.to_owned(),
    })
}

#[tokio::test]
async fn an_owner_rotates_its_key_and_the_old_one_publishes_no_more() {
    let registry = Registry::new().await;
    let (old, new, token) = (key(), key(), registry.token("acme"));
    registry.publish(&token, &Release::new(&old, "acme/sms", "1.0.0", "1")).await.is(201);
    let rotation = Statement::Owner(next(&chain(&registry).await, &[&new]));
    // Whoever has the token and not the key changes nothing.
    registry.state(&token, &new, &rotation).await.refuses(403, "key-not-owner");
    registry.state(&registry.token("beta"), &old, &rotation).await.refuses(403, "token-namespace");
    registry.state(&token, &old, &rotation).await.is(201);
    registry.state(&token, &old, &rotation).await.is(200);
    assert_eq!(chain(&registry).await.keys(), [new.public()]);
    let late = Release::new(&old, "acme/sms", "1.1.0", "1");
    let problem = registry.publish(&token, &late).await.refuses(403, "key-not-owner");
    assert!(problem["detail"].as_str().unwrap().contains(new.public().id().as_str()));
    registry.publish(&token, &Release::new(&new, "acme/sms", "1.1.0", "1")).await.is(201);
    registry.yank(&token, &late, 0, true).await.refuses(403, "key-not-owner");
    let registry = registry.restart().await;
    assert_eq!(chain(&registry).await.current().epoch, 2);
    assert!(!registry.logged().contains("made anew"), "{}", registry.logged());
}

#[tokio::test]
async fn a_chain_goes_on_in_its_order_alone() {
    let registry = Registry::new().await;
    let (one, two, token) = (key(), key(), registry.token("acme"));
    let first = OwnerPredicate {
        namespace: slug("acme"),
        epoch: 1,
        previous: None,
        keys: vec![one.public(), two.public()],
        threshold: 2,
        recovery: None,
        signed_at: WHEN.to_owned(),
    };
    let founding = Statement::Owner(first.clone());
    registry.state(&token, &one, &founding).await.refuses(422, "owner");
    registry.record(&token, &sign_statement(&founding, &[&one, &two])).await.is(201);
    let start = chain(&registry).await;
    let again =
        Statement::Owner(OwnerPredicate { signed_at: "2027-01-02T03:04:05Z".to_owned(), ..first });
    let problem = registry.record(&token, &sign_statement(&again, &[&one, &two])).await;
    problem.refuses(422, "owner");
    let step = Statement::Owner(next(&start, &[&two, &one]));
    registry.state(&token, &one, &step).await.refuses(422, "owner");
    let signed = sign_statement(&step, &[&two, &one]);
    registry.record(&token, &signed).await.is(201);
    let fork = Statement::Transfer(next(&start, &[&one, &two]));
    registry.record(&token, &sign_statement(&fork, &[&one, &two])).await.refuses(422, "owner");
    let chain_now = chain(&registry).await;
    assert_eq!((chain_now.current().epoch, chain_now.current().threshold), (2, 2));
}

#[tokio::test]
async fn a_revoked_key_publishes_no_more() {
    let registry = Registry::new().await;
    let (one, two, token) = (key(), key(), registry.token("acme"));
    registry.publish(&token, &Release::new(&one, "acme/sms", "1.0.0", "1")).await.is(201);
    registry
        .state(&token, &one, &revocation(&chain(&registry).await, &one))
        .await
        .refuses(422, "owner");
    let both = Statement::Owner(next(&chain(&registry).await, &[&one, &two]));
    registry.state(&token, &one, &both).await.is(201);
    registry.state(&token, &two, &revocation(&chain(&registry).await, &one)).await.is(201);
    let late = Release::new(&one, "acme/sms", "1.1.0", "1");
    registry.publish(&token, &late).await.refuses(403, "key-not-owner");
    registry.publish(&token, &Release::new(&two, "acme/sms", "1.1.0", "1")).await.is(201);
}

#[tokio::test]
async fn statements_about_plugins_fit_those_before_them() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    registry.yank(&token, &release, 0, true).await.refuses(404, "not-found");
    registry.publish(&token, &release).await.is(201);
    registry.yank(&token, &release, 1, true).await.refuses(409, "outdated");
    registry.yank(&token, &release, 0, false).await.refuses(409, "outdated");
    registry.yank(&token, &release, 0, true).await.is(201);
    let advisory = |revision| {
        Statement::Advisory(AdvisoryPredicate {
            name: release.predicate.name.clone(),
            id: "ACME-1".to_owned(),
            revision,
            affected: "<2".parse().unwrap(),
            severity: Severity::High,
            summary: "It leaks.".to_owned(),
            signed_at: WHEN.to_owned(),
        })
    };
    registry.state(&token, &key, &advisory(2)).await.refuses(409, "outdated");
    registry.state(&token, &key, &advisory(1)).await.is(201);
    registry.state(&token, &super::key(), &advisory(2)).await.refuses(403, "key-not-owner");
    let lines = registry.index(&release).await;
    assert_eq!(lines.len(), 3);
    assert_eq!(signed(&lines[2])["id"], "ACME-1");
    let log = registry.logged();
    assert!(log.contains("advisory acme/sms by token"), "{log}");
}

#[tokio::test]
async fn what_is_no_statement_is_refused() {
    let registry = Registry::new().await;
    let (key, token) = (key(), registry.token("acme"));
    let release = Release::new(&key, "acme/sms", "1.0.0", "1");
    registry.publish(&token, &release).await.is(201);
    let yank = sign_statement(&release.yank(0, true), &[&key]);
    let path = statement_path(&yank);
    let bearer = format!("Bearer {token}");
    let send = async |path: &str, kind: &str, body: &[u8]| {
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", kind)];
        registry.request("PUT", path, &headers, body).await
    };
    let body = serde_json::to_vec(&yank).unwrap();
    send(&path, "application/json", &body).await.refuses(415, "content-type");
    send("/api/v1/statements/00", ENVELOPE_TYPE, &body).await.refuses(422, "statement");
    send(&path, ENVELOPE_TYPE, b"{}").await.refuses(400, "form");
    send(&path, ENVELOPE_TYPE, &vec![b' '; 70_000]).await.refuses(413, "too-large");
    let mut other = yank.clone();
    other.signatures[0].sig = "A".repeat(86) + "==";
    registry.record(&token, &other).await.refuses(422, "signature");
    let released: Envelope = serde_json::from_slice(&release.envelope).unwrap();
    registry.record(&token, &released).await.refuses(422, "statement");
    let unknown = json!({"_type": "https://in-toto.io/Statement/v1", "subject": [],
        "predicateType": "https://daino.dev/attestation/other/v1", "predicate": {}});
    use base64::Engine;
    let mut unknown_kind = yank.clone();
    unknown_kind.payload = base64::engine::general_purpose::STANDARD.encode(unknown.to_string());
    registry.record(&token, &unknown_kind).await.refuses(422, "statement");
    assert_eq!(registry.index(&release).await.len(), 1);
    send(&path, ENVELOPE_TYPE, &body).await.is(201);
}

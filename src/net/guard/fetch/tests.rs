//! The gate against real servers on loopback and a hostile name server at our own seam.

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::{BoxFuture, FutureExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::*;

/// Answers name requests from a script; the last answer repeats.
struct Scripted {
    answers: Vec<Vec<IpAddr>>,
    asked: AtomicUsize,
}

impl Lookup for Scripted {
    fn lookup(&self, _: String) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
        let turn = self.asked.fetch_add(1, Ordering::SeqCst);
        let answer = self.answers[turn.min(self.answers.len() - 1)].clone();
        async move { Ok(answer) }.boxed()
    }
}

fn scripted(answers: &[&[[u8; 4]]]) -> Arc<Scripted> {
    let answers =
        answers.iter().map(|list| list.iter().map(|ip| IpAddr::from(*ip)).collect()).collect();
    Arc::new(Scripted { answers, asked: AtomicUsize::new(0) })
}

/// A server that answers each connection with the next text; counts connections and keeps what
/// it was sent.
struct Server {
    port: u16,
    heard: Arc<std::sync::Mutex<Vec<String>>>,
}

async fn serve_on(address: [u8; 4], port: u16, answers: Vec<String>) -> Server {
    let listener = TcpListener::bind((Ipv4Addr::from(address), port)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = Arc::clone(&heard);
    tokio::spawn(async move {
        for answer in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            let mut chunk = [0; 4096];
            while !request.windows(4).any(|w| w == b"\r\n\r\n") {
                let n = stream.read(&mut chunk).await.unwrap_or(0);
                request.extend_from_slice(&chunk[..n]);
                if n == 0 || request.first() == Some(&0x16) {
                    break;
                }
            }
            log.lock().unwrap().push(String::from_utf8_lossy(&request).into_owned());
            let _ = stream.write_all(answer.as_bytes()).await;
            if answer.contains("STALL") {
                tokio::time::sleep(Duration::from_secs(60)).await;
            }
        }
    });
    Server { port, heard }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n{headers}\r\n{body}",
        body.len()
    )
}

fn policy(hosts: &[&str], mocks: &[(&str, u16)]) -> FetchPolicy {
    let mocks: BTreeMap<_, _> = mocks
        .iter()
        .map(|(host, port)| (format!("{host}:443"), format!("http://127.0.0.1:{port}")))
        .collect();
    let allowed = hosts.iter().map(|h| h.parse().unwrap()).collect();
    FetchPolicy { allowed, mocks, ..FetchPolicy::default() }
}

fn get(url: &str) -> FetchRequest {
    FetchRequest { method: "get".into(), url: url.into(), ..FetchRequest::default() }
}

#[tokio::test]
async fn a_mock_answers_and_sees_the_real_host() {
    let server =
        serve_on([127, 0, 0, 1], 0, vec![answer("201 Created", "x-a: b\r\n", "hello")]).await;
    let policy = policy(&["api.example.com"], &[("api.example.com", server.port)]);
    let request = FetchRequest {
        method: "POST".into(),
        headers: vec![("Authorization".into(), "Bearer k".into())],
        body: b"{}".to_vec(),
        ..get("https://api.example.com/v1/pay?x=1")
    };
    let response = fetch(request, &policy).await.unwrap();
    assert_eq!((response.status, response.body.as_slice()), (201, &b"hello"[..]));
    assert_eq!(response.url, "https://api.example.com/v1/pay?x=1");
    assert!(response.headers.contains(&("x-a".into(), "b".into())));
    let heard = server.heard.lock().unwrap()[0].to_lowercase();
    assert!(heard.starts_with("post /v1/pay?x=1 http/1.1\r\n"), "{heard}");
    assert!(heard.contains("\r\nhost: api.example.com\r\n"), "{heard}");
    assert!(heard.contains("authorization: bearer k"), "{heard}");
}

#[tokio::test]
async fn a_mock_needs_the_permission_too() {
    let policy = policy(&[], &[("api.example.com", 9)]);
    let error = fetch(get("https://api.example.com/"), &policy).await.unwrap_err();
    assert!(matches!(error, FetchError::Denied { .. }), "{error:?}");
}

#[tokio::test]
async fn redirects_pass_the_gate_again() {
    for (location, code) in [
        ("https://evil.example/", "fetch.denied"),
        ("http://api.example.com/", "fetch.url"),
        ("https://169.254.169.254/latest/meta-data/", "fetch.url"),
        ("//evil.example/x", "fetch.denied"),
        ("file:///etc/passwd", "fetch.url"),
    ] {
        let text = answer("302 Found", &format!("location: {location}\r\n"), "");
        let server = serve_on([127, 0, 0, 1], 0, vec![text]).await;
        let policy = policy(&["api.example.com"], &[("api.example.com", server.port)]);
        let error = fetch(get("https://api.example.com/"), &policy).await.unwrap_err();
        assert_eq!(error.code(), code, "{location}: {error:?}");
    }
}

#[tokio::test]
async fn a_redirect_to_another_host_loses_credentials_and_303_the_body() {
    let second = serve_on([127, 0, 0, 1], 0, vec![answer("200 OK", "", "done")]).await;
    let text = answer("303 See Other", "location: https://b.example.com/next\r\n", "");
    let first = serve_on([127, 0, 0, 1], 0, vec![text]).await;
    let mocks = [("a.example.com", first.port), ("b.example.com", second.port)];
    let policy = policy(&["*.example.com"], &mocks);
    let request = FetchRequest {
        method: "POST".into(),
        headers: vec![("X-Api-Key".into(), "secret".into())],
        body: b"card".to_vec(),
        ..get("https://a.example.com/")
    };
    let response = fetch(request, &policy).await.unwrap();
    assert!(response.redirected && response.url == "https://b.example.com/next");
    assert!(first.heard.lock().unwrap()[0].to_lowercase().contains("x-api-key: secret"));
    let heard = second.heard.lock().unwrap()[0].to_lowercase();
    assert!(heard.starts_with("get /next "), "{heard}");
    assert!(!heard.contains("secret") && !heard.contains("card"), "{heard}");
}

#[tokio::test]
async fn redirects_end() {
    let turn = answer("302 Found", "location: /again\r\n", "");
    let server = serve_on([127, 0, 0, 1], 0, vec![turn; 10]).await;
    let policy = policy(&["api.example.com"], &[("api.example.com", server.port)]);
    let error = fetch(get("https://api.example.com/"), &policy).await.unwrap_err();
    assert_eq!(error.code(), "fetch.redirect");
    assert_eq!(server.heard.lock().unwrap().len(), 6);
    let manual = FetchRequest { redirect: Redirect::Manual, ..get("https://api.example.com/") };
    assert_eq!(fetch(manual, &policy).await.unwrap().status, 302);
}

#[tokio::test]
async fn bodies_headers_and_time_are_bounded() {
    let long = "x".repeat(2_000);
    let chunked = format!(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n7d0\r\n{long}\r\n7d0\r\n{long}\r\n0\r\n\r\n"
    );
    let many: String = (0..150).map(|i| format!("h{i}: x\r\n")).collect();
    let cases = [
        (answer("200 OK", "", &long), "fetch.too-large"),
        (chunked, "fetch.too-large"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\nx".to_owned(), "fetch.too-large"),
        (answer("200 OK", &many, ""), "fetch.connection"),
        ("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nSTALL".to_owned(), "fetch.timeout"),
        ("garbage garbage\r\n\r\n".to_owned(), "fetch.connection"),
    ];
    for (text, code) in cases {
        let server = serve_on([127, 0, 0, 1], 0, vec![text.clone()]).await;
        let mut policy = policy(&["api.example.com"], &[("api.example.com", server.port)]);
        policy.limits.response_bytes = 1_000;
        policy.limits.time =
            Duration::from_millis(if code == "fetch.timeout" { 200 } else { 20_000 });
        let error = fetch(get("https://api.example.com/"), &policy).await.unwrap_err();
        assert_eq!(error.code(), code, "{error:?} for {:.60}", text);
    }
}

#[tokio::test]
async fn a_name_that_leads_inside_is_never_connected_to() {
    let server = serve_on([127, 0, 0, 1], 0, vec![answer("200 OK", "", "secret")]).await;
    let host = format!("inside.example:{}", server.port);
    for answers in [&[[127, 0, 0, 1]][..], &[[1, 1, 1, 1], [10, 0, 0, 1]], &[[169, 254, 169, 254]]]
    {
        let gate = Gate::new(scripted(&[answers]), crate::net::guard::is_public).unwrap();
        let error =
            gate.fetch(get(&format!("https://{host}/")), &policy(&[&host], &[])).await.unwrap_err();
        assert!(matches!(error, FetchError::Address { .. }), "{error:?}");
    }
    assert!(server.heard.lock().unwrap().is_empty(), "a connection was made");
}

/// Stands for "public": 127.0.0.2 may be reached, 127.0.0.1 is the inside.
fn only_second(address: IpAddr) -> bool {
    address == IpAddr::from([127, 0, 0, 2])
}

#[tokio::test]
async fn a_name_that_changes_its_mind_gains_nothing() {
    let outside = serve_on([127, 0, 0, 2], 0, vec!["no TLS here".to_owned(); 2]).await;
    let inside = serve_on([127, 0, 0, 1], outside.port, vec!["secret".to_owned(); 2]).await;
    let names = scripted(&[&[[127, 0, 0, 2]], &[[127, 0, 0, 1]]]);
    let gate = Gate::new(Arc::clone(&names) as Arc<dyn Lookup>, only_second).unwrap();
    let host = format!("rebind.example:{}", outside.port);
    let policy = policy(&[&host], &[]);
    let first = gate.fetch(get(&format!("https://{host}/")), &policy).await.unwrap_err();
    assert_eq!(first.code(), "fetch.tls", "it reached the checked address: {first:?}");
    assert_eq!(names.asked.load(Ordering::SeqCst), 1, "one connection asks once");
    let second = gate.fetch(get(&format!("https://{host}/")), &policy).await.unwrap_err();
    assert_eq!(second.code(), "fetch.address", "{second:?}");
    assert_eq!(outside.heard.lock().unwrap().len(), 1);
    assert!(inside.heard.lock().unwrap().is_empty(), "the inside was reached");
}

#[tokio::test]
async fn methods_and_bodies_are_checked() {
    let policy = policy(&["api.example.com"], &[]);
    for (method, body) in [("CONNECT", ""), ("TRACE", ""), ("G T", ""), ("", ""), ("GET", "x")] {
        let request = FetchRequest {
            method: method.into(),
            body: body.into(),
            ..get("https://api.example.com/")
        };
        assert_eq!(fetch(request, &policy).await.unwrap_err().code(), "fetch.request", "{method}");
    }
}

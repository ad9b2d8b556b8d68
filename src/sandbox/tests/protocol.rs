//! A worker that its plugin took over: whatever it writes to its socket, the broker ends it or
//! carries on, does nothing that was not granted, and keeps its memory.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

use super::super::broker::{Broker, Process};
use super::super::protocol::{FrameReader, Start, encode};
use super::*;
use crate::script::ModuleGraph;

const HELLO: &str =
    r#"{"Hello":{"version":1,"layers":[{"name":"seccomp","required":true,"state":"active"}]}}"#;
const DONE: &str = r#"{"Done":{"id":1,"result":{"Ok":{"value":42,"used":{"millis":1.0,"host_calls":0,"peak_heap":0}}}}}"#;

fn frame(text: &str) -> Vec<u8> {
    let mut bytes = (text.len() as u32).to_le_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

fn start() -> Start {
    Start {
        graph: ModuleGraph { entry: "index.js".into(), modules: Default::default() },
        memory: 1024,
        settings: Value::Null,
    }
}

fn limits() -> ResourceLimits {
    ResourceLimits { timeout: TimeLimit::new(Duration::from_millis(300)), ..Default::default() }
}

/// What the broker makes of a first word.
async fn greeted(first: &[u8]) -> Result<(), SandboxError> {
    let (process, mut worker) = Process::impersonated();
    worker.write_all(first).await.unwrap();
    worker.shutdown().await.unwrap();
    Broker::greet(process, spec(&[("index.js", "")], limits()), start()).await.map(|_| ())
}

/// What one call gives when the worker answers with `bytes`.
async fn answered(bytes: &[u8]) -> Result<Value, SandboxError> {
    let (process, mut worker) = Process::impersonated();
    worker.write_all(&frame(HELLO)).await.unwrap();
    worker.write_all(&frame("\"Ready\"")).await.unwrap();
    let (mut broker, _) =
        Broker::greet(process, spec(&[("index.js", "")], limits()), start()).await.unwrap();
    let bytes = bytes.to_vec();
    let worker = tokio::spawn(async move {
        // Whether all of it is taken is the broker's business.
        let _ = worker.write_all(&bytes).await;
        let mut rest = Vec::new();
        let _ = worker.read_to_end(&mut rest).await;
    });
    let outcome = broker.call(Target::Method("run".into()), &[], Duration::from_millis(300)).await;
    if let Err(error) = &outcome {
        let again = broker.call(Target::Method("run".into()), &[], Duration::from_secs(1)).await;
        assert_eq!(id(&again.unwrap_err()), "sandbox.ended", "{error}");
    }
    worker.abort();
    outcome.map(|outcome| outcome.value)
}

macro_rules! refused {
    ($($name:ident: $bytes:expr => $code:literal;)*) => {$(
        #[tokio::test]
        async fn $name() {
            let bytes: Vec<u8> = $bytes;
            let error = answered(&bytes).await.unwrap_err();
            assert_eq!(id(&error), $code, "{error}");
        }
    )*};
}
refused! {
    an_empty_frame: vec![0, 0, 0, 0] => "sandbox.protocol";
    a_frame_over_the_limit: vec![1, 0, 0, 1] => "sandbox.protocol";
    the_longest_length_there_is: vec![0xff; 4] => "sandbox.protocol";
    a_frame_that_never_ends: frame(DONE)[..20].to_vec() => "sandbox.time-limit";
    bytes_that_are_no_text: [vec![3, 0, 0, 0], vec![0xff, 0xfe, 0xfd]].concat() => "sandbox.protocol";
    text_that_is_no_json: frame("hello") => "sandbox.protocol";
    json_that_is_no_message: frame("{\"Format\":{\"disk\":\"c:\"}}") => "sandbox.protocol";
    a_message_with_more_after_it: frame(&format!("{DONE}{DONE}")) => "sandbox.protocol";
    json_that_nests_deep: frame(&"[".repeat(1_000_000)) => "sandbox.protocol";
    a_second_greeting: frame(HELLO) => "sandbox.protocol";
    a_second_ready: frame("\"Ready\"") => "sandbox.protocol";
    an_attack_that_nobody_asked_for: frame("{\"Attacked\":{\"outcome\":\"Allowed\"}}") => "sandbox.protocol";
    the_answer_of_another_call: frame(&DONE.replace("\"id\":1", "\"id\":2")) => "sandbox.protocol";
    the_answer_of_a_call_before: frame(&DONE.replace("\"id\":1", "\"id\":0")) => "sandbox.protocol";
    a_number_that_is_negative: frame(&DONE.replace("\"id\":1", "\"id\":-1")) => "sandbox.protocol";
    a_number_that_is_broken: frame(&DONE.replace("\"id\":1", "\"id\":1.5")) => "sandbox.protocol";
    a_number_beyond_all: frame(&DONE.replace("\"id\":1", "\"id\":99999999999999999999")) => "sandbox.protocol";
    an_answer_without_value: frame(&DONE.replace("\"value\":42,", "")) => "sandbox.protocol";
    an_answer_with_an_unknown_failure: frame("{\"Done\":{\"id\":1,\"result\":{\"Err\":\"Sudo\"}}}") => "sandbox.protocol";
    a_flood_of_requests: frame("{\"HostCall\":{\"id\":1,\"op\":\"nothing\",\"arguments\":null}}").repeat(20_000) => "sandbox.protocol";
    a_line_of_a_level_that_is_none: frame("{\"Log\":{\"level\":\"root\",\"text\":\"x\"}}") => "sandbox.protocol";
    silence: Vec::new() => "sandbox.time-limit";
}

#[tokio::test]
async fn the_first_word_is_checked() {
    let layers = |list: &str| frame(&format!("{{\"Hello\":{{\"version\":1,\"layers\":{list}}}}}"));
    let absent = "[{\"name\":\"seccomp\",\"required\":true,\"state\":{\"absent\":\"no\"}}]";
    let cases = [
        (frame(&HELLO.replace("\"version\":1", "\"version\":2")), "sandbox.protocol"),
        (frame("\"Ready\""), "sandbox.protocol"),
        (frame(DONE), "sandbox.protocol"),
        (layers("[]"), "sandbox.layer-missing"),
        (layers(absent), "sandbox.layer-missing"),
        (frame(HELLO), "sandbox.start"),
        (Vec::new(), "sandbox.start"),
        ([frame(HELLO), frame(DONE)].concat(), "sandbox.protocol"),
        (
            [
                frame(HELLO),
                frame(
                    "{\"NotReady\":{\"Load\":{\"name\":\"E\",\"message\":\"m\",\"stack\":\"\"}}}",
                ),
            ]
            .concat(),
            "sandbox.load",
        ),
    ];
    for (bytes, code) in cases {
        let error = greeted(&bytes).await.unwrap_err();
        assert_eq!(id(&error), code, "{}: {error}", String::from_utf8_lossy(&bytes));
    }
}

#[tokio::test]
async fn an_honest_answer_is_taken() {
    assert_eq!(answered(&frame(DONE)).await.unwrap(), 42);
}

/// Asks for things as a worker without the platform's checks would.
async fn asked(op: &str, arguments: &str) -> Value {
    let (process, mut worker) = Process::impersonated();
    worker.write_all(&frame(HELLO)).await.unwrap();
    worker.write_all(&frame("\"Ready\"")).await.unwrap();
    let (mut broker, _) =
        Broker::greet(process, spec(&[("index.js", "")], limits()), start()).await.unwrap();
    let text = format!("{{\"HostCall\":{{\"id\":7,\"op\":{op:?},\"arguments\":{arguments}}}}}");
    worker.write_all(&frame(&text)).await.unwrap();
    let reading = tokio::spawn(async move {
        let reply = reply_to(&mut worker, 7).await;
        worker.write_all(&frame(DONE)).await.unwrap();
        reply
    });
    let _ = broker.call(Target::Method("run".into()), &[], Duration::from_millis(300)).await;
    reading.await.unwrap()
}

async fn reply_to(worker: &mut UnixStream, number: u64) -> Value {
    let (mut reader, mut buffer) = (FrameReader::default(), vec![0; 4096]);
    loop {
        while let Some(message) = reader.next_message::<Value>().unwrap() {
            if let Some(reply) = message.get("HostReply").filter(|r| r["id"] == number) {
                return reply["result"].clone();
            }
        }
        let count = worker.read(&mut buffer).await.unwrap();
        assert!(count > 0, "the broker went away");
        reader.feed(&buffer[..count]);
    }
}

#[tokio::test]
async fn requests_are_read_strictly() {
    let long = format!("{{\"key\":\"{}\"}}", "k".repeat(600));
    let cases = [
        ("secrets.read", "{}"),
        ("db.query", "null"),
        ("db.query", "{\"sql\":1}"),
        ("db.query", "{\"sql\":\"x\",\"params\":\"y\"}"),
        ("db.transaction", "{\"statements\":[1]}"),
        ("storage.get", "{\"key\":\"a\"}"),
        ("storage.get", "{\"key\":\"a\\u0000b\"}"),
        ("storage.get", &long),
        ("storage.format", "{\"key\":\"a\"}"),
        ("files.read", "{\"path\":\"/etc/passwd\"}"),
        ("files.chmod", "{\"path\":\"a\"}"),
        ("fetch", "{\"url\":\"https://example.com\"}"),
        ("fetch", "{\"method\":\"GET\",\"url\":\"https://example.com\",\"bodyBase64\":\"***\"}"),
        ("", "null"),
    ];
    for (op, arguments) in cases {
        let result = asked(op, arguments).await;
        assert_eq!(result["Err"]["code"], "DAINO_DENIED", "{op} {arguments}: {result}");
    }
    for (url, code) in [
        ("https://example.com/", "fetch.denied"),
        ("http://example.com/", "fetch.url"),
        ("https://169.254.169.254/latest/meta-data", "fetch.url"),
        ("https://[::1]/", "fetch.url"),
        ("https://0x7f.1/", "fetch.url"),
        ("file:///etc/passwd", "fetch.url"),
        ("https://user:pw@example.com/", "fetch.url"),
        ("gopher://example.com/", "fetch.url"),
        ("https://example.com\\\\@evil.example/", "fetch.denied"),
        ("//example.com", "fetch.request"),
    ] {
        let result = asked("fetch", &format!("{{\"method\":\"GET\",\"url\":\"{url}\"}}")).await;
        assert_eq!(result["Err"]["code"], code, "{url}: {result}");
    }
    let too_many =
        format!("{{\"statements\":[{}{{\"sql\":\"x\"}}]}}", "{\"sql\":\"x\"},".repeat(1_000));
    assert_eq!(asked("db.transaction", &too_many).await["Err"]["code"], "DAINO_LIMIT");
}

#[tokio::test]
async fn names_of_requests_do_not_fill_the_audit() {
    let trail = Arc::new(crate::sandbox::audit::AuditTrail::default());
    let (process, mut worker) = Process::impersonated();
    worker.write_all(&frame(HELLO)).await.unwrap();
    worker.write_all(&frame("\"Ready\"")).await.unwrap();
    let mut spec = spec(&[("index.js", "")], limits());
    spec.host.audit = Some(trail.clone());
    let (mut broker, _) = Broker::greet(process, spec, start()).await.unwrap();
    let op = "x".repeat(1_000_000);
    let text = format!("{{\"HostCall\":{{\"id\":1,\"op\":{op:?},\"arguments\":null}}}}");
    let writing = tokio::spawn(async move {
        worker.write_all(&frame(&text)).await.unwrap();
        worker
    });
    let _ = broker.call(Target::Method("run".into()), &[], Duration::from_millis(300)).await;
    drop(writing.await);
    let events = trail.events();
    assert_eq!(events.len(), 1);
    assert!(!events[0].allowed && events[0].subject.to_string().len() < 300);
}

/// What the broker itself sends is no larger than what the worker may send.
#[test]
fn our_own_frames_are_bounded_too() {
    let start = Start { settings: json!({ "x": "y".repeat(17_000_000) }), ..start() };
    assert!(encode(&super::super::protocol::BrokerToWorker::Start(Box::new(start))).is_err());
}

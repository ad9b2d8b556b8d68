//! Remote services in tests: mapped, recorded, answered from the recording.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::harness::plugin;
use crate::support::{Run, World};

const CODE: &str = "export default {
  async pay({ amount, note }, ctx) {
    const token = await ctx.fetch('https://api.acme.example/token?api_key=' + ctx.secrets.ACME_KEY, { method: 'POST' });
    const { access_token } = await token.json();
    const answer = await ctx.fetch('https://api.acme.example/charges', {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ note, amount, at: new Date().toISOString(), key: `k-${ctx.secrets.ACME_KEY}` }),
    });
    return { ...(await answer.json()), status: answer.status };
  },
  async careless(_, ctx) {
    try { await ctx.fetch('https://api.acme.example/charges/1'); } catch { return 'nothing'; }
  },
};
";
const TEST: &str = "import { createContext, expect, it, loadPlugin } from 'daino:test';
const secrets = { ACME_KEY: 'sk_test_0000' };
it('pays', async () => {
  const plugin = await loadPlugin();
  const done = await plugin.pay({ amount: 1999, note: 'ü' }, createContext({ secrets }));
  expect(done).toMatchObject({ status: 201, id: 'ch_1' });
  await new Promise((done) => setTimeout(done, 60_000));
});
";
const MANIFEST: &str = r#"{ "name": "Acme", "slug": "acme-x", "version": "1.0.0", "type": "custom", "secrets": ["ACME_KEY"],
  "permissions": { "api": ["api.acme.example"] } }"#;
const RECORDED: &str = "plugin/tests/integration/__http__/pay.test.js.json";

/// A remote service: answers in turn, and keeps what it was asked. Ends with the test's process.
fn service() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&seen);
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let (mut head, mut length) = (String::new(), 0);
            loop {
                let mut line = String::new();
                if reader.read_line(&mut line).unwrap_or(0) <= 2 {
                    break;
                }
                let lower = line.to_lowercase();
                if let Some(value) = lower.strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                head.push_str(&line);
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let text = format!("{head}{}", String::from_utf8_lossy(&body));
            let (status, json) = match head.split_whitespace().nth(1).unwrap_or_default() {
                path if path.starts_with("/token") => {
                    ("200 OK", r#"{"access_token":"at_9999","type":"bearer"}"#)
                }
                "/charges" => ("201 Created", r#"{"id":"ch_1","status":"succeeded"}"#),
                _ => ("404 Not Found", "{}"),
            };
            kept.lock().unwrap().push(text);
            let _ = write!(
                stream,
                "HTTP/1.1 {status}\r\ncontent-type: application/json\r\nset-cookie: sid=1\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{json}",
                json.len()
            );
        }
    });
    (port, seen)
}

fn world() -> World {
    let world = plugin(&[("index.js", CODE), ("tests/integration/pay.test.js", TEST)]);
    world.write("plugin/manifest.json", MANIFEST);
    world
}

fn record(world: &World, port: u16) -> Run {
    let mock = format!("api.acme.example=http://127.0.0.1:{port}");
    let mut command = world.command();
    command.env("DAINO_SECRET_ACME_KEY", "sk_live_5f2c9a");
    Run::of(command.args(["test", "plugin", "--record-http", "--mock", &mock]).output().unwrap())
}

#[test]
fn what_was_recorded_answers_and_holds_no_secret() {
    let (world, (port, seen)) = (world(), service());
    let unmapped = world.run(["test", "plugin"]);
    unmapped.exits(1);
    assert!(unmapped.stdout.contains("no mock for POST"), "{}", unmapped.stdout);

    record(&world, port).exits(0);
    {
        let seen = seen.lock().unwrap();
        assert!(seen.len() == 2 && seen[0].contains("api_key=sk_live_5f2c9a"), "{seen:?}");
        assert!(seen[1].contains("Bearer at_9999"), "{seen:?}");
    }
    let text = std::fs::read_to_string(world.dir().join(RECORDED)).unwrap();
    for secret in ["sk_live_5f2c9a", "at_9999", "sid=1"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
    let made: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(made["tests"]["pays"][1]["request"]["json"]["key"], "k-{{secret:ACME_KEY}}");
    assert_eq!(
        made["tests"]["pays"][0]["request"]["url"],
        "https://api.acme.example/token?api_key=[redacted]"
    );

    // Answered from the file: other secrets, another time, and nobody is asked.
    world.run(["test", "plugin"]).exits(0);
    world.run(["test", "plugin", "--clock", "2031-01-01T00:00:00Z"]).exits(0);
    assert_eq!(seen.lock().unwrap().len(), 2);
}

#[test]
fn a_request_that_was_not_recorded_fails_and_names_the_nearest() {
    let (world, (port, _)) = (world(), service());
    record(&world, port).exits(0);
    let fails = |code: &str, test: &str, complaint: &str| {
        world.write("plugin/index.js", code);
        world.write("plugin/tests/integration/pay.test.js", test);
        let done = world.run(["test", "plugin"]);
        done.exits(1);
        assert!(done.stdout.contains(complaint), "{complaint}:\n{}", done.stdout);
    };
    fails(CODE, &TEST.replace("1999", "2000"), "the same address with another body: recorded {");
    fails(
        &CODE.replace("/charges'", "/charge'"),
        TEST,
        "nearest: POST https://api.acme.example/charges",
    );
    // Once only, and all of it.
    let twice = TEST.replace("const done =", "await plugin.pay({ amount: 1999, note: 'ü' }, createContext({ secrets }));\n  const done =");
    fails(CODE, &twice, "everything that was recorded has been answered");
    let none = "it('pays', () => {});";
    fails(CODE, none, "2 recorded requests were not made: POST https://api.acme.example/token");
    // A mock of the test goes before, and what is caught fails, too.
    let careless = "import { createContext, it, loadPlugin, mockFetch } from 'daino:test';
it('other', async () => { mockFetch('https://api.acme.example/charges/2', { json: {} }); await (await loadPlugin()).careless({}, createContext()); });";
    fails(
        CODE,
        careless,
        "no mock for GET https://api.acme.example/charges/1 (nearest: https://api.acme.example/charges/2)",
    );
    let mapped = careless.replace("charges/2", "charges/1");
    world.write("plugin/tests/integration/pay.test.js", &mapped);
    world.run(["test", "plugin"]).exits(0);
    // A test that asks nothing any more is taken out; the last one takes the file along.
    record(&world, port).exits(0);
    assert!(std::fs::read_to_string(world.dir().join(RECORDED)).unwrap().contains("\"pays\""));
    world.write("plugin/tests/integration/pay.test.js", none);
    record(&world, port).exits(0);
    assert!(!world.dir().join(RECORDED).exists());
    world.write(RECORDED, "{ \"schema_version\": 2, \"tests\": {} }");
    let old = world.run(["test", "plugin"]);
    old.exits(1);
    assert!(old.stdout.contains("it has version 2, expected 1"), "{}", old.stdout);
    world.run(["test", "plugin", "--mock", "api.acme.example"]).exits(2).complains("mock.host");
}

//! `daino-pdk dev`: the local shop, from outside.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Run, World};

mod bad_input;
mod browser;
mod database;
mod edits;
mod frames;
#[cfg(unix)]
mod keys;
mod record;

/// How long anything may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(40);

/// A running shop with its events.
pub struct Shop {
    child: Child,
    events: Receiver<Value>,
    seen: Vec<Value>,
    address: String,
    folder: PathBuf,
}

/// An HTTP answer.
#[derive(Debug)]
pub struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }
}

impl Shop {
    /// Serves `folder` of the world.
    fn start(world: &World, folder: &str, args: &[&str]) -> Self {
        let mut command = world.command();
        command.args(["dev", folder, "--port", "0", "--json"]).args(args);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, events) = channel();
        std::thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                let event = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
                if sender.send(event).is_err() {
                    return;
                }
            }
        });
        let folder = world.dir().join(folder);
        let mut shop = Self { child, events, seen: Vec::new(), address: String::new(), folder };
        let ready = shop.until(|event| event["event"] == "ready");
        let url = ready["url"].as_str().unwrap();
        shop.address = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        shop
    }

    /// The next event that fits; what comes before is remembered.
    #[track_caller]
    fn until(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(event) = self.events.recv_timeout(left) else {
                panic!("the event never came; there were: {:#?}", self.seen)
            };
            self.seen.push(event.clone());
            if fits(&event) {
                return event;
            }
        }
    }

    /// Waits until a version is served.
    #[track_caller]
    fn served(&mut self) -> u64 {
        self.until(|event| event["event"] == "served")["generation"].as_u64().unwrap()
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nconnection: close\r\ncontent-length: {}\r\n",
            body.len()
        );
        if !headers.iter().any(|(name, _)| *name == "host") {
            head.push_str(&format!("host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{head}\r\n{body}").as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.request("GET", path, &[("x-store-id", "1")], "")
    }

    fn fire(&self, hook: &str, payload: &str) -> Value {
        let answer = self.request("POST", &format!("/hooks/{hook}"), &[], payload);
        answer.json()
    }

    fn token(&self) -> String {
        let page = self.get("/").body;
        let start = page.find("daino-token\" content=\"").unwrap() + 22;
        page[start..start + 32].to_owned()
    }

    /// A request of the page, with its token.
    fn post(&self, path: &str, body: &Value) -> Answer {
        let token = self.token();
        let headers = [("x-daino-token", token.as_str()), ("content-type", "application/json")];
        self.request("POST", path, &headers, &body.to_string())
    }
}

impl Drop for Shop {
    fn drop(&mut self) {
        // SIGINT, as Ctrl-C: the shop closes its database.
        let pid = self.child.id().to_string();
        let _ = std::process::Command::new("kill").args(["-INT", &pid]).status();
        let end = Instant::now() + Duration::from_secs(20);
        while Instant::now() < end {
            if matches!(self.child.try_wait(), Ok(Some(_)) | Err(_)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A small plugin with everything that can be called.
pub fn plugin(world: &World, folder: &str, slug: &str) {
    let manifest = json!({
        "name": "Acme", "slug": slug, "version": "1.0.0", "type": "custom",
        "permissions": { "hooks": ["order.complete", "product.price"], "api": ["api.acme.example"] },
        "hooks": { "order.complete": "onOrder", "product.price": "price", "cart.total": "price" },
        "routes": [
            { "method": "GET", "path": "/orders/:id", "handler": "order" },
            { "method": "POST", "path": "/webhook/acme", "handler": "hook" },
        ],
        "cron": [{ "name": "nightly", "schedule": "0 3 * * *", "handler": "nightly", "params": { "deep": true } }],
        "secrets": ["ACME_WEBHOOK_SECRET"],
    });
    world.write(&format!("{folder}/manifest.json"), manifest.to_string());
    world.write(&format!("{folder}/index.js"), code("1"));
}

/// The plugin's code; `mark` tells versions apart.
pub fn code(mark: &str) -> String {
    format!(
        "import {{ createHmac }} from 'node:crypto';
export default {{
  async onOrder(payload, ctx) {{
    const count = ((await ctx.storage.get('orders')) ?? 0) + 1;
    await ctx.storage.set('orders', count);
    ctx.log.info('orders', count);
    return {{ mark: '{mark}', count }};
  }},
  price(value) {{ return value * 2; }},
  order(req, res) {{ if (req.params.id === 'bad') throw new TypeError('no such order'); res.json({{ id: req.params.id, mark: '{mark}', query: req.query }}); }},
  hook(req, res, ctx) {{
    const [time, signature] = req.headers['stripe-signature']?.match(/t=(\\d+),v1=(\\w+)/)?.slice(1) ?? [];
    const expected = createHmac('sha256', ctx.secrets.ACME_WEBHOOK_SECRET).update(`${{time}}.${{req.body}}`).digest('hex');
    res.status(signature === expected ? 200 : 401).json({{ signed: signature === expected }});
  }},
  async nightly(params, ctx) {{ await ctx.fetch('https://evil.example.com/'); }},
}};
"
    )
}

#[test]
fn serves_what_a_shop_serves() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &[]);
    assert_eq!(shop.served(), 1);
    let answer = shop.get("/api/plugins/acme-pay/exec/orders/7?a=1&a=2");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json(), json!({ "id": "7", "mark": "1", "query": { "a": ["1", "2"] } }));
    assert_eq!(answer.header("x-daino-generation"), Some("1"));
    assert_eq!(answer.header("access-control-allow-origin"), None);
    let thrown = shop.get("/api/plugins/acme-pay/exec/orders/bad");
    assert_eq!(thrown.status, 500);
    assert_eq!(thrown.json()["success"], false);
    assert!(thrown.json()["error"].as_str().unwrap().contains("no such order"));
    let missing = shop.get("/api/plugins/acme-pay/exec/nothing");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.json()["availableControllers"][0], "GET /orders/:id");
    let nobody = shop.request("GET", "/api/plugins/acme-pay/exec/orders/7", &[], "");
    assert_eq!(nobody.status, 500);
    assert!(nobody.json()["error"].as_str().unwrap().contains("x-store-id"));
    assert_eq!(shop.get("/api/plugins/other/exec/orders/7").status, 404);
    assert_eq!(shop.fire("order.complete", "")["answers"][0]["value"]["count"], 1);
    let given = shop.fire("order.complete", r#"{"order":{"id":"o-2"}}"#);
    assert_eq!(given["answers"][0]["value"]["count"], 2);
    assert_eq!(given["arguments"], json!([{ "order": { "id": "o-2" } }]));
    assert_eq!(shop.fire("product.price", "[21]")["answers"][0]["value"], 42);
    assert!(shop.fire("order.unknown", "")["error"].as_str().unwrap().contains("order.complete"));
    let refused = shop.fire("cart.total", "[1]");
    assert_eq!(refused["answers"][0]["problem"]["code"], "dev.not-granted");
    assert_eq!(shop.request("POST", "/hooks/order.complete", &[], "{").status, 400);
}

#[test]
fn signs_webhooks_as_providers_do_and_runs_jobs() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    let deliver = |scheme: &str| {
        let webhook = json!({
            "scheme": scheme, "secret": "ACME_WEBHOOK_SECRET", "path": "/webhook/acme",
            "body": "{ \"id\": 1 }",
        });
        let answer = shop.post("/-/plugins/acme-pay/webhook", &webhook).json();
        (answer["status"].as_u64().unwrap(), answer["value"]["signed"].clone())
    };
    assert_eq!(deliver("stripe"), (200, json!(true)));
    assert_eq!(deliver("github"), (401, json!(false)));
    assert_eq!(deliver("none"), (401, json!(false)));
    let job = shop.post("/-/plugins/acme-pay/call", &json!({ "kind": "cron", "name": "nightly" }));
    assert!(job.json()["problem"]["message"].as_str().unwrap().contains("evil.example.com"));
    let denied = shop.until(|event| event["event"] == "denied");
    assert_eq!((&denied["op"], &denied["subject"]), (&json!("fetch"), &json!("evil.example.com")));
    let state = shop.get("/-/state").json();
    assert_eq!(state["plugins"][0]["needed"]["api"], json!([]), "what was refused is not needed");
}

#[test]
fn only_this_machine_and_only_this_page_get_in() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    let refused = [
        ("GET", "/", vec![("host", "evil.example")]),
        ("POST", "/hooks/order.complete", vec![("origin", "http://evil.example")]),
        ("POST", "/hooks/order.complete", vec![("sec-fetch-site", "cross-site")]),
        ("GET", "/-/state", vec![("origin", "null")]),
        ("POST", "/-/plugins/acme-pay/reload", vec![]),
        ("POST", "/-/plugins/acme-pay/reload", vec![("x-daino-token", "guess")]),
    ];
    for (method, path, headers) in refused {
        let answer = shop.request(method, path, &headers, "");
        assert_eq!(answer.status, 403, "{method} {path} {headers:?}");
    }
    assert_eq!(shop.post("/-/plugins/acme-pay/reload", &json!({})).status, 200);
    assert_eq!(shop.served(), 2);
    let page = shop.get("/");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    let socket = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port: u16 = shop.address.rsplit(':').next().unwrap().parse().unwrap();
    assert_ne!(socket.local_addr().unwrap().port(), port);
}

#[test]
fn several_plugins_at_once() {
    let world = World::new();
    plugin(&world, "all/one", "acme-one");
    plugin(&world, "all/two", "acme-two");
    let mut shop = Shop::start(&world, "all", &[]);
    shop.served();
    shop.served();
    let fired = shop.fire("order.complete", "");
    let answers = fired["answers"].as_array().unwrap();
    let names: Vec<&Value> = answers.iter().map(|answer| &answer["plugin"]).collect();
    assert_eq!(names, ["acme-one", "acme-two"]);
    assert_eq!(shop.get("/api/plugins/acme-two/exec/orders/1").status, 200);
    shop.write("two/index.js", &code("2"));
    let event = shop.until(|event| event["event"] == "served");
    assert_eq!(event["plugin"], "acme-two");
    assert_eq!(shop.get("/api/plugins/acme-one/exec/orders/1").json()["mark"], "1");
    assert_eq!(shop.get("/api/plugins/acme-two/exec/orders/1").json()["mark"], "2");
}

#[test]
fn one_at_a_time_and_a_port_that_is_taken() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    let second = world.run(["dev", "acme"]);
    second.exits(2).complains("dev.locked");
    assert!(second.stderr.contains(&shop.address), "{}", second.stderr);
    plugin(&world, "other", "acme-two");
    let port = shop.address.rsplit(':').next().unwrap().to_owned();
    world.run(["dev", "other", "--port", &port]).exits(2).complains("dev.port");
    world.run(["dev", "nowhere"]).exits(2).complains("dev.no-plugin");
}

#[test]
fn what_was_recorded_can_be_made_again() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &["--record", "calls.jsonl"]);
    shop.served();
    shop.get("/api/plugins/acme-pay/exec/orders/7");
    shop.fire("product.price", "[21]");
    drop(shop);
    let same = world.run(["dev", "acme", "--port", "0", "--replay", "calls.jsonl"]);
    same.exits(0);
    assert!(same.stdout.contains("2 calls were made again, 0 answers differ"), "{}", same.stdout);
    world.write("acme/index.js", code("2"));
    let other = world.run(["dev", "acme", "--port", "0", "--replay", "calls.jsonl"]);
    other.exits(1);
    assert!(other.stdout.contains("-     \"mark\": \"1\""), "{}", other.stdout);
    assert!(other.stdout.contains("+     \"mark\": \"2\""), "{}", other.stdout);
    world.write("bad.jsonl", "{}\n");
    world.run(["dev", "acme", "--replay", "bad.jsonl"]).exits(2).complains("dev.recording");
}

#[test]
fn a_call_can_be_made_again_and_compared() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    let call =
        shop.get("/api/plugins/acme-pay/exec/orders/7").header("x-daino-call").unwrap().to_owned();
    let replay = |shop: &Shop| shop.post(&format!("/-/calls/{call}/replay"), &json!({})).json();
    assert_eq!(replay(&shop)["same"], true);
    shop.write("index.js", &code("2"));
    shop.served();
    let differs = replay(&shop);
    assert_eq!(differs["same"], false);
    assert_eq!(differs["after"]["generation"], 2);
    let lines = differs["difference"].as_array().unwrap();
    assert!(
        lines
            .iter()
            .any(|line| line["kind"] == "new" && line["text"].as_str().unwrap().contains("\"2\""))
    );
    assert_eq!(shop.post("/-/calls/99999/replay", &json!({})).status, 404);
}

#[test]
fn plain_lines_without_a_terminal() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    world.write("acme/index.js", "export default { broken( };\n");
    let mut command = world.command();
    command.args(["dev", "acme", "--port", "0"]).stderr(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let mut text = String::new();
    for line in lines.by_ref().map_while(Result::ok) {
        text.push_str(&line);
        text.push('\n');
        if line.contains("nothing is served yet") {
            break;
        }
    }
    let _ = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let run = Run::of(child.wait_with_output().unwrap());
    run.exits(130);
    assert!(text.contains("The local shop is at http://127.0.0.1:"), "{text}");
    assert!(text.contains("--> index.js:1:26") && text.contains("> 1 | export default"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

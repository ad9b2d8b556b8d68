//! The page in a real Chromium, driven through WebDriver. Screenshots stay in the target directory.

use std::net::TcpListener;

use super::*;

/// A browser. Gone when dropped.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    _profile: tempfile::TempDir,
}

impl Browser {
    pub fn open(width: u32, height: u32) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let driver = std::process::Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver runs: `apt-get install chromium chromium-driver`");
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Self { driver, port, session: String::new(), _profile: profile };
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < end, "chromedriver does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
        let folder = format!("--user-data-dir={}", browser._profile.path().display());
        let size = format!("--window-size={width},{height}");
        let args = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            &size,
            &folder,
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome", "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": { "args": args },
        } } });
        let made = browser.command("POST", "/session", &wanted);
        browser.session = format!("/session/{}", made["sessionId"].as_str().unwrap());
        browser
    }

    fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).unwrap();
        // chromedriver keeps the connection open, whatever it is asked.
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let answer: Value = serde_json::from_slice(&body).unwrap();
        assert!(answer["value"]["error"].is_null(), "{method} {path}: {answer}");
        answer["value"].clone()
    }

    pub fn go(&self, url: &str) {
        self.command("POST", &format!("{}/url", self.session), &json!({ "url": url }));
    }

    pub fn run(&self, script: &str) -> Value {
        let body = json!({ "script": script, "args": [] });
        self.command("POST", &format!("{}/execute/sync", self.session), &body)
    }

    /// Waits until the script gives true.
    #[track_caller]
    pub fn until(&self, script: &str) {
        let end = Instant::now() + PATIENCE;
        while self.run(&format!("return !!({script})")) != true {
            if Instant::now() > end {
                let text = self.run("return document.body.innerText");
                panic!("never true: {script}\n{}", text.as_str().unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Goes into a frame; scripts run in it from now on.
    pub fn enter(&self, selector: &str) {
        let body = json!({ "using": "css selector", "value": selector });
        let frame = self.command("POST", &format!("{}/element", self.session), &body);
        self.command("POST", &format!("{}/frame", self.session), &json!({ "id": frame }));
    }

    /// Goes back to the page.
    pub fn leave(&self) {
        self.command("POST", &format!("{}/frame", self.session), &json!({ "id": null }));
    }

    /// Presses a key on the page.
    fn press(&self, key: &str) {
        let actions = json!({ "actions": [{ "type": "key", "id": "keys", "actions": [
            { "type": "keyDown", "value": key }, { "type": "keyUp", "value": key },
        ] }] });
        self.command("POST", &format!("{}/actions", self.session), &actions);
    }

    /// Keeps a picture of the page.
    pub fn picture(&self, name: &str) {
        let data = self.command("GET", &format!("{}/screenshot", self.session), &Value::Null);
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("dev-page");
        std::fs::create_dir_all(&folder).unwrap();
        let bytes = base64(data.as_str().unwrap());
        assert!(bytes.starts_with(b"\x89PNG"));
        std::fs::write(folder.join(format!("{name}.png")), bytes).unwrap();
    }

    /// What the browser complained about.
    fn complaints(&self) -> Vec<String> {
        let body = json!({ "type": "browser" });
        let log = self.command("POST", &format!("{}/se/log", self.session), &body);
        let lines = log.as_array().unwrap().iter();
        lines.map(|line| line["message"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() && !std::thread::panicking() {
            self.command("DELETE", &self.session, &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for byte in text.bytes().filter(|byte| *byte != b'=') {
        bits = bits << 6 | DIGITS.iter().position(|digit| *digit == byte).unwrap() as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

#[test]
fn the_page_shows_what_happens_in_a_real_browser() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let hostile = "<img src=x onerror=\"window.hacked=1\"><script>window.hacked=1</script>";
    let code_with = |mark: &str| {
        code(mark)
            .replace("ctx.log.info('orders', count);", "ctx.log.info(payload.note ?? 'orders');")
    };
    world.write("acme/index.js", code_with("1"));
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    let browser = Browser::open(1440, 900);
    browser.go(&format!("http://{}/?theme=light", shop.address));
    browser.until("document.querySelector('#live.on') && document.querySelector('#generation')");

    // What happens appears by itself.
    shop.fire("order.complete", &json!({ "note": hostile }).to_string());
    shop.get(&format!("/api/plugins/acme-pay/exec/orders/{}", "%3Cb%3Ebold%3C%2Fb%3E"));
    browser.until("document.querySelectorAll('.feed li').length >= 3");
    browser.until("document.querySelector('.feed').innerText.includes('order.complete')");
    for number in 0..8 {
        shop.get(&format!("/api/plugins/acme-pay/exec/orders/{number}"));
    }
    shop.get("/api/plugins/acme-pay/exec/orders/bad");

    // With keys alone: open the newest call, see where it threw.
    browser.press("j");
    browser.until("document.querySelector('.detail')?.innerText.includes('no such order')");
    browser.until("document.querySelector('.detail .code .line.here')?.innerText.includes('throw new TypeError')");
    browser.picture("light-detail");
    browser.press("\u{e00c}");
    browser.until("!document.querySelector('.detail')");

    // Replay after a change shows what differs.
    browser.run("[...document.querySelectorAll('.feed button')].find((b) => b.innerText.includes('orders/7')).click()");
    browser.until("document.querySelector('#replay')");
    shop.write("index.js", &code_with("2"));
    shop.served();
    browser.until("document.querySelector('#generation').innerText === 'version 2'");
    browser.press("r");
    browser.until("document.querySelector('.diff .new')?.innerText.includes('2')");
    browser.picture("light-compared");

    // A mistake is shown with its line, and the old version goes on.
    shop.write("index.js", "export default { broken( };\n");
    browser
        .until("document.querySelector('.banner .code .line.here')?.innerText.includes('broken')");
    browser.until("document.title.startsWith('✕')");
    browser.picture("light-mistake");
    shop.write("index.js", &code_with("3"));
    browser.until("!document.querySelector('.banner')");

    // Fire from the page.
    browser.press("2");
    browser.until("document.querySelector('#payload')?.value.includes('order_number')");
    browser.run("document.querySelector('#do-hook').click()");
    browser.until("document.querySelector('.flow').innerText.includes('version 3')");
    browser.run("document.querySelector('#do-webhook').click()");
    browser.until("document.querySelector('.flow').innerText.includes('\"signed\": true')");
    browser.picture("light-fire");
    browser.press("3");
    browser.until("document.querySelector('#view').innerText.includes('orders')");
    browser.press("4");
    browser.until("document.querySelectorAll('svg.chart .point').length > 5");
    browser.press("5");
    browser.until("document.querySelector('#view').innerText.includes('granted and used')");
    browser.picture("light-permissions");
    browser.press("6");
    browser.until(
        "document.querySelector('#score') && document.querySelectorAll('.steps li').length > 0",
    );
    browser.picture("light-findings");

    // Dark, and narrow.
    browser.press("d");
    browser.until("getComputedStyle(document.body).backgroundColor === 'rgb(13, 18, 20)'");
    for (key, name) in [
        ("1", "activity"),
        ("2", "fire"),
        ("3", "data"),
        ("4", "speed"),
        ("5", "permissions"),
        ("6", "findings"),
        ("7", "parts"),
    ] {
        browser.press(key);
        std::thread::sleep(Duration::from_millis(150));
        browser.picture(&format!("dark-{name}"));
        let wide = browser.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        assert_eq!(wide, 0, "{name} scrolls sideways");
    }

    // What a plugin says stays words.
    assert_eq!(browser.run("return window.hacked ?? null"), Value::Null);
    assert_eq!(browser.run("return document.querySelectorAll('img').length"), 1, "only the logo");
    let complaints = browser.complaints();
    let serious: Vec<_> = complaints.iter().filter(|line| !line.contains("favicon")).collect();
    assert!(serious.is_empty(), "{serious:#?}");
}

#[test]
fn every_control_has_a_name_and_the_keyboard_reaches_it() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    shop.fire("order.complete", "");
    let browser = Browser::open(800, 900);
    browser.go(&format!("http://{}/", shop.address));
    browser.until("document.querySelector('.feed li')");
    for view in ["activity", "fire", "data", "speed", "rights", "findings", "parts"] {
        browser.run(&format!("document.querySelector('#view-{view}').click()"));
        std::thread::sleep(Duration::from_millis(200));
        let nameless = browser.run(
            "return [...document.querySelectorAll('button, input, select, textarea, a')]
               .filter((e) => !(e.innerText || e.getAttribute('aria-label') || e.labels?.length))
               .map((e) => e.outerHTML)",
        );
        assert_eq!(nameless, json!([]), "{view}");
        let wide = browser.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
        );
        assert_eq!(wide, 0, "{view} scrolls sideways at 800 pixels");
    }
    browser.press("?");
    browser.until("document.querySelector('#help').open");
    browser.press("\u{e00c}");
    browser.until("!document.querySelector('#help').open");
    // Focus and cursor stay where they are while events arrive.
    browser.press("/");
    browser.until("document.activeElement?.id === 'search'");
    browser.press("o");
    shop.fire("order.complete", "");
    browser.until("document.querySelectorAll('.feed li').length >= 2");
    assert_eq!(
        browser.run("return [document.activeElement.id, document.activeElement.value]"),
        json!(["search", "o"])
    );
}

#[test]
fn a_narrow_page_shows_everything_empty_failing_and_long() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &["--no-database"]);
    shop.served();
    let browser = Browser::open(400, 900);
    // Chromium's window is never narrower than 500 pixels; the emulated screen is.
    let metrics = json!({ "cmd": "Emulation.setDeviceMetricsOverride", "params": {
        "width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": false,
    } });
    browser.command("POST", &format!("{}/goog/cdp/execute", browser.session), &metrics);
    for theme in ["light", "dark"] {
        browser.go(&format!("http://{}/?theme={theme}", shop.address));
        browser.until("document.querySelector('#generation')");
        browser.picture(&format!("narrow-{theme}-empty"));
        let long = "long_".repeat(200);
        shop.fire("order.complete", &json!({ "note": long, "items": vec![1; 100] }).to_string());
        shop.get(&format!("/api/plugins/acme-pay/exec/orders/{long}"));
        shop.get("/api/plugins/acme-pay/exec/orders/bad");
        browser.until("document.querySelectorAll('.feed li').length >= 3");
        shop.write("index.js", &format!("export default {{ {long}( }};\n"));
        browser.until("document.querySelector('.banner')");
        for view in ["activity", "fire", "data", "speed", "rights", "findings", "parts"] {
            browser.run(&format!("document.querySelector('#view-{view}').click()"));
            std::thread::sleep(Duration::from_millis(200));
            browser.picture(&format!("narrow-{theme}-{view}"));
            let wide = browser.run(
                "return document.documentElement.scrollWidth - document.documentElement.clientWidth",
            );
            assert_eq!(wide, 0, "{view} scrolls sideways at 400 pixels");
        }
        shop.write("index.js", &code(theme));
        browser.until("!document.querySelector('.banner')");
    }
}

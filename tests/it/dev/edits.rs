//! Saving in every way editors save: no edit is lost, no request fails.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::*;

/// Requests without a pause beside the edits; counts those that were not answered well.
struct Visitors {
    stop: Arc<AtomicBool>,
    failed: Arc<std::sync::Mutex<Vec<String>>>,
    asked: Arc<AtomicU64>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Visitors {
    fn of(shop: &Shop) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let failed: Arc<std::sync::Mutex<Vec<String>>> = Arc::default();
        let asked: Arc<AtomicU64> = Arc::default();
        let address = shop.address.clone();
        let (stopped, failures, count) =
            (Arc::clone(&stop), Arc::clone(&failed), Arc::clone(&asked));
        let thread = std::thread::spawn(move || {
            while !stopped.load(Ordering::Relaxed) {
                let head = format!(
                    "GET /api/plugins/acme-pay/exec/orders/7 HTTP/1.1\r\nhost: {address}\r\nx-store-id: 1\r\nconnection: close\r\n\r\n"
                );
                let mut text = String::new();
                let good = TcpStream::connect(&address).is_ok_and(|mut stream| {
                    stream.write_all(head.as_bytes()).is_ok()
                        && stream.read_to_string(&mut text).is_ok()
                }) && text.starts_with("HTTP/1.1 200");
                count.fetch_add(1, Ordering::Relaxed);
                if !good {
                    failures.lock().unwrap().push(text);
                }
            }
        });
        Self { stop, failed, asked, thread: Some(thread) }
    }

    #[track_caller]
    fn were_all_served(mut self) {
        self.stop.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap();
        assert!(self.asked.load(Ordering::Relaxed) > 10);
        let failed = self.failed.lock().unwrap();
        assert!(
            failed.is_empty(),
            "{} failed: {:#?}",
            failed.len(),
            &failed[..failed.len().min(3)]
        );
    }
}

/// Waits until the answer carries `mark`.
#[track_caller]
fn answers_with(shop: &Shop, mark: &str) {
    let end = Instant::now() + PATIENCE;
    loop {
        let answer = shop.get("/api/plugins/acme-pay/exec/orders/7");
        if answer.json()["mark"] == mark {
            return;
        }
        assert!(Instant::now() < end, "still {answer:?}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn shop(world: &World) -> Shop {
    plugin(world, "acme", "acme-pay");
    // As many processor seconds as the edits need.
    let path = world.dir().join("acme/manifest.json");
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    manifest["resourceLimits"] = json!({ "cpu": "100%" });
    std::fs::write(path, manifest.to_string()).unwrap();
    let mut shop = Shop::start(world, "acme", &[]);
    shop.served();
    shop
}

#[test]
fn atomic_plain_and_moving_saves_all_arrive() {
    let world = World::new();
    let shop = shop(&world);
    let visitors = Visitors::of(&shop);
    let file = shop.folder.join("index.js");
    for number in 0..12 {
        let mark = format!("m{number}");
        match number % 4 {
            0 => std::fs::write(&file, code(&mark)).unwrap(),
            1 => {
                let aside = shop.folder.join(".index.js.swp");
                std::fs::write(&aside, code(&mark)).unwrap();
                std::fs::rename(&aside, &file).unwrap();
            }
            2 => {
                // vim: the old file becomes the backup, then a new one is written.
                std::fs::rename(&file, shop.folder.join("index.js~")).unwrap();
                std::thread::sleep(Duration::from_millis(5));
                std::fs::write(&file, code(&mark)).unwrap();
            }
            _ => {
                // JetBrains.
                let aside = shop.folder.join("index.js___jb_tmp___");
                let old = shop.folder.join("index.js___jb_old___");
                std::fs::write(&aside, code(&mark)).unwrap();
                std::fs::rename(&file, &old).unwrap();
                std::fs::rename(&aside, &file).unwrap();
                std::fs::remove_file(&old).unwrap();
            }
        }
        answers_with(&shop, &mark);
    }
    visitors.were_all_served();
}

#[test]
fn half_written_and_broken_files_never_reach_a_request() {
    let world = World::new();
    let mut shop = shop(&world);
    let visitors = Visitors::of(&shop);
    let file = shop.folder.join("index.js");
    for number in 0..4 {
        let (mark, text) = (format!("half{number}"), code(&format!("half{number}")));
        let mut open = std::fs::File::create(&file).unwrap();
        open.write_all(&text.as_bytes()[..text.len() / 2]).unwrap();
        open.flush().unwrap();
        std::thread::sleep(Duration::from_millis(120));
        open.write_all(&text.as_bytes()[text.len() / 2..]).unwrap();
        drop(open);
        answers_with(&shop, &mark);
    }
    assert!(
        !shop.events.try_iter().any(|event| event["event"] == "failed"),
        "half a file is no mistake"
    );
    shop.write("index.js", "export default { broken( };\n");
    let failed = shop.until(|event| event["event"] == "failed");
    assert_eq!(failed["problem"]["frame"]["line"], 1);
    assert_eq!(shop.get("/-/state").json()["plugins"][0]["problem"]["code"], "script.syntax");
    answers_with(&shop, "half3");
    shop.write("index.js", "import './missing.js'; export default {};\n");
    let failed = shop.until(|event| event["event"] == "failed");
    assert_eq!(failed["problem"]["code"], "script.import");
    shop.write("index.js", "throw new Error('at the top');\nexport default {};\n");
    let failed = shop.until(|event| event["event"] == "failed");
    assert!(failed["problem"]["message"].as_str().unwrap().contains("at the top"), "{failed}");
    shop.write(
        "index.js",
        "export default { healthCheck() { return { healthy: false, message: 'no key' }; } };\n",
    );
    let failed = shop.until(|event| event["event"] == "failed");
    assert_eq!(failed["problem"]["code"], "dev.unhealthy");
    shop.write("index.js", &code("mended"));
    answers_with(&shop, "mended");
    assert_eq!(shop.get("/-/state").json()["plugins"][0]["problem"], Value::Null);
    visitors.were_all_served();
}

#[test]
fn a_storm_ends_with_the_last_write_and_few_loads() {
    let world = World::new();
    let shop = shop(&world);
    let visitors = Visitors::of(&shop);
    let started = Instant::now();
    for number in 0..500 {
        shop.write("index.js", &code(&format!("storm{number}")));
        if number % 50 == 0 {
            shop.write(&format!("src/extra{number}.js"), "export const x = 1;\n");
        }
    }
    answers_with(&shop, "storm499");
    let seconds = started.elapsed().as_secs_f64();
    visitors.were_all_served();
    let loads = shop.events.try_iter().filter(|event| event["event"] == "served").count();
    assert!((loads as f64) <= 20.0 * seconds + 2.0, "{loads} loads in {seconds} s");
}

#[test]
fn only_content_counts() {
    let world = World::new();
    let mut shop = shop(&world);
    let text = std::fs::read_to_string(shop.folder.join("index.js")).unwrap();
    shop.write("index.js", &text);
    shop.write("README.md", "new");
    shop.write("tests/unit/a.test.js", "new");
    shop.write("index.js~", "backup");
    shop.write(".env", "SECRET=1");
    shop.write("node_modules/x/index.js", "1");
    std::thread::sleep(Duration::from_millis(400));
    assert!(!shop.events.try_iter().any(|event| event["event"] == "served"));
    shop.write("index.js", &code("2"));
    assert_eq!(shop.served(), 2, "nothing was loaded in between");
}

#[test]
fn a_manifest_change_is_a_new_version_and_a_mistake_in_it_is_not() {
    let world = World::new();
    let mut shop = shop(&world);
    let path = shop.folder.join("manifest.json");
    let text = std::fs::read_to_string(&path).unwrap();
    shop.write("manifest.json", &text.replace("/orders/:id", "/parcels/:id"));
    shop.served();
    assert_eq!(shop.get("/api/plugins/acme-pay/exec/orders/7").status, 404);
    assert_eq!(shop.get("/api/plugins/acme-pay/exec/parcels/7").status, 200);
    shop.write("manifest.json", &text.replace("\"routes\"", "\"ruotes\""));
    let failed = shop.until(|event| event["event"] == "failed");
    assert_eq!(failed["problem"]["code"], "manifest.invalid");
    assert_eq!(failed["problem"]["frame"]["path"], "manifest.json");
    assert_eq!(shop.get("/api/plugins/acme-pay/exec/parcels/7").status, 200);
}

#[test]
fn new_renamed_and_deleted_files_and_a_folder_that_goes_away() {
    let world = World::new();
    let mut shop = shop(&world);
    shop.write("src/mark.js", "export const mark = 'from src';\n");
    shop.write(
        "index.js",
        &code("1").replace("mark: '1'", "mark").replacen(
            "import",
            "import { mark } from './src/mark.js';\nimport",
            1,
        ),
    );
    answers_with(&shop, "from src");
    shop.write("src/mark.js", "export const mark = 'again';\n");
    answers_with(&shop, "again");
    std::fs::rename(shop.folder.join("src"), shop.folder.join("lib")).unwrap();
    let failed = shop.until(|event| event["event"] == "failed");
    assert_eq!(failed["problem"]["code"], "script.import");
    answers_with(&shop, "again");
    std::fs::rename(shop.folder.join("lib"), shop.folder.join("src")).unwrap();
    shop.until(|event| event["event"] == "served");
    std::fs::remove_file(shop.folder.join("src/mark.js")).unwrap();
    shop.until(|event| event["event"] == "failed");
    shop.write("src/mark.js", "export const mark = 'back';\n");
    answers_with(&shop, "back");
    let aside = world.dir().join("aside");
    std::fs::rename(&shop.folder, &aside).unwrap();
    shop.until(|event| {
        event["event"] == "told" && event["text"].as_str().unwrap().contains("gone")
    });
    assert_eq!(shop.get("/api/plugins/acme-pay/exec/orders/7").status, 200);
    std::fs::rename(&aside, &shop.folder).unwrap();
    shop.until(|event| {
        event["event"] == "told" && event["text"].as_str().unwrap().contains("again")
    });
    shop.write("src/mark.js", "export const mark = 'home';\n");
    answers_with(&shop, "home");
}

#[cfg(unix)]
#[test]
fn a_linked_folder_is_watched_where_it_is() {
    let world = World::new();
    plugin(&world, "real/acme", "acme-pay");
    std::fs::create_dir(world.dir().join("all")).unwrap();
    std::os::unix::fs::symlink("../real/acme", world.dir().join("all/acme")).unwrap();
    std::os::unix::fs::symlink("../real/acme", world.dir().join("all/same")).unwrap();
    let mut shop = Shop::start(&world, "all", &[]);
    shop.served();
    assert_eq!(shop.get("/-/state").json()["plugins"].as_array().unwrap().len(), 1);
    world.write("real/acme/index.js", code("linked"));
    answers_with(&shop, "linked");
}

#[test]
fn a_folder_that_is_deleted_while_it_is_watched_is_waited_for() {
    let world = World::new();
    let mut shop = shop(&world);
    let aside = world.dir().join("aside");
    std::fs::rename(&shop.folder, &aside).unwrap();
    let told = shop.until(|event| event["event"] == "told" || event["event"] == "failed");
    assert!(told.to_string().contains("acme"), "{told}");
    // The last version still answers.
    assert_eq!(shop.get("/api/plugins/acme-pay/exec/orders/7").status, 200);
    std::fs::remove_dir_all(&aside).unwrap();
    plugin(&world, "acme", "acme-pay");
    shop.write("index.js", &code("back"));
    answers_with(&shop, "back");
}

#[test]
fn polling_serves_changes_too() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &["--poll"]);
    shop.served();
    shop.write("index.js", &code("polled"));
    answers_with(&shop, "polled");
    assert_eq!(shop.get("/-/state").json()["polling"], "it was asked for");
}

#[test]
fn calls_in_flight_end_on_their_version_and_a_crash_ends_only_its_call() {
    let world = World::new();
    let mut shop = shop(&world);
    let slow = |mark: &str, millis: u64| {
        code(mark)
            .replace(
                "res.json({ id",
                &format!(
                    "return new Promise((r) => setTimeout(r, {millis})).then(() => res.json({{ id"
                ),
            )
            .replace("query: req.query });", "query: req.query }));")
    };
    shop.write("index.js", &slow("slow", 1_200));
    shop.served();
    let address = shop.address.clone();
    let head = format!(
        "GET /api/plugins/acme-pay/exec/orders/7 HTTP/1.1\r\nhost: {address}\r\nx-store-id: 1\r\nconnection: close\r\n\r\n"
    );
    let flight = std::thread::spawn(move || {
        let mut stream = TcpStream::connect(&address).unwrap();
        stream.write_all(head.as_bytes()).unwrap();
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    });
    std::thread::sleep(Duration::from_millis(300));
    shop.write("index.js", &code("fast"));
    shop.served();
    answers_with(&shop, "fast");
    let text = flight.join().unwrap();
    assert!(text.contains("\"mark\":\"slow\"") && text.contains("x-daino-generation: 2"), "{text}");
    shop.write("index.js", &code("loop").replace("price(value) {", "price(value) { for (;;) {}"));
    shop.served();
    let ended = shop.fire("product.price", "[1]");
    assert_eq!(ended["answers"][0]["problem"]["code"], "sandbox.time-limit");
    assert_eq!(shop.get("/api/plugins/acme-pay/exec/orders/7").json()["mark"], "loop");
}

//! What goes wrong around a plugin that is served.

use super::*;

#[test]
fn two_plugins_with_one_slug_are_told_apart_and_one_is_served() {
    let world = World::new();
    plugin(&world, "all/one", "acme-pay");
    plugin(&world, "all/two", "acme-pay");
    let mut shop = Shop::start(&world, "all", &[]);
    let failed = shop.until(|event| event["event"] == "failed");
    assert_eq!(failed["problem"]["code"], "dev.same-slug");
    assert!(failed["problem"]["message"].as_str().unwrap().contains("/one`"), "{failed}");
    assert_eq!(failed["plugin"], "two");
    let end = Instant::now() + PATIENCE;
    while shop.get("/api/plugins/acme-pay/exec/orders/1").status != 200 {
        assert!(Instant::now() < end, "the first one is served");
        std::thread::sleep(Duration::from_millis(20));
    }
    // The first one takes another slug: the second is served without a save of its own.
    let text = std::fs::read_to_string(shop.folder.join("one/manifest.json")).unwrap();
    shop.write("one/manifest.json", &text.replace("acme-pay", "acme-one"));
    shop.until(|event| event["event"] == "served" && event["plugin"] == "acme-one");
    let served = shop.until(|event| event["event"] == "served" && event["plugin"] == "acme-pay");
    assert_eq!(served["generation"], 1);
    assert_eq!(shop.get("/api/plugins/acme-pay/exec/orders/1").status, 200);
}

#[test]
fn a_plugin_is_loaded_again_when_one_it_depends_on_changes() {
    let world = World::new();
    plugin(&world, "all/base", "acme-base");
    plugin(&world, "all/top", "acme-top");
    let path = world.dir().join("all/top/manifest.json");
    let mut manifest: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    manifest["dependencies"] = json!({ "acme-base": "^1" });
    std::fs::write(&path, manifest.to_string()).unwrap();
    let mut shop = Shop::start(&world, "all", &[]);
    shop.served();
    shop.served();
    shop.write("base/index.js", &code("2"));
    shop.until(|event| event["event"] == "served" && event["plugin"] == "acme-base");
    let told = shop.until(|event| event["event"] == "told" && event["plugin"] == "acme-top");
    assert!(told["text"].as_str().unwrap().contains("`acme-base`"), "{told}");
    let served = shop.until(|event| event["event"] == "served" && event["plugin"] == "acme-top");
    assert_eq!(served["generation"], 2);
    // Not the other way round.
    shop.write("top/index.js", &code("2"));
    shop.until(|event| event["event"] == "served" && event["plugin"] == "acme-top");
    shop.write("base/README.md", "new");
    shop.until(|event| event["event"] == "noted");
    let base = shop.get("/-/state").json()["plugins"][0]["generation"].clone();
    assert_eq!(base, 2);
}

#[test]
fn a_route_that_asks_for_a_sign_in_is_answered_as_in_the_host_and_that_is_told_once() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    world.write(
        "acme/index.js",
        code("1").replace("query: req.query", "query: req.query, user: String(req.user)"),
    );
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    let answer = shop.get("/api/plugins/acme-pay/exec/orders/7");
    assert_eq!((answer.status, &answer.json()["user"]), (200, &json!("undefined")));
    let told = shop.until(|event| event["event"] == "told");
    assert!(
        told["text"].as_str().unwrap().contains("`GET /orders/:id` asks for `requiresAuth`"),
        "{told}"
    );
    shop.get("/api/plugins/acme-pay/exec/orders/8");
    shop.fire("order.complete", "");
    shop.until(|event| event["event"] == "answered" && event["title"] == "hook order.complete");
    assert_eq!(shop.seen.iter().filter(|event| event["event"] == "told").count(), 1);
}

#[test]
fn ten_thousand_files_are_refused_in_words_or_served_and_the_run_goes_on() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    for number in 0..10_000 {
        let path = shop.folder.join(format!("data/{}/f{number}.txt", number / 500));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "x").unwrap();
    }
    let failed = shop.until(|event| event["event"] == "failed");
    let message = failed["problem"]["message"].as_str().unwrap();
    assert!(message.contains("files"), "{message}");
    assert_eq!(shop.get("/api/plugins/acme-pay/exec/orders/7").json()["mark"], "1");
    std::fs::remove_dir_all(shop.folder.join("data")).unwrap();
    shop.write("index.js", &code("2"));
    shop.until(|event| event["event"] == "served");
    let end = Instant::now() + PATIENCE;
    while shop.get("/api/plugins/acme-pay/exec/orders/7").json()["mark"] != "2" {
        assert!(Instant::now() < end);
        std::thread::sleep(Duration::from_millis(20));
    }
}

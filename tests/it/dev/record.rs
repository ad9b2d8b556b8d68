//! `dev --record`: live calls become tests that pass.

use super::*;

/// Ends a run as Ctrl-C does, and gives all its events.
fn ended(mut shop: Shop) -> Vec<Value> {
    let pid = shop.child.id().to_string();
    std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap();
    let end = Instant::now() + 2 * PATIENCE;
    while shop.child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "the run does not end");
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut seen = std::mem::take(&mut shop.seen);
    seen.extend(shop.events.iter());
    seen
}

#[test]
fn live_calls_become_tests_that_pass_unchanged() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    world.write(
        "acme/index.js",
        code("1").replace(
            "return { mark: '1', count };",
            "ctx.events.emit('acme.counted', { count }); return { mark: '1', count, id: crypto.randomUUID(), at: new Date().toISOString() };",
        ),
    );
    world.write(
        "acme/.daino/dev.json",
        r#"{"acme-pay":{"secrets":{"ACME_WEBHOOK_SECRET":"whsec_of_my_own"}}}"#,
    );
    let mut shop = Shop::start(&world, "acme", &["--record", "--no-database"]);
    shop.served();
    shop.fire("order.complete", "");
    shop.fire("order.complete", r#"{"order":{"id":"o-2"}}"#);
    shop.fire("product.price", "[21, {}]");
    shop.get("/api/plugins/acme-pay/exec/orders/7?a=1&a=2");
    shop.get("/api/plugins/acme-pay/exec/orders/bad");
    shop.get("/api/plugins/acme-pay/exec/nothing");
    let webhook = json!({ "scheme": "none", "path": "/webhook/acme", "body": "{ \"id\": 1 }" });
    assert_eq!(shop.post("/-/plugins/acme-pay/webhook", &webhook).json()["status"], 401);
    let emitted = shop.until(|event| event["event"] == "emitted");
    assert_eq!(
        (&emitted["name"], &emitted["payload"]),
        (&json!("acme.counted"), &json!({"count": 1}))
    );
    let events = ended(shop);
    let recorded = events.iter().find(|event| event["event"] == "recorded").unwrap();
    assert_eq!(recorded["left_out"], json!([]), "{recorded:#}");
    assert_eq!(recorded["kept"].as_array().unwrap().len(), 6, "{recorded:#}");

    let read = |name: &str| {
        let text = std::fs::read_to_string(world.dir().join("acme/tests/fixtures").join(name));
        serde_json::from_str::<Value>(&text.unwrap()).unwrap()
    };
    let second = read("recorded-hook-order-complete-2.json");
    assert_eq!(second["hook"], "order.complete");
    assert_eq!(second["payload"], json!({ "order": { "id": "o-2" } }));
    assert_eq!(second["storage"], json!({ "orders": 1 }));
    assert_eq!(second["expect"]["storage"], json!({ "orders": 2 }));
    assert_eq!(second["expect"]["equals"]["id"], json!({ "$any": "string" }));
    assert_eq!(second["expect"]["events"][0]["name"], "acme.counted");
    let route = read("recorded-get-orders-7-1.json");
    assert_eq!(route["route"], "GET /orders/:id");
    assert_eq!(route["expect"]["equals"]["status"], 200);
    assert_eq!(read("recorded-get-orders-bad-1.json")["expect"]["throws"], "no such order");
    for file in world.files().iter().filter(|file| file.contains("tests/fixtures")) {
        let text = std::fs::read_to_string(world.dir().join(file)).unwrap();
        assert!(!text.contains("whsec_of_my_own"), "{file}: {text}");
    }

    let run = world.run(["test", "acme", "--format", "json"]);
    assert_eq!(run.exits(0).json()["passed"], 6, "{}", run.stdout);
    // They can fail.
    world.write("acme/index.js", code("2"));
    world.run(["test", "acme"]).exits(1);
}

#[test]
fn what_a_fresh_shop_answers_otherwise_is_left_out_and_named() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let counting = code("1").replace(
        "price(value) { return value * 2; }",
        "price(value) { return ++globalThis.calls; }",
    );
    world.write("acme/index.js", format!("globalThis.calls = 0;\n{counting}"));
    let mut shop = Shop::start(&world, "acme", &["--record", "--no-database"]);
    shop.served();
    for _ in 0..2 {
        shop.fire("product.price", "[21]");
    }
    let events = ended(shop);
    let recorded = events.iter().find(|event| event["event"] == "recorded").unwrap();
    assert_eq!(recorded["kept"], json!(["tests/fixtures/recorded-hook-product-price-1.json"]));
    assert_eq!(recorded["left_out"][0][0], "tests/fixtures/recorded-hook-product-price-2.json");
    let files = world.files();
    assert_eq!(files.iter().filter(|file| file.contains("recorded-")).count(), 1, "{files:?}");
    let run = world.run(["dev", "--record", "acme"]);
    run.exits(2).complains("dev.recording").complains("daino-pdk dev ");
}

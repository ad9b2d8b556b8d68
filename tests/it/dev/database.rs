//! Tables of a plugin that is being written: migrations come, change, fail and go.

use super::*;

const ONE: &str = "CREATE TABLE acme_pay_points (id integer PRIMARY KEY, name text);\n";

fn shop(world: &World) -> Shop {
    let manifest = json!({
        "name": "Acme", "slug": "acme-pay", "version": "1.0.0", "type": "custom",
        "resourceLimits": { "cpu": "100%" },
        "permissions": { "hooks": ["order.complete", "product.data"], "database": ["products"] },
        "hooks": { "order.complete": "add", "product.data": "list" },
    });
    world.write("acme/manifest.json", manifest.to_string());
    world.write(
        "acme/index.js",
        "export default {
  async add({ id }, ctx) { await ctx.storage.set('last', id); return (await ctx.db.query('INSERT INTO acme_pay_points (id) VALUES ($1) RETURNING *', [id])).rows; },
  async list(value, context, ctx) { return [(await ctx.db.query('SELECT * FROM acme_pay_points ORDER BY id')).rows, Number((await ctx.db.one('SELECT count(*) FROM products')).count) > 0]; },
};\n",
    );
    world.write("acme/migrations/0001_points.sql", ONE);
    world.write("acme/migrations/0001_points.down.sql", "DROP TABLE acme_pay_points;\n");
    let mut shop = Shop::start(world, "acme", &[]);
    shop.served();
    shop
}

fn add(shop: &Shop, id: u32) -> Value {
    shop.fire("order.complete", &json!({ "id": id }).to_string())["answers"][0].clone()
}

fn list(shop: &Shop) -> Value {
    shop.fire("product.data", "[1, {}]")["answers"][0]["value"].clone()
}

#[track_caller]
fn told(shop: &mut Shop, text: &str) -> String {
    let event = shop.until(|event| {
        event["event"] == "told" && event["text"].as_str().unwrap_or_default().contains(text)
    });
    event["text"].as_str().unwrap().to_owned()
}

#[test]
fn migrations_come_change_fail_and_go() {
    let world = World::new();
    let mut shop = shop(&world);
    assert_eq!(add(&shop, 1)["value"], json!([{ "id": 1, "name": null }]));
    assert_eq!(list(&shop), json!([[{ "id": 1, "name": null }], true]));

    // Code alone keeps the rows; so does a new migration.
    let text = std::fs::read_to_string(shop.folder.join("index.js")).unwrap();
    shop.write("index.js", &format!("{text}// changed\n"));
    shop.served();
    shop.write(
        "migrations/0002_rank.sql",
        "ALTER TABLE acme_pay_points ADD COLUMN rank integer;\n",
    );
    told(&mut shop, "migration 0002_rank ran");
    shop.served();
    assert_eq!(list(&shop)[0], json!([{ "id": 1, "name": null, "rank": null }]));

    // One that fails changes nothing and is shown with its line.
    shop.write(
        "migrations/0003_bad.sql",
        "CREATE TABLE acme_pay_more (id integer);\nALTER TABLE nothing ADD COLUMN x text;\n",
    );
    let failed = shop.until(|event| event["event"] == "failed");
    assert_eq!(failed["problem"]["frame"]["path"], "migrations/0003_bad.sql");
    assert_eq!(failed["problem"]["frame"]["line"], 2);
    assert_eq!(list(&shop)[0], json!([{ "id": 1, "name": null, "rank": null }]));
    std::fs::remove_file(shop.folder.join("migrations/0003_bad.sql")).unwrap();
    shop.served();

    // A changed one is taken back and runs again; the rows are saved first.
    shop.write("migrations/0002_rank.down.sql", "ALTER TABLE acme_pay_points DROP COLUMN rank;\n");
    shop.served();
    shop.write("migrations/0002_rank.sql", "ALTER TABLE acme_pay_points ADD COLUMN place text;\n");
    let text = told(&mut shop, "0002_rank changed");
    shop.served();
    assert_eq!(list(&shop)[0], json!([{ "id": 1, "name": null, "place": null }]));
    let saved =
        PathBuf::from(text.rsplit(" are in ").next().unwrap()).join("acme_pay_points.jsonl");
    assert_eq!(std::fs::read_to_string(saved).unwrap(), "{\"id\":1,\"name\":null,\"rank\":null}\n");

    // Without a down script everything begins again.
    std::fs::remove_file(shop.folder.join("migrations/0001_points.down.sql")).unwrap();
    shop.served();
    shop.write("migrations/0001_points.sql", &ONE.replace("name text", "title text"));
    told(&mut shop, "all tables were made anew");
    shop.served();
    assert_eq!(list(&shop)[0], json!([]));
    assert_eq!(add(&shop, 2)["value"], json!([{ "id": 2, "title": null, "place": null }]));

    // The page sees tables and keys; a new run finds them again.
    let data = shop.get("/-/data/acme-pay").json();
    assert_eq!(data["tables"][0]["name"], "acme_pay_points");
    assert_eq!(data["tables"][0]["rows"], json!([{ "id": 2, "title": null, "place": null }]));
    assert_eq!(data["storage"], json!([{ "key": "last", "value": 2 }]));
    assert_eq!(
        shop.get("/-/state").json()["plugins"][0]["needed"]["database"],
        json!(["products"])
    );
    drop(shop);
    let mut shop = Shop::start(&world, "acme", &[]);
    shop.served();
    assert_eq!(list(&shop)[0], json!([{ "id": 2, "title": null, "place": null }]));
}

#[test]
fn without_a_database_storage_is_in_memory_and_survives_reloads() {
    let world = World::new();
    plugin(&world, "acme", "acme-pay");
    let mut shop = Shop::start(&world, "acme", &["--no-database"]);
    shop.served();
    shop.fire("order.complete", "");
    shop.write("index.js", &code("2"));
    shop.served();
    assert_eq!(
        shop.fire("order.complete", "")["answers"][0]["value"],
        json!({ "mark": "2", "count": 2 })
    );
    let data = shop.get("/-/data/acme-pay").json();
    assert_eq!(data["storage"], json!([{ "key": "orders", "value": 2 }]));
    assert!(!shop.folder.join(".daino/store.json").exists());
}

/// The file in which the shop's server says which process it is.
fn server_file(dir: &std::path::Path) -> Option<PathBuf> {
    std::fs::read_dir(dir).ok()?.flatten().find_map(|entry| {
        let path = entry.path();
        if path.is_dir() {
            return server_file(&path);
        }
        (entry.file_name() == "postmaster.pid").then_some(path)
    })
}

#[cfg(unix)]
#[test]
fn a_database_that_dies_in_mid_run_comes_back_with_its_rows() {
    let world = World::new();
    let mut shop = shop(&world);
    add(&shop, 1);
    let file = server_file(&shop.folder.join(".daino")).expect("the server runs");
    let text = std::fs::read_to_string(file).unwrap();
    let pid = text.lines().next().unwrap();
    assert!(std::process::Command::new("kill").args(["-9", pid]).status().unwrap().success());
    let end = Instant::now() + PATIENCE;
    loop {
        let answer = shop.fire("product.data", "[1, {}]")["answers"][0].clone();
        if answer["ok"] == true {
            assert_eq!(answer["value"], json!([[{ "id": 1, "name": null }], true]));
            break;
        }
        let message = answer["problem"]["message"].as_str().unwrap();
        assert!(!message.is_empty() && Instant::now() < end, "{answer}");
        std::thread::sleep(Duration::from_millis(50));
    }
    // Versions and migrations come as before.
    shop.write(
        "migrations/0002_rank.sql",
        "ALTER TABLE acme_pay_points ADD COLUMN rank integer;\n",
    );
    told(&mut shop, "migration 0002_rank ran");
    shop.served();
    assert_eq!(list(&shop)[0], json!([{ "id": 1, "name": null, "rank": null }]));
}

//! `--explain` of `invoke` and `test`: what a real plugin used of a real shop, what it was refused,
//! and the permissions that would have been enough.

use serde_json::{Value, json};

use crate::support::World;

const CODE: &str = "
const tried = (promise) => promise.then(() => 'done', (error) => error.code);
export async function mixed(input, ctx) {
  await ctx.db.query('SELECT id FROM sales_orders LIMIT 1');
  await ctx.db.query('SELECT count(*) FROM sales_orders');
  await ctx.db.query('INSERT INTO acme_watch_log (text) VALUES ($1)', ['x']);
  await ctx.storage.set('seen', 1);
  return [
    await tried(ctx.db.query('SELECT o.id FROM sales_orders o JOIN customers c ON c.id = o.customer_id')),
    await tried(ctx.db.query('SELECT * FROM users')),
    await tried(ctx.db.query('UPDATE products SET price = 0')),
    await tried(ctx.fetch('https://api.acme.example:8443/v1')),
    await tried(ctx.files.read('uploads/acme/a.csv')),
  ];
}
export async function steal(input, ctx) { return (await ctx.db.query('SELECT email FROM customers')).rows; }
export async function onOrder(payload) { return payload.id; }
";
const MIGRATION: &str = "CREATE TABLE acme_watch_log (text TEXT NOT NULL);";

fn plugin(world: &World, slug: &str, permissions: &Value) {
    let manifest = json!({
        "slug": slug, "permissions": permissions, "hooks": { "order.complete": "onOrder" },
    });
    world.plugin(manifest, &[("index.js", CODE), ("migrations/0001_log.sql", MIGRATION)]);
}

fn world() -> World {
    let world = World::with_shop();
    plugin(&world, "acme-watch", &json!({ "database": ["orders"], "hooks": ["order.complete"] }));
    world
}

fn subjects(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap();
    list.iter().map(|one| one["subject"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_call_is_explained_and_its_permissions_are_enough() {
    let world = world();
    let _open = world.keep_shop_open();
    world
        .run(["install", "./acme-watch", "-y", "--accept-permissions=all", "--accept-findings"])
        .exits(0);

    let call = ["invoke", "acme-watch", "mixed", "--explain"];
    let told = world.run(call.iter().chain(&["--format", "json"])).exits(0).json();
    let answered = &told["results"][0];
    let denied =
        json!(["DAINO_DENIED", "DAINO_DENIED", "DAINO_DENIED", "fetch.denied", "DAINO_DENIED"]);
    assert_eq!(answered["value"], denied);
    let explanation = &answered["explanation"];
    assert_eq!(
        subjects(&explanation["used"]),
        ["sales_orders (read)", "acme_watch_log (write)", "seen"]
    );
    assert_eq!(explanation["used"][0]["times"], 2);
    // The orders were granted: the refusal is about the customers alone.
    assert_eq!(
        subjects(&explanation["denied"]),
        [
            "customers (read)",
            "users (read)",
            "products (write)",
            "api.acme.example:8443",
            "uploads/acme/a.csv"
        ]
    );
    assert_eq!(
        explanation["denied"][0]["add"],
        json!({ "list": "permissions.database", "permission": "customers" })
    );
    assert!(explanation["denied"][1].get("add").is_none(), "{explanation}");
    let smallest = json!({ "database": ["sales_orders"], "api": [], "filesystem": [], "hooks": [], "admin": false });
    assert_eq!(explanation["permissions"], smallest);
    let more = &explanation["permissions_with_denied"];
    assert_eq!(more["database"], json!(["customers", "products:write", "sales_orders"]));
    assert_eq!(more["api"], json!(["api.acme.example:8443"]));
    assert_eq!(more["filesystem"], json!(["uploads/acme"]));

    // The same for people, on stderr; the answer stays alone on stdout.
    let shown = world.run(call);
    assert_eq!(shown.exits(0).json(), denied);
    shown.complains("sales_orders (read)").complains("2 times").complains("denied\n");
    shown.complains("add \"customers\" to permissions.database in manifest.json");
    shown
        .complains("no permission allows this")
        .complains("\"database\": [\n      \"sales_orders\"");
    let quiet = world.run(["invoke", "acme-watch", "mixed", "--format", "json"]).exits(0).json();
    assert!(quiet["results"][0].get("explanation").is_none());

    // What it says is enough, is enough.
    let code = CODE.replace("acme_watch_log", "acme_second_log");
    let manifest = json!({ "slug": "acme-second", "permissions": more });
    let migration = MIGRATION.replace("acme_watch_log", "acme_second_log");
    world.plugin(manifest, &[("index.js", &code), ("migrations/0001_log.sql", &migration)]);
    world
        .run(["install", "./acme-second", "-y", "--accept-permissions=all", "--accept-findings"])
        .exits(0);
    let told = world
        .run(["invoke", "acme-second", "mixed", "--explain", "--format", "json"])
        .exits(0)
        .json();
    let answered = &told["results"][0];
    assert_eq!((&answered["value"][0], &answered["value"][2]), (&json!("done"), &json!("done")));
    let denied = subjects(&answered["explanation"]["denied"]);
    assert!(denied.contains(&"users (read)".to_owned()), "{denied:?}");
    assert!(
        !denied.iter().any(|s| s.contains("customers") || s.contains("products")),
        "{denied:?}"
    );
}

#[test]
fn a_call_that_fails_and_a_hook_are_explained_too() {
    let world = world();
    world
        .run(["install", "./acme-watch", "-y", "--accept-permissions=all", "--accept-findings"])
        .exits(0);
    let stolen = world.run(["invoke", "acme-watch", "steal", "--explain", "--format", "json"]);
    let error = &stolen.exits(1).json()["error"];
    assert_eq!(error["code"], "sandbox.thrown");
    let denied = &error["details"]["explanation"]["denied"][0];
    assert_eq!(
        (&denied["subject"], &denied["why"]),
        (&json!("customers (read)"), &json!("DAINO_DENIED"))
    );
    let shown = world.run(["invoke", "acme-watch", "steal", "--explain"]);
    shown
        .exits(1)
        .complains("add \"customers\" to permissions.database")
        .complains("used: nothing");

    let fired = ["invoke", "--hook", "order.after_create", "--payload", "{\"id\":7}", "--explain"];
    let told = world.run(fired.iter().chain(&["--format", "json"])).exits(0).json();
    let explanation = &told["results"][0]["explanation"];
    assert_eq!(explanation["permissions"]["hooks"], json!(["order.complete"]));
}

#[test]
fn tests_are_explained() {
    let world = world();
    world.write(
        "acme-watch/tests/unit/a.test.js",
        "import { test } from 'node:test'; import { createContext } from 'daino:test'; import { mixed } from '../../index.js';
         test('a', async () => { const ctx = await createContext(); await ctx.db.query('SELECT id FROM sales_orders'); await ctx.db.query('SELECT id FROM customers').catch(() => {}); });",
    );
    let told = world.run(["test", "acme-watch", "--explain", "--format", "json"]).exits(0).json();
    assert_eq!(told["passed"], 1);
    let explanation = &told["explanation"];
    assert_eq!(explanation["permissions"]["database"], json!(["sales_orders"]));
    assert_eq!(explanation["denied"][0]["add"]["permission"], "customers");
    let plain = world.run(["test", "acme-watch", "--format", "json"]).exits(0).json();
    assert!(plain.get("explanation").is_none());
    let shown = world.run(["test", "acme-watch", "--explain"]);
    shown.exits(0).complains("smallest permissions for what was used");
}

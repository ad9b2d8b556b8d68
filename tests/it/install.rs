//! `daino-pdk install`, `list` and `invoke` from outside.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::disk::SmallDisk;
use crate::support::served::Served;
use crate::support::shop::assert_same;
use crate::support::{Run, World};

const CODE: &str = "
export async function add(input, ctx) {
  const { rows } = await ctx.db.query('INSERT INTO acme_pay_notes (text) VALUES ($1) RETURNING id', [input.text]);
  return { id: Number(rows[0].id), secret: ctx.secrets.ACME_KEY ?? null, ...ctx.config };
}
export async function orders(input, ctx) { return (await ctx.db.query('SELECT count(*)::int AS n FROM sales_orders')).rows[0].n; }
export async function steal(input, ctx) { return (await ctx.db.query('SELECT password FROM customers')).rows; }
export async function onOrder(payload, ctx) { ctx.log.info('order', payload.id); return payload.id; }
export async function onPrice(price, context, ctx) { return price * context.factor; }
export async function boom() { throw new TypeError('no such card'); }
export async function forever() { for (;;) {} }
export async function show(req, res) { res.status(201).json({ id: req.params.id, q: req.query.q, body: req.body }); }
export async function onConfigUpdate(next, previous, ctx) { await ctx.storage.set('told', [previous.currency, next.currency]); }
export async function told(input, ctx) { return ctx.storage.get('told'); }
";
const MIGRATION: &str =
    "CREATE TABLE acme_pay_notes (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL);";

fn manifest() -> Value {
    json!({
        "slug": "acme-pay",
        "permissions": { "database": ["orders"], "hooks": ["order.complete", "product.price"] },
        "hooks": { "order.complete": "onOrder", "product.price": "onPrice" },
        "routes": [{ "method": "POST", "path": "/notes/:id", "handler": "show" }],
        "resourceLimits": { "timeout": "1s" },
        "secrets": ["ACME_KEY"],
        "configSchema": {
            "type": "object", "required": ["currency"],
            "properties": { "currency": { "type": "string" }, "retries": { "type": "integer", "default": 3 } },
        },
    })
}

fn world() -> World {
    let world = World::with_shop();
    world.plugin(manifest(), &[("index.js", CODE), ("migrations/0001_notes.sql", MIGRATION)]);
    world
}

fn with_stdin(mut command: Command, text: &str) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    Run::of(child.wait_with_output().unwrap())
}

#[test]
fn a_plugin_is_planned_consented_to_installed_and_called() {
    let world = world();
    let keeper = world.keep_shop_open();
    let before = keeper.dump();
    let install = ["install", "./acme-pay", "--accept-findings", "--set", "currency=EUR"];

    let plan = world.run(install.iter().chain(&["--dry-run", "--format", "json"]));
    let plan = plan.exits(0).json();
    assert_eq!(plan["installed"], false);
    assert_eq!(plan["publisher"], Value::Null);
    assert_eq!(plan["change"], "new");
    assert_eq!(plan["migrations"][0]["tables"], json!(["acme_pay_notes"]));
    let words = plan["permissions"][0]["words"].as_str().unwrap();
    assert!(words.starts_with("read orders (sales_orders"), "{words}");
    assert_same("nothing", &keeper.dump(), &before);

    let refused = world.run(install);
    refused.exits(3).complains("install.consent-needed").complains("--accept-permissions");
    refused.complains("unsigned").complains("be told of order.complete");
    assert_same("nothing", &keeper.dump(), &before);

    // Without a terminal they are named, every one of them.
    for flag in ["--accept-permissions", "--accept-permissions=orders,hooks.order.complete"] {
        let refused = world.run(install.iter().chain(&[flag]));
        refused.exits(3).complains("--accept-permissions=orders,order.complete,product.price");
    }
    assert_same("nothing", &keeper.dump(), &before);
    let mut command = world.command();
    command.args(install).args([
        "--accept-permissions=orders,order.complete,product.price",
        "--secret",
        "ACME_KEY=-",
    ]);
    with_stdin(command, "s3cret\n").exits(0);

    let added = world.run(["invoke", "acme-pay", "add", "--input", r#"{"text":"a"}"#, "-q"]);
    let expected = json!({ "id": 1, "secret": "s3cret", "currency": "EUR", "retries": 3 });
    assert_eq!(added.exits(0).json(), expected);
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    let plugin = &list["plugins"][0];
    assert_eq!(plugin["state"], "enabled");
    assert_eq!(plugin["code"], json!({ "state": "intact" }));
    assert_eq!(plugin["tables"][0]["rows"], 1);
    assert_eq!(plugin["source"]["kind"], "folder");

    let history = world.run(["history", "acme-pay", "--format", "json"]).exits(0).json();
    let entry = &history["entries"][0];
    assert!(!entry["who"].as_str().unwrap().is_empty() && entry["at"].is_string(), "{entry}");
    let given = ["database orders", "hooks order.complete", "hooks product.price"];
    assert_eq!(entry["details"]["permissions"], json!(given));

    // Once more is nothing; other settings are told to the plugin.
    let again = world.run(["install", "./acme-pay", "--format", "json"]).exits(0).json();
    assert_eq!(again["change"], "nothing");
    world.run(["install", "./acme-pay", "--set", "currency=USD"]).exits(0);
    let told = world.run(["invoke", "acme-pay", "told", "-q"]).exits(0).json();
    assert_eq!(told, json!(["EUR", "USD"]));
}

#[test]
fn calls_reach_methods_hooks_and_routes_within_their_rights() {
    let world = world();
    let keeper = world.keep_shop_open();
    world
        .run([
            "install",
            "./acme-pay",
            "-y",
            "--accept-permissions=all",
            "--accept-findings",
            "--set",
            "currency=EUR",
        ])
        .exits(0);
    let orders = world.run(["invoke", "acme-pay", "orders", "-q"]).exits(0).json();
    assert!(orders.as_u64().unwrap() > 0);

    let stolen = world.run(["invoke", "acme-pay", "steal", "--format", "json"]);
    assert_eq!(stolen.exits(1).json()["error"]["code"], "sandbox.thrown");

    let fired = world.run(["invoke", "--hook", "order.after_create", "--payload", r#"{"id":7}"#]);
    fired.exits(0).complains("[info] order 7");
    assert_eq!(fired.json(), json!({ "acme-pay": 7 }));
    let price = ["--payload", "100", "--context", r#"{"factor":2}"#, "-q"];
    let price = world.run(["invoke", "acme-pay", "--hook", "product.price"].iter().chain(&price));
    assert_eq!(price.exits(0).json(), 200);
    world.run(["invoke", "--hook", "cart.viewed"]).exits(2).complains("invoke.nobody-listens");

    let route = ["--route", "POST /notes/9?q=x", "--body", r#"{"a":1}"#, "-q"];
    let answer = world.run(["invoke", "acme-pay"].iter().chain(&route)).exits(0).json();
    let body = json!({ "id": "9", "q": "x", "body": { "a": 1 } });
    assert_eq!(answer, json!({ "status": 201, "body": body }));
    let no_route = world.run(["invoke", "acme-pay", "--route", "GET /nope"]);
    no_route.exits(2).complains("invoke.no-route");

    let thrown = world.run(["invoke", "acme-pay", "boom"]);
    thrown.exits(1).complains("`boom` threw TypeError: no such card").complains("index.js:10:");
    world.run(["invoke", "acme-pay", "forever"]).exits(124).complains("sandbox.time-limit");
    world.run(["invoke", "acme-pay", "nope"]).exits(2).complains("sandbox.no-such-method");
    world.run(["invoke", "other", "x"]).exits(2).complains("lifecycle.not-installed");
    world.run(["invoke", "acme-pay", "add", "--input", "{"]).exits(2).complains("invoke.input");
    world.run(["invoke", "acme-pay"]).exits(2).complains("invoke.what");

    let calls = keeper.query("SELECT target || ' ' || outcome FROM daino.calls ORDER BY id");
    let expected = [
        "method orders done",
        "method steal sandbox.thrown",
        "hook order.after_create done",
        "hook product.price done",
        "route POST /notes/9 done",
        "method boom sandbox.thrown",
        "method forever sandbox.time-limit",
        "method nope sandbox.no-such-method",
    ];
    assert_eq!(calls, expected);
}

#[test]
fn code_that_was_changed_is_shown_and_not_run() {
    let world = world();
    let _keeper = world.keep_shop_open();
    world
        .run([
            "install",
            "./acme-pay",
            "-y",
            "--accept-permissions=all",
            "--accept-findings",
            "--set",
            "currency=EUR",
        ])
        .exits(0);
    let code = world.dir().join(".daino/code/acme-pay");
    let version = std::fs::read_dir(&code).unwrap().next().unwrap().unwrap().path();
    std::fs::write(version.join("index.js"), CODE.replace("s3cret", "evil") + "// mine").unwrap();
    let list = world.run(["list"]);
    list.exits(0);
    assert!(list.stdout.contains("CHANGED"), "{}", list.stdout);
    let call = world.run(["invoke", "acme-pay", "orders"]);
    call.exits(6).complains("lifecycle.code-changed").complains("`index.js` was changed");
}

/// What is refused leaves the shop as it was.
#[test]
fn what_cannot_be_installed_changes_nothing() {
    let world = world();
    let keeper = world.keep_shop_open();
    let before = keeper.dump();
    let with = |change: Value, files: &[(&str, &str)]| {
        let mut manifest = json!({ "slug": "odd-one" });
        manifest.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
        let mut all = vec![("index.js", "export const a = 1;")];
        all.retain(|(path, _)| files.iter().all(|(other, _)| other != path));
        all.extend(files);
        let _ = std::fs::remove_dir_all(world.dir().join("odd-one"));
        world.plugin(manifest, &all);
        let run = world.run([
            "install",
            "./odd-one",
            "-y",
            "--accept-permissions=all",
            "--accept-findings",
            "--format",
            "json",
        ]);
        assert_same(&format!("{run:#?}"), &keeper.dump(), &before);
        (run.code, run.json()["error"]["code"].as_str().unwrap().to_owned(), run)
    };
    let is = |found: (i32, String, Run), code: i32, id: &str, text: &str| {
        assert_eq!((found.0, found.1.as_str()), (code, id), "{:#?}", found.2);
        found.2.complains(text);
    };
    let migration = |sql: &'static str| [("migrations/1_a.sql", sql)];
    let none = json!({});
    let users = json!({ "permissions": { "database": ["users"] } });
    let range = json!({ "dependencies": { "acme-mail": "^2" } });
    let host = json!({ "engines": { "daino": "^99" } });
    is(with(users, &[]), 7, "lifecycle.never-granted", "`users`");
    is(with(host, &[]), 7, "lifecycle.engine", "^99");
    is(with(range, &[]), 7, "dependencies.conflict", "odd-one 1.0.0 needs acme-mail ^2");
    let broken = migration("CREATE TABLE odd_one_a (id int);\nSELECT nonsense FROM odd_one_a;");
    is(with(none.clone(), &broken), 7, "lifecycle.migration", "1_a.sql");
    let broken = migration("CREATE TABLE odd_one_a (id int);\n\nCREATE TABLE odd_one_a (id int);");
    let failed = with(none.clone(), &broken);
    failed.2.complains("line 3:").complains("already exists");
    is(failed, 7, "lifecycle.migration", "1_a.sql");
    let foreign = migration("DROP TABLE customers;");
    is(with(none.clone(), &foreign), 7, "lifecycle.migration", "customers");
    let unnumbered = [("migrations/create.sql", "")];
    is(with(none.clone(), &unnumbered), 2, "lifecycle.migration-name", "create.sql");
    let schema = json!({ "configSchema": { "type": "object", "required": ["key"] } });
    is(with(schema, &[]), 2, "lifecycle.config", "`key` is missing");
    let starts = [("index.js", "export function onEnable() { throw new Error('no key'); }")];
    let made = [starts[0], ("migrations/1_a.sql", "CREATE TABLE odd_one_a (id int);")];
    let unhealthy = with(none.clone(), &made);
    unhealthy.2.complains("no key").complains("index.js:1:");
    is(unhealthy, 7, "lifecycle.unhealthy", "onEnable");
    let sick = [("index.js", "export const healthCheck = () => ({ healthy: false });")];
    is(with(none.clone(), &sick), 7, "lifecycle.unhealthy", "healthCheck");
    let syntax = [("index.js", "export const = 1;")];
    is(with(none.clone(), &syntax), 7, "lifecycle.unhealthy", "does not start");
    let slow = [("index.js", "export function onEnable() { for (;;) {} }")];
    let limit = json!({ "resourceLimits": { "timeout": "200ms" } });
    is(with(limit, &slow), 7, "lifecycle.unhealthy", "time limit");
    let network = [(
        "index.js",
        "export async function onEnable(ctx) { await ctx.fetch('https://x.example'); }",
    )];
    is(with(none, &network), 7, "lifecycle.unhealthy", "does not start");
}

#[test]
fn sources_are_files_folders_and_names() {
    let world = world();
    let _keeper = world.keep_shop_open();
    world.run(["pack", "acme-pay"]).exits(0);
    let file = "acme-pay-1.0.0.dpk";
    world
        .run([
            "install",
            file,
            "-y",
            "--accept-permissions=all",
            "--accept-findings",
            "--set",
            "currency=EUR",
        ])
        .exits(0);
    let list = world.run(["list", "--format", "json"]).json();
    assert_eq!(list["plugins"][0]["source"]["kind"], "file");
    // What is packed from the directory is the very same release.
    world.run(["install", "./acme-pay"]).exits(0);

    let mut bytes = std::fs::read(world.dir().join(file)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    world.write("bad.dpk", bytes);
    assert_eq!(world.run(["install", "bad.dpk", "-y", "--accept-permissions=all"]).code, 6);
    world.run(["install", "gone.dpk"]).exits(2).complains("install.unreadable");
    world.run(["install", "Not A Name"]).exits(2).complains("install.source");
    let other = world.run(["install", "./acme-pay", "--secret", "ACME_KEY=visible"]);
    other.exits(2).complains("visible to others");

    let mut newer = manifest();
    newer["version"] = json!("1.1.0");
    world.plugin(newer, &[]);
    let run = world.run(["install", "./acme-pay", "-y", "--accept-permissions=all"]);
    run.exits(7).complains("lifecycle.other-version").complains("daino-pdk update acme-pay");
}

#[test]
fn a_signed_release_comes_from_a_registry() {
    let world = World::with_shop();
    let permissions = json!({ "hooks": ["order.complete"] });
    let hooks = json!({ "order.complete": "onOrder" });
    world.plugin(
        json!({ "slug": "acme-pay", "permissions": permissions, "hooks": hooks }),
        &[("index.js", "export async function onOrder(payload) { return payload.id; }\n")],
    );
    let _keeper = world.keep_shop_open();
    let served = Served::start(&world);
    let token = served.token(&world, "acme");
    let key = world.run(["key", "generate", "--format", "json"]).exits(0).json();
    let key = key["key"]["id"].as_str().or(key["id"].as_str()).unwrap().to_owned();
    let mut publish = world.command();
    publish.args(["publish", "acme-pay", "-y", "--no-test", "--namespace", "acme"]);
    publish.args(["--registry", &served.url]).env("DAINO_TOKEN", token);
    Run::of(publish.output().unwrap()).exits(0);
    std::fs::rename(world.dir().join("acme-pay"), world.dir().join("elsewhere")).unwrap();

    let install = [
        "install",
        "acme/acme-pay@^1",
        "--registry",
        &served.url,
        "-y",
        "--accept-permissions=all",
    ];
    world.run(install).exits(3).complains("fetch.new-publisher").complains(&key);
    world.run(install.iter().chain(&["--trust-key", key.as_str()])).exits(0);
    let list = world.run(["list", "--format", "json"]).json();
    assert_eq!(list["plugins"][0]["publisher"], json!(key));
    assert_eq!(list["plugins"][0]["source"]["kind"], "registry");
    // The key is known now.
    world.run(install).exits(0);
}

#[test]
fn the_way_back_of_each_migration_is_tried_before_it_is_installed() {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    let before = keeper.dump();
    let files = [
        ("index.js", "export const a = 1;"),
        ("migrations/1_a.sql", "CREATE TABLE odd_one_a (id int);"),
        ("migrations/1_a.down.sql", "DROP TABLE odd_one_a;"),
        ("migrations/2_b.sql", "CREATE TABLE odd_one_b (id int); CREATE TABLE odd_one_c (id int);"),
        ("migrations/2_b.down.sql", "DROP TABLE odd_one_b;"),
        ("migrations/3_d.sql", "CREATE TABLE odd_one_d (id int);"),
    ];
    world.plugin(json!({ "slug": "odd-one" }), &files);
    let plan = world.run(["install", "./odd-one", "--dry-run", "--format", "json"]).exits(0).json();
    let states: Vec<&str> =
        plan["downs"].as_array().unwrap().iter().map(|d| d["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["verified", "wrong", "missing"]);
    let words = world.run(["install", "./odd-one", "--dry-run"]).exits(0).stdout.clone();
    for word in [
        "1_a.sql: creates odd_one_a; can be taken back",
        "its down script does not work",
        "3_d.sql: creates odd_one_d; no down script",
    ] {
        assert!(words.contains(word), "{words}");
    }
    assert_same("a dry run", &keeper.dump(), &before);
    world.run(["install", "./odd-one", "-y", "--accept-permissions=all", "-q"]).exits(0);
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    assert_eq!(list["plugins"][0]["no_way_back"], json!(["3_d.sql"]));
}

#[test]
fn a_full_disk_leaves_the_shop_as_it_was() {
    let world = World::new();
    // Only root can mount; elsewhere there is no small disk to fill.
    let Some(disk) = SmallDisk::mount(world.dir().join("disk"), 120) else { return };
    let create = ["create", "acme-pay", "-y", "-t", "payment-gateway", "--lang", "js", "--no-git"];
    world.run(create).exits(0);
    let store = ["--store", "disk/shop/.daino"];
    world.run(["store", "init", store[0], store[1], "--no-sample-data"]).exits(0);
    let mut failed = 0;
    // No room at all, room for the server's start, room for a part of the install.
    for left in [0, 32, 64, 96, 128, 192] {
        disk.fill(left * 1024);
        let run = world.run([
            "install",
            "./acme-pay",
            "-y",
            "--accept-permissions=all",
            store[0],
            store[1],
        ]);
        disk.free();
        let list = world.run(["list", "--format", "json", store[0], store[1]]).exits(0).json();
        let is_there = list["plugins"] != json!([]);
        assert_eq!(is_there, run.code == 0, "with {left} KB left: {run:#?}\n{list:#}");
        if is_there {
            break;
        }
        assert!(run.stderr.contains("error: "), "{run:#?}");
        failed += 1;
    }
    assert!(failed > 0, "the disk was never full");
    world
        .run(["install", "./acme-pay", "-y", "--accept-permissions=all", store[0], store[1]])
        .exits(0);
}

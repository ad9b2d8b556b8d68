//! `daino-pdk update`, `outdated`, `pin`, `enable`, `disable`, `history` and `reinstall` from outside.

use serde_json::{Value, json};

use crate::support::served::Served;
use crate::support::shop::{Keeper, assert_same};
use crate::support::{Run, World};

const CODE: &str = "
export async function add(input, ctx) {
  await ctx.db.query('INSERT INTO acme_pay_notes (text) VALUES ($1)', [input.text]);
  await ctx.storage.set('last', input.text);
}
export async function settings(input, ctx) { return ctx.config; }
export async function onDisable(ctx) { await ctx.storage.set('off', true); }
";
const FIRST: &str = "CREATE TABLE acme_pay_notes (id BIGSERIAL PRIMARY KEY, text TEXT NOT NULL);";
const SECOND: &str = "ALTER TABLE acme_pay_notes ADD COLUMN paid BOOLEAN NOT NULL DEFAULT false;
                      CREATE TABLE acme_pay_log (id BIGSERIAL PRIMARY KEY, what TEXT);";
const SECOND_DOWN: &str = "DROP TABLE acme_pay_log; ALTER TABLE acme_pay_notes DROP COLUMN paid;";

/// What the second release does beside what the first did.
const NEXT: &str = "
export async function onUpdate(from, to, ctx) {
  await ctx.db.query('INSERT INTO acme_pay_log (what) VALUES ($1)', [from + ' to ' + to]);
  await ctx.storage.set('updated', to);
  const { rows } = await ctx.db.query('SELECT count(*)::int AS n FROM acme_pay_notes WHERE NOT paid');
  return { unit: ctx.config.currency, open: rows[0].n };
}
export async function healthCheck(ctx) { return (await ctx.storage.get('updated')) === '1.1.0'; }
export async function pay() {}
";

fn properties(keys: &[&str]) -> Value {
    let each = keys.iter().map(|key| ((*key).to_owned(), json!({})));
    json!({ "type": "object", "properties": each.collect::<serde_json::Map<_, _>>() })
}

fn first(world: &World) {
    let manifest = json!({ "slug": "acme-pay", "configSchema": properties(&["currency"]) });
    world.plugin(manifest, &[("index.js", CODE), ("migrations/0001_notes.sql", FIRST)]);
}

fn second(world: &World, code: &str, more: Value) {
    let mut manifest = json!({
        "slug": "acme-pay", "version": "1.1.0", "configSchema": properties(&["unit", "open"]),
        "permissions": { "database": ["orders"] },
    });
    for (key, value) in more.as_object().unwrap() {
        manifest[key] = value.clone();
    }
    let files = [
        ("index.js", code),
        ("migrations/0001_notes.sql", FIRST),
        ("migrations/0002_paid.sql", SECOND),
        ("migrations/0002_paid.down.sql", SECOND_DOWN),
    ];
    world.plugin(manifest, &files);
}

/// A shop with the first release, a row and a setting.
fn world() -> (World, Keeper) {
    let world = World::with_shop();
    let keeper = world.keep_shop_open();
    first(&world);
    world
        .run([
            "install",
            "./acme-pay",
            "-y",
            "--accept-permissions=all",
            "-q",
            "--set",
            "currency=EUR",
        ])
        .exits(0);
    world.run(["invoke", "acme-pay", "add", "--input", r#"{"text":"a"}"#, "-q"]).exits(0);
    (world, keeper)
}

const AGREED: [&str; 5] =
    ["update", "acme-pay", "--accept-permissions=orders", "--accept-breaking=settings", "-q"];

#[test]
fn an_update_is_compared_agreed_to_and_done_as_a_whole() {
    let (world, keeper) = world();
    let before = keeper.dump();
    let newest = world.run(["update", "acme-pay", "--format", "json"]).exits(0).json();
    assert_eq!(newest["plugins"][0]["updated"], false);
    second(&world, &format!("{CODE}{NEXT}"), json!({}));

    let plan = world.run(["update", "acme-pay", "--dry-run", "--format", "json"]).exits(0).json();
    assert_eq!(plan["plugins"][0]["scan"]["passed"], true, "{plan}");
    let plan = &plan["plugins"][0]["plan"];
    assert_eq!((&plan["found"], &plan["promised"]), (&json!("breaking"), &json!("minor")));
    let found: Vec<String> = plan["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| {
            format!(
                "{} {} {}",
                d["level"].as_str().unwrap(),
                d["area"].as_str().unwrap(),
                d["name"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            "breaking permissions orders",
            "breaking settings currency",
            "minor methods healthCheck",
            "minor methods onUpdate",
            "minor methods pay",
            "minor settings open",
            "minor settings unit",
            "minor tables acme_pay_log",
            "minor tables acme_pay_notes.paid",
        ]
    );
    assert_eq!(plan["downs"][0]["state"], "verified");
    assert_eq!(plan["not_compared"], json!([]));

    let wider = world.run(["update", "acme-pay"]);
    wider.exits(7).complains("update.wider").complains("--accept-permissions=orders");
    wider.complains("although its number promises no more than minor");
    let other = world.run(["update", "acme-pay", "--accept-permissions=customers"]);
    other.exits(7).complains("update.wider");
    let breaking = world.run(["update", "acme-pay", "--accept-permissions=all"]);
    breaking.exits(7).complains("update.breaking").complains("--accept-breaking=settings");
    // Without a list nothing is agreed to.
    let bare = world.run(["update", "acme-pay", "--accept-permissions"]);
    bare.exits(7).complains("update.wider").complains("--accept-permissions=orders");
    assert_same("nothing", &keeper.dump(), &before);

    world.run(AGREED).exits(0);
    let settings = world.run(["invoke", "acme-pay", "settings", "-q"]).exits(0).json();
    assert_eq!(settings, json!({ "unit": "EUR", "open": 1 }));
    assert_eq!(keeper.query("SELECT what FROM acme_pay_log"), ["1.0.0 to 1.1.0"]);
    assert_eq!(keeper.query("SELECT text || paid FROM acme_pay_notes"), ["afalse"]);
    let now = keeper.dump();
    assert_eq!(now["files in code"].iter().filter(|f| f.ends_with("/")).count(), 3, "{now:#?}");
    assert!(now["files in journal"].is_empty());
    let history = world.run(["history", "acme-pay", "--format", "json"]).exits(0).json();
    let last = history["entries"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["action"], &last["verdict"]), (&json!("update"), &json!("done")));
    assert_eq!((&last["from"], &last["to"]), (&json!("1.0.0"), &json!("1.1.0")));
    let agreed: Vec<&Value> =
        last["details"]["agreed"].as_array().unwrap().iter().map(|one| &one["name"]).collect();
    assert_eq!(agreed, ["orders", "currency"]);
    let backup = last["details"]["backup"].as_str().unwrap();
    world.run(["backup", "verify", backup]).exits(0);
    let back = world.run(["update", "acme-pay", "--from", "./acme-pay", "--format", "json"]);
    assert_eq!(back.exits(0).json()["plugins"][0]["updated"], false);
}

#[test]
fn whatever_fails_in_an_update_leaves_everything_as_it_was() {
    let (world, keeper) = world();
    let before = keeper.dump();
    let health = |says: &str| format!("{CODE}{NEXT}").replace("=== '1.1.0'", &format!("&& {says}"));
    second(&world, &health("boom.boom"), json!({}));
    let scanned =
        world.run(["update", "acme-pay", "--accept-permissions=all", "--accept-breaking"]);
    scanned.exits(7).complains("install.findings").complains("undefined-name");
    assert_same("a release that is refused", &keeper.dump(), &before);
    for (code, more, complaint) in [
        (health("false"), json!({}), "`healthCheck` says false"),
        (health("boom.boom"), json!({}), "lifecycle.unhealthy"),
        (format!("{CODE} throw new Error('no start');"), json!({}), "no start"),
        (
            format!("{CODE}export async function onUpdate() {{ throw new Error('cannot'); }}"),
            json!({}),
            "cannot",
        ),
        (
            format!("{CODE}export async function onUpdate() {{ return 7; }}"),
            json!({}),
            "settings are an object",
        ),
        (
            format!("{CODE}export async function onUpdate() {{ return {{}}; }}"),
            json!({ "configSchema": { "type": "object", "required": ["unit"], "properties": { "unit": {} } } }),
            "lifecycle.config",
        ),
        (
            CODE.to_owned(),
            json!({ "hooks": { "order.payment": "nowhere" }, "permissions": { "database": ["orders"], "hooks": ["order.payment"] } }),
            "it has no `nowhere`",
        ),
        (
            format!(
                "{CODE}export async function onUpdate(from, to, ctx) {{ await ctx.db.query('SET ROLE daino_owner'); }}"
            ),
            json!({}),
            "lifecycle.unhealthy",
        ),
        (
            format!(
                "{CODE}export async function onUpdate(from, to, ctx) {{ await ctx.db.query('SELECT * FROM customers'); }}"
            ),
            json!({}),
            "lifecycle.unhealthy",
        ),
        (
            format!("{CODE}export async function onUpdate() {{ for (;;) {{}} }}"),
            json!({ "resourceLimits": { "timeout": "1s" } }),
            "lifecycle.unhealthy",
        ),
    ] {
        second(&world, &code, more);
        let accepted = ["--accept-permissions=all", "--accept-breaking", "--accept-findings"];
        let run = world.run(["update", "acme-pay"].iter().chain(&accepted));
        assert!([2, 7].contains(&run.code), "{complaint}: {run:#?}");
        run.complains(complaint);
        assert_same(complaint, &keeper.dump(), &before);
    }
    let history = world.run(["history", "--format", "json"]).exits(0).json();
    let last = history["entries"].as_array().unwrap().last().unwrap().clone();
    assert_eq!((&last["action"], &last["verdict"]), (&json!("update"), &json!("undone")));
    // A migration that fails is seen on trial already.
    second(&world, CODE, json!({}));
    world.write(
        "acme-pay/migrations/0003_bad.sql",
        "INSERT INTO acme_pay_log (nothing) VALUES (1);",
    );
    let run = world.run(["update", "acme-pay", "--accept-permissions=all", "--accept-breaking"]);
    run.exits(7).complains("0003_bad.sql").complains("nothing");
    assert_same("a bad migration", &keeper.dump(), &before);
    // One that fails only over the rows there are is seen in the transaction.
    world.write(
        "acme-pay/migrations/0003_bad.sql",
        "ALTER TABLE acme_pay_notes ADD CHECK (text <> 'a');",
    );
    let run = world.run(["update", "acme-pay", "--accept-permissions=all", "--accept-breaking"]);
    run.exits(7).complains("lifecycle.migration");
    assert_same("a migration over rows", &keeper.dump(), &before);
}

#[test]
fn tables_in_use_are_waited_for_and_then_left_alone() {
    let (world, keeper) = world();
    second(&world, &format!("{CODE}{NEXT}"), json!({}));
    let before = keeper.dump();
    keeper.execute("BEGIN; INSERT INTO acme_pay_notes (text) VALUES ('held')");
    let mut update = world.command();
    let run = Run::of(update.args(AGREED).env("DAINO_LOCK_TIMEOUT", "1").output().unwrap());
    run.exits(2)
        .complains("lifecycle.busy")
        .complains("`daino_owner` uses `acme_pay_notes` (process ");
    keeper.execute("ROLLBACK");
    let now = keeper.dump();
    let without = |dump: &crate::support::shop::Dump| {
        let mut dump = dump.clone();
        // The number that the held row took.
        dump.remove("sequences");
        dump.remove("rows of public.acme_pay_notes_id_seq");
        dump
    };
    assert_same("a held table", &without(&now), &without(&before));
    world.run(AGREED).exits(0);
}

#[test]
fn a_down_script_that_does_not_lead_back_and_one_that_is_missing_are_told() {
    let (world, _keeper) = world();
    second(&world, CODE, json!({}));
    world.write("acme-pay/migrations/0002_paid.down.sql", "DROP TABLE acme_pay_log;");
    world.write("acme-pay/migrations/0003_more.sql", "CREATE TABLE acme_pay_more (id INT);");
    let plan = world.run(["update", "acme-pay", "--dry-run", "--format", "json"]).exits(0).json();
    let downs = &plan["plugins"][0]["plan"]["downs"];
    assert_eq!(downs[0]["state"], "wrong");
    assert!(downs[0]["why"].as_str().unwrap().contains("not what they were"), "{downs}");
    assert_eq!(downs[1]["state"], "missing");
}

#[test]
fn a_table_that_somebody_changed_is_told() {
    let (world, keeper) = world();
    let drift =
        || world.run(["list", "--format", "json"]).exits(0).json()["plugins"][0]["drift"].clone();
    assert_eq!(drift(), json!([]));
    keeper.execute("ALTER TABLE acme_pay_notes ADD COLUMN by_hand TEXT; CREATE INDEX by_hand ON acme_pay_notes (text)");
    let found = drift();
    let text = found.to_string();
    assert!(text.contains("by_hand TEXT") || text.contains("by_hand text"), "{text}");
    assert!(text.contains("+ CREATE INDEX by_hand"), "{text}");
    second(&world, CODE, json!({}));
    let run = world.run(["update", "acme-pay", "--dry-run"]).exits(0).stdout.clone();
    assert!(run.contains("drifted"), "{run}");
}

#[test]
fn a_plugin_is_switched_off_and_on_and_pinned() {
    let (world, keeper) = world();
    world.run(["disable", "acme-pay"]).exits(0);
    assert_eq!(
        keeper.query("SELECT data_value::text FROM plugin_data WHERE data_key = 'off'"),
        ["true"]
    );
    world.run(["invoke", "acme-pay", "settings"]).exits(7).complains("lifecycle.not-enabled");
    let again = world.run(["disable", "acme-pay", "--format", "json"]).exits(0).json();
    assert_eq!((&again["changed"], &again["state"]), (&json!(false), &json!("disabled")));
    world.run(["enable", "acme-pay"]).exits(0);
    world.run(["invoke", "acme-pay", "settings", "-q"]).exits(0);

    let pinned = world.run(["pin", "acme-pay", "--format", "json"]).exits(0).json();
    assert_eq!(pinned["pinned"], "=1.0.0");
    second(&world, CODE, json!({}));
    let kept = world.run(["outdated", "--format", "json"]).exits(0).json();
    assert_eq!(kept["plugins"][0]["wanted"], Value::Null);
    assert!(kept["plugins"][0]["held_back"].as_str().unwrap().contains("pinned"), "{kept}");
    world.run(["pin", "acme-pay", "^2"]).exits(2).complains("pin.not-in-range");
    world.run(["unpin", "acme-pay"]).exits(0);
    let offered = world.run(["outdated", "--format", "json"]).exits(0).json();
    assert_eq!(offered["plugins"][0]["wanted"], "1.1.0");
    let patch =
        world.run(["update", "acme-pay", "--patch", "--check", "--format", "json"]).exits(0).json();
    assert_eq!(patch["plugins"][0]["wanted"], Value::Null);
    world.run(["update"]).exits(2).complains("update.which");
    world.run(["update", "nobody"]).exits(2).complains("lifecycle.not-installed");
    // A plugin that is off stays off over an update.
    world.run(["disable", "acme-pay"]).exits(0);
    world.run(AGREED).exits(0);
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    assert_eq!(
        (&list["plugins"][0]["state"], &list["plugins"][0]["version"]),
        (&json!("disabled"), &json!("1.1.0"))
    );
    assert_eq!(
        keeper
            .query("SELECT rolcanlogin::text FROM pg_roles WHERE rolname LIKE 'daino_p%acme_pay'"),
        ["false"]
    );
    let actions: Vec<String> = keeper.query("SELECT action FROM daino.history ORDER BY id");
    assert_eq!(actions, ["install", "disable", "enable", "pin", "unpin", "disable", "update"]);
}

#[test]
fn a_plugin_that_others_need_stays_in_their_range() {
    let (world, _keeper) = world();
    world.plugin(
        json!({ "slug": "acme-shop", "dependencies": { "acme-pay": "~1.0" } }),
        &[("index.js", "export async function go() {}")],
    );
    world.run(["install", "./acme-shop", "-y", "--accept-permissions=all", "-q"]).exits(0);
    second(&world, CODE, json!({}));
    let run = world.run(["update", "acme-pay", "--accept-permissions=all", "--accept-breaking"]);
    run.exits(7).complains("lifecycle.dependent-range").complains("daino-pdk update acme-shop");
    world.run(["disable", "acme-pay"]).exits(7).complains("lifecycle.dependents");
}

#[test]
fn what_was_kept_is_picked_up_again() {
    let (world, keeper) = world();
    world.run(["uninstall", "acme-pay", "-y", "-q", "--remove-code"]).exits(0);
    world.run(["reinstall", "acme-pay", "-y", "--accept-permissions=all", "-q"]).exits(0);
    assert_eq!(keeper.query("SELECT text FROM acme_pay_notes"), ["a"]);
    let settings = world.run(["invoke", "acme-pay", "settings", "-q"]).exits(0).json();
    assert_eq!(settings, json!({ "currency": "EUR" }));
    // Code that somebody changed is put back, and the rest stays.
    let code = std::fs::read_dir(world.dir().join(".daino/code/acme-pay")).unwrap().next().unwrap();
    std::fs::write(code.unwrap().path().join("index.js"), "evil").unwrap();
    world.run(["invoke", "acme-pay", "settings"]).exits(6);
    world.run(["reinstall", "acme-pay", "-y", "--accept-permissions=all", "-q"]).exits(0);
    world.run(["invoke", "acme-pay", "settings", "-q"]).exits(0);
    assert_eq!(keeper.query("SELECT text FROM acme_pay_notes"), ["a"]);
    let again = world.run(["reinstall", "acme-pay", "--format", "json"]).exits(0).json();
    assert_eq!(again["change"], "nothing");
}

#[test]
fn releases_of_a_registry_are_found_checked_and_held_back() {
    let world = World::with_shop();
    let _keeper = world.keep_shop_open();
    let served = Served::start(&world);
    let token = served.token(&world, "acme");
    world.run(["key", "generate"]).exits(0);
    let publish = |version: &str| {
        world.plugin(
            json!({ "slug": "sms", "version": version, "description": "Sends text messages" }),
            &[
                ("index.js", "export async function send() { return 'sent'; }\n"),
                (
                    "tests/unit/a.test.js",
                    "import { it } from 'node:test';\nit('works', () => {});\n",
                ),
                ("README.md", "# SMS\n\nSends text messages.\n"),
                ("LICENSE", "MIT\n"),
            ],
        );
        let mut command = world.command();
        command.args(["publish", "sms", "-y", "--namespace", "acme", "--registry", &served.url]);
        let run = crate::support::Run::of(command.env("DAINO_TOKEN", &token).output().unwrap());
        run.exits(0);
    };
    publish("1.0.0");
    let from = ["--registry", &served.url, "--trust-key", "new"];
    world
        .run(["install", "acme/sms", "-y", "--accept-permissions=all", "-q"].iter().chain(&from))
        .exits(0);
    let none = world.run(["outdated", "--format", "json"]).exits(0).json();
    assert_eq!(none["plugins"][0]["wanted"], Value::Null);
    publish("1.0.1");
    publish("2.0.0");
    let newer = world.run(["outdated", "--format", "json"]).exits(0).json();
    assert_eq!(newer["plugins"][0]["wanted"], "2.0.0");
    let fresh =
        world.run(["update", "--all", "--min-age", "1d", "--format", "json"]).exits(0).json();
    assert_eq!(fresh["plugins"][0]["updated"], false);
    assert!(fresh["plugins"][0]["held_back"].as_str().unwrap().contains("--min-age"), "{fresh}");
    // A registry that does not say when it took a release: what counts is when it was first seen here.
    let to = ["--to", "1.0.1", "--min-age", "1d", "--dry-run", "--format", "json"];
    world.run(["update", "sms"].iter().chain(&to)).exits(7).complains("--min-age");
    let step = world.run(["update", "sms", "--minor", "--format", "json"]).exits(0).json();
    assert_eq!(
        (&step["plugins"][0]["updated"], &step["plugins"][0]["wanted"]),
        (&json!(true), &json!("1.0.1"))
    );
    world.run(["update", "sms", "--to", "2.0.0", "-q"]).exits(0);
    world.run(["update", "sms", "--to", "1.0.1"]).exits(7).complains("lifecycle.older");
    let list = world.run(["list", "--format", "json"]).exits(0).json();
    assert_eq!(list["plugins"][0]["version"], "2.0.0");
}

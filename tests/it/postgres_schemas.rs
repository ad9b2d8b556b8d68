//! Shops that share a database, each in schemas of its own.

use serde_json::json;

use crate::postgres::{INSTALL, Server, address, server};
use crate::support::Run;
use crate::support::shop::{Keeper, REMOVE, assert_same};

/// 63 bytes with a quote, a space, capitals, another alphabet and a reserved word.
const ODD: &str = "Größe \"select\" \u{5c0f}\u{5e97} $user\\ public.daino o'clock - 123456789";

/// A second shop in the database, with the operator of the page.
fn second(server: &Server, schema: &str, more: &[&str]) -> Keeper {
    let to = address(&server.host, "second_operator");
    let args = ["store", "init", "--store", "second", "--database-url", &to, "--schema", schema];
    server.world.run(args.iter().chain(more)).exits(0);
    let file = std::fs::read(server.world.dir().join("second/store.json")).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&file).unwrap();
    assert_eq!(file["schemas"]["shop"], schema);
    let own = file["schemas"]["own"].as_str().unwrap();
    let dir = server.world.dir().join("second");
    server.host.beside("second_operator", "change-me", "bottega", dir).in_schemas(schema, own)
}

fn run_second(server: &Server, args: &[&str]) -> Run {
    let mut command = server.world.command();
    Run::of(command.args(args).env("DAINO_STORE", "second").output().unwrap())
}

fn ident(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Why the database refuses a statement.
fn refusal(keeper: &Keeper, sql: &str) -> String {
    keeper.try_execute(sql).expect_err("it was let through")
}

#[test]
fn two_shops_in_one_database_are_wholly_apart() {
    assert_eq!(ODD.len(), 63);
    let server = server();
    let shop = second(&server, ODD, &[]);
    let own = shop.schemas()[1].clone();
    let empty = shop.dump();
    server.run(INSTALL).exits(0);
    let first = server.shop.dump();
    // Somebody changes the first shop, which is no reason to wait here.
    server.shop.execute("BEGIN; SELECT FROM daino.change_lock FOR UPDATE");
    run_second(&server, INSTALL).exits(0);
    let table = format!("rows of {}.acme_pay_notes", ident(ODD));
    assert_eq!(shop.dump()[&table].len(), 50);
    let plugin = shop.query(&format!(
        "SELECT role || ' ' || password FROM {}.plugin_role WHERE slug = 'acme-pay'",
        ident(&own)
    ));
    let (role, password) = plugin[0].split_once(' ').unwrap();
    let role = server.host.beside(role, password, "bottega", server.world.dir().join("second"));
    for sql in [
        "SELECT * FROM public.acme_pay_notes",
        "SELECT * FROM public.sales_orders",
        "SELECT * FROM daino.plugin_role",
        "SELECT daino.storage_get('on')",
    ] {
        assert!(refusal(&role, sql).contains("permission denied for schema"), "{sql}");
        assert!(refusal(&shop, sql).contains("permission denied"), "{sql}");
    }
    role.execute(&format!("SELECT * FROM {}.acme_pay_notes", ident(ODD)));
    server.shop.execute("ROLLBACK");

    // Back up, damage, roll back, remove, restore: the first shop is the same all along.
    let backup = run_second(&server, &["backup", "create", "acme-pay", "--format", "json"]);
    let name = backup.exits(0).json()["name"].as_str().unwrap().to_owned();
    shop.execute(&format!("DELETE FROM {}.acme_pay_notes WHERE id > 7", ident(ODD)));
    let back = ["rollback", "acme-pay", "--to", &name, "--data", "restore", "-y"];
    run_second(&server, &[&back[..], &["--verify"]].concat()).exits(0);
    run_second(&server, &back).exits(0);
    assert_eq!(shop.dump()[&table].len(), 50);
    let remove = [&REMOVE[..], &["--format", "json"]].concat();
    let removed = run_second(&server, &remove);
    assert_eq!(removed.exits(0).json()["report"]["leftovers"], json!([]), "{removed:#?}");
    assert!(!shop.dump().contains_key(&table));
    run_second(&server, &["backup", "restore", &name]).exits(0);
    assert_eq!(shop.dump()[&table].len(), 50);
    run_second(&server, &remove).exits(0);
    assert_same("removal from the second", &server.shop.dump(), &first);
    server.run(&REMOVE).exits(0);
    let after = shop.dump();
    for what in ["roles", "relations", "columns", "constraints", "indexes", "schemas"] {
        assert_eq!(after[what], empty[what], "{what}");
    }
}

#[test]
fn a_plugin_that_says_public_means_the_shop_it_runs_in() {
    let server = server();
    let shop = second(&server, "Outlet", &[]);
    let code = "export default {
        async count(input, ctx) {
            const made = await ctx.db.query('SELECT count(*)::int AS n FROM public.acme_way_marks');
            const all = await ctx.db.transaction([{ sql: 'SELECT count(*)::int AS n FROM public.sales_orders AS o WHERE o.id IS NOT NULL' }]);
            return [made.rows[0].n, all[0].rows[0].n > 0];
        } }";
    let up =
        "CREATE TABLE public.acme_way_marks (id INTEGER PRIMARY KEY, text TEXT DEFAULT 'public.');
        INSERT INTO public.acme_way_marks (id) VALUES (1), (2);";
    let files = [("index.js", code), ("migrations/0001_create.sql", up)];
    let manifest = json!({ "slug": "acme-way", "permissions": { "database": ["orders"] } });
    server.world.plugin(manifest, &files);
    run_second(&server, &["install", "./acme-way", "-y", "--accept-permissions=all", "-q"])
        .exits(0);
    let answer = run_second(&server, &["invoke", "acme-way", "count", "--format", "json"]);
    assert_eq!(answer.exits(0).json()["results"][0]["value"], json!([2, true]), "{answer:#?}");
    assert_eq!(shop.query("SELECT text FROM \"Outlet\".acme_way_marks"), ["public.", "public."]);
    let read = ["store", "query", "SELECT count(*) AS n FROM daino.plugins", "--format", "json"];
    assert_eq!(run_second(&server, &read).exits(0).json()["rows"][0]["n"], 1);
}

#[test]
fn the_role_of_the_application_reads_and_writes_what_is_the_shops() {
    let server = server();
    let shop = second(&server, "outlet", &["--service-role", "Shop \"app\""]);
    run_second(&server, INSTALL).exits(0);
    run_second(&server, &["backup", "create", "acme-pay"]).exits(0);
    let (administrator, app) =
        (server.host.log_in("daino", "superuser", "bottega"), "SET ROLE \"Shop \"\"app\"\"\"");
    administrator.execute(app);
    for sql in [
        "UPDATE outlet.sales_orders SET status = status",
        "INSERT INTO outlet.acme_pay_notes (text) VALUES ('by the application')",
        "DELETE FROM outlet.plugin_data",
    ] {
        administrator.execute(sql);
    }
    for sql in [
        "SELECT * FROM daino_outlet.plugin_role",
        "CREATE TABLE outlet.x (a int)",
        "SELECT * FROM public.sales_orders",
        "DROP TABLE outlet.acme_pay_notes",
    ] {
        let why = refusal(&administrator, sql);
        assert!(why.contains("permission denied") || why.contains("must be owner"), "{sql}: {why}");
    }
    run_second(&server, &REMOVE).exits(0);
    let left = "SELECT count(*)::text FROM pg_default_acl";
    assert_eq!(shop.query(left), ["0"]);
}

#[test]
fn what_cannot_be_a_shops_schema_is_refused_and_makes_nothing() {
    let server = server();
    let to = address(&server.host, "second_operator");
    let schemas = "SELECT nspname::text FROM pg_namespace ORDER BY 1";
    let before = server.shop.query(schemas);
    for (more, code) in [
        (vec!["--schema", "public"], "store.schema-taken"),
        (vec!["--schema", "daino"], "store.name"),
        (vec!["--schema", "pg_x"], "store.name"),
        (vec!["--schema", "$user"], "store.name"),
        (vec!["--schema", ""], "store.name"),
        (vec!["--schema", "ok", "--service-role", "anon"], "store.name"),
    ] {
        let args = ["store", "init", "--store", "third", "--database-url", &to];
        server.world.run(args.iter().chain(&more)).exits(2).complains(code);
        assert!(!server.world.dir().join("third/store.json").exists());
    }
    assert_eq!(server.shop.query(schemas), before);
    // Who may connect and not let others connect is told before a plugin is half there.
    server.host.log_in("daino", "superuser", "postgres").execute(
        "REVOKE GRANT OPTION FOR CONNECT ON DATABASE bottega FROM second_operator CASCADE",
    );
    let shop = second(&server, "outlet", &[]);
    let empty = shop.dump();
    run_second(&server, INSTALL).exits(2).complains("store.no-connect");
    assert_same("a refused install", &shop.dump(), &empty);
    server.world.write("daino.toml", "[store]\nschema = \"of settings\"\nservice-role = \"other\"");
    let args = ["store", "init", "--store", "fourth", "--database-url", &to, "--format", "json"];
    let made = server.world.run(args).exits(0).json();
    assert_eq!(made["schema"], "of settings");
    assert_eq!(made.get("service_role"), None, "a project gives no rights");
}

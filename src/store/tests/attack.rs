//! Attacks on the shop and on other plugins, over the plugin's own login role: through the gate, and
//! past it, as if the gate were not there.

use super::*;
use crate::store::describe;

const EVERYTHING: [&str; 4] = ["customers:delete", "orders:delete", "products:delete", "payments"];

#[tokio::test]
async fn the_role_alone_holds_what_the_gate_would_let_through() {
    let bench = Bench::new(&EVERYTHING).await.with_another_plugin().await;
    let raw = bench.databases.raw(&bench.database.name).await.unwrap();
    let me: String = raw.query_one("SELECT current_user::text", &[]).await.unwrap().get(0);
    let other = me.replace("acme", "other");
    for attack in [
        "SET ROLE daino_owner",
        "SET ROLE daino",
        "SET ROLE service_role",
        &format!("SET ROLE {other}"),
        "SET SESSION AUTHORIZATION daino",
        "SELECT set_config('role', 'daino_owner', false)",
        "SELECT set_config('session_authorization', 'daino', false)",
        &format!("GRANT daino_owner TO {me}"),
        &format!("ALTER ROLE {me} SUPERUSER"),
        &format!("ALTER ROLE {me} CREATEROLE"),
        "CREATE ROLE x",
        // The shop's secrets, with every grant there is.
        "SELECT password FROM customers",
        "SELECT * FROM customers",
        "SELECT c FROM customers c",
        "SELECT row_to_json(c) FROM customers c",
        "SELECT 1 FROM customers WHERE password LIKE '$2b%'",
        "UPDATE customers SET password = 'x'",
        "UPDATE customers SET first_name = password",
        "UPDATE customers SET first_name = 'x' RETURNING password",
        "INSERT INTO customers (email, first_name, last_name, password) VALUES ('a', 'b', 'c', 'd')",
        "SELECT settings FROM payment_methods",
        "SELECT settings FROM stores",
        "SELECT cost_price FROM products",
        "UPDATE sales_orders SET total_amount = 0",
        "UPDATE sales_orders SET payment_status = 'paid'",
        "DELETE FROM sales_orders",
        "INSERT INTO sales_orders DEFAULT VALUES",
        "SELECT * FROM users",
        "DELETE FROM stores",
        // Others' things.
        "SELECT * FROM other_secrets",
        "DROP TABLE other_secrets",
        "DROP TABLE customers",
        "SELECT * FROM plugin_data",
        "INSERT INTO plugin_data (plugin_id, data_key) VALUES ('other', 'x')",
        "SELECT * FROM daino.plugin_role",
        "UPDATE daino.plugin_role SET storage_quota = 1000000",
        "SELECT * FROM daino.shop",
        "SELECT daino.storage_owner(true)",
        "SELECT rolpassword FROM pg_authid",
        "SELECT * FROM pg_shadow",
        "SELECT * FROM pg_largeobject",
        // The machine.
        "COPY acme_notes TO PROGRAM 'id'",
        "COPY acme_notes FROM PROGRAM 'id'",
        "COPY acme_notes TO '/tmp/x'",
        "COPY acme_notes FROM '/etc/passwd'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT pg_ls_dir('/')",
        "SELECT pg_stat_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_export(1, '/tmp/x')",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT lo_creat(-1)",
        "CREATE EXTENSION dblink",
        "CREATE EXTENSION file_fdw",
        "LOAD 'auto_explain'",
        "ALTER SYSTEM SET fsync = off",
        "SELECT pg_reload_conf()",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity",
        "SELECT query_to_xml('SELECT 1', true, true, '')",
        "CHECKPOINT",
        // New things of its own.
        "CREATE TABLE acme_more (a int)",
        "CREATE TABLE daino.x (a int)",
        "CREATE TEMPORARY TABLE x (a int)",
        "SELECT 1 AS a INTO TEMPORARY x",
        "CREATE SCHEMA acme",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "CREATE FUNCTION pg_temp.f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "DO $$ BEGIN PERFORM 1; END $$",
        "CREATE DATABASE x",
        "ALTER TABLE acme_notes OWNER TO daino_owner",
        // Standing in others' way.
        "LOCK TABLE customers IN ACCESS EXCLUSIVE MODE",
        "SELECT pg_sleep(0)",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_try_advisory_lock(1)",
        "SELECT pg_advisory_xact_lock(1)",
        "SELECT pg_notify('a', 'b')",
    ] {
        if raw.batch_execute(attack).await.is_ok() {
            panic!("got through: {attack}");
        }
        let row = raw.query_one("SELECT current_user::text, session_user::text", &[]).await;
        let row = row.unwrap_or_else(|e| panic!("{attack}: {}", describe(&e)));
        assert_eq!((row.get::<_, String>(0), row.get::<_, String>(1)), (me.clone(), me.clone()));
    }
    // What it may do works: or the attacks above failed for another reason.
    for fine in [
        "SELECT email FROM customers",
        "UPDATE sales_orders SET status = 'shipped' WHERE false",
        "INSERT INTO acme_notes (text) VALUES ('x')",
        "RESET ROLE",
    ] {
        raw.batch_execute(fine).await.unwrap_or_else(|e| panic!("{fine}: {}", describe(&e)));
    }
    bench.close().await;
}

#[tokio::test]
async fn other_databases_of_the_server_are_closed() {
    let bench = Bench::new(&[]).await;
    let second = bench.databases.fresh().await.unwrap();
    for database in ["postgres", "template1", "shop"] {
        let Err(error) = bench.databases.raw(database).await else { panic!("entered {database}") };
        assert!(error.to_string().contains("permission denied"), "{database}: {error}");
    }
    assert!(bench.databases.raw(&second.name).await.is_ok(), "its own databases are open");
    bench.databases.release(second).await;
    bench.close().await;
}

#[tokio::test]
async fn statements_that_pass_the_gate_reach_nothing_of_others() {
    let bench = Bench::new(&["customers", "orders:write"]).await.with_another_plugin().await;
    for attack in [
        "SELECT password FROM customers",
        "SELECT email FROM customers WHERE password IS NOT NULL",
        "SELECT row_to_json(c) FROM customers c",
        "WITH x AS (DELETE FROM other_secrets RETURNING a) SELECT a FROM x",
        "SELECT a FROM other_secrets",
        "INSERT INTO other_secrets VALUES ('x')",
        "UPDATE sales_orders SET total_amount = 0",
        "UPDATE sales_orders SET status = 'shipped' WHERE admin_notes = 'x' RETURNING id",
        "SELECT id FROM sales_orders ORDER BY payment_reference",
        "SELECT $1::regclass::text FROM other_secrets",
    ] {
        let error = bench.try_query(attack, &[]).await.expect_err(attack);
        assert!(error.code == "DAINO_DENIED" || error.code == "08P01", "{attack}: {error:?}");
    }
    assert_eq!(
        bench.query("SELECT count(*) AS n FROM customers", &[]).await,
        json!([{ "n": "36" }])
    );
    bench.close().await;
}

#[tokio::test]
async fn refusals_name_the_permission_or_the_columns() {
    let bench = Bench::new(&["customers"]).await.with_another_plugin().await;
    let denied = |sql: &'static str| async {
        let error = bench.try_query(sql, &[]).await.expect_err(sql);
        assert_eq!(error.code, "DAINO_DENIED", "{error:?}");
        (error.message, error.hint.unwrap_or_default())
    };
    let (message, hint) = denied("SELECT id FROM sales_orders").await;
    assert_eq!(message, "`sales_orders` needs the permission `orders`");
    assert_eq!(hint, "add \"orders\" to permissions.database in manifest.json");
    let (message, hint) = denied("SELECT * FROM customers").await;
    assert!(message.contains("columns of `customers`"), "{message}");
    assert!(hint.contains("email, first_name") && !hint.contains("password"), "{hint}");
    let (message, _) = denied("SELECT * FROM other_secrets").await;
    assert!(message.contains("`other_secrets` is not this plugin's"), "{message}");
    let (_, hint) = denied("SELECT * FROM plugin_data").await;
    assert_eq!(hint, "use `ctx.storage`");
    let (message, _) = denied("UPDATE customers SET phone = '1'").await;
    assert!(message.contains("`customers:write`"), "{message}");
    bench.close().await;
}

#[tokio::test]
async fn migrations_run_as_the_plugin_and_leave_it_no_right_to_make_more() {
    let bench = Bench::new(&[]).await.with_another_plugin().await;
    let mut admin = bench.databases.admin(&bench.database).await;
    let acme = slug("acme");
    for attack in [
        "CREATE TABLE acme_x AS SELECT password FROM customers",
        "INSERT INTO acme_notes (text) SELECT a FROM other_secrets",
        "CREATE VIEW acme_v AS SELECT * FROM other_secrets; INSERT INTO acme_notes (text) SELECT a FROM acme_v",
        "DROP TABLE other_secrets",
        "ALTER TABLE other_secrets ADD COLUMN b int",
        "CREATE INDEX acme_i ON other_secrets (a)",
        "CREATE TABLE acme_x (a text REFERENCES other_secrets (a))",
        "DELETE FROM other_secrets",
        "CREATE SEQUENCE acme_s OWNED BY other_secrets.a",
    ] {
        let tx = admin.transaction().await.unwrap();
        let sql = format!("SELECT 1;\n{attack}");
        let error = run_migration(&tx, &acme, &sql).await.expect_err(attack);
        assert!(error.to_string().starts_with("line 2: "), "{attack}: {error}");
        drop(tx);
    }
    let tx = admin.transaction().await.unwrap();
    let made = run_migration(
        &tx,
        &acme,
        "CREATE TYPE acme_kind AS ENUM ('a'); CREATE TABLE acme_more (id bigserial PRIMARY KEY, k acme_kind);
         CREATE INDEX acme_more_k ON acme_more (k); CREATE VIEW acme_all AS SELECT k FROM acme_more",
    )
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let shown: Vec<String> = made.iter().map(|o| format!("{} {}", o.kind, o.name)).collect();
    assert_eq!(
        shown,
        [
            "index acme_more_k",
            "index acme_more_pkey",
            "sequence acme_more_id_seq",
            "table acme_more",
            "type acme_kind",
            "view acme_all"
        ]
    );
    let raw = bench.databases.raw(&bench.database.name).await.unwrap();
    assert!(raw.batch_execute("CREATE TABLE acme_y (a int)").await.is_err());
    assert_eq!(
        bench.query("INSERT INTO acme_more (k) VALUES ('a') RETURNING k", &[]).await,
        json!([{ "k": "a" }])
    );
    bench.close().await;
}

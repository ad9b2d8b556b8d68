//! `daino-pdk store query` from outside: it reads, and whatever is tried, it does not write.

use serde_json::json;

use crate::support::World;

#[test]
fn rows_are_a_table_and_a_document() {
    let world = World::with_shop();
    let run = world.run(["store", "query", "SELECT 1 AS one, NULL AS none, 'two\nlines' AS text;"]);
    run.exits(0);
    assert_eq!(run.stdout, "one  none  text\n1          two lines\n");
    let sql = "SELECT n, md5(n::text) AS hash FROM generate_series(1, 5) AS n -- all of them";
    let run = world.run(["store", "query", sql, "--limit", "2", "--format", "json"]);
    let found = run.exits(0).json();
    assert_eq!(found["columns"], json!(["n", "hash"]));
    assert_eq!(found["rows"][1]["n"], 2);
    assert_eq!((&found["rows"].as_array().unwrap().len(), &found["has_more"]), (&2, &json!(true)));
    let none = world.run(["store", "query", "SELECT id FROM sales_orders WHERE false"]);
    assert_eq!(none.exits(0).stdout, "No rows.\n");
    let steer = world.run(["store", "query", "SELECT chr(27) || '[2J' || chr(8238) AS x"]);
    assert_eq!(steer.exits(0).stdout, "x\n\\u{1b}[2J\\u{202e}\n");
}

#[test]
fn nothing_can_be_written() {
    let world = World::with_shop();
    let count = || {
        let sql = "SELECT count(*) AS orders FROM sales_orders";
        world.run(["store", "query", sql, "--format", "json"]).exits(0).json()["rows"][0].clone()
    };
    let before = count();
    for sql in [
        "DELETE FROM sales_orders",
        "DELETE FROM sales_orders RETURNING id",
        "WITH gone AS (DELETE FROM sales_orders RETURNING id) SELECT * FROM gone",
        "SELECT 1) AS x; DELETE FROM sales_orders; SELECT (1",
        "SELECT 1; DELETE FROM sales_orders",
        "SELECT 1) AS q; COMMIT; DELETE FROM sales_orders; --",
        "SELECT nextval('pg_catalog.pg_class')",
        "CREATE TABLE x (id int)",
        "COMMIT",
        "SELECT set_config('transaction_read_only', 'off', false) FROM nowhere",
        "SELECT",
        "",
        ";",
        "SELECT 1 /*",
    ] {
        let run = world.run(["store", "query", sql]);
        run.exits(2).complains("store.query").complains("hint:");
        assert!(run.stdout.is_empty(), "{sql}: {}", run.stdout);
    }
    assert_eq!(count(), before);
}

#[test]
fn without_a_shop_there_is_nothing_to_read() {
    World::new().run(["store", "query", "SELECT 1"]).exits(2).complains("daino-pdk store init");
}

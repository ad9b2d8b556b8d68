//! Values there and back: parameters as JSON, results as JSON.

use super::*;

#[tokio::test]
async fn parameters_are_taken_as_the_usual_drivers_take_them() {
    let bench = Bench::new(&[]).await;
    let id = "0b0e7a54-5c1f-4c6e-9d3a-3d0c2f7f1a11";
    for (cast, given, got) in [
        ("uuid", json!(id), json!(id)),
        ("int", json!(7), json!(7)),
        ("int", json!("7"), json!(7)),
        ("smallint", json!(-3), json!(-3)),
        ("bigint", json!(9007199254740993_i64), json!("9007199254740993")),
        ("numeric", json!("19.90"), json!("19.90")),
        ("numeric", json!(19.9), json!("19.9")),
        ("numeric", json!("-0.00000001"), json!("-0.00000001")),
        (
            "numeric",
            json!("123456789012345678901234567890.12"),
            json!("123456789012345678901234567890.12"),
        ),
        ("double precision", json!(5), json!(5.0)),
        ("double precision", json!(0.1), json!(0.1)),
        ("double precision", json!("Infinity"), json!("Infinity")),
        ("real", json!(0.1), json!(0.1)),
        ("boolean", json!(true), json!(true)),
        ("text", json!("è ' \" \\ ; -- €"), json!("è ' \" \\ ; -- €")),
        ("text", json!(5), json!("5")),
        ("varchar(3)", json!("abc"), json!("abc")),
        ("char(3)", json!("a"), json!("a  ")),
        ("date", json!("2026-02-28"), json!("2026-02-28")),
        ("timestamptz", json!("2026-02-28T12:00:00+02:00"), json!("2026-02-28T10:00:00.000Z")),
        ("timestamptz", json!("2026-02-28 12:00:00.123456Z"), json!("2026-02-28T12:00:00.123456Z")),
        ("timestamp", json!("2026-02-28T12:00:00"), json!("2026-02-28T12:00:00.000Z")),
        ("time", json!("12:30"), json!("12:30:00")),
        ("interval", json!("90 minutes"), json!("01:30:00")),
        ("jsonb", json!({"b": [1, null, {"c": "d"}]}), json!({"b": [1, null, {"c": "d"}]})),
        ("jsonb", json!([1, "a"]), json!([1, "a"])),
        ("jsonb", json!("{\"a\":1}"), json!({"a": 1})),
        ("jsonb", json!(false), json!(false)),
        ("json", json!({"z": 1, "a": 2}), json!({"z": 1, "a": 2})),
        ("bytea", json!("\\x00ff"), json!("\\x00ff")),
        ("text[]", json!(["a", "b\"c", null, ""]), json!(["a", "b\"c", null, ""])),
        ("int[]", json!([[1, 2], [3, 4]]), json!([[1, 2], [3, 4]])),
        ("uuid[]", json!([id]), json!([id])),
        ("jsonb[]", json!([{"a": 1}, [2]]), json!([{"a": 1}, [2]])),
        ("text[]", json!([]), json!([])),
        ("text[]", json!("{a,b}"), json!(["a", "b"])),
        ("text", json!(null), json!(null)),
        ("jsonb", json!(null), json!(null)),
    ] {
        let sql = format!("SELECT $1::{cast} AS v");
        assert_eq!(bench.query(&sql, &[given]).await, json!([{ "v": got }]), "{cast}");
    }
    bench.close().await;
}

#[tokio::test]
async fn wrong_values_are_told_and_leave_the_connection_usable() {
    let bench = Bench::new(&[]).await;
    for (cast, given, code) in [
        ("int", json!("seven"), "22P02"),
        ("int", json!(1.5), "22P02"),
        ("int", json!(3_000_000_000_i64), "22003"),
        ("uuid", json!("x"), "22P02"),
        ("date", json!("2026-02-30"), "22008"),
        ("boolean", json!({}), "22P02"),
        ("jsonb", json!("not json"), "22P02"),
        ("jsonb", json!({"a": "\u{0}"}), "22P05"),
        ("text", json!("a\u{0}b"), "22021"),
        ("int[]", json!(5), "22P02"),
        ("text[]", json!([["a"], []]), "22P02"),
    ] {
        let sql = format!("SELECT $1::{cast} AS v");
        let error = bench.try_query(&sql, &[given]).await.expect_err(cast);
        assert_eq!(error.code, code, "{cast}: {error:?}");
    }
    for (sql, values, code) in [
        ("SELECT $1::int AS a", vec![], "08P01"),
        ("SELECT 1 AS a", vec![json!(1)], "08P01"),
        ("SELECT nowhere FROM acme_notes", vec![], "42703"),
        ("SELECT 1 FROM acme_nowhere", vec![], "42P01"),
        ("INSERT INTO acme_notes (text) VALUES (NULL)", vec![], "23502"),
        ("SELECT 'a' || ", vec![], "42601"),
        ("SELECT point(1, 2) AS p", vec![], "DAINO_DENIED"),
        ("SELECT '(1,2)'::point AS p", vec![], "DAINO_TYPE"),
        ("SELECT (1, 'a') AS r", vec![], "DAINO_TYPE"),
        ("SELECT '9999999-01-01'::timestamptz AS t", vec![], "22008"),
        ("SELECT '99999-01-01'::timestamptz AS t", vec![], "DAINO_TYPE"),
    ] {
        let error = bench.try_query(sql, &values).await.expect_err(sql);
        assert_eq!(error.code, code, "{sql}: {error:?}");
    }
    let deep = format!("{}1{}", "[".repeat(2_000), "]".repeat(2_000));
    let error = bench.try_query("SELECT $1::jsonb AS v", &[json!(deep)]).await.unwrap_err();
    assert_eq!(error.code, "DAINO_TYPE", "{error:?}");
    assert_eq!(bench.query("SELECT 1 AS a", &[]).await, json!([{ "a": 1 }]));
    bench.close().await;
}

#[tokio::test]
async fn statements_return_rows_columns_and_counts() {
    let bench = Bench::new(&["orders", "customers:write"]).await;
    let rows = bench.try_query("SELECT 1 AS b, 2 AS a, 3 AS b", &[]).await.unwrap();
    assert_eq!((rows.columns, rows.row_count), (vec!["b".into(), "a".into(), "b".into()], 1));
    let changed =
        bench.try_query("UPDATE acme_notes SET n = 1 WHERE text = $1", &[json!("first")]).await;
    assert_eq!(changed.unwrap().row_count, 1);
    let none = bench.try_query("DELETE FROM acme_notes WHERE false", &[]).await.unwrap();
    assert_eq!((none.row_count, none.rows.len()), (0, 0));
    let upsert = "INSERT INTO acme_notes AS t (id, text) VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET text = EXCLUDED.text WHERE t.text <> EXCLUDED.text RETURNING id, text";
    assert_eq!(
        bench.query(upsert, &[json!(1), json!("second")]).await,
        json!([{ "id": 1, "text": "second" }])
    );
    assert_eq!(bench.query(upsert, &[json!(1), json!("second")]).await, json!([]));
    // Enumerations of the shop, sample data, a column grant.
    let orders = bench
        .query("SELECT status, count(*) AS n FROM sales_orders WHERE payment_status = $1 GROUP BY status ORDER BY 1", &[json!("paid")])
        .await;
    assert_eq!(orders[0]["status"], "processing");
    let customer = bench
        .query("UPDATE customers SET tags = $1 WHERE email = (SELECT min(email) FROM customers) RETURNING tags", &[json!(["vip"])])
        .await;
    assert_eq!(customer, json!([{ "tags": ["vip"] }]));
    bench.close().await;
}

//! Limits of a plugin's statements: time, rows, bytes, connections; and what is left after them.

use super::*;
use crate::store::connect_count;

/// Runs without end.
const ENDLESS: &str =
    "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r";

#[tokio::test]
async fn time_is_bounded_and_the_next_statement_works() {
    let bench = Bench::new(&[]).await;
    for sql in
        [ENDLESS, "SELECT count(*) FROM generate_series(1, 100000) a, generate_series(1, 100000) b"]
    {
        let begun = std::time::Instant::now();
        let error = bench.try_query(sql, &[]).await.expect_err(sql);
        assert!(error.code == "DAINO_LIMIT" && error.message.contains("longer than"), "{error:?}");
        assert!(begun.elapsed() < std::time::Duration::from_secs(8), "{:?}", begun.elapsed());
        assert_eq!(bench.query("SELECT 1 AS a", &[]).await, json!([{ "a": 1 }]), "after {sql}");
    }
    bench.close().await;
}

#[tokio::test]
async fn rows_and_bytes_are_bounded_and_the_next_statement_works() {
    // Time enough for a busy machine: the other limits come first.
    let bench = Bench::with_timeout(&[], 30_000).await;
    for (sql, word) in [
        ("SELECT g FROM generate_series(1, 10001) AS g", "10,000 rows"),
        ("SELECT generate_series(1, 2000000000) AS g", "10,000 rows"),
        ("SELECT repeat('x', 3000000) AS x FROM generate_series(1, 4)", "8 MB"),
        ("SELECT repeat('x', 9000000) AS x", "8 MB"),
        // The driver would read a message of any size.
        ("SELECT repeat('x', 60000000) AS x", "8 MB"),
    ] {
        let error = bench.try_query(sql, &[]).await.expect_err(sql);
        assert!(error.code == "DAINO_LIMIT" && error.message.contains(word), "{sql}: {error:?}");
        assert_eq!(bench.query("SELECT 1 AS a", &[]).await, json!([{ "a": 1 }]), "after {sql}");
    }
    let most = bench.try_query("SELECT g FROM generate_series(1, 10000) AS g", &[]).await.unwrap();
    assert_eq!(most.row_count, 10_000);
    bench.close().await;
}

/// A process of the server has 1 GB of address space: a statement that wants more fails alone.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn memory_of_a_statement_is_bounded_and_the_server_goes_on() {
    let bench = Bench::with_timeout(&[], 30_000).await;
    let admin = bench.databases.admin(&bench.database).await;
    let sql = "SELECT length(repeat(repeat('x', 1000000), 1000)) AS n";
    let error = bench.try_query(sql, &[]).await.expect_err(sql);
    assert_eq!(error.code, "53200", "{error:?}");
    assert_eq!(bench.query("SELECT 1 AS a", &[]).await, json!([{ "a": 1 }]));
    // The connection of the shop is the one from before.
    assert_eq!(connect_count(&admin, "usename LIKE 'daino_p_%'").await, 1);
    bench.close().await;
}

#[tokio::test]
async fn nothing_is_left_running_on_the_server() {
    let bench = Bench::new(&[]).await;
    let all = (0..4).map(|_| bench.try_query(ENDLESS, &[]));
    assert!(futures_util::future::join_all(all).await.iter().all(Result::is_err));
    let admin = bench.databases.admin(&bench.database).await;
    let mut running = 1_i64;
    for _ in 0..100 {
        running = connect_count(&admin, "state = 'active' AND usename LIKE 'daino_p_%'").await;
        if running == 0 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(running, 0);
    bench.close().await;
}

#[tokio::test]
async fn many_at_once_share_a_few_connections() {
    let bench = Bench::new(&[]).await;
    let ask = |n: i32| {
        let bench = &bench;
        async move { bench.query("SELECT $1::int AS n", &[json!(n)]).await }
    };
    let answers = futures_util::future::join_all((0..200).map(ask)).await;
    for (n, answer) in answers.iter().enumerate() {
        assert_eq!(*answer, json!([{ "n": n }]));
    }
    let admin = bench.databases.admin(&bench.database).await;
    assert!(connect_count(&admin, "usename LIKE 'daino_p_%'").await <= 4);
    // The role itself is bounded, whoever logs in as it.
    let mut raw = Vec::new();
    while let Ok(connection) = bench.databases.raw(&bench.database.name).await {
        raw.push(connection);
        assert!(raw.len() <= 8);
    }
    bench.close().await;
}

#[tokio::test]
async fn a_lost_connection_is_one_failure_and_then_made_again() {
    let bench = Bench::new(&[]).await;
    bench.query("SELECT 1 AS a", &[]).await;
    let admin = bench.databases.admin(&bench.database).await;
    let killed = admin
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'daino_p_%'",
            &[],
        )
        .await
        .unwrap();
    assert_eq!(killed, 1);
    // The loss is met before or during the next statement.
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(bench.try_query("SELECT 1 AS a", &[]).await);
    }
    assert!(answers[2].is_ok(), "{answers:?}");
    for answer in answers.into_iter().filter_map(Result::err) {
        assert_eq!(answer.code, "DAINO_CONNECTION", "{answer:?}");
    }
    bench.close().await;
}

#[tokio::test]
async fn a_transaction_is_all_or_nothing_within_the_same_limits() {
    let bench = Bench::new(&[]).await;
    let database = &bench.database.parts.database;
    let statement = |sql: &str, values: &[Value]| (sql.to_owned(), values.to_vec());
    let insert = "INSERT INTO acme_notes (text) VALUES ($1) RETURNING text";
    let good =
        [statement(insert, &[json!("a")]), statement("SELECT count(*) AS n FROM acme_notes", &[])];
    let results = database.transaction(&good).await.unwrap();
    assert_eq!(results[1].rows[0]["n"], "2");
    for (bad, code) in [
        (statement("SELECT 1 / 0 AS a", &[]), "22012"),
        (statement("SELECT $1::int AS a", &[]), "08P01"),
        (statement("COMMIT", &[]), "DAINO_DENIED"),
        (statement("ROLLBACK", &[]), "DAINO_DENIED"),
        (statement(ENDLESS, &[]), "DAINO_LIMIT"),
        (statement("SELECT * FROM daino.shop", &[]), "DAINO_DENIED"),
    ] {
        let error =
            database.transaction(&[statement(insert, &[json!("b")]), bad]).await.unwrap_err();
        assert_eq!(error.code, code, "{error:?}");
        assert_eq!(
            bench.query("SELECT count(*) AS n FROM acme_notes", &[]).await,
            json!([{ "n": "2" }]),
            "{code}"
        );
    }
    bench.close().await;
}

#[tokio::test]
async fn a_lock_that_is_held_is_not_waited_for_without_end() {
    let bench = Bench::new(&[]).await;
    let mut admin = bench.databases.admin(&bench.database).await;
    let tx = admin.transaction().await.unwrap();
    tx.batch_execute("LOCK TABLE acme_notes IN ACCESS EXCLUSIVE MODE").await.unwrap();
    let error = bench.try_query("SELECT id FROM acme_notes", &[]).await.unwrap_err();
    assert_eq!(error.code, "DAINO_LIMIT", "{error:?}");
    tx.rollback().await.unwrap();
    assert_eq!(bench.query("SELECT id FROM acme_notes", &[]).await, json!([{ "id": 1 }]));
    bench.close().await;
}

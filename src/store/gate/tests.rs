//! What the gate lets through and what it stops, statement by statement.

use super::*;
use crate::store::error::StoreError;

fn grants(list: &[&str]) -> Vec<DatabaseGrant> {
    list.iter().map(|text| text.parse().unwrap()).collect()
}

#[track_caller]
fn refused(sql: &str) -> String {
    let all = grants(&["orders:write", "customers:write", "products:delete"]);
    match check_statement(sql, &all) {
        Ok(()) => panic!("let through: {sql}"),
        Err(error) => error.message,
    }
}

#[track_caller]
fn passes(sql: &str) {
    let all = grants(&["orders:write", "customers:write", "products:delete"]);
    if let Err(error) = check_statement(sql, &all) {
        panic!("{sql}\n{error:?}");
    }
}

#[test]
fn business_passes() {
    for sql in [
        "SELECT 1",
        "SELECT 1;",
        "  -- a comment\n SELECT /* another */ 'a;b', E'it\\'s', $$x;y$$ ;  ",
        "SELECT o.id, count(*) FILTER (WHERE i.quantity > 1) FROM sales_orders o LEFT JOIN sales_order_items i ON i.order_id = o.id GROUP BY o.id ORDER BY 2 DESC NULLS LAST LIMIT $1 OFFSET $2",
        "INSERT INTO acme_t AS t (a, b) VALUES ($1, $2::jsonb) ON CONFLICT (a) DO UPDATE SET b = EXCLUDED.b WHERE t.b IS NULL RETURNING *",
        "WITH fresh AS (INSERT INTO acme_e (id) VALUES ($1) ON CONFLICT (id) DO NOTHING RETURNING id), done AS (UPDATE acme_t SET a = 1 WHERE EXISTS (SELECT 1 FROM fresh) RETURNING id) SELECT id FROM fresh",
        "DELETE FROM acme_t WHERE created_at < now() - INTERVAL '7 days'",
        "DELETE FROM acme_t t USING acme_e e WHERE e.id = t.id RETURNING t.id",
        "UPDATE sales_orders SET status = 'shipped', updated_at = now() WHERE id = $1::uuid",
        "SELECT * FROM acme_t WHERE a = ANY($1) FOR UPDATE SKIP LOCKED",
        "SELECT x FROM jsonb_array_elements_text($1) AS x",
        "SELECT a.n FROM generate_series(1, 10) AS a(n), LATERAL (SELECT a.n) b",
        "SELECT extract(epoch FROM now()), position('a' IN 'ba'), substring('abc' FROM 2), trim(BOTH ' ' FROM ' a ')",
        "SELECT date_trunc('day', created_at AT TIME ZONE 'Europe/Rome') AS day, sum(total_amount) OVER (PARTITION BY currency ORDER BY created_at) FROM public.sales_orders",
        "SELECT CASE WHEN a ILIKE '%x%' THEN 1 ELSE 0 END, a->>'b', a #>> '{c,d}', a @> '{}' FROM acme_t",
        "SELECT pg_catalog.lower('A'), greatest(1, 2), coalesce(NULL, nullif(1, 2))",
        "VALUES (1, 'a'), (2, 'b')",
        "SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 3",
        "INSERT INTO acme_t (a) SELECT email FROM customers",
    ] {
        passes(sql);
    }
}

#[test]
fn everything_else_is_refused() {
    for sql in [
        "",
        ";",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP TABLE sales_orders",
        "SET statement_timeout = 0",
        "SET ROLE daino_owner",
        "SET SESSION AUTHORIZATION daino",
        "SET LOCAL search_path = pg_catalog",
        "RESET ROLE",
        "RESET ALL",
        "DISCARD ALL",
        "SHOW ALL",
        "BEGIN",
        "COMMIT",
        "ROLLBACK",
        "SAVEPOINT a",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "DEALLOCATE p",
        "LISTEN a",
        "NOTIFY a, 'b'",
        "UNLISTEN a",
        "LOCK TABLE acme_t",
        "VACUUM",
        "ANALYZE acme_t",
        "EXPLAIN ANALYZE DELETE FROM acme_t",
        "DO $$ BEGIN PERFORM 1; END $$",
        "CALL p()",
        "COPY acme_t TO PROGRAM 'id'",
        "COPY (SELECT 1) TO '/tmp/x'",
        "COPY acme_t FROM STDIN",
        "CREATE TABLE x (a int)",
        "CREATE TEMP TABLE x (a int)",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
        "ALTER TABLE acme_t ADD COLUMN b int",
        "DROP TABLE acme_t",
        "TRUNCATE acme_t",
        "GRANT ALL ON acme_t TO PUBLIC",
        "REVOKE ALL ON acme_t FROM PUBLIC",
        "ALTER ROLE x SUPERUSER",
        "CREATE EXTENSION dblink",
        "COMMENT ON TABLE acme_t IS 'x'",
        "DECLARE c CURSOR FOR SELECT 1",
        "FETCH ALL FROM c",
        "SELECT * INTO x FROM acme_t",
        "WITH a AS (SELECT 1) SELECT * INTO x FROM a",
        "MERGE INTO acme_t t USING acme_e e ON t.id = e.id WHEN MATCHED THEN DELETE",
        "TABLE customers",
        "SELECT (SELECT 1 INTO y)",
        "CLUSTER",
        "REINDEX TABLE acme_t",
        "CHECKPOINT",
        "LOAD 'x'",
        "SECURITY LABEL ON TABLE acme_t IS 'x'",
    ] {
        refused(sql);
    }
}

#[test]
fn dangerous_functions_are_refused_however_they_are_written() {
    for sql in [
        "SELECT set_config('role', 'daino_owner', false)",
        "SELECT current_setting('x')",
        "SELECT pg_sleep(10)",
        "SELECT PG_Sleep(10)",
        "SELECT \"pg_sleep\"(10)",
        "SELECT pg_catalog.pg_sleep(10)",
        "SELECT \"pg_catalog\".\"pg_sleep\"(10)",
        "SELECT pg_catalog/**/./**/pg_sleep(1)",
        "SELECT U&\"pg\\005fsleep\"(10)",
        "SELECT U&\"pg!005fsleep\" UESCAPE '!' (10)",
        "SELECT 1 WHERE pg_read_file('/etc/passwd') IS NULL",
        "SELECT * FROM pg_read_file('/etc/passwd')",
        "SELECT * FROM pg_ls_dir('/') AS x",
        "SELECT * FROM ROWS FROM (pg_ls_dir('/')) AS x",
        "SELECT lo_import('/etc/passwd')",
        "SELECT lo_from_bytea(0, 'x')",
        "SELECT dblink('host=/tmp', 'SELECT 1')",
        "SELECT query_to_xml('SELECT * FROM users', true, true, '')",
        "SELECT * FROM ts_stat('SELECT 1')",
        "SELECT pg_terminate_backend(1)",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_notify('a', 'b')",
        "INSERT INTO acme_t (a) VALUES (pg_sleep(1))",
        "UPDATE acme_t SET a = pg_sleep(1)",
        "DELETE FROM acme_t WHERE pg_sleep(1) IS NULL",
        "INSERT INTO acme_t (a) VALUES (1) ON CONFLICT (a) DO UPDATE SET a = pg_sleep(1)",
        "INSERT INTO acme_t (a) VALUES (1) RETURNING pg_sleep(1)",
        "SELECT 1 ORDER BY pg_sleep(1)",
        "SELECT 1 LIMIT pg_sleep(1)",
        "SELECT 1 OFFSET length(pg_read_file('x'))",
        "SELECT count(*) FILTER (WHERE pg_sleep(1) IS NULL) FROM acme_t",
        "SELECT sum(1) OVER (ORDER BY pg_sleep(1)) FROM acme_t",
        "SELECT sum(1) OVER w FROM acme_t WINDOW w AS (ORDER BY pg_sleep(1))",
        "SELECT ARRAY[pg_sleep(1)]",
        "SELECT (ARRAY[1])[length(pg_read_file('x'))]",
        "SELECT CASE WHEN true THEN pg_sleep(1) END",
        "SELECT a FROM acme_t GROUP BY pg_sleep(1)",
        "SELECT a FROM acme_t HAVING pg_sleep(1) IS NULL",
        "SELECT a FROM acme_t JOIN acme_e ON pg_sleep(1) IS NULL",
        "SELECT DISTINCT ON (pg_sleep(1)) a FROM acme_t",
        "VALUES (pg_sleep(1))",
        "WITH x AS (SELECT pg_sleep(1)) SELECT * FROM x",
        "SELECT string_agg(a, pg_sleep(1)::text ORDER BY pg_sleep(2)) FROM acme_t",
        "SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY pg_sleep(1)) FROM acme_t",
        "SELECT * FROM acme_t TABLESAMPLE BERNOULLI (length(pg_read_file('x')))",
        "SELECT acme.f(1)",
        "SELECT daino.storage_get('x')",
        "SELECT setval('acme_t_id_seq', 1)",
        "SELECT current_user",
        "SELECT version()",
    ] {
        refused(sql);
    }
}

#[test]
fn tables_of_others_are_refused_with_the_missing_permission() {
    assert!(refused("SELECT * FROM pg_catalog.pg_authid").contains("schema"));
    assert!(refused("SELECT * FROM information_schema.tables").contains("schema"));
    assert!(refused("SELECT * FROM daino.plugin_role").contains("schema"));
    for never in ["users", "plugin_data", "pg_roles", "integration_configs", "\"users\"", "USERS"] {
        assert!(refused(&format!("SELECT * FROM {never}")).contains("never given"), "{never}");
    }
    let none = check_statement("SELECT 1 FROM acme_t, Sales_Orders", &[]).unwrap_err();
    assert_eq!(none.code, "DAINO_DENIED");
    assert_eq!(none.message, "`sales_orders` needs the permission `orders`");
    assert_eq!(
        none.hint.as_deref(),
        Some("add \"orders\" to permissions.database in manifest.json")
    );
    let read = grants(&["orders"]);
    let message = |sql: &str| check_statement(sql, &read).unwrap_err().message;
    assert!(message("UPDATE sales_orders SET status = 'x'").contains("`orders:write`"));
    assert!(message("DELETE FROM sales_shipments").contains("`orders:delete`"));
    assert!(
        message("WITH x AS (DELETE FROM sales_orders RETURNING *) SELECT * FROM x")
            .contains("`orders:delete`")
    );
    assert!(message("SELECT (SELECT max(email) FROM customers)").contains("`customers`"));
    // A query of this name hides the table.
    assert!(
        check_statement("WITH customers AS (SELECT 1 AS a) SELECT a FROM customers", &read).is_ok()
    );
    // The server would not take it for the query of that name.
    assert!(
        message("WITH customers AS (SELECT 1) SELECT * FROM public.customers")
            .contains("`customers`")
    );
}

#[test]
fn hostile_text_is_refused_and_never_costs_the_program() {
    for sql in [
        "SELECT 1 \u{0} ; DROP TABLE x".to_owned(),
        "SELECT '\u{b}'".to_owned(),
        format!("SELECT {}1{}", "(".repeat(10_000), ")".repeat(10_000)),
        format!("SELECT 1{}", "+1".repeat(100_000)),
        format!("SELECT 1{}", "::int".repeat(20_000)),
        format!("SELECT 1{}", " IS NULL".repeat(20_000)),
        format!("SELECT 1{}", " UNION SELECT 1".repeat(5_000)),
        format!("SELECT {}1", "NOT ".repeat(20_000)),
        format!("SELECT {}1", "- ".repeat(20_000)),
        format!("SELECT 1{}", "[1]".repeat(50_000)),
        format!("SELECT {}", "CASE WHEN 1 THEN ".repeat(5_000)),
        format!("SELECT a{}", ".a".repeat(50_000)),
        "x".repeat(2_000_000),
        "SELECT 'never ended".to_owned(),
        "SELECT $a$ never ended".to_owned(),
        "SELECT /* never ended".to_owned(),
    ] {
        // The stack of a worker thread, and half of it again.
        let run = move || check_statement(&sql, &[]).is_err();
        let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(run).unwrap();
        let _ = thread.join().unwrap();
    }
}

#[test]
fn the_longest_chain_that_passes_costs_no_stack() {
    let longest = format!("SELECT 1{}", "+1".repeat(1_990));
    let run = move || check_statement(&longest, &[]);
    let thread = std::thread::Builder::new().stack_size(1024 * 1024).spawn(run).unwrap();
    assert_eq!(thread.join().unwrap(), Ok(()));
}

#[test]
fn comments_and_line_ends_hide_nothing() {
    // To PostgreSQL a carriage return ends a comment; the reader must agree.
    assert!(refused("-- x\rRESET ROLE /*\nSELECT 1 -- */").contains("RESET"));
    refused("/* /* */ SELECT 1 */ RESET ROLE");
    refused("SELECT 1 --\n; RESET ROLE");
    refused("SELECT '\\'; RESET ROLE; --'");
    passes("SELECT '\\', ';'");
    passes("/* a /* b */ ; DROP TABLE x */ SELECT 1");
}

fn read(sql: &str) -> Result<Vec<(u64, String)>, (u64, String)> {
    match read_migration(sql) {
        Ok(list) => Ok(list.into_iter().map(|s| (s.line, s.sql)).collect()),
        Err(StoreError::MigrationRefused { line, reason }) => Err((line, reason)),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn migrations_make_and_change_the_plugins_own() {
    let statements = read(
        "-- a comment with ; in it\n\nCREATE TABLE IF NOT EXISTS acme_t (id UUID PRIMARY KEY DEFAULT gen_random_uuid(),\n  e TEXT NOT NULL CHECK (e IN ('a', 'b')), n BIGSERIAL, r UUID REFERENCES acme_u (id), t TIMESTAMP WITH TIME ZONE DEFAULT now());\nCREATE UNIQUE INDEX IF NOT EXISTS acme_i ON acme_t (lower(e)) WHERE n > 1;\nCREATE TYPE acme_k AS ENUM ('a', 'b');\nCREATE SEQUENCE acme_s;\nCREATE VIEW acme_v AS SELECT e FROM acme_t;\nALTER TABLE acme_t ADD COLUMN g INTEGER NOT NULL DEFAULT 0, DROP COLUMN IF EXISTS h, ALTER COLUMN e SET DEFAULT 'a', ADD CONSTRAINT c CHECK (g > 0);\nALTER TABLE acme_t RENAME TO acme_w;\nCOMMENT ON COLUMN acme_w.e IS 'x;y';\nINSERT INTO acme_w (e) VALUES ('a');\nDROP INDEX acme_i;\nDROP TABLE IF EXISTS acme_w, acme_u CASCADE;",
    )
    .unwrap();
    let lines: Vec<u64> = statements.iter().map(|(line, _)| *line).collect();
    assert_eq!(lines, [3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    assert!(statements[0].1.starts_with("CREATE TABLE") && statements[0].1.ends_with("now())"));
    assert_eq!(statements[7].1, "COMMENT ON COLUMN acme_w.e IS 'x;y'");
    assert_eq!(read("-- nothing\n"), Ok(Vec::new()));
}

#[test]
fn migrations_do_nothing_else() {
    for (sql, word) in [
        ("GRANT ALL ON acme_t TO PUBLIC", "manifest.json"),
        ("REVOKE ALL ON customers FROM daino_owner", "manifest.json"),
        ("ALTER ROLE daino_owner SUPERUSER", "not permitted"),
        ("CREATE ROLE x SUPERUSER", "not permitted"),
        ("SET ROLE daino_owner", "not permitted"),
        ("RESET ROLE", "not permitted"),
        ("SELECT set_config('role', 'x', false)", "set_config"),
        ("COPY acme_t TO PROGRAM 'id'", "not permitted"),
        ("DO $$ BEGIN EXECUTE 'RESET ROLE'; END $$", ""),
        ("CREATE EXTENSION dblink", "without one"),
        (
            "CREATE FUNCTION f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
            "plugin's code",
        ),
        (
            "CREATE TRIGGER t AFTER INSERT ON acme_t FOR EACH ROW EXECUTE FUNCTION f()",
            "plugin's code",
        ),
        ("CREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION f()", ""),
        ("CREATE RULE r AS ON SELECT TO acme_t DO INSTEAD SELECT 1", ""),
        ("CREATE POLICY p ON acme_t USING (true)", "not permitted"),
        ("CREATE SCHEMA acme", "not permitted"),
        ("CREATE DATABASE acme", "not permitted"),
        ("CREATE TEMP TABLE acme_t (a int)", "columns and constraints"),
        ("CREATE TABLE other.acme_t (a int)", "schema"),
        ("CREATE TABLE acme_t (LIKE customers)", ""),
        ("CREATE TABLE acme_t (a int) INHERITS (customers)", "columns and constraints"),
        ("CREATE TABLE orders (a int)", "shop's own"),
        ("CREATE TABLE wishlists (a int)", "shop's own"),
        ("CREATE TABLE plugin_x (a int)", "shop's own"),
        ("CREATE TABLE pg_x (a int)", "shop's own"),
        ("CREATE TABLE acme_t (a uuid REFERENCES customers (id))", "plain column"),
        (
            "CREATE TABLE acme_t (a uuid, FOREIGN KEY (a) REFERENCES sales_orders (id))",
            "plain column",
        ),
        ("CREATE TABLE acme_t (a text DEFAULT pg_read_file('/etc/passwd'))", "pg_read_file"),
        ("CREATE TABLE acme_t (a text CHECK (pg_sleep(1) IS NULL))", "pg_sleep"),
        ("CREATE INDEX acme_i ON acme_t (pg_sleep(1))", "pg_sleep"),
        ("CREATE INDEX CONCURRENTLY acme_i ON acme_t (a)", "transaction"),
        ("CREATE INDEX i ON customers (email)", "shop's own"),
        ("CREATE VIEW acme_v AS SELECT pg_read_file('x')", "pg_read_file"),
        ("CREATE VIEW acme_v AS SELECT * FROM users", "never given"),
        ("CREATE MATERIALIZED VIEW acme_v AS SELECT 1", "materialized"),
        ("CREATE TABLE acme_t AS SELECT * FROM pg_catalog.pg_authid", "schema"),
        ("ALTER TABLE customers ADD COLUMN x int", "shop's own"),
        ("ALTER TABLE acme_t OWNER TO daino_owner", "OWNER"),
        ("ALTER TABLE acme_t RENAME TO customers", "shop's own"),
        ("ALTER TABLE acme_t ENABLE ROW LEVEL SECURITY", "ROW LEVEL"),
        ("ALTER TABLE acme_t ADD COLUMN a int DEFAULT pg_sleep(1)", "pg_sleep"),
        ("DROP TABLE customers", "shop's own"),
        ("DROP SCHEMA public CASCADE", "not permitted"),
        ("DROP FUNCTION daino.storage_get(text)", "not permitted"),
        ("DROP ROLE daino_owner", "not permitted"),
        ("TRUNCATE acme_t", "DELETE"),
        ("BEGIN", "already"),
        ("COMMIT", "already"),
        ("VACUUM", ""),
        ("LISTEN x", "not permitted"),
        ("INSERT INTO users (id) VALUES (1)", "never given"),
    ] {
        let (line, reason) = read(&format!("SELECT 1;\n{sql};")).expect_err(sql);
        assert!(reason.contains(word) && line == 2, "{sql}: line {line}: {reason}");
    }
    let (line, reason) =
        read("SELECT 1;\nCREATE TABLE acme_t (\n  a int,\n  b wrong wrong\n);").unwrap_err();
    assert!(line == 4 && reason.contains("cannot be read"), "{line} {reason}");
}

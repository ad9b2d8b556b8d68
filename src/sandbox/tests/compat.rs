//! The surfaces that plugins of DainoStore know: `ctx.supabase`, `ctx.sequelize`, `req` and `res`.

use std::collections::VecDeque;

use super::*;

/// A database that notes what it is asked and answers from a list.
#[derive(Default)]
struct Script {
    asked: Mutex<Vec<(String, Vec<Value>)>>,
    answers: Mutex<VecDeque<Result<Value, DatabaseError>>>,
}

impl Database for Script {
    fn query<'a>(
        &'a self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Rows, DatabaseError>> {
        Box::pin(async move {
            self.asked.lock().unwrap().push((sql.to_owned(), parameters.to_vec()));
            let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Ok(json!([])))?;
            let rows: Vec<_> =
                answer.as_array().unwrap().iter().map(|r| r.as_object().unwrap().clone()).collect();
            Ok(Rows { columns: Vec::new(), row_count: rows.len() as u64, rows })
        })
    }

    fn transaction<'a>(
        &'a self,
        _: &'a [(String, Vec<Value>)],
    ) -> BoxFuture<'a, Result<Vec<Rows>, DatabaseError>> {
        Box::pin(async move { Ok(Vec::new()) })
    }
}

struct Asked {
    value: Value,
    sql: Vec<String>,
    binds: Vec<Vec<Value>>,
}

/// What `expression` gives, and what it asked the database.
async fn ask(expression: &str, answers: Vec<Result<Value, DatabaseError>>) -> Asked {
    let code = format!(
        "export const run = async (ctx) => {{ const {{ supabase, sequelize, db }} = ctx; return {expression}; }};"
    );
    let script = Arc::new(Script { answers: Mutex::new(answers.into()), ..Script::default() });
    let mut spec = spec(&[("index.js", &code)], ResourceLimits::default());
    spec.host.database = Some(script.clone());
    let plugin = Plugin::start(spec).await.unwrap();
    let value = plugin.call("run", json!([])).await.unwrap_or_else(|e| json!(e.to_string()));
    let asked = std::mem::take(&mut *script.asked.lock().unwrap());
    for (sql, _) in &asked {
        let parsed =
            sqlparser::parser::Parser::parse_sql(&sqlparser::dialect::PostgreSqlDialect {}, sql);
        assert_eq!(parsed.unwrap_or_else(|e| panic!("{sql}: {e}")).len(), 1, "{sql}");
    }
    let (sql, binds) = asked.into_iter().unzip();
    Asked { value, sql, binds }
}

macro_rules! statements {
    ($($name:ident: $expression:literal => $sql:literal, $binds:expr;)*) => {$(
        #[tokio::test]
        async fn $name() {
            let asked = ask($expression, vec![]).await;
            assert_eq!(asked.sql, [$sql], "{}", asked.value);
            assert_eq!(json!(asked.binds[0]), $binds);
            assert_eq!(asked.value["error"], Value::Null, "{}", asked.value);
        }
    )*};
}
statements! {
    selects_everything: "await supabase.from('orders')" => r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "orders") AS q"#, json!([]);
    selects_columns: "await supabase.from('t').select('id, name')" => r#"SELECT to_jsonb(q) AS "row" FROM (SELECT "id", "name" FROM "t") AS q"#, json!([]);
    the_alias_of_db: "await db.from('t').select('id')" => r#"SELECT to_jsonb(q) AS "row" FROM (SELECT "id" FROM "t") AS q"#, json!([]);
    compares: "await supabase.from('t').select().eq('a', 1).neq('b', 'x').gt('c', 1.5).gte('d', true).lt('e', 2).lte('f', 3)" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE "a" = $1 AND "b" <> $2 AND "c" > $3 AND "d" >= $4 AND "e" < $5 AND "f" <= $6) AS q"#, json!([1, "x", 1.5, true, 2, 3]);
    matches_text: "await supabase.from('t').select().like('a', 'x%').ilike('b', '%y')" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE "a" LIKE $1 AND "b" ILIKE $2) AS q"#, json!(["x%", "%y"]);
    lists: "await supabase.from('t').select().in('a', [1, 2]).in('b', [])" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE "a" IN ($1, $2) AND FALSE) AS q"#, json!([1, 2]);
    states: "await supabase.from('t').select().is('a', null).is('b', true).not('c', 'is', null).not('d', 'eq', 4)" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE "a" IS NULL AND "b" IS TRUE AND NOT ("c" IS NULL) AND NOT ("d" = $1)) AS q"#, json!([4]);
    contains_json: "await supabase.from('t').select().contains('tags', ['x']).containedBy('o', { a: 1 })" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE "tags" @> $1::jsonb AND "o" <@ $2::jsonb) AS q"#, json!([["x"], { "a": 1 }]);
    alternatives: "await supabase.from('t').select().or('a.eq.1,and(b.is.null,c.in.(x,\"y,z\")),not.or(d.gt.2,e.not.lt.3)')" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE ("a" = $1 OR ("b" IS NULL AND "c" IN ($2, $3)) OR NOT ("d" > $4 OR NOT ("e" < $5)))) AS q"#, json!(["1", "x", "y,z", "2", "3"]);
    where_object: "await supabase.from('t').select().where({ a: 1, b: 'x' })" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE "a" = $1 AND "b" = $2) AS q"#, json!([1, "x"]);
    sorts_and_pages: "await supabase.from('t').select().order('a').order('b', { ascending: false, nullsFirst: false }).range(10, 19)" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" ORDER BY "a" ASC, "b" DESC NULLS LAST LIMIT 10 OFFSET 10) AS q"#, json!([]);
    inserts: "await supabase.from('t').insert({ a: 1, b: undefined, c: null })" => r#"INSERT INTO "t" ("a", "c") VALUES ($1, $2)"#, json!([1, null]);
    inserts_many: "await supabase.from('t').insert([{ a: 1 }, { b: 2 }])" => r#"INSERT INTO "t" ("a", "b") VALUES ($1, DEFAULT), (DEFAULT, $2)"#, json!([1, 2]);
    inserts_and_selects: "await supabase.from('t').insert({ a: { x: 1 } }).select('id')" => r#"WITH q AS (INSERT INTO "t" ("a") VALUES ($1) RETURNING "id") SELECT to_jsonb(q) AS "row" FROM q"#, json!([{ "x": 1 }]);
    updates: "await supabase.from('t').update({ a: 1 }).eq('id', 7)" => r#"UPDATE "t" SET "a" = $2 WHERE "id" = $1"#, json!([7, 1]);
    deletes: "await supabase.from('t').delete().eq('id', 7).select()" => r#"WITH q AS (DELETE FROM "t" WHERE "id" = $1 RETURNING *) SELECT to_jsonb(q) AS "row" FROM q"#, json!([7]);
    upserts: "await supabase.from('t').upsert({ k: 1, v: 2 }, { onConflict: 'k' })" => r#"INSERT INTO "t" ("k", "v") VALUES ($1, $2) ON CONFLICT ("k") DO UPDATE SET "v" = EXCLUDED."v""#, json!([1, 2]);
    upserts_nothing_new: "await supabase.from('t').upsert({ k: 1 }, { onConflict: 'k' })" => r#"INSERT INTO "t" ("k") VALUES ($1) ON CONFLICT ("k") DO NOTHING"#, json!([1]);
    values_stay_values: "await supabase.from('t').select().eq('a', \"x'; DROP TABLE t; --\")" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE "a" = $1) AS q"#, json!(["x'; DROP TABLE t; --"]);
    alternatives_stay_values: "await supabase.from('t').select().or('a.eq.x\\'; DROP TABLE t; --')" =>
        r#"SELECT to_jsonb(q) AS "row" FROM (SELECT * FROM "t" WHERE ("a" = $1)) AS q"#, json!(["x'; DROP TABLE t; --"]);
}

macro_rules! refused {
    ($($name:ident: $expression:literal => $code:literal;)*) => {$(
        #[tokio::test]
        async fn $name() {
            let asked = ask($expression, vec![]).await;
            assert_eq!(asked.sql, Vec::<String>::new(), "{}", asked.value);
            assert_eq!(asked.value["error"]["code"], $code, "{}", asked.value);
            assert!(asked.value["status"].as_u64().unwrap() >= 400, "{}", asked.value);
            assert_eq!(asked.value["data"], Value::Null);
        }
    )*};
}
refused! {
    a_table_with_a_quote: "await supabase.from('t\"; DROP TABLE x; --').select()" => "DAINO_DENIED";
    a_table_of_a_schema: "await supabase.from('auth.users').select()" => "DAINO_DENIED";
    a_table_that_is_no_text: "await supabase.from({ toString: () => 'users' }).select()" => "DAINO_DENIED";
    a_column_with_a_quote: "await supabase.from('t').select().eq('a\" = 1 OR \"1', 1)" => "DAINO_DENIED";
    a_column_that_is_an_expression: "await supabase.from('t').select('id, (select password from customers)')" => "DAINO_DENIED";
    an_embedded_join: "await supabase.from('t').select('id, customers(*)')" => "DAINO_DENIED";
    an_order_that_is_an_expression: "await supabase.from('t').select().order('a; DROP TABLE t')" => "DAINO_DENIED";
    a_limit_that_is_text: "await supabase.from('t').select().limit('1; DROP TABLE t')" => "DAINO_DENIED";
    a_negative_range: "await supabase.from('t').select().range(5, 1)" => "DAINO_DENIED";
    an_operator_that_is_inherited: "await supabase.from('t').select().not('a', 'constructor', 1)" => "DAINO_DENIED";
    an_is_with_a_statement: "await supabase.from('t').select().is('a', 'NULL OR 1=1')" => "DAINO_DENIED";
    alternatives_with_a_bracket_too_much: "await supabase.from('t').select().or('a.eq.1)')" => "DAINO_DENIED";
    alternatives_with_a_bad_column: "await supabase.from('t').select().or('a\"b.eq.1')" => "DAINO_DENIED";
    alternatives_without_operator: "await supabase.from('t').select().or('a')" => "DAINO_DENIED";
    alternatives_that_nest: "await supabase.from('t').select().or('or('.repeat(50) + 'a.eq.1' + ')'.repeat(50))" => "DAINO_DENIED";
    alternatives_without_end: "await supabase.from('t').select().or('a.eq.1,'.repeat(400) + 'a.eq.1')" => "DAINO_DENIED";
    alternatives_of_nothing: "await supabase.from('t').select().or('')" => "DAINO_DENIED";
    an_update_of_everything: "await supabase.from('t').update({ a: 1 })" => "21000";
    a_delete_of_everything: "await supabase.from('t').delete()" => "21000";
    an_empty_insert: "await supabase.from('t').insert([])" => "DAINO_DENIED";
    an_insert_of_text: "await supabase.from('t').insert('x')" => "DAINO_DENIED";
    an_insert_with_a_bad_column: "await supabase.from('t').insert({ 'a\") VALUES (1); --': 1 })" => "DAINO_DENIED";
    a_conflict_that_is_an_expression: "await supabase.from('t').upsert({ a: 1 }, { onConflict: 'a) DO NOTHING; --' })" => "DAINO_DENIED";
    too_many_values: "await supabase.from('t').select().in('a', Array.from({ length: 40000 }, () => 1))" => "DAINO_DENIED";
    a_function: "await supabase.rpc('execute_sql', { sql: 'SELECT 1' })" => "DAINO_DENIED";
}

#[tokio::test]
async fn answers_have_the_shapes_of_the_client() {
    let two = || Ok(json!([{ "row": { "id": 1 } }, { "row": { "id": 2 } }]));
    let asked = ask("await supabase.from('t').select()", vec![two()]).await;
    let expected = json!({ "data": [{ "id": 1 }, { "id": 2 }], "error": null, "count": null, "status": 200, "statusText": "OK" });
    assert_eq!(asked.value, expected);
    let one = || Ok(json!([{ "row": { "id": 1 } }]));
    let asked = ask("await supabase.from('t').select().single()", vec![one()]).await;
    assert_eq!(asked.value["data"], json!({ "id": 1 }));
    assert!(asked.sql[0].contains("LIMIT 2"));
    for answer in [two(), Ok(json!([]))] {
        let asked = ask("await supabase.from('t').select().single()", vec![answer]).await;
        assert_eq!(asked.value["error"]["code"], "PGRST116");
        assert_eq!((&asked.value["data"], &asked.value["status"]), (&Value::Null, &json!(406)));
    }
    let asked = ask("await supabase.from('t').select().maybeSingle()", vec![Ok(json!([]))]).await;
    assert_eq!((&asked.value["data"], &asked.value["error"]), (&Value::Null, &Value::Null));
    let asked = ask("await supabase.from('t').select().first()", vec![one()]).await;
    assert_eq!(asked.value, json!({ "id": 1 }));
    let asked = ask("await supabase.from('t').select().execute()", vec![one()]).await;
    assert_eq!(asked.value, json!({ "data": [{ "id": 1 }], "error": null, "count": null }));
    let asked = ask("await supabase.from('t').insert({ a: 1 })", vec![]).await;
    let expected = json!({ "data": null, "error": null, "count": null, "status": 201, "statusText": "Created" });
    assert_eq!(asked.value, expected);
    let asked = ask("await supabase.from('t').delete().eq('a', 1)", vec![]).await;
    assert_eq!(asked.value["status"], 204);
}

#[tokio::test]
async fn counts_are_numbers_and_a_head_has_no_rows() {
    let count = || Ok(json!([{ "count": "12" }]));
    let head = "await supabase.from('t').select('*', { count: 'exact', head: true }).eq('a', 1)";
    let asked = ask(head, vec![count()]).await;
    assert_eq!(asked.sql, [r#"SELECT count(*) AS "count" FROM "t" WHERE "a" = $1"#]);
    assert_eq!((&asked.value["data"], &asked.value["count"]), (&Value::Null, &json!(12)));
    let both = "await supabase.from('t').select('id', { count: 'exact' }).eq('a', 1).limit(1)";
    let asked = ask(both, vec![count(), Ok(json!([{ "row": { "id": 1 } }]))]).await;
    assert_eq!(asked.sql.len(), 2);
    assert_eq!((&asked.value["data"], &asked.value["count"]), (&json!([{ "id": 1 }]), &json!(12)));
}

#[tokio::test]
async fn a_failure_of_the_database_is_an_answer() {
    let denied = || {
        Err(DatabaseError {
            code: "42501".into(),
            message: "permission denied for table users".into(),
            detail: Some("d".into()),
            hint: Some("h".into()),
        })
    };
    let asked = ask("await supabase.from('users').select()", vec![denied()]).await;
    let error = json!({ "message": "permission denied for table users", "code": "42501", "details": "d", "hint": "h" });
    let expected = json!({ "data": null, "error": error, "count": null, "status": 403, "statusText": "Forbidden" });
    assert_eq!(asked.value, expected);
    let asked =
        ask("await supabase.from('users').select().first().catch((e) => e.code)", vec![denied()])
            .await;
    assert_eq!(asked.value, "42501");
}

#[tokio::test]
async fn what_the_client_lacks_says_so() {
    for call in
        ["from('t').match({})", "from('t').select().textSearch('a', 'b')", "raw('SELECT 1')"]
    {
        let asked = ask(&format!("await supabase.{call}"), vec![]).await;
        assert!(asked.value.as_str().unwrap().contains("ctx.db.query"), "{}", asked.value);
    }
    let asked = ask(
        "['getClient', 'client', 'config', 'auth', 'storage', 'functions', 'channel', 'schema', 'close'].filter((n) => n in supabase)",
        vec![],
    )
    .await;
    assert_eq!(asked.value, json!([]));
    let asked = ask("typeof supabase.from('t').catch", vec![]).await;
    assert_eq!(asked.value, "undefined");
}

#[tokio::test]
async fn sequelize_has_its_shapes() {
    let rows = || Ok(json!([{ "id": 1, "n": "5" }]));
    let cases = [
        ("type: 'SELECT'", json!([{ "id": 1, "n": "5" }])),
        ("type: sequelize.QueryTypes.INSERT", json!([[{ "id": 1, "n": "5" }], 1])),
        ("type: 'UPDATE'", json!([[{ "id": 1, "n": "5" }], 1])),
        ("type: 'DELETE'", json!([{ "id": 1, "n": "5" }])),
        ("plain: true", json!({ "id": 1, "n": "5" })),
    ];
    for (options, expected) in cases {
        let call = format!("await sequelize.query('SELECT $1', {{ bind: [7], {options} }})");
        let asked = ask(&call, vec![rows()]).await;
        assert_eq!(asked.value, expected, "{options}");
        assert_eq!(asked.binds, [vec![json!(7)]]);
    }
    let asked = ask("await sequelize.query('SELECT 1')", vec![rows()]).await;
    assert_eq!(asked.value[1]["rowCount"], 1);
    for (call, words) in [
        ("query('SELECT :a', { replacements: { a: 1 } })", "not `replacements`"),
        ("query('SELECT 1', { type: 'SHOW' })", "knows the types"),
        ("query('SELECT 1', { bind: { a: 1 } })", "is an array"),
        ("transaction()", "ctx.db"),
    ] {
        let asked = ask(&format!("await sequelize.{call}"), vec![]).await;
        assert!(asked.value.as_str().unwrap().contains(words), "{}", asked.value);
        assert!(asked.sql.is_empty());
    }
    let failed = || {
        Err(DatabaseError {
            code: "23505".into(),
            message: "duplicate key".into(),
            detail: None,
            hint: None,
        })
    };
    let call =
        "await sequelize.query('SELECT 1').catch((e) => [e.name, e.original.code, e.message])";
    let asked = ask(call, vec![failed()]).await;
    assert_eq!(asked.value, json!(["SequelizeUniqueConstraintError", "23505", "duplicate key"]));
}

async fn route(code: &str, request: RouteRequest) -> Result<RouteAnswer, SandboxError> {
    let plugin = Plugin::files(&[("index.js", "export default {};"), ("r.js", code)]).await;
    drop(plugin);
    let mut spec =
        spec(&[("index.js", "export default {};"), ("r.js", code)], ResourceLimits::default());
    spec.also = vec![TreePath::new("r.js").unwrap()];
    Plugin::start(spec).await?.instance.route("r.js", &request).await.map(|(answer, _)| answer)
}

#[tokio::test]
async fn a_route_gets_the_hosts_request_and_answers() {
    let code = "export default async function (req, res, { supabase, db }) {
        res.status(201).json({ ...req, keys: Object.keys(req), get: typeof req.get, db: typeof db.query, headers: req.headers, user: req.user ?? 'none', sb: typeof supabase.from });
        res.json({ second: true });
    }";
    let request = RouteRequest {
        method: "post".into(),
        path: "/items/7".into(),
        params: BTreeMap::from([("id".to_owned(), "7".to_owned())]),
        query: json!({ "q": "x" }),
        headers: vec![
            ("Authorization".into(), "Bearer secret".into()),
            ("Cookie".into(), "sid=1".into()),
            ("X-Store-Id".into(), "s1".into()),
        ],
        body: json!({ "a": 1 }),
        raw_body: b"{\"a\":1}".to_vec(),
        ip: "10.0.0.1".into(),
    };
    let answer = route(code, request).await.unwrap();
    assert_eq!(answer.status, 201);
    let body = answer.body;
    assert_eq!((&body["method"], &body["params"]["id"]), (&json!("POST"), &json!("7")));
    assert_eq!((&body["body"]["a"], &body["query"]["q"]), (&json!(1), &json!("x")));
    assert_eq!(body["headers"], json!({ "x-store-id": "s1" }));
    assert_eq!((&body["get"], &body["user"]), (&json!("undefined"), &json!("none")));
    assert_eq!((&body["db"], &body["sb"]), (&json!("function"), &json!("function")));
    assert!(body.get("second").is_none() && body.get("rawBody").is_none());
}

#[tokio::test]
async fn a_webhook_gets_the_bytes_that_were_signed() {
    let code = "import { createHmac } from 'node:crypto';
        export default (req, res) => res.json([Buffer.isBuffer(req.body), req.body.equals(req.rawBody), createHmac('sha256', 'k').update(req.rawBody).digest('hex').slice(0, 8), JSON.parse(req.body).a]);";
    let request = RouteRequest {
        method: "POST".into(),
        path: "/webhook".into(),
        raw_body: b"{ \"a\": 1 }".to_vec(),
        body: json!({ "a": 1 }),
        ..RouteRequest::default()
    };
    let answer = route(code, request).await.unwrap();
    assert_eq!(answer.body, json!([true, true, "06043544", 1]), "{answer:?}");
}

#[tokio::test]
async fn routes_that_say_nothing_too_much_or_throw() {
    let answer = route("export default () => {};", RouteRequest::default()).await.unwrap();
    assert_eq!((answer.status, &answer.body["success"]), (200, &json!(true)));
    let answer = route(
        "export default (req, res) => { const v = { n: 1 }; res.json(v); v.n = 2; };",
        RouteRequest::default(),
    )
    .await
    .unwrap();
    assert_eq!(answer.body, json!({ "n": 1 }));
    for (code, words) in [
        ("export default (req, res) => res.send('x');", "res.send is not there"),
        ("export default (req, res) => res.status('200').json(1);", "from 100 to 599"),
        ("export default (req, res) => { throw new Error('boom'); };", "boom"),
        ("export default (req, res) => { res.json = () => {}; };", "read-only"),
    ] {
        let error = route(code, RouteRequest::default()).await.unwrap_err();
        assert!(error.to_string().contains(words), "{error}");
    }
}

//! The query surface of DainoStore's plugins over a real database: every method of the builder and
//! the shapes of `sequelize.query`, called by an installed plugin.

use serde_json::{Value, json};

use crate::support::World;

const CODE: &str = "
const AsyncFunction = (async () => {}).constructor;
export async function run(list, ctx) {
  const results = [];
  for (const code of list) {
    try {
      const body = `const { supabase, sequelize, db } = ctx; const t = () => supabase.from('acme_shelf_items'); return (${code});`;
      results.push((await new AsyncFunction('ctx', body)(ctx)) ?? null);
    } catch (error) {
      results.push(`${error.name}: ${error.message}`);
    }
  }
  return results;
}
";
const MIGRATION: &str = "CREATE TABLE acme_shelf_items (id SERIAL PRIMARY KEY, name TEXT NOT NULL UNIQUE, n INTEGER, price NUMERIC(10,2), tags JSONB, gone BOOLEAN, at TIMESTAMPTZ);";

/// Evaluates each expression in one call and compares.
fn gives(cases: &[(&str, Value)]) {
    let world = World::with_shop();
    world.plugin(
        json!({ "slug": "acme-shelf", "permissions": { "database": ["orders"] } }),
        &[("index.js", CODE), ("migrations/0001_items.sql", MIGRATION)],
    );
    world
        .run(["install", "./acme-shelf", "-y", "--accept-permissions=all", "--accept-findings"])
        .exits(0);
    let list: Vec<&str> = cases.iter().map(|(code, _)| *code).collect();
    let input = json!(list).to_string();
    let given = world.run(["invoke", "acme-shelf", "run", "--input", &input, "-q"]).exits(0).json();
    for ((code, expected), given) in cases.iter().zip(given.as_array().unwrap()) {
        assert_eq!(given, expected, "{code}");
    }
}

fn data(value: Value) -> Value {
    json!({ "data": value, "error": null })
}

/// Only what both sides have.
const SHORT: &str = ".then(({ data, error }) => ({ data, error: error && error.code }))";

#[test]
fn the_builder_reads_and_writes_rows_as_its_users_know_them() {
    let two =
        "[{ name: 'a', n: 1, price: 9.5, tags: { k: ['x'] } }, { name: 'b', n: 2, gone: true }]";
    let cases: Vec<(String, Value)> = [
        (
            format!("await t().insert({two})"),
            json!({ "data": null, "error": null, "count": null, "status": 201, "statusText": "Created" }),
        ),
        ("await t().select('name, n, price, tags').eq('name', 'a')".to_owned() + SHORT, data(json!([{ "name": "a", "n": 1, "price": 9.5, "tags": { "k": ["x"] } }]))),
        ("(await t().select()).data.map((row) => Object.keys(row).length)".to_owned(), json!([7, 7])),
        ("(await t().select('name').neq('name', 'a')).data".to_owned(), json!([{ "name": "b" }])),
        ("(await t().select('name').gt('n', 1)).data".to_owned(), json!([{ "name": "b" }])),
        ("(await t().select('name').gte('n', 1).lt('n', 2)).data".to_owned(), json!([{ "name": "a" }])),
        ("(await t().select('name').lte('n', 1)).data".to_owned(), json!([{ "name": "a" }])),
        ("(await t().select('name').like('name', 'A%')).data".to_owned(), json!([])),
        ("(await t().select('name').ilike('name', 'A%')).data".to_owned(), json!([{ "name": "a" }])),
        ("(await t().select('name').in('n', [2, 3])).data".to_owned(), json!([{ "name": "b" }])),
        ("(await t().select('name').in('n', [])).data".to_owned(), json!([])),
        ("(await t().select('name').is('gone', null)).data".to_owned(), json!([{ "name": "a" }])),
        ("(await t().select('name').is('gone', true)).data".to_owned(), json!([{ "name": "b" }])),
        ("(await t().select('name').not('gone', 'is', null)).data".to_owned(), json!([{ "name": "b" }])),
        ("(await t().select('name').or('n.eq.2,price.gt.9')).data.length".to_owned(), json!(2)),
        ("(await t().select('name').contains('tags', { k: ['x'] })).data".to_owned(), json!([{ "name": "a" }])),
        ("(await t().select('name').containedBy('tags', { k: ['x'], l: 1 })).data".to_owned(), json!([{ "name": "a" }])),
        ("(await t().select('name').where({ n: 2, gone: true })).data".to_owned(), json!([{ "name": "b" }])),
        ("(await t().select('name').order('n', { ascending: false })).data".to_owned(), json!([{ "name": "b" }, { "name": "a" }])),
        ("(await t().select('name').order('name').range(1, 5)).data".to_owned(), json!([{ "name": "b" }])),
        ("(await t().select('name').order('name').limit(1)).data".to_owned(), json!([{ "name": "a" }])),
        ("(({ data, count }) => [data, count])(await t().select('*', { count: 'exact', head: true }))".to_owned(), json!([null, 2])),
        ("(({ data, count }) => [data, count])(await t().select('n', { count: 'exact' }).limit(1).order('n'))".to_owned(), json!([[{ "n": 1 }], 2])),
        ("await t().select('n').eq('name', 'a').execute()".to_owned(), json!({ "data": [{ "n": 1 }], "error": null, "count": null })),
        ("await t().select('n').order('n').first()".to_owned(), json!({ "n": 1 })),
        ("await t().select('n').eq('n', 9).first()".to_owned(), Value::Null),
        ("await t().select('n').eq('n', 2).single()".to_owned() + SHORT, data(json!({ "n": 2 }))),
        ("await t().select('n').eq('n', 9).maybeSingle()".to_owned() + SHORT, data(Value::Null)),
        ("await t().select('n').single()".to_owned() + SHORT, json!({ "data": null, "error": "PGRST116" })),
        ("await t().update({ n: 5 }).eq('name', 'a').select('n')".to_owned() + SHORT, data(json!([{ "n": 5 }]))),
        ("(({ data, count, status }) => [data, count, status])(await t().update({ n: 6 }, { count: 'exact' }).eq('name', 'a'))".to_owned(), json!([null, 1, 204])),
        ("await t().upsert({ name: 'a', n: 7 }, { onConflict: 'name' }).select('n').single()".to_owned() + SHORT, data(json!({ "n": 7 }))),
        ("await t().upsert({ name: 'a', n: 8 }, { onConflict: 'n' })".to_owned() + SHORT, json!({ "data": null, "error": "42P10" })),
        ("await t().insert({ name: 'a' })".to_owned() + SHORT, json!({ "data": null, "error": "23505" })),
        ("await supabase.from('nowhere').select()".to_owned() + SHORT, json!({ "data": null, "error": "42P01" })),
        ("await supabase.from('users').select()".to_owned() + SHORT, json!({ "data": null, "error": "DAINO_DENIED" })),
        ("await supabase.rpc('execute_sql', { sql: 'SELECT 1' })".to_owned() + SHORT, json!({ "data": null, "error": "DAINO_DENIED" })),
        ("await t().delete().eq('name', 'b').select('name')".to_owned() + SHORT, data(json!([{ "name": "b" }]))),
        ("(await t().select('name')).data".to_owned(), json!([{ "name": "a" }])),
    ]
    .into();
    let cases: Vec<(&str, Value)> =
        cases.iter().map(|(code, v)| (code.as_str(), v.clone())).collect();
    gives(&cases);
}

/// PostgREST ends such a request with an error and undoes it; so does this.
#[test]
fn a_change_of_several_rows_that_must_be_one_is_undone() {
    let told = ".then((r) => ({ data: r.data, code: r.error?.code, details: r.error?.details, status: r.status }))";
    let rows = "(await t().select('name, n').order('name')).data";
    let before = json!([{ "name": "a", "n": 1 }, { "name": "b", "n": 2 }]);
    let many = || json!({ "data": null, "code": "PGRST116", "details": "The result contains 2 rows", "status": 406 });
    let none = json!({ "data": null, "code": "PGRST116", "details": "The result contains 0 rows", "status": 406 });
    let insert = "await t().insert([{ name: 'c' }, { name: 'd' }])";
    let update = "await t().update({ n: 9 }).gt('n', 0)";
    let delete = "await t().delete().gt('n', 0)";
    let upsert =
        "await t().upsert([{ name: 'a', n: 8 }, { name: 'e', n: 8 }], { onConflict: 'name' })";
    let mut cases = vec![(
        "(await t().insert([{ name: 'a', n: 1 }, { name: 'b', n: 2 }])).status".to_owned(),
        json!(201),
    )];
    for change in [insert, update, delete, upsert] {
        for one in [".select().single()", ".select().maybeSingle()", ".single()"] {
            cases.push((format!("{change}{one}{told}"), many()));
            cases.push((rows.to_owned(), before.clone()));
        }
    }
    cases.extend([
        (format!("await t().update({{ n: 9 }}).eq('n', 77).select().single(){told}"), none),
        (
            format!("await t().update({{ n: 9 }}).eq('n', 77).select().maybeSingle(){SHORT}"),
            data(Value::Null),
        ),
        (
            format!("await t().update({{ n: 3 }}).eq('n', 2).select('n').single(){SHORT}"),
            data(json!({ "n": 3 })),
        ),
        (format!("await t().update({{ n: 4 }}).eq('n', 3).single(){SHORT}"), data(Value::Null)),
        (
            format!("await t().delete().eq('n', 4).select('n').maybeSingle(){SHORT}"),
            data(json!({ "n": 4 })),
        ),
        (rows.to_owned(), json!([{ "name": "a", "n": 1 }])),
    ]);
    let cases: Vec<(&str, Value)> =
        cases.iter().map(|(code, v)| (code.as_str(), v.clone())).collect();
    gives(&cases);
}

#[test]
fn sequelize_query_has_its_shapes_over_a_real_database() {
    gives(&[
        (
            "await sequelize.query('INSERT INTO acme_shelf_items (name, n) VALUES ($1, $2), ($3, $4) RETURNING name', { bind: ['a', 1, 'b', 2], type: sequelize.QueryTypes.INSERT })",
            json!([[{ "name": "a" }, { "name": "b" }], 2]),
        ),
        (
            "await sequelize.query('INSERT INTO acme_shelf_items (name) VALUES ($1) ON CONFLICT (name) DO NOTHING', { bind: ['a'], type: 'INSERT' })",
            json!([[], 0]),
        ),
        (
            "await sequelize.query('SELECT name FROM acme_shelf_items ORDER BY name', { type: 'SELECT' })",
            json!([{ "name": "a" }, { "name": "b" }]),
        ),
        (
            "await sequelize.query('SELECT COUNT(*) AS n, SUM(n) AS s FROM acme_shelf_items', { type: 'SELECT' })",
            json!([{ "n": "2", "s": "3" }]),
        ),
        (
            "await sequelize.query('UPDATE acme_shelf_items SET n = n + 1 WHERE name = $1 RETURNING n', { bind: ['a'], type: 'UPDATE' })",
            json!([[{ "n": 2 }], 1]),
        ),
        (
            "await sequelize.query('UPDATE acme_shelf_items SET n = 0 WHERE name = $1', { bind: ['z'], type: 'UPDATE' })",
            json!([[], 0]),
        ),
        (
            "await sequelize.query('DELETE FROM acme_shelf_items WHERE name = $1 RETURNING name', { bind: ['b'], type: 'DELETE' })",
            json!([{ "name": "b" }]),
        ),
        (
            "(await sequelize.query('SELECT name FROM acme_shelf_items'))[0]",
            json!([{ "name": "a" }]),
        ),
        ("(await sequelize.query('SELECT 1 AS one'))[1].rowCount", json!(1)),
        (
            "await sequelize.query('SELECT name FROM acme_shelf_items', { plain: true })",
            json!({ "name": "a" }),
        ),
        (
            "await sequelize.query('SELECT * FROM users', { type: 'SELECT' })",
            json!("SequelizeDatabaseError: `users` is never given to a plugin"),
        ),
    ]);
}

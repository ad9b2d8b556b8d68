//! Values from outside in the text of SQL.

use super::{STORED, UNSEEN, argument, text_argument};
use crate::check::flow::{CallSite, Hits, Hooks, sink};
use crate::check::rule::{Check, Rule};
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "sql-injection",
    category: Category::Security,
    severity: Severity::Critical,
    class: "sql-injection",
    summary: "A value from outside becomes part of the text of a SQL statement.",
    explanation: "Whoever chooses the value can change what the statement does: read other \
        customers' rows, write or delete. Values belong into bind parameters (`$1`, `?`). Names that \
        cannot be bound, such as a column to sort by, are picked from a list of constants. Numbers, \
        values compared with constants and bind placeholders put together by a counter are not \
        reported.",
    help: "Put a placeholder such as `$1` into the text and pass the value in the list of parameters.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    await ctx.db.query(`SELECT * FROM acme_rows WHERE name = '${input.name}'`);\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "const SORT = { name: 'name', date: 'created_at' };\nexport default class Plugin {\n  async track(input, ctx) {\n    const column = SORT[input.sort] ?? 'name';\n    const parts = [];\n    const binds = [];\n    let i = 1;\n    if (input.name) { parts.push(`name = $${i++}`); binds.push(input.name); }\n    await ctx.db.query(`SELECT id FROM acme_rows WHERE ${parts.join(' AND ')} ORDER BY ${column}`, binds);\n  }\n}\n",
    )],
    check: Check::Flow(Hooks { call: Some(call), ..EMPTY }),
};

const EMPTY: Hooks = super::super::NO_HOOKS;
const WHAT: &str = "becomes part of the text of a SQL statement";

/// Packages that send SQL.
const DRIVERS: &[&str] = &[
    "pg",
    "mysql",
    "mysql2",
    "sqlite3",
    "better-sqlite3",
    "mssql",
    "sequelize",
    "knex",
    "typeorm",
    "pg-promise",
    "tedious",
    "oracledb",
    "mariadb",
    "postgres",
    "spanner",
    "@google-cloud/spanner",
    "@databases/pg",
    "pg-pool",
    "mysql2/promise",
    "promise-mysql",
    "slonik",
    "@prisma/client",
    "@mikro-orm/core",
    "sql.js",
    "massive",
    "objection",
    "bookshelf",
    "waterline",
    "drizzle-orm",
    "kysely",
    "sqlite",
    "serverless-mysql",
    "@vercel/postgres",
    "@neondatabase/serverless",
    "@libsql/client",
    "cassandra-driver",
    "snowflake-sdk",
    "@clickhouse/client",
    "@google-cloud/bigquery",
    "neo4j-driver",
];
/// Words that a database connection is called by.
const NAMES: &[&str] = &[
    "db",
    "database",
    "pool",
    "client",
    "connection",
    "conn",
    "sequelize",
    "knex",
    "pg",
    "mysql",
    "sql",
    "dbclient",
    "pgclient",
    "tx",
    "trx",
    "transaction",
    "querybuilder",
    "repository",
    "manager",
    "entitymanager",
    "prisma",
    "con",
    "session",
    "dbh",
    "dbconn",
    "orm",
];

fn call(call: &CallSite<'_, '_>, hits: &mut Hits<'_>) {
    let is_driver = call.is_of_any(DRIVERS)
        || call.paths.iter().any(|p| p.starts_with("@ctx.db") || p.starts_with("@ctx.sequelize"));
    let looks_like_sql = |index: usize| {
        call.arg(index).is_some_and(|v| is_sql(v.text.as_deref().unwrap_or_default()))
    };
    match call.name {
        "query" | "execute" | "raw" | "run" | "all" | "each" | "get" | "exec" | "queryStream"
        | "prepare" | "any" | "none" | "one" | "many" | "oneOrNone" | "manyOrNone" | "result"
        | "multi" | "whereRaw" | "havingRaw" | "orderByRaw" | "groupByRaw" | "joinRaw"
        | "selectRaw" | "fromRaw" | "literal" | "unsafe" | "$queryRawUnsafe"
        | "$executeRawUnsafe" | "rawQuery" | "batch" | "executeSql" | "runStream" | "runUpdate"
        | "createQueryStream" => {
            let is_raw = call.name.ends_with("Raw")
                || call.name.ends_with("Unsafe")
                || call.name == "literal"
                || call.name == "unsafe";
            let is_named = (call.receiver_is(NAMES) || is_connection(call))
                && !matches!(
                    call.name,
                    "get" | "result" | "any" | "one" | "all" | "each" | "run" | "exec"
                );
            let is_sql_call = is_driver || is_named || is_raw && call.receiver.is_some();
            if call.receiver.is_none() && !is_driver {
                return;
            }
            if !(is_sql_call || looks_like_sql(0)) || call.is_known {
                return;
            }
            if text_argument(call, hits, 0, sink::SQL, STORED, WHAT) {
                return;
            }
            // Text that is plainly SQL with a parameter in it.
            if looks_like_sql(0) && text_argument(call, hits, 0, sink::SQL, UNSEEN, WHAT) {
                return;
            }
            for name in ["sql", "text", "query", "sqlText"] {
                let Some(value) = call.option(0, name) else { continue };
                if let Some((taint, origin)) = call.heap.harmful_text(&value, sink::SQL, STORED) {
                    let message = format!("{} {WHAT}", super::sentence(&origin.what));
                    hits.taint(call.file, call.at(0), taint, message);
                    return;
                }
            }
        }
        "or" | "filter"
            if call
                .paths
                .iter()
                .any(|p| p.starts_with("@ctx.supabase") || p.starts_with("@ctx.db"))
                || call.is_of("@supabase") =>
        {
            argument(call, hits, 0, sink::SQL, STORED, "becomes part of a filter expression");
        }
        "rpc" if call.arg(0).and_then(|v| v.exact()) == Some("execute_sql") => {
            argument(call, hits, 1, sink::SQL, STORED, WHAT);
        }
        _ => {}
    }
}

/// Whether the receiver's name ends like that of a connection: `asyncConn`, `userDb`.
fn is_connection(call: &CallSite<'_, '_>) -> bool {
    let word = crate::check::flow::last_word(call.receiver_words);
    ["Conn", "Connection", "Db", "DB", "Pool", "Sequelize", "Knex"]
        .iter()
        .any(|e| word.ends_with(e))
}

/// Whether text begins like SQL.
pub(in crate::check::rules) fn is_sql(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or_default().to_ascii_uppercase();
    let has = |word: &str| text.to_ascii_uppercase().contains(word);
    match first.as_str() {
        "SELECT" => has(" FROM ") || has("\nFROM ") || text.len() < 12 || words.next().is_some(),
        "INSERT" => has("INTO"),
        "UPDATE" => has(" SET"),
        "DELETE" => has("FROM"),
        "WITH" => has("SELECT"),
        "CREATE" | "DROP" | "ALTER" | "TRUNCATE" => {
            has("TABLE") || has("INDEX") || has("VIEW") || has("DATABASE") || has("SCHEMA")
        }
        _ => false,
    }
}

//! What went wrong, in the form a plugin gets: PostgreSQL's code where there is one, ours
//! otherwise, and what the author can do.

use crate::store::sql::Client;
use tokio_postgres::Error;

use super::super::gate;
use crate::model::resource::Resource;
use crate::sandbox::DatabaseError;

/// A failure with a code and nothing more.
pub(in crate::store) fn plain(code: &str, message: String) -> DatabaseError {
    DatabaseError { code: code.to_owned(), message, detail: None, hint: None }
}

/// The code of a limit of ours.
pub(super) const LIMIT: &str = "DAINO_LIMIT";

/// A limit of ours.
pub(in crate::store) fn limit(message: String) -> DatabaseError {
    plain(LIMIT, message)
}

/// The shop's database is not there.
pub(in crate::store) fn connection(message: &str) -> DatabaseError {
    plain("DAINO_CONNECTION", message.to_owned())
}

/// A value the driver could not read.
pub(super) fn unreadable(column: &str, error: &Error) -> DatabaseError {
    let source = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    plain("DAINO_TYPE", format!("the column `{column}` cannot be read: {source}"))
}

/// What the driver said. `too_much`: the connection received more than it may.
pub(in crate::store) fn of(error: Error, too_much: bool) -> DatabaseError {
    if too_much {
        let mut error = limit("the answer has more than 8 MB".to_owned());
        error.hint = Some("select fewer columns, or read it in pages".to_owned());
        return error;
    }
    let Some(db) = error.as_db_error() else {
        return connection(&format!("the connection to the database was lost: {error}"));
    };
    let code = db.code().code();
    let told = |text: Option<&str>| text.map(str::to_owned);
    match code {
        // statement_timeout, lock_timeout.
        "57014" | "55P03" => {
            limit("the statement took longer than `resourceLimits.timeout`".to_owned())
        }
        // Our own storage functions: the quota, the length of a key.
        "DN001" => limit(db.message().to_owned()),
        "57P01" | "57P02" | "57P03" | "53300" => connection(db.message()),
        _ => DatabaseError {
            code: code.to_owned(),
            message: db.message().to_owned(),
            detail: told(db.detail()),
            hint: told(db.hint()),
        },
    }
}

/// Whether the connection is as good as before: the server refused a statement and that was all.
pub(super) fn is_plain(error: &DatabaseError) -> bool {
    error.code == "DAINO_TYPE"
        || error.code == "DAINO_DENIED"
        || (error.code.len() == 5 && !error.code.starts_with("08"))
}

/// Turns "permission denied" into what is missing: a permission, or columns that none covers.
pub(super) async fn explain_denial(
    error: DatabaseError,
    sql: &str,
    client: &Client,
) -> DatabaseError {
    let table = ["permission denied for table ", "permission denied for view "]
        .iter()
        .find_map(|start| error.message.strip_prefix(start));
    let Some(table) = table.map(|t| t.trim_matches('"').to_owned()) else { return error };
    let denied = |message: String, hint: Option<String>| DatabaseError {
        code: "DAINO_DENIED".to_owned(),
        message,
        detail: error.detail.clone(),
        hint,
    };
    let columns = readable_columns(&table, client).await;
    if !columns.is_empty() && gate::only_reads(sql) {
        return denied(
            format!("the statement reads columns of `{table}` that no permission covers"),
            Some(format!("name the columns it may read: {}", columns.join(", "))),
        );
    }
    match Resource::of_table(&table) {
        Some(resource) if columns.is_empty() => denied(
            format!("`{table}` needs the permission `{resource}`"),
            Some(format!("add \"{resource}\" to permissions.database in manifest.json")),
        ),
        Some(resource) => denied(
            format!("the statement changes more of `{table}` than the plugin may"),
            Some(format!(
                "`{resource}:write` and `{resource}:delete` in permissions.database say what it may change"
            )),
        ),
        None => {
            denied(format!("`{table}` is not this plugin's, and no permission covers it"), None)
        }
    }
}

/// Columns that the plugin's own role may read.
async fn readable_columns(table: &str, client: &Client) -> Vec<String> {
    let rows = client
        .query(
            "SELECT a.attname::text FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = pg_catalog.to_regclass($1)
               AND a.attnum > 0 AND NOT a.attisdropped
               AND pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')
             ORDER BY a.attnum",
            &[&client.shop_table(table)],
        )
        .await;
    rows.unwrap_or_default().into_iter().map(|row| row.get(0)).collect()
}

//! Reads from a shop's database: one statement, in a transaction that cannot write.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, Observer};
use crate::ops::open_shop::{ShopPlace, in_shop};
use crate::store::StoreError;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&STATEMENT];

static STATEMENT: ErrorCode = ErrorCode {
    id: "store.query",
    exit: ExitCode::Usage,
    meaning: "The statement cannot be run: it is not one SELECT, or the database refused it.",
    remedy: "Give one statement that gives rows, such as `SELECT id, status FROM sales_orders`. Nothing can be written this way.",
};

/// What to read.
#[derive(Debug, Clone)]
pub(crate) struct StoreQueryRequest {
    /// The shop.
    pub place: ShopPlace,
    /// One statement that gives rows.
    pub sql: String,
    /// Most rows.
    pub limit: u32,
}

/// What was read.
#[derive(Debug, Serialize)]
pub(crate) struct StoreQueryOutcome {
    /// Names of the columns, in order.
    pub columns: Vec<String>,
    /// The rows, by column.
    pub rows: Vec<Map<String, Value>>,
    /// Whether there are more rows.
    pub has_more: bool,
}

/// Reads, as the shop's owner. Nothing is written, whatever the statement is.
pub(crate) async fn store_query(
    request: StoreQueryRequest,
    observer: &dyn Observer,
) -> Result<StoreQueryOutcome, Failure> {
    in_shop(&request.place, observer, async |shop| {
        let mut admin = shop.admin().await?;
        let transaction = admin.reading_transaction();
        let transaction = transaction.await.map_err(StoreError::from)?;
        let setup = "SET LOCAL statement_timeout = '30s'";
        transaction.batch_execute(setup).await.map_err(StoreError::from)?;
        let sql = request.sql.trim().trim_end_matches(';');
        let refused = |error: tokio_postgres::Error| {
            Failure::new(&STATEMENT, "the statement cannot be run")
                .caused_by(&StoreError::from(error))
                .hint("give one statement that gives rows; nothing can be written this way")
        };
        let statement = transaction.prepare(sql).await.map_err(refused)?;
        let columns: Vec<String> =
            statement.columns().iter().map(|column| column.name().to_owned()).collect();
        if columns.is_empty() {
            return Err(Failure::new(&STATEMENT, "the statement gives no rows")
                .hint("give one statement that gives rows; nothing can be written this way"));
        }
        let limit = request.limit as usize;
        // The line end closes a comment at the end of the statement.
        let wrapped = format!(
            "SELECT row_to_json(row_of_query)::text FROM ({sql}\n) AS row_of_query LIMIT {}",
            limit + 1
        );
        let found = transaction.query(&wrapped, &[]).await.map_err(refused)?;
        let rows: Vec<Map<String, Value>> = found
            .iter()
            .take(limit)
            .map(|row| serde_json::from_str(row.get(0)).unwrap_or_default())
            .collect();
        Ok(StoreQueryOutcome { columns, rows, has_more: found.len() > limit })
    })
    .await
}

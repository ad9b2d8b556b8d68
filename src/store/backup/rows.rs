//! Rows of tables, out and in again: COPY text, streamed, with a sum that says whether both are
//! the same rows.

use std::path::Path;

use crate::store::sql::Client;
use bytes::Bytes;
use futures_util::{SinkExt, StreamExt, pin_mut};

use super::cut::Sizes;
use super::objects::ObjectWriter;
use super::parts::{PartReader, PartWriter};
use super::{BackupError, quote};
use crate::model::backup::BackupPart;

/// Number and sum of rows. The sum does not depend on their order: of each row's MD5 both halves
/// are added up. It guards against losing rows, not against an attacker; the digests do that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Number of rows.
    pub rows: u64,
    /// The sums of both halves.
    pub checksum: String,
}

/// Columns of a table that can be written, in order; generated ones compute themselves.
pub(super) async fn columns(
    sql: &Client,
    schema: &str,
    table: &str,
) -> Result<Vec<String>, BackupError> {
    names(
        sql,
        "SELECT a.attname::text FROM pg_attribute a
             JOIN pg_class c ON c.oid = a.attrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0
               AND NOT a.attisdropped AND a.attgenerated = ''
             ORDER BY a.attnum",
        schema,
        table,
    )
    .await
}

/// Columns of a table's primary key; none when it has none.
pub(super) async fn key(
    sql: &Client,
    schema: &str,
    table: &str,
) -> Result<Vec<String>, BackupError> {
    names(
        sql,
        "SELECT a.attname::text FROM pg_constraint k
             JOIN pg_class c ON c.oid = k.conrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace
             CROSS JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS o (attnum, place)
             JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = o.attnum
             WHERE n.nspname = $1 AND c.relname = $2 AND k.contype = 'p'
             ORDER BY o.place",
        schema,
        table,
    )
    .await
}

/// The names that a query about a table gives.
async fn names(
    sql: &Client,
    query: &str,
    schema: &str,
    table: &str,
) -> Result<Vec<String>, BackupError> {
    let rows = sql.query(query, &[&schema, &table]).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// A selection of rows: a table, or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Selection {
    from: String,
    columns: String,
    /// What of a row is summed up.
    summed: String,
}

impl Selection {
    /// Every row of a table.
    pub(super) fn table(schema: &str, table: &str, columns: &[String]) -> Self {
        // Of a table, what its generated columns came to counts, too.
        let from = format!("{}.{} t", quote(schema), quote(table));
        Self { from, columns: list(columns), summed: "t".to_owned() }
    }

    /// The rows of the plugin's own store.
    pub(super) fn data(slug: &crate::model::PluginSlug, columns: &[String]) -> Self {
        // A slug holds nothing that a literal would have to escape.
        let from = format!("public.plugin_data WHERE plugin_id = '{slug}'");
        let summed = format!("ROW({})", list(columns));
        Self { from, columns: list(columns), summed }
    }

    /// The rows of the temporary table that such rows were loaded into.
    pub(super) fn loaded_data(table: &str, columns: &[String]) -> Self {
        let summed = format!("ROW({})", list(columns));
        Self { from: format!("pg_temp.{}", quote(table)), columns: list(columns), summed }
    }

    /// Counts and sums the rows.
    pub(super) async fn tally(&self, sql: &Client) -> Result<Tally, BackupError> {
        let half = |start: u8| {
            format!("COALESCE(sum(('x' || substr(h, {start}, 16))::bit(64)::bigint::numeric), 0)")
        };
        let row = format!(
            "SELECT count(*), {} || ':' || {} FROM (SELECT md5({}::text) AS h FROM {}) r",
            half(1),
            half(17),
            self.summed,
            self.from
        );
        let row = sql.query_one(&row, &[]).await?;
        let rows: i64 = row.try_get(0)?;
        Ok(Tally { rows: rows.unsigned_abs(), checksum: row.try_get(1)? })
    }

    /// Writes the rows into a new part, in the order of the key, so that two backups have the same
    /// rows at the same place.
    pub(super) async fn write(
        &self,
        sql: &Client,
        objects: &mut ObjectWriter,
        key: &[String],
    ) -> Result<BackupPart, BackupError> {
        let mut writer = PartWriter::new(objects, Sizes::ROWS);
        let order = match key {
            [] => String::new(),
            key => format!(" ORDER BY {}", list(key)),
        };
        let copy = format!("COPY (SELECT {} FROM {}{order}) TO STDOUT", self.columns, self.from);
        let stream = sql.copy_out(copy.as_str()).await?;
        pin_mut!(stream);
        while let Some(piece) = stream.next().await {
            writer.write(&piece?)?;
        }
        writer.finish()
    }
}

fn list(columns: &[String]) -> String {
    columns.iter().map(|column| quote(column)).collect::<Vec<_>>().join(", ")
}

/// Puts the rows of a part into a table.
pub(super) async fn load(
    sql: &Client,
    dir: &Path,
    part: &BackupPart,
    table: &str,
    columns: &[String],
) -> Result<(), BackupError> {
    let mut reader = PartReader::open(dir, part)?;
    let copy = format!("COPY {table} ({}) FROM STDIN", list(columns));
    let sink = sql.copy_in::<Bytes>(copy.as_str()).await?;
    pin_mut!(sink);
    loop {
        let piece = reader.next()?;
        if piece.is_empty() {
            break;
        }
        sink.send(Bytes::from(piece)).await?;
    }
    sink.finish().await?;
    Ok(())
}

//! The definitions of a plugin's database objects, written from PostgreSQL's own catalog.
//!
//! Names are written without a schema, so the same text builds the objects in the shop's schema or
//! in a scratch one. Two texts are equal exactly when the objects are. What cannot be written is an
//! error, never left out.

use crate::store::sql::Client;
use serde::{Deserialize, Serialize};
use tokio_postgres::Row;

use super::{BackupError, quote};
use crate::model::backup::{BackupObject, SequenceState};
use crate::model::installed::ObjectKind;

/// Definitions in two parts, each a list of statements: rows go in between.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Definitions {
    /// Types, sequences, tables.
    pub before_rows: Vec<String>,
    /// Keys, checks, indexes, foreign keys, views, comments.
    pub after_rows: Vec<String>,
}

impl Definitions {
    /// Every statement.
    pub(crate) fn all(&self) -> impl Iterator<Item = &String> {
        self.before_rows.iter().chain(&self.after_rows)
    }

    /// The first statement that only one of both has. The order of a table's columns does not count:
    /// a column that was dropped and made again is the last one.
    pub(crate) fn first_difference(&self, other: &Self) -> Option<String> {
        let normal = |statement: &String| {
            let mut lines: Vec<String> = statement
                .lines()
                .map(|line| line.trim().trim_end_matches(',').to_owned())
                .collect();
            lines.sort();
            lines
        };
        let only_in = |one: &Self, other: &Self| {
            let known: Vec<_> = other.all().map(normal).collect();
            one.all().find(|statement| !known.contains(&normal(statement))).cloned()
        };
        only_in(self, other).or_else(|| only_in(other, self))
    }
}

/// Writes the definitions of `objects`, which are in `schema`. Names visible from there are written
/// short; the caller's search path must begin with `schema`.
pub(crate) async fn write(
    sql: &Client,
    schema: &str,
    objects: &[BackupObject],
) -> Result<Definitions, BackupError> {
    let names = |kind: ObjectKind| -> Vec<String> {
        objects.iter().filter(|o| o.kind == kind).map(|o| o.name.clone()).collect()
    };
    let tables = names(ObjectKind::Table);
    refuse_odd(sql, schema, &tables).await?;
    let mut before = Vec::new();
    let types = names(ObjectKind::Type);
    append(&mut before, &sql.query(TYPES, &[&schema, &types]).await?)?;
    if before.len() != types.len() {
        return Err(BackupError::Unsupported(format!("one of the types {}", types.join(", "))));
    }
    append(&mut before, &sql.query(SEQUENCES, &[&schema, &names(ObjectKind::Sequence)]).await?)?;
    for table in &tables {
        before.push(create_table(sql, schema, table).await?);
    }
    let mut after = Vec::new();
    for query in [CONSTRAINTS, INDEXES, FOREIGN_KEYS] {
        append(&mut after, &sql.query(query, &[&schema, &tables]).await?)?;
    }
    append(&mut after, &sql.query(VIEWS, &[&schema, &names(ObjectKind::View)]).await?)?;
    append(&mut after, &sql.query(COMMENTS, &[&schema, &tables]).await?)?;
    Ok(Definitions { before_rows: before, after_rows: after })
}

fn append(list: &mut Vec<String>, rows: &[Row]) -> Result<(), BackupError> {
    for row in rows {
        list.push(row.try_get::<_, &str>(0)?.trim().trim_end_matches(';').to_owned());
    }
    Ok(())
}

/// Refuses tables that the text below would not describe whole.
async fn refuse_odd(sql: &Client, schema: &str, tables: &[String]) -> Result<(), BackupError> {
    let odd = sql
        .query_opt(
            "SELECT c.relname::text,
                    CASE WHEN c.relkind = 'p' THEN 'a partitioned table'
                         WHEN c.relkind = 'f' THEN 'a foreign table'
                         WHEN c.relrowsecurity THEN 'a table with row-level security'
                         WHEN EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
                           THEN 'a table with triggers'
                         ELSE 'a table that inherits' END
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $1 AND c.relname = ANY($2)
               AND (c.relkind NOT IN ('r') OR c.relrowsecurity OR c.relispartition
                    OR EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = c.oid AND NOT g.tgisinternal)
                    OR EXISTS (SELECT FROM pg_inherits i WHERE c.oid IN (i.inhrelid, i.inhparent)))
             LIMIT 1",
            &[&schema, &tables],
        )
        .await?;
    match odd {
        None => Ok(()),
        Some(row) => {
            let (name, what): (String, String) = (row.try_get(0)?, row.try_get(1)?);
            Err(BackupError::Unsupported(format!("{what} (`{name}`)")))
        }
    }
}

async fn create_table(sql: &Client, schema: &str, table: &str) -> Result<String, BackupError> {
    let rows = sql.query(COLUMNS, &[&schema, &table]).await?;
    let columns: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    let options = sql
        .query_one(
            "SELECT CASE WHEN c.relpersistence = 'u' THEN 'UNLOGGED ' ELSE '' END,
                    COALESCE(' WITH (' || array_to_string(c.reloptions, ', ') || ')', '')
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = $1 AND c.relname = $2",
            &[&schema, &table],
        )
        .await?;
    let (unlogged, with): (String, String) = (options.try_get(0)?, options.try_get(1)?);
    let name = quote(table);
    Ok(format!("CREATE {unlogged}TABLE {name} (\n  {}\n){with}", columns.join(",\n  ")))
}

const COLUMNS: &str = "
SELECT format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod))
  || CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
          THEN ' COLLATE ' || quote_ident(co.collname) ELSE '' END
  || CASE a.attidentity
       WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY'
       WHEN 'd' THEN ' GENERATED BY DEFAULT AS IDENTITY' ELSE '' END
  || CASE WHEN a.attidentity <> '' THEN (
       SELECT CASE
         WHEN s.relname <> left(c.relname || '_' || a.attname || '_seq', 63)
           THEN format(' (SEQUENCE NAME %I START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s)',
                       s.relname, q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
                       CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END)
         WHEN q.seqstart <> 1 OR q.seqincrement <> 1 OR q.seqmin <> 1 OR q.seqcache <> 1 OR q.seqcycle
           THEN format(' (START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s)',
                       q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache,
                       CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END)
         ELSE '' END
       FROM pg_depend dep JOIN pg_class s ON s.oid = dep.objid JOIN pg_sequence q ON q.seqrelid = s.oid
       WHERE dep.classid = 'pg_class'::regclass AND dep.refclassid = 'pg_class'::regclass
         AND dep.refobjid = c.oid AND dep.refobjsubid = a.attnum AND dep.deptype = 'i') ELSE '' END
  || CASE WHEN a.attgenerated = 's'
          THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
          WHEN d.adbin IS NOT NULL THEN ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid)
          ELSE '' END
  || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_collation co ON co.oid = a.attcollation
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE n.nspname = $1 AND c.relname = $2 AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY a.attnum";

const TYPES: &str = "
SELECT format('CREATE TYPE %I AS ENUM (%s)', t.typname,
              string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder))
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid
WHERE n.nspname = $1 AND t.typname = ANY($2)
GROUP BY t.typname ORDER BY t.typname";

/// Sequences of their own; those of identity columns come with the column.
const SEQUENCES: &str = "
SELECT format('CREATE SEQUENCE %I AS %s START WITH %s INCREMENT BY %s MINVALUE %s MAXVALUE %s CACHE %s%s',
              c.relname, format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmin,
              q.seqmax, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END)
FROM pg_sequence q JOIN pg_class c ON c.oid = q.seqrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = ANY($2)
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'i'
                    AND d.classid = 'pg_class'::regclass)
ORDER BY c.relname";

const CONSTRAINTS: &str = "
SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', c.relname, k.conname,
              pg_get_constraintdef(k.oid, true))
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = ANY($2) AND k.contype IN ('p', 'u', 'x', 'c')
ORDER BY c.relname, k.contype <> 'p', k.conname";

const FOREIGN_KEYS: &str = "
SELECT format('ALTER TABLE %I ADD CONSTRAINT %I %s', c.relname, k.conname,
              pg_get_constraintdef(k.oid, true))
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = ANY($2) AND k.contype = 'f'
ORDER BY c.relname, k.conname";

/// Indexes that no constraint brings.
const INDEXES: &str = "
SELECT pg_get_indexdef(i.indexrelid, 0, true)
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
JOIN pg_class x ON x.oid = i.indexrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = ANY($2)
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u', 'x'))
ORDER BY c.relname, x.relname";

/// Views in the order they were made, so that each finds the ones it reads.
const VIEWS: &str = "
SELECT format('CREATE VIEW %I AS %s', c.relname, pg_get_viewdef(c.oid, true))
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = $1 AND c.relname = ANY($2) AND c.relkind = 'v'
ORDER BY c.oid";

const COMMENTS: &str = "
SELECT CASE WHEN d.objsubid = 0
            THEN format('COMMENT ON TABLE %I IS %L', c.relname, d.description)
            ELSE format('COMMENT ON COLUMN %I.%I IS %L', c.relname, a.attname, d.description) END
FROM pg_description d JOIN pg_class c ON c.oid = d.objoid AND d.classoid = 'pg_class'::regclass
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.objsubid
WHERE n.nspname = $1 AND c.relname = ANY($2)
ORDER BY c.relname, d.objsubid";

/// Sequences that come with `objects`: their own and those of identity columns.
pub(super) async fn sequences(
    sql: &Client,
    schema: &str,
    objects: &[BackupObject],
) -> Result<Vec<SequenceState>, BackupError> {
    let names: Vec<&str> = objects.iter().map(|object| object.name.as_str()).collect();
    let rows = sql
        .query(
            "SELECT s.relname::text, o.table_name, o.column_name
             FROM pg_class s JOIN pg_namespace n ON n.oid = s.relnamespace
             LEFT JOIN LATERAL (
               SELECT c.relname::text AS table_name, a.attname::text AS column_name, d.deptype
               FROM pg_depend d JOIN pg_class c ON c.oid = d.refobjid
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
               WHERE d.objid = s.oid AND d.deptype IN ('i', 'a')
                 AND d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass
             ) o ON true
             WHERE n.nspname = $1 AND s.relkind = 'S'
               AND (s.relname = ANY($2) OR o.table_name = ANY($2))
             ORDER BY 1",
            &[&schema, &names],
        )
        .await?;
    let mut states = Vec::new();
    for row in rows {
        let name: String = row.try_get(0)?;
        let owner: (Option<String>, Option<String>) = (row.try_get(1)?, row.try_get(2)?);
        let query = format!("SELECT last_value, is_called FROM {}.{}", quote(schema), quote(&name));
        let row = sql.query_one(&query, &[]).await?;
        states.push(SequenceState {
            name,
            value: row.try_get(0)?,
            is_called: row.try_get(1)?,
            owned_by: owner.0.zip(owner.1),
        });
    }
    Ok(states)
}

/// Puts sequences where they stood.
pub(super) async fn set_sequences(
    sql: &Client,
    schema: &str,
    states: &[SequenceState],
) -> Result<(), BackupError> {
    for state in states {
        let name = format!("{}.{}", quote(schema), quote(&state.name));
        sql.execute(
            "SELECT setval($1::text::regclass, $2, $3)",
            &[&name, &state.value, &state.is_called],
        )
        .await?;
        if let Some((table, column)) = &state.owned_by {
            own(sql, &name, &format!("{}.{}", quote(schema), quote(table)), column).await?;
        }
    }
    Ok(())
}

/// Binds a sequence to its column. That of an identity column is bound already.
async fn own(sql: &Client, name: &str, table: &str, column: &str) -> Result<(), BackupError> {
    let query = "SELECT attidentity <> '' FROM pg_attribute
                 WHERE attrelid = $1::text::regclass AND attname = $2";
    let row = sql.query_opt(query, &[&table, &column]).await?;
    if let Some(false) = row.map(|row| row.try_get::<_, bool>(0)).transpose()? {
        let alter = format!("ALTER SEQUENCE {name} OWNED BY {table}.{}", quote(column));
        sql.batch_execute(&alter).await?;
    }
    Ok(())
}

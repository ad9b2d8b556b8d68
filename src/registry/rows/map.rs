//! The index as a Merkle map: its buckets and pages, and which of their files nothing leads to any
//! more. Setting a name changes a bucket, a page and the map, however many names there are.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::RegistryError;
use crate::model::Digest;
use crate::trust::map::{Bucket, empty_map, empty_page, hash_bucket, place};
use crate::trust::tlog::hash_tile;

/// Number of the row that holds the hashes of all pages.
const MAP: i64 = 256;
/// How many entries long the files of an older map are kept: for those who read an older checkpoint.
const KEPT: u64 = 4_096;

/// A file of the map, below `map/`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::registry) struct MapFile {
    /// Where it lies.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The address below `map/` of a bucket or a page with this hash.
pub(in crate::registry) fn path_of(hash: &Digest) -> String {
    let hex = hash.hex();
    format!("{}/{hex}", &hex[..2])
}

/// The address below `map/` of the map at a checkpoint of this size.
pub(in crate::registry) fn path_at(size: u64) -> String {
    format!("top/{size}")
}

fn number(page: u8, inner: u8) -> i64 {
    i64::from(page) << 8 | i64::from(inner)
}

fn lines(connection: &Connection, number: i64) -> Result<String, RegistryError> {
    let mut select =
        connection.prepare_cached("SELECT lines FROM map_buckets WHERE number = ?1")?;
    Ok(select.query_row([number], |row| row.get(0)).optional()?.unwrap_or_default())
}

fn hashes(connection: &Connection, number: i64) -> Result<Option<Vec<Digest>>, RegistryError> {
    let mut select = connection.prepare_cached("SELECT hashes FROM map_pages WHERE number = ?1")?;
    let bytes: Option<Vec<u8>> = select.query_row([number], |row| row.get(0)).optional()?;
    let Some(bytes) = bytes else { return Ok(None) };
    let (hashes, rest) = bytes.as_chunks::<32>();
    if hashes.len() != 256 || !rest.is_empty() {
        return Err(RegistryError::Row("page of the map"));
    }
    Ok(Some(hashes.iter().map(|hash| Digest::from_raw(*hash)).collect()))
}

fn bytes(hashes: &[Digest]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.raw()).collect()
}

fn set_hashes(
    change: &Connection,
    number: i64,
    hashes: &[Digest],
) -> Result<Digest, RegistryError> {
    let mut insert = change.prepare_cached(
        "INSERT INTO map_pages (number, hashes) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET hashes = excluded.hashes",
    )?;
    insert.execute(params![number, bytes(hashes)])?;
    hash_tile(hashes).ok_or(RegistryError::Row("page of the map"))
}

/// Sets the digest of a name's index file. `size` is that of the log before.
pub(in crate::registry) fn set(
    change: &Connection,
    name: &str,
    digest: Digest,
    size: u64,
) -> Result<(), RegistryError> {
    let (page, inner) = place(name);
    let before = lines(change, number(page, inner))?;
    let mut bucket = Bucket::read(&before).ok_or(RegistryError::Row("bucket of the map"))?;
    bucket.set(name, digest);
    let after = bucket.write();
    if after == before {
        return Ok(());
    }
    let mut insert = change.prepare_cached(
        "INSERT INTO map_buckets (number, lines) VALUES (?1, ?2)
         ON CONFLICT DO UPDATE SET lines = excluded.lines",
    )?;
    insert.execute(params![number(page, inner), after])?;
    if !before.is_empty() {
        retire(change, &path_of(&hash_bucket(&before)), size)?;
    }
    let old = hashes(change, i64::from(page))?;
    if let Some(hash) = old.as_deref().and_then(hash_tile) {
        retire(change, &path_of(&hash), size)?;
    }
    let mut row = old.unwrap_or_else(empty_page);
    row[usize::from(inner)] = hash_bucket(&after);
    let hash = set_hashes(change, i64::from(page), &row)?;
    let mut map = hashes(change, MAP)?.unwrap_or_else(empty_map);
    map[usize::from(page)] = hash;
    set_hashes(change, MAP, &map)?;
    Ok(())
}

/// The root of the map.
pub(in crate::registry) fn root(connection: &Connection) -> Result<Digest, RegistryError> {
    let map = hashes(connection, MAP)?.unwrap_or_else(empty_map);
    hash_tile(&map).ok_or(RegistryError::Row("page of the map"))
}

fn retire(change: &Connection, path: &str, size: u64) -> Result<(), RegistryError> {
    let since = i64::try_from(size).map_err(|_| RegistryError::Row("log size"))?;
    change
        .prepare_cached("INSERT OR REPLACE INTO map_obsolete (path, since) VALUES (?1, ?2)")?
        .execute(params![path, since])?;
    Ok(())
}

/// Ends the map of the checkpoint of `size`; returns the files that are too old to be read by
/// anybody. `witnessed` is the size of the checkpoint that clients with a policy read.
pub(in crate::registry) fn close(
    change: &Connection,
    size: u64,
    witnessed: u64,
) -> Result<Vec<String>, RegistryError> {
    if size > 0 {
        retire(change, &path_at(size), size)?;
    }
    let limit = i64::try_from(size.saturating_sub(KEPT).min(witnessed)).unwrap_or(0);
    let mut select = change.prepare_cached(
        "DELETE FROM map_obsolete WHERE path IN
             (SELECT path FROM map_obsolete WHERE since < ?1 ORDER BY since LIMIT 64)
         RETURNING path",
    )?;
    let rows = select.query_map([limit], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The files that lead to these names at the checkpoint of `size`, buckets first.
pub(in crate::registry) fn files(
    connection: &Connection,
    names: &[String],
    size: u64,
) -> Result<Vec<MapFile>, RegistryError> {
    let mut files = Vec::new();
    for name in names {
        let (page, inner) = place(name);
        let lines = lines(connection, number(page, inner))?;
        files.push(MapFile { path: path_of(&hash_bucket(&lines)), bytes: lines.into_bytes() });
        let row = hashes(connection, i64::from(page))?.unwrap_or_else(empty_page);
        let hash = hash_tile(&row).ok_or(RegistryError::Row("page of the map"))?;
        files.push(MapFile { path: path_of(&hash), bytes: bytes(&row) });
    }
    let map = hashes(connection, MAP)?.unwrap_or_else(empty_map);
    files.push(MapFile { path: path_at(size), bytes: bytes(&map) });
    Ok(files)
}

/// Every file of the map at the checkpoint of `size`: all buckets and pages, those that are empty
/// too, which prove that a name is not there.
pub(in crate::registry) fn all_files(
    connection: &Connection,
    size: u64,
) -> Result<Vec<MapFile>, RegistryError> {
    let mut files = files(connection, &[], size)?;
    let page = empty_page();
    let hash = hash_tile(&page).ok_or(RegistryError::Row("page of the map"))?;
    files.push(MapFile { path: path_of(&hash), bytes: bytes(&page) });
    files.push(MapFile { path: path_of(&hash_bucket("")), bytes: Vec::new() });
    let mut select = connection.prepare_cached("SELECT lines FROM map_buckets")?;
    for lines in select.query_map([], |row| row.get::<_, String>(0))? {
        let lines = lines?;
        files.push(MapFile { path: path_of(&hash_bucket(&lines)), bytes: lines.into_bytes() });
    }
    for number in 0..MAP {
        let Some(row) = hashes(connection, number)? else { continue };
        let hash = hash_tile(&row).ok_or(RegistryError::Row("page of the map"))?;
        files.push(MapFile { path: path_of(&hash), bytes: bytes(&row) });
    }
    Ok(files)
}

/// The files of older maps that are kept.
pub(in crate::registry) fn obsolete(connection: &Connection) -> Result<Vec<String>, RegistryError> {
    let mut select = connection.prepare_cached("SELECT path FROM map_obsolete")?;
    let rows = select.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

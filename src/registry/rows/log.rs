//! The log: its entries, and the tiles of hashes over them. Adding an entry writes one tile, and
//! now and then the one above it, however long the log is.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::RegistryError;
use super::statements::Logged;
use crate::model::Digest;
use crate::trust::tlog::{self, Node, Tile, TileKind, WIDTH};

/// Bytes of a hash.
const HASH: usize = 32;

/// How many entries there are.
pub(in crate::registry) fn size(connection: &Connection) -> Result<u64, RegistryError> {
    let mut select =
        connection.prepare_cached("SELECT coalesce(max(position) + 1, 0) FROM log_entries")?;
    let size: i64 = select.query_row([], |row| row.get(0))?;
    u64::try_from(size).map_err(|_| RegistryError::Row("log size"))
}

/// Up to which size everything below `public/` is known to be on the disk.
pub(in crate::registry) fn settled(connection: &Connection) -> Result<u64, RegistryError> {
    let size: i64 = connection.query_row("SELECT size FROM settled", [], |row| row.get(0))?;
    u64::try_from(size).map_err(|_| RegistryError::Row("log size"))
}

/// Notes that everything below `public/` is on the disk.
pub(in crate::registry) fn settle(change: &Connection) -> Result<(), RegistryError> {
    let size = signed(size(change)?)?;
    change.execute("UPDATE settled SET size = ?1 WHERE size <> ?1", [size])?;
    Ok(())
}

/// Adds an entry, and returns its place.
pub(in crate::registry) fn append(change: &Connection, entry: &[u8]) -> Result<u64, RegistryError> {
    let position = size(change)?;
    change
        .prepare_cached("INSERT INTO log_entries (position, entry) VALUES (?1, ?2)")?
        .execute(params![signed(position)?, entry])?;
    let mut hash = tlog::hash_leaf(entry);
    for level in 0u8..8 {
        let at = position >> (8 * u32::from(level));
        let (number, inner) = (at / WIDTH, at % WIDTH);
        let mut hashes = if inner == 0 { Vec::new() } else { tile(change, level, number)? };
        if hashes.len() as u64 != inner {
            return Err(RegistryError::Row("log tile"));
        }
        hashes.push(hash);
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash| *hash.raw()).collect();
        change
            .prepare_cached(
                "INSERT INTO log_tiles (level, number, hashes) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET hashes = excluded.hashes",
            )?
            .execute(params![level, signed(number)?, bytes])?;
        if inner + 1 < WIDTH {
            break;
        }
        hash = tlog::hash_tile(&hashes).ok_or(RegistryError::Row("log tile"))?;
    }
    Ok(position)
}

/// The root of the tree over all entries.
pub(in crate::registry) fn root(
    connection: &Connection,
    size: u64,
) -> Result<Digest, RegistryError> {
    let wrong = || RegistryError::Row("log tile");
    let hash = |node: Node| {
        let (place, range) = Tile::of_node(node, size).ok_or_else(wrong)?;
        let hashes = tile(connection, node.level / 8, place.number)?;
        let hash = hashes.get(range).and_then(tlog::hash_tile).ok_or_else(wrong)?;
        Ok((node, hash))
    };
    let row = tlog::nodes(size, &[]).into_iter().map(hash);
    tlog::root(size, &row.collect::<Result<Vec<_>, RegistryError>>()?).ok_or_else(wrong)
}

/// The bytes of a file of the log.
pub(in crate::registry) fn file(
    connection: &Connection,
    file: Tile,
) -> Result<Vec<u8>, RegistryError> {
    let wrong = || RegistryError::Row("log tile");
    match file.kind {
        TileKind::Hashes(level) => {
            let hashes = tile(connection, level, file.number)?;
            let hashes = hashes.get(..file.width as usize).ok_or_else(wrong)?;
            Ok(hashes.iter().flat_map(|hash| *hash.raw()).collect())
        }
        TileKind::Entries => {
            let mut select = connection.prepare_cached(
                "SELECT entry FROM log_entries WHERE position >= ?1 AND position < ?2
                 ORDER BY position",
            )?;
            let first = file.number * WIDTH;
            let range = params![signed(first)?, signed(first + file.width)?];
            let rows = select.query_map(range, |row| row.get(0))?;
            let entries = rows.collect::<Result<Vec<Vec<u8>>, _>>()?;
            tlog::bundle(&entries).filter(|_| entries.len() as u64 == file.width).ok_or_else(wrong)
        }
    }
}

/// The entry at a place.
pub(in crate::registry) fn entry(
    connection: &Connection,
    position: u64,
) -> Result<Logged, RegistryError> {
    let mut select =
        connection.prepare_cached("SELECT entry FROM log_entries WHERE position = ?1")?;
    let entry = select.query_row([signed(position)?], |row| row.get(0))?;
    Ok(Logged { position, entry })
}

fn tile(connection: &Connection, level: u8, number: u64) -> Result<Vec<Digest>, RegistryError> {
    let mut select = connection
        .prepare_cached("SELECT hashes FROM log_tiles WHERE level = ?1 AND number = ?2")?;
    let bytes: Option<Vec<u8>> =
        select.query_row(params![level, signed(number)?], |row| row.get(0)).optional()?;
    let hashes = bytes.as_deref().unwrap_or_default().chunks(HASH).map(|chunk| {
        let hash: [u8; HASH] = chunk.try_into().map_err(|_| RegistryError::Row("log tile"))?;
        Ok(Digest::from_raw(hash))
    });
    hashes.collect()
}

fn signed(number: u64) -> Result<i64, RegistryError> {
    i64::try_from(number).map_err(|_| RegistryError::Row("log size"))
}

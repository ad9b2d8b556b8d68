//! The transparency log of a registry, as pure values: what an entry is, how entries make a tree,
//! where its tiles are, and what a checkpoint says.
//!
//! Formats: C2SP tlog-tiles (tiles of 256 hashes, entry bundles), tlog-checkpoint and signed-note
//! (c2sp.org); hashes by RFC 6962: `SHA-256(0x00 || entry)` and `SHA-256(0x01 || left || right)`.

#![cfg_attr(
    not(feature = "registry-server"),
    allow(dead_code, unused_imports, reason = "only a registry writes a log")
)]

mod checkpoint;
mod entry;
mod note;
mod proof;
mod tile;
mod tree;

pub(crate) use checkpoint::Checkpoint;
pub(crate) use entry::{Entry, index_line};
pub(crate) use note::LogKey;
pub(crate) use proof::{Claim, Fault};
pub(crate) use tile::{Tile, TileKind, WIDTH, bundle, entries_of};
pub(crate) use tree::{Node, hash_leaf, hash_pair, hash_tile, nodes, root, root_of_leaves};

//! The registry service: takes signed releases, keeps them for ever, gives them to everyone.
//!
//! What clients read are plain files below `DATA/public` (index, blobs), which any web server can
//! serve; the database behind them is for publishing, tokens and search. Publishing is two-phase:
//! the blob is on the disk before the database row that names it, and the index file is made from
//! the database afterwards. Whatever a crash leaves in between is put right at the next start
//! ([`reconcile`]). The interface is in `docs/registry-api.md`, operating it in
//! `docs/registry.md`.

mod answer;
mod app;
mod blobs;
mod caller;
mod config;
mod connection;
mod data_dir;
mod error;
mod log;
mod pages;
mod problem;
mod publish;
mod rates;
mod reconcile;
mod resources;
mod routes;
mod rows;
mod server;
mod staged;
mod statement;
#[cfg(test)]
mod tests;
mod tokens;
mod upload;
mod verdict;

pub(crate) use config::{Config, Limits};
pub(crate) use data_dir::DataDir;
pub(crate) use error::{CODES, RegistryError};
pub(crate) use server::Server;
pub(crate) use tokens::{NewToken, Token, TokenRequest, Tokens};

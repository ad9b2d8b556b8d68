//! What the program can do, one file per operation: a request in, an outcome out. No flags, no
//! terminal; people are reached through `Observer` and `Ask` only.

pub(crate) mod backup;
pub(crate) mod create;
#[cfg(feature = "dev")]
pub(crate) mod dev;
pub(crate) mod doctor;
pub(crate) mod doctor_sandbox;
pub(crate) mod explain;
pub(crate) mod fetch_release;
pub(crate) mod info;
pub(crate) mod install;
pub(crate) mod invoke;
pub(crate) mod key;
pub(crate) mod list;
pub(crate) mod lsp;
pub(crate) mod open_shop;
pub(crate) mod pack;
pub(crate) mod permissions;
pub(crate) mod publish;
#[cfg(feature = "registry-server")]
pub(crate) mod quickstart;
#[cfg(feature = "registry-server")]
pub(crate) mod registry_serve;
#[cfg(feature = "registry-server")]
pub(crate) mod registry_token;
pub(crate) mod schema;
pub(crate) mod search;
pub(crate) mod store_init;
pub(crate) mod store_query;
pub(crate) mod store_status;
pub(crate) mod test;
pub(crate) mod uninstall;
pub(crate) mod validate;
pub(crate) mod write_files;
pub(crate) mod yank;

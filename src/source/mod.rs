//! Plugins straight from Git repositories: addresses, what their tags mean, bringing a commit here,
//! and reading a plugin's tree from it.
//!
//! libgit2 keeps a bare mirror per repository below the cache, so that a second install fetches only
//! what is new. Nothing is ever checked out: a tree is read object by object, within limits, into a
//! [`crate::model::FileSet`]. So no hook, filter, attribute or symbolic link of a repository acts.
//! https goes through our own client, ssh through the system's `ssh`; see [`carrier`].

mod address;
mod carrier;
mod catalog;
mod choice;
mod error;
mod github;
mod layout;
mod mirror;
mod ssh;
mod tree;

pub(crate) use address::{GitAddress, is_git};
pub(crate) use catalog::{Catalog, Found, Hit, Listed, Repository};
pub(crate) use error::{CODES, SourceError};
pub(crate) use github::{API, GitHub, Synced, is_github};
pub(crate) use mirror::{Limits, Wanted, bring, catalogue};

#[cfg(test)]
mod tests;

//! Settings: from flags, the environment, the project's `daino.toml` and the user's `config.toml`,
//! in that order. Each value knows where it came from.
//!
//! Secrets are never in these files: tokens live in `credentials.toml`, which only its owner can
//! read.

pub(crate) mod ci;
mod credentials;
pub(crate) mod env;
mod error;
mod file;
pub(crate) mod sandbox;
mod settings;

pub(crate) use credentials::Credentials;
pub(crate) use error::{CODES, ConfigError};
pub(crate) use settings::{RegistryChoice, Settings, Source, Value};

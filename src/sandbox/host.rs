//! What the broker does for a plugin, as seams: the shop and the test harness give the real parts.
//!
//! Values are JSON. Every implementation is trusted; what reaches it from plugin code has passed
//! the gates (grants, statement check, limits) already, but its content is still hostile.

use std::collections::BTreeMap;
use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Rows a statement returned.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Rows {
    /// Column names, in order.
    pub columns: Vec<String>,
    /// One object per row. 64-bit and numeric values are strings, as drivers for JavaScript give
    /// them; timestamps are RFC 3339 text; `json` is itself.
    pub rows: Vec<serde_json::Map<String, Value>>,
    /// Rows returned or changed.
    pub row_count: u64,
}

/// What PostgreSQL, or the gate before it, said no to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error("{message}")]
pub struct DatabaseError {
    /// SQLSTATE, or `DAINO_DENIED`, `DAINO_LIMIT`, `DAINO_CONNECTION`.
    pub code: String,
    /// What went wrong.
    pub message: String,
    /// PostgreSQL's detail line.
    pub detail: Option<String>,
    /// What the author can do.
    pub hint: Option<String>,
}

/// A database connection that acts as one plugin's own login role.
pub trait Database: Send + Sync {
    /// Runs one statement with `$1…` parameters.
    fn query<'a>(
        &'a self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Rows, DatabaseError>>;

    /// Runs several statements in one transaction: all or nothing. One result per statement.
    fn transaction<'a>(
        &'a self,
        statements: &'a [(String, Vec<Value>)],
    ) -> BoxFuture<'a, Result<Vec<Rows>, DatabaseError>>;
}

/// A plugin's own key/value store (`plugin_data`). The implementation keeps it within the quota; that
/// it and the plugin's files together stay within it is the broker's business.
pub trait Storage: Send + Sync {
    /// Reads a key.
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Value>, DatabaseError>>;
    /// Writes a key.
    fn set<'a>(
        &'a self,
        key: &'a str,
        value: &'a Value,
    ) -> BoxFuture<'a, Result<(), DatabaseError>>;
    /// Removes a key; whether it was there.
    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, DatabaseError>>;
    /// Keys with the prefix, sorted, at most 1,000.
    fn keys<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<Vec<String>, DatabaseError>>;
    /// Bytes that keys and values take, as the quota counts them.
    fn used(&self) -> BoxFuture<'_, Result<u64, DatabaseError>>;
}

/// How loud a log line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogLevel {
    /// For the author.
    Debug,
    /// Ordinary.
    Info,
    /// Off, but work goes on.
    Warn,
    /// Failed.
    Error,
}

/// Takes what the plugin logs, already bounded. Must not block.
pub trait LogSink: Send + Sync {
    /// Takes one line.
    fn log(&self, level: LogLevel, message: &str);
}

/// Looks on while a plugin asks: for who shows an author what the plugin does. Must not block.
pub trait Onlooker: Send + Sync {
    /// One request of the plugin was answered. `arguments` and the answer are JSON text.
    fn answered(
        &self,
        op: &str,
        arguments: &str,
        result: Result<&str, &DatabaseError>,
        took: std::time::Duration,
    );

    /// The plugin emitted an event; its payload is JSON text.
    fn emitted(&self, name: &str, payload: &str);
}

/// Everything a plugin instance is given. What is absent answers with an error that says so.
#[derive(Clone)]
pub struct Host {
    /// `ctx.db`.
    pub database: Option<Arc<dyn Database>>,
    /// `ctx.storage`.
    pub storage: Option<Arc<dyn Storage>>,
    /// `ctx.files`: the directory that `permissions.filesystem` is about.
    pub files: Option<super::FilesRoot>,
    /// Who keeps what was used and what was refused.
    pub audit: Option<Arc<dyn super::AuditSink>>,
    /// Who sees every request and its answer.
    pub onlooker: Option<Arc<dyn Onlooker>>,
    /// `ctx.log` and `console`.
    pub log: Arc<dyn LogSink>,
    /// `ctx.config`.
    pub config: Value,
    /// `ctx.secrets`: only the names the manifest declares.
    pub secrets: BTreeMap<String, String>,
    /// `ctx.store`: id, name, currency, timezone of the shop.
    pub store: Value,
    /// Hosts mapped to a local mock, `host:port` -> `http://127.0.0.1:port`; for tests only.
    pub mocks: BTreeMap<String, String>,
}

impl Host {
    /// A host that only logs: everything else is absent, for `Host { …, ..Host::bare(log) }`.
    pub(crate) fn bare(log: Arc<dyn LogSink>) -> Self {
        Self {
            database: None,
            storage: None,
            files: None,
            audit: None,
            onlooker: None,
            log,
            config: Value::Null,
            secrets: BTreeMap::new(),
            store: Value::Null,
            mocks: BTreeMap::new(),
        }
    }
}

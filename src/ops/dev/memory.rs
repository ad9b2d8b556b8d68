//! `ctx.storage` without a database: in memory, for one run. It outlives reloads.

use std::collections::BTreeMap;
use std::sync::Mutex;

use futures_util::future::BoxFuture;
use serde_json::Value;

use crate::model::size::Bytes;
use crate::sandbox::{DatabaseError, Storage};

/// Most keys that `keys` gives.
const MOST_KEYS: usize = 1_000;

/// A plugin's keys.
#[derive(Debug)]
pub(crate) struct Memory {
    keys: Mutex<BTreeMap<String, Value>>,
    quota: u64,
}

impl Memory {
    /// An empty store that takes `quota` bytes of JSON.
    pub(crate) fn new(quota: Bytes) -> Self {
        Self { keys: Mutex::default(), quota: quota.count().min(64 * 1024 * 1024) }
    }

    /// Every key with its value, for the page.
    pub(crate) fn all(&self) -> BTreeMap<String, Value> {
        self.keys.lock().map(|keys| keys.clone()).unwrap_or_default()
    }

    fn with<T>(
        &self,
        work: impl FnOnce(&mut BTreeMap<String, Value>) -> Result<T, DatabaseError>,
    ) -> BoxFuture<'_, Result<T, DatabaseError>>
    where
        T: Send + 'static,
    {
        let result = match self.keys.lock() {
            Ok(mut keys) => work(&mut keys),
            Err(_) => Err(failure("DAINO_CONNECTION", "the storage is broken".to_owned())),
        };
        Box::pin(std::future::ready(result))
    }
}

fn failure(code: &str, message: String) -> DatabaseError {
    DatabaseError { code: code.to_owned(), message, detail: None, hint: None }
}

fn size(key: &str, value: &Value) -> u64 {
    (key.len() + value.to_string().len()) as u64
}

impl Storage for Memory {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Value>, DatabaseError>> {
        self.with(|keys| Ok(keys.get(key).cloned()))
    }

    fn set<'a>(
        &'a self,
        key: &'a str,
        value: &'a Value,
    ) -> BoxFuture<'a, Result<(), DatabaseError>> {
        self.with(|keys| {
            let others: u64 = keys.iter().filter(|(k, _)| *k != key).map(|(k, v)| size(k, v)).sum();
            if others + size(key, value) > self.quota {
                let message = format!("storage is full: the quota is {} bytes", self.quota);
                return Err(failure("DAINO_LIMIT", message));
            }
            keys.insert(key.to_owned(), value.clone());
            Ok(())
        })
    }

    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, DatabaseError>> {
        self.with(|keys| Ok(keys.remove(key).is_some()))
    }

    fn keys<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<Vec<String>, DatabaseError>> {
        self.with(|keys| {
            let found = keys.keys().filter(|key| key.starts_with(prefix));
            Ok(found.take(MOST_KEYS).cloned().collect())
        })
    }

    fn used(&self) -> BoxFuture<'_, Result<u64, DatabaseError>> {
        self.with(|keys| Ok(keys.iter().map(|(key, value)| size(key, value)).sum()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[tokio::test]
    async fn keeps_keys_up_to_the_quota() {
        let memory = Memory::new("1KB".parse().unwrap());
        memory.set("a:1", &json!(1)).await.unwrap();
        memory.set("a:2", &json!("x")).await.unwrap();
        memory.set("b", &json!(null)).await.unwrap();
        assert_eq!(memory.get("a:1").await.unwrap(), Some(json!(1)));
        assert_eq!(memory.keys("a:").await.unwrap(), ["a:1", "a:2"]);
        assert!(memory.remove("b").await.unwrap() && !memory.remove("b").await.unwrap());
        let error = memory.set("big", &json!("x".repeat(2_000))).await.unwrap_err();
        assert_eq!(error.code, "DAINO_LIMIT");
        memory.set("a:2", &json!("x".repeat(500))).await.unwrap();
        memory.set("a:2", &json!("y".repeat(500))).await.unwrap();
    }
}

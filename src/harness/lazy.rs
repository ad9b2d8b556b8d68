//! A database that is made at its first use, so that a file without one costs nothing.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use serde_json::Value;
use tokio::sync::OnceCell;

use crate::sandbox::{Database, DatabaseError, Rows, Storage};
use crate::store::PluginParts;
use crate::store::testing::TestDatabase;

type Open = dyn Fn() -> BoxFuture<'static, Result<TestDatabase, DatabaseError>> + Send + Sync;

/// A database that is made at its first use, once.
pub(super) struct Lazy {
    open: Box<Open>,
    made: OnceCell<Result<TestDatabase, DatabaseError>>,
}

impl Lazy {
    /// A database that `open` gives when it is needed.
    pub(super) fn new<F>(open: F) -> Arc<Self>
    where
        F: Fn() -> BoxFuture<'static, Result<TestDatabase, DatabaseError>> + Send + Sync + 'static,
    {
        Arc::new(Self { open: Box::new(open), made: OnceCell::new() })
    }

    async fn parts(&self) -> Result<&PluginParts, DatabaseError> {
        let made = self.made.get_or_init(|| (self.open)()).await;
        made.as_ref().map(|made| &made.parts).map_err(Clone::clone)
    }

    /// The database, if it was used and nobody uses it any more.
    pub(super) fn into_database(self: Arc<Self>) -> Option<TestDatabase> {
        Arc::into_inner(self)?.made.into_inner()?.ok()
    }
}

impl Database for Lazy {
    fn query<'a>(
        &'a self,
        sql: &'a str,
        parameters: &'a [Value],
    ) -> BoxFuture<'a, Result<Rows, DatabaseError>> {
        Box::pin(async move { self.parts().await?.database.query(sql, parameters).await })
    }

    fn transaction<'a>(
        &'a self,
        statements: &'a [(String, Vec<Value>)],
    ) -> BoxFuture<'a, Result<Vec<Rows>, DatabaseError>> {
        Box::pin(async move { self.parts().await?.database.transaction(statements).await })
    }
}

impl Storage for Lazy {
    fn get<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Value>, DatabaseError>> {
        Box::pin(async move { self.parts().await?.storage.get(key).await })
    }
    fn set<'a>(
        &'a self,
        key: &'a str,
        value: &'a Value,
    ) -> BoxFuture<'a, Result<(), DatabaseError>> {
        Box::pin(async move { self.parts().await?.storage.set(key, value).await })
    }
    fn remove<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, DatabaseError>> {
        Box::pin(async move { self.parts().await?.storage.remove(key).await })
    }
    fn keys<'a>(&'a self, prefix: &'a str) -> BoxFuture<'a, Result<Vec<String>, DatabaseError>> {
        Box::pin(async move { self.parts().await?.storage.keys(prefix).await })
    }
    fn used(&self) -> BoxFuture<'_, Result<u64, DatabaseError>> {
        Box::pin(async move { self.parts().await?.storage.used().await })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[tokio::test]
    async fn is_opened_at_the_first_use_and_once() {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        let lazy = Lazy::new(|| {
            Box::pin(async {
                OPENED.fetch_add(1, Ordering::SeqCst);
                Err(DatabaseError {
                    code: "DAINO_CONNECTION".into(),
                    message: "no server".into(),
                    detail: None,
                    hint: None,
                })
            })
        });
        assert_eq!(OPENED.load(Ordering::SeqCst), 0);
        assert_eq!(lazy.get("k").await.unwrap_err().message, "no server");
        assert!(lazy.query("SELECT 1", &[]).await.is_err());
        assert_eq!(OPENED.load(Ordering::SeqCst), 1);
    }
}

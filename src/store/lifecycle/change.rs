//! A shop opened for change: nobody else changes it, and nothing interrupted is left.

use crate::store::sql::Client;

use super::{LifecycleError, history, recovery};
use crate::model::Observer;
use crate::model::event::Tell;
use crate::model::operation::Recovered;
use crate::store::journal::{Journal, ShopLock};
use crate::store::{AdminClient, Shop};

/// The right to change a shop, and what it takes.
pub(crate) struct Change<'s> {
    /// The shop.
    pub shop: &'s Shop,
    /// The owner's connection.
    pub sql: AdminClient,
    /// Its journal.
    pub journal: Journal,
    /// Who hears of it.
    pub observer: &'s dyn Observer,
    /// What became of changes that were interrupted.
    pub recovered: Vec<Recovered>,
    _lock: ShopLock,
}

impl<'s> Change<'s> {
    /// Takes the lock, then finishes or undoes what was interrupted.
    pub(crate) async fn open(
        shop: &'s Shop,
        observer: &'s dyn Observer,
    ) -> Result<Self, LifecycleError> {
        let lock = ShopLock::take(shop).await?;
        Self::recover(shop, lock, observer).await
    }

    /// The same when nobody else is changing the shop, and only when something was interrupted.
    pub(crate) async fn recover_if_needed(
        shop: &'s Shop,
        observer: &'s dyn Observer,
    ) -> Result<Vec<Recovered>, LifecycleError> {
        let sql = shop.admin().await?;
        if Journal::of(shop.dir()).interrupted(&sql).await?.is_empty() {
            return Ok(Vec::new());
        }
        let Some(lock) = ShopLock::try_take(shop).await? else { return Ok(Vec::new()) };
        Ok(Self::recover(shop, lock, observer).await?.recovered)
    }

    async fn recover(
        shop: &'s Shop,
        lock: ShopLock,
        observer: &'s dyn Observer,
    ) -> Result<Self, LifecycleError> {
        let (sql, journal) = (shop.admin().await?, Journal::of(shop.dir()));
        let mut change = Self { shop, sql, journal, observer, recovered: Vec::new(), _lock: lock };
        for interrupted in change.journal.interrupted(&change.sql).await? {
            let recovered = recovery::recover(&mut change, interrupted).await?;
            let done = if recovered.finished { "finished" } else { "undone" };
            let (operation, slug) = (recovered.operation, &recovered.slug);
            change.observer.warn(format!("an interrupted {operation} of `{slug}` was {done}"));
            if !recovered.finished {
                let mut undone = history::entry(slug, operation, None, None);
                undone.verdict = done.to_owned();
                undone.details = serde_json::json!({ "why": "it was interrupted" });
                history::add(&change.sql, &undone).await?;
            }
            change.recovered.push(recovered);
        }
        Ok(change)
    }

    /// The owner's connection, for reading.
    pub(crate) fn client(&self) -> &Client {
        &self.sql
    }
}

//! A shop, open for the length of one operation; and what its plugins say meanwhile.

use std::sync::{Arc, Mutex};

use crate::error::Failure;
use crate::model::Observer;
use crate::model::event::Tell;
use crate::sandbox::{LogLevel, LogSink};
use crate::store::Shop;

pub(crate) use crate::store::ShopPlace;

/// Opens the shop, works in it, and closes it however that ended.
pub(crate) async fn in_shop<T>(
    place: &ShopPlace,
    observer: &dyn Observer,
    work: impl AsyncFnOnce(&Shop) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let shop = Shop::open(place, observer).await?;
    let result = work(&shop).await;
    shop.close(observer).await;
    result
}

/// Keeps what plugins log until it can be told. The broker bounds it.
#[derive(Default)]
pub(crate) struct PluginLog(Mutex<Vec<(LogLevel, String)>>);

impl PluginLog {
    /// An empty log.
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    /// Tells every line since the last time.
    pub(crate) fn tell(&self, observer: &dyn Observer) {
        for (level, text) in self.take() {
            let word = match level {
                LogLevel::Debug => "debug",
                LogLevel::Info => "info",
                LogLevel::Warn => "warn",
                LogLevel::Error => "error",
            };
            let line = format!("[{word}] {text}");
            if level == LogLevel::Debug { observer.detail(line) } else { observer.note(line) }
        }
    }

    fn take(&self) -> Vec<(LogLevel, String)> {
        self.0.lock().map(|mut lines| std::mem::take(&mut *lines)).unwrap_or_default()
    }
}

impl LogSink for PluginLog {
    fn log(&self, level: LogLevel, message: &str) {
        if let Ok(mut lines) = self.0.lock() {
            lines.push((level, message.to_owned()));
        }
    }
}

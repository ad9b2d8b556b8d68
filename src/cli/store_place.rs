//! Flags that say which shop a command is about.

use std::path::PathBuf;

use super::Session;
use crate::ops::open_shop::ShopPlace;

/// Which shop.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct StoreArgs {
    /// Directory of the shop.
    #[arg(long, value_name = "PATH", default_value = ".daino")]
    store: PathBuf,
    /// PostgreSQL server to use, instead of the shop's own.
    #[arg(long, value_name = "URL")]
    database_url: Option<String>,
}

impl StoreArgs {
    /// The shop that is meant.
    pub(crate) fn place(&self, session: &Session) -> ShopPlace {
        ShopPlace {
            dir: session.path(&self.store),
            url: self.database_url.clone(),
            offline: session.global.offline,
        }
    }
}

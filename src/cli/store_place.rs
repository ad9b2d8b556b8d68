//! Flags that say which shop a command is about.

use std::path::PathBuf;

use super::Session;
use crate::ops::open_shop::ShopPlace;

/// Where the shop is.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct StorePlaceArgs {
    /// Directory of the shop.
    #[arg(long, value_name = "PATH", env = "DAINO_STORE", default_value = ".daino")]
    store: PathBuf,
    /// Use this PostgreSQL server instead of a private one.
    #[arg(long, value_name = "URL", env = "DAINO_DATABASE_URL", hide_env_values = true)]
    database_url: Option<String>,
}

impl StorePlaceArgs {
    /// The shop's place, as seen from the directory this run works in.
    pub(crate) fn place(&self, session: &Session) -> ShopPlace {
        ShopPlace {
            dir: session.path(&self.store),
            url: self.database_url.clone().filter(|url| !url.is_empty()),
            offline: session.global.offline,
        }
    }
}

//! Where the program keeps its own files.
//!
//! `DAINO_HOME` moves everything below one directory; otherwise the system's own conventions
//! apply (XDG on Linux).

use std::io;
use std::path::{Path, PathBuf};

use etcetera::{AppStrategy, AppStrategyArgs, choose_app_strategy};

/// The program's directories. None of them needs to exist.
#[derive(Debug, Clone)]
pub struct Dirs {
    /// Settings and keys.
    pub config: PathBuf,
    /// What can be fetched again.
    pub cache: PathBuf,
    /// What must be kept.
    pub data: PathBuf,
}

impl Dirs {
    /// Finds them for this user. `DAINO_CACHE` moves the cache alone.
    pub fn find() -> io::Result<Self> {
        let mut dirs = Self::conventional()?;
        if let Some(cache) = std::env::var_os("DAINO_CACHE").filter(|c| !c.is_empty()) {
            dirs.cache = std::path::absolute(PathBuf::from(cache))?;
        }
        Ok(dirs)
    }

    /// All of them below one directory.
    pub fn below(home: &Path) -> Self {
        Self { config: home.join("config"), cache: home.join("cache"), data: home.join("data") }
    }

    fn conventional() -> io::Result<Self> {
        if let Some(home) = std::env::var_os("DAINO_HOME").filter(|h| !h.is_empty()) {
            return Ok(Self::below(&std::path::absolute(PathBuf::from(home))?));
        }
        let strategy = choose_app_strategy(AppStrategyArgs {
            top_level_domain: "dev".into(),
            author: "daino".into(),
            app_name: "daino-pdk".into(),
        })
        .map_err(|e| io::Error::new(io::ErrorKind::NotFound, e.to_string()))?;
        Ok(Self {
            config: strategy.config_dir(),
            cache: strategy.cache_dir(),
            data: strategy.data_dir(),
        })
    }
}

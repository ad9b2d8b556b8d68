//! Which PostgreSQL runs a private server: the one inside this program, one in the user's cache
//! (fetched once with npm), or the system's.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;

use super::bundle;
use crate::model::Observer;
use crate::model::event::Tell;
use crate::store::error::StoreError;
use crate::sys::account::{self, Account};
use crate::sys::dirs::Dirs;

/// The oldest PostgreSQL that will do: `CREATE DATABASE … STRATEGY`, rights on `public`.
pub(super) const OLDEST: u32 = 15;

/// Version of a server, such as 17.10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) struct Version {
    /// 17.
    pub major: u32,
    /// 10.
    pub minor: u32,
}

impl Version {
    /// Reads `postgres (PostgreSQL) 15.18 (Debian …)`.
    fn read(text: &str) -> Option<Self> {
        let number = text.split("(PostgreSQL) ").nth(1)?;
        let number = number.split_whitespace().next()?;
        let mut parts = number.split('.');
        let major = parts.next()?.parse().ok()?;
        // A beta is `18beta1`: not for a shop.
        Some(Self { major, minor: parts.next()?.parse().ok()? })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Where the programs came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Inside this program, unpacked into the cache.
    Embedded,
    /// Fetched into the cache.
    Cached,
    /// Installed on this machine.
    System,
}

/// The programs of one PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::store) struct Binaries {
    /// Directory of the programs.
    pub dir: PathBuf,
    /// Their version.
    pub version: Version,
    /// Where they came from.
    pub origin: Origin,
}

impl Binaries {
    pub(super) fn postgres(&self) -> PathBuf {
        self.dir.join("postgres")
    }
    pub(super) fn initdb(&self) -> PathBuf {
        self.dir.join("initdb")
    }

    /// Looks at the programs in `dir`; why not, otherwise. What was found good is not asked again by this
    /// process.
    pub(super) fn in_dir(dir: &Path, origin: Origin) -> Result<Self, String> {
        static FOUND: Mutex<Vec<Binaries>> = Mutex::new(Vec::new());
        let known = |found: &Vec<Self>| found.iter().find(|one| one.dir == dir).cloned();
        if let Some(one) = FOUND.lock().ok().and_then(|found| known(&found)) {
            return Ok(Self { origin, ..one });
        }
        let one = Self::ask(dir, origin)?;
        if let Ok(mut found) = FOUND.lock() {
            found.push(one.clone());
        }
        Ok(one)
    }

    fn ask(dir: &Path, origin: Origin) -> Result<Self, String> {
        let shown = dir.display();
        for program in ["postgres", "initdb"] {
            if !dir.join(program).is_file() {
                return Err(format!("`{shown}` has no `{program}`"));
            }
        }
        let output = Command::new(dir.join("postgres"))
            .arg("--version")
            .env("LC_ALL", "C")
            .stdin(Stdio::null())
            .output()
            .map_err(|e| format!("`{shown}/postgres` does not run: {e}"))?;
        let text = String::from_utf8_lossy(&output.stdout);
        match Version::read(&text) {
            Some(version) if version.major >= OLDEST => {
                Ok(Self { dir: dir.to_path_buf(), version, origin })
            }
            Some(version) => Err(format!("`{shown}` has {version}, older than {OLDEST}")),
            None => Err(format!("`{shown}/postgres` does not say its version")),
        }
    }
}

/// Finds the programs, fetching them when that is the best there is.
pub(in crate::store) async fn find(
    offline: bool,
    observer: &dyn Observer,
) -> Result<Binaries, StoreError> {
    let account = account::for_server().map_err(|e| StoreError::NoPostgres(vec![e.to_string()]))?;
    let mut tried = Vec::new();
    match cache_dir(account.as_ref()) {
        Err(reason) => tried.push(reason),
        Ok(cache) => match bundle::provide(&cache, offline, observer).await {
            Ok(Some(binaries)) => return Ok(binaries),
            Ok(None) => tried.push(bundle::absence(offline)),
            // What was fetched is not what it should be: never go on as if nothing had happened.
            Err(error @ StoreError::Bundle(_)) => return Err(error),
            Err(error) => {
                observer.detail(error.to_string());
                tried.push(error.to_string());
            }
        },
    }
    match find_system(account.as_ref()) {
        Ok(binaries) => Ok(binaries),
        Err(reasons) => {
            tried.extend(reasons);
            Err(StoreError::NoPostgres(tried))
        }
    }
}

/// What [`find`] would use as things are, without fetching; for `doctor`.
pub(in crate::store) fn look(offline: bool) -> Result<Option<Binaries>, Vec<String>> {
    let account = account::for_server().map_err(|e| vec![e.to_string()])?;
    let mut tried = Vec::new();
    match cache_dir(account.as_ref()) {
        Err(reason) => tried.push(reason),
        Ok(cache) => match bundle::cached(&cache) {
            Some(binaries) => return Ok(Some(binaries)),
            None if bundle::can_provide(offline) => return Ok(None),
            None => tried.push(bundle::absence(offline)),
        },
    }
    find_system(account.as_ref()).map(Some).map_err(|reasons| {
        tried.extend(reasons);
        tried
    })
}

/// The cache, or root's own where the server's account cannot enter the user's.
pub(in crate::store) fn cache_dir(account: Option<&Account>) -> Result<PathBuf, String> {
    let mut candidates: Vec<PathBuf> = Dirs::find().map(|d| d.cache).into_iter().collect();
    if account.is_some() {
        candidates.push(PathBuf::from("/var/cache/daino-pdk"));
    }
    let mut reason = "there is no cache directory".to_owned();
    for dir in candidates {
        let shown = dir.display();
        if let Err(error) = std::fs::create_dir_all(&dir) {
            reason = format!("`{shown}` cannot be made: {error}");
        } else if !account::can_enter(&dir, account) {
            reason = format!("`{shown}` is closed to the account of the server");
        } else if !account::is_trusted_dir(&dir) {
            reason = format!("others can write to `{shown}`");
        } else {
            return Ok(dir);
        }
    }
    Err(reason)
}

/// The system's PostgreSQL: on the search path, else the newest in the usual places.
fn find_system(account: Option<&Account>) -> Result<Binaries, Vec<String>> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = std::env::split_paths(&path)
        // A relative entry would run what happens to lie in the current directory.
        .filter(|dir| dir.is_absolute() && dir.join("postgres").is_file())
        .collect();
    let mut tried = Vec::new();
    for dir in on_path.into_iter().chain(usual_places()) {
        if !account::can_enter(&dir, account) {
            tried.push(format!("`{}` is closed to the account of the server", dir.display()));
            continue;
        }
        match Binaries::in_dir(&dir, Origin::System) {
            Ok(binaries) => return Ok(binaries),
            Err(reason) => tried.push(reason),
        }
    }
    if tried.is_empty() {
        tried.push("there is no `postgres` on PATH or in /usr/lib/postgresql".to_owned());
    }
    Err(tried)
}

/// Where systems keep the programs of each version, newest first.
fn usual_places() -> Vec<PathBuf> {
    let mut found: Vec<(u32, PathBuf)> = Vec::new();
    let parents = [
        ("/usr/lib/postgresql", ""),
        ("/usr", "pgsql-"),
        ("/opt/homebrew/opt", "postgresql@"),
        ("/usr/local/opt", "postgresql@"),
    ];
    for (parent, prefix) in parents {
        for entry in std::fs::read_dir(parent).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if let Some(version) = name.strip_prefix(prefix).and_then(|v| v.parse().ok()) {
                found.push((version, entry.path().join("bin")));
            }
        }
    }
    found.sort_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, dir)| dir).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_versions() {
        let debian = Version::read("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)").unwrap();
        assert_eq!((debian.major, debian.to_string().as_str()), (15, "15.18"));
        assert_eq!(Version::read("postgres (PostgreSQL) 17.10\n").unwrap().minor, 10);
        for odd in ["postgres (PostgreSQL) 18beta1", "postgres 15", ""] {
            assert_eq!(Version::read(odd), None, "{odd}");
        }
    }

    #[test]
    fn says_why_a_directory_will_not_do() {
        let temp = tempfile::tempdir().unwrap();
        assert!(
            Binaries::in_dir(temp.path(), Origin::System).unwrap_err().contains("no `postgres`")
        );
        std::fs::write(temp.path().join("postgres"), "x").unwrap();
        std::fs::write(temp.path().join("initdb"), "x").unwrap();
        assert!(Binaries::in_dir(temp.path(), Origin::System).unwrap_err().contains("not run"));
    }
}

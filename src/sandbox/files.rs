//! `ctx.files`: the folders of the shop's file root that a plugin was granted.
//!
//! The root is one directory of the shop; a grant is a folder below it. A plugin names paths from
//! the root on. Work on the disk runs on threads of its own, so a slow disk holds up nobody else.

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use super::protocol::HostFailure;
use crate::model::TreePath;
use crate::model::manifest::ResourceLimits;
use crate::model::size::{ByteRate, Bytes};
use crate::sys::beneath::{About, Kind, Mode, Root, TEMPORARY};

/// Most bytes read or written at once.
pub(crate) const MOST_AT_ONCE: usize = 8 * 1024 * 1024;
/// Most names that a listing gives.
const MOST_NAMES: usize = 1_000;
/// What an operation costs beside its bytes, so that a flood of small ones is paced, too.
const COST: u64 = 4 * 1024;
/// Most files and folders that are counted for the quota.
const MOST_COUNTED: usize = 100_000;
/// How long a count of what is used is believed; others write into the same folders.
const COUNT_AGE: Duration = Duration::from_secs(60);

/// The shop's file root.
#[derive(Debug, Clone)]
pub(crate) struct FilesRoot(Arc<Root>);

impl FilesRoot {
    /// Opens the directory.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Root::open(path).map(|root| Self(Arc::new(root)))
    }
}

/// One plugin's files.
pub(super) struct Files {
    root: Arc<Root>,
    grants: Arc<[TreePath]>,
    quota: Bytes,
    rate: Throttle,
    /// Bytes in the granted folders, and when they were counted.
    used: Mutex<Option<(u64, Instant)>>,
}

/// A path that a grant covers.
pub(super) struct GrantedPath(String);

impl Files {
    pub(super) fn new(root: &FilesRoot, grants: &[TreePath], limits: &ResourceLimits) -> Self {
        Self {
            root: Arc::clone(&root.0),
            grants: grants.into(),
            quota: limits.storage,
            rate: Throttle::new(limits.disk_io),
            used: Mutex::new(None),
        }
    }

    /// Checks a path's form, then whether a grant covers it.
    pub(super) fn granted(&self, path: &str) -> Result<GrantedPath, HostFailure> {
        let checked = TreePath::new(path).map_err(|e| {
            HostFailure::denied(format!(
                "`{}` is not a path below the file root: {}",
                e.path, e.reason
            ))
        })?;
        if checked.as_str().split('/').any(|part| part.starts_with(TEMPORARY)) {
            return Err(HostFailure::denied(format!(
                "names that begin with `{TEMPORARY}` are ours"
            )));
        }
        if self.grants.iter().any(|grant| checked.is_below(grant.as_str())) {
            return Ok(GrantedPath(checked.as_str().to_owned()));
        }
        let folder = if checked.parent().is_empty() { checked.as_str() } else { checked.parent() };
        let mut failure = HostFailure::denied(format!("`{checked}` is not granted"));
        failure.hint =
            Some(format!("add \"{folder}\" to `permissions.filesystem` in manifest.json"));
        Err(failure)
    }

    /// Whether the path is a granted folder itself, which a plugin may not remove.
    fn is_grant(&self, path: &GrantedPath) -> bool {
        self.grants.iter().any(|grant| grant.as_str() == path.0)
    }

    /// Reads a file, or the part of it that begins at `offset`.
    pub(super) async fn read(
        &self,
        path: GrantedPath,
        offset: u64,
        length: Option<u64>,
    ) -> Result<Vec<u8>, HostFailure> {
        let limit = length.map_or(MOST_AT_ONCE, |l| usize::try_from(l).unwrap_or(usize::MAX));
        if limit > MOST_AT_ONCE {
            return Err(too_much());
        }
        let content = self
            .on_disk(path, move |root, path| {
                let mut file = root.file(path, Mode::Read)?;
                file.seek(SeekFrom::Start(offset))?;
                let mut content = Vec::new();
                file.take(limit as u64 + 1).read_to_end(&mut content)?;
                Ok(content)
            })
            .await;
        let mut content = content?;
        if content.len() > limit {
            if length.is_none() {
                return Err(too_much());
            }
            content.truncate(limit);
        }
        self.rate.take(content.len() as u64).await;
        Ok(content)
    }

    /// Puts a file in place; folders on the way are made. `kept` bytes of the quota are taken by
    /// what the plugin keeps elsewhere.
    pub(super) async fn write(
        &self,
        path: GrantedPath,
        content: Vec<u8>,
        kept: u64,
    ) -> Result<(), HostFailure> {
        self.put(path, content, kept, |root, path, content| root.replace(path, content)).await
    }

    /// Writes at the end of a file, which is made when it is absent.
    pub(super) async fn append(
        &self,
        path: GrantedPath,
        content: Vec<u8>,
        kept: u64,
    ) -> Result<(), HostFailure> {
        let append = |root: &Root, path: &str, content: &[u8]| {
            root.file(path, Mode::Append)?.write_all(content)
        };
        self.put(path, content, kept, append).await
    }

    async fn put(
        &self,
        path: GrantedPath,
        content: Vec<u8>,
        kept: u64,
        write: fn(&Root, &str, &[u8]) -> io::Result<()>,
    ) -> Result<(), HostFailure> {
        if content.len() > MOST_AT_ONCE {
            return Err(too_much());
        }
        let mut used = self.used.lock().await;
        let now = match *used {
            Some((bytes, at)) if at.elapsed() < COUNT_AGE => bytes,
            _ => self.count().await?,
        };
        let after = now.saturating_add(content.len() as u64);
        if after.saturating_add(kept) > self.quota.count() {
            *used = None;
            return Err(self.is_full());
        }
        self.rate.take(content.len() as u64).await;
        // What was replaced is counted twice until the next count: never too little.
        let at = used.map_or_else(Instant::now, |(_, at)| at);
        *used = Some((after, at));
        self.on_disk(path, move |root, path| match write(root, path, &content) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
                if parent.is_empty() {
                    return Err(error);
                }
                root.make_directory(parent)?;
                write(root, path, &content)
            }
            other => other,
        })
        .await
    }

    /// Whether the plugin may have files at all.
    pub(super) fn has_grants(&self) -> bool {
        !self.grants.is_empty()
    }

    /// Checks that `kept` bytes elsewhere have room beside the files.
    pub(super) async fn leave_room_for(&self, kept: u64) -> Result<(), HostFailure> {
        let mut used = self.used.lock().await;
        let (bytes, at) = match *used {
            Some((bytes, at)) if at.elapsed() < COUNT_AGE => (bytes, at),
            _ => (self.count().await?, Instant::now()),
        };
        *used = Some((bytes, at));
        if bytes.saturating_add(kept) > self.quota.count() {
            // The next one counts anew: what was replaced is counted twice until then.
            *used = None;
            return Err(self.is_full());
        }
        Ok(())
    }

    fn is_full(&self) -> HostFailure {
        HostFailure::limit(
            "resourceLimits.storage",
            format!("files and `ctx.storage` of the plugin would take more than {}", self.quota),
            "remove files or keys, or raise `resourceLimits.storage` in manifest.json",
        )
    }

    /// Names in a folder, sorted; none when the folder is not there yet.
    pub(super) async fn list(
        &self,
        path: GrantedPath,
    ) -> Result<Vec<(String, About)>, HostFailure> {
        self.rate.take(0).await;
        let is_grant = self.is_grant(&path);
        self.on_disk(path, move |root, path| match root.list(path, MOST_NAMES) {
            Err(error) if is_grant && error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            other => other.map(|mut names| {
                names.sort_by(|a, b| a.0.cmp(&b.0));
                names
            }),
        })
        .await
    }

    /// What is known of a name.
    pub(super) async fn about(&self, path: GrantedPath) -> Result<Option<About>, HostFailure> {
        self.rate.take(0).await;
        self.on_disk(path, |root, path| root.about(path)).await
    }

    /// Removes a file or an empty folder; whether it was there.
    pub(super) async fn remove(&self, path: GrantedPath) -> Result<bool, HostFailure> {
        if self.is_grant(&path) {
            return Err(HostFailure::denied("the granted folder itself stays"));
        }
        self.rate.take(0).await;
        *self.used.lock().await = None;
        self.on_disk(path, |root, path| root.remove(path)).await
    }

    /// Bytes in the granted folders.
    async fn count(&self) -> Result<u64, HostFailure> {
        let (root, grants) = (Arc::clone(&self.root), Arc::clone(&self.grants));
        let counted = tokio::task::spawn_blocking(move || count(&root, &grants)).await;
        match counted {
            Ok(Ok(bytes)) => Ok(bytes),
            Ok(Err(error)) => Err(failed("the granted folders", &error)),
            Err(_) => Err(HostFailure::of("DAINO_FILE", "the files cannot be counted".to_owned())),
        }
    }

    async fn on_disk<T: Send + 'static>(
        &self,
        path: GrantedPath,
        work: impl FnOnce(&Root, &str) -> io::Result<T> + Send + 'static,
    ) -> Result<T, HostFailure> {
        let root = Arc::clone(&self.root);
        let done = tokio::task::spawn_blocking(move || {
            work(&root, &path.0).map_err(|error| failed(&path.0, &error))
        });
        done.await
            .map_err(|_| HostFailure::of("DAINO_FILE", "the disk does not answer".to_owned()))?
    }
}

fn count(root: &Root, grants: &[TreePath]) -> io::Result<u64> {
    let outermost = |grant: &&TreePath| {
        !grants.iter().any(|other| other != *grant && grant.is_below(other.as_str()))
    };
    let mut open: Vec<String> =
        grants.iter().filter(outermost).map(|grant| grant.as_str().to_owned()).collect();
    open.dedup();
    let (mut bytes, mut seen) = (0_u64, 0);
    while let Some(folder) = open.pop() {
        let names = match root.list(&folder, MOST_COUNTED - seen) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            other => other?,
        };
        seen += names.len();
        for (name, about) in names {
            bytes = bytes.saturating_add(about.size);
            if about.kind == Kind::Directory {
                open.push(format!("{folder}/{name}"));
            }
        }
    }
    Ok(bytes)
}

fn too_much() -> HostFailure {
    HostFailure::limit(
        "file",
        "more than 8MB at once",
        "read with `{ offset, length }` and write with `append`, in parts",
    )
}

/// A failure of the disk with the name programs for Node know it by.
fn failed(path: &str, error: &io::Error) -> HostFailure {
    use io::ErrorKind as Kind;
    let (code, words) = match error.kind() {
        Kind::NotFound => ("ENOENT", "no such file or directory".to_owned()),
        Kind::PermissionDenied => ("DAINO_DENIED", error.to_string()),
        Kind::IsADirectory => ("EISDIR", "it is a directory".to_owned()),
        Kind::NotADirectory => ("ENOTDIR", "a part of it is not a directory".to_owned()),
        Kind::DirectoryNotEmpty => ("ENOTEMPTY", "the directory is not empty".to_owned()),
        Kind::StorageFull => ("ENOSPC", "the disk is full".to_owned()),
        Kind::QuotaExceeded => ("DAINO_LIMIT", "the directory has too many names".to_owned()),
        Kind::Unsupported => {
            ("DAINO_DENIED", "this system has no files for plugins yet".to_owned())
        }
        _ => ("DAINO_FILE", error.to_string()),
    };
    HostFailure::of(code, format!("`{path}`: {words}"))
}

/// Bytes per second, held by waiting. Up to a second's worth may go at once.
struct Throttle(Mutex<Allowance>);

/// What may go at once, and since when.
#[derive(Debug)]
struct Allowance {
    per_second: f64,
    bytes: f64,
    at: Instant,
}

impl Throttle {
    fn new(rate: ByteRate) -> Self {
        Self(Mutex::new(Allowance::new(rate, Instant::now())))
    }

    /// Waits until `bytes`, and what an operation costs, may go.
    async fn take(&self, bytes: u64) {
        let mut allowance = self.0.lock().await;
        let wait = allowance.take(bytes, Instant::now());
        // Held while it waits: who comes later waits longer.
        tokio::time::sleep(wait).await;
    }
}

impl Allowance {
    fn new(rate: ByteRate, at: Instant) -> Self {
        let per_second = rate.bytes_per_second().count() as f64;
        Self { per_second, bytes: per_second, at }
    }

    /// Takes `bytes` and the cost of an operation; how long to wait before it may go.
    fn take(&mut self, bytes: u64, now: Instant) -> Duration {
        let filled = now.saturating_duration_since(self.at).as_secs_f64() * self.per_second;
        let ready = (self.bytes + filled).min(self.per_second);
        self.bytes = ready - bytes.saturating_add(COST) as f64;
        self.at = now;
        let missing = (-self.bytes).max(0.0) / self.per_second;
        Duration::try_from_secs_f64(missing).unwrap_or(Duration::from_secs(3_600))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever passes is below a granted folder, read as plainly as a system would.
    #[cfg(unix)]
    #[test]
    fn mutated_paths_stay_below_their_grant() {
        const WORDS: &[&str] = &[
            "..", ".", "/", "//", "\\", "\0", "uploads", "acme", "%2e%2e", "\u{2024}", "~", "C:",
            "nul", " ",
        ];
        let temporary = tempfile::tempdir().unwrap();
        let root = FilesRoot::open(temporary.path()).unwrap();
        let grants = [TreePath::new("uploads/acme").unwrap()];
        let files = Files::new(&root, &grants, &ResourceLimits::default());
        let mut passed = 0_u64;
        crate::sys::mutate::repeat(|mutator| {
            let text = mutator.vary_text("uploads/acme/reports/a.csv", WORDS);
            let Ok(GrantedPath(path)) = files.granted(&text) else { return };
            passed += 1;
            let parts: Vec<_> = Path::new(&path).components().collect();
            let plain =
                |part: &std::path::Component<'_>| matches!(part, std::path::Component::Normal(_));
            assert!(parts.iter().all(plain), "{text:?}");
            assert!(Path::new(&path).starts_with("uploads/acme"), "{text:?}");
        });
        assert!(passed > 0, "nothing passed");
    }

    /// Seconds that `count` operations of `bytes` each take.
    fn seconds(rate: u64, count: u32, bytes: u64) -> f64 {
        let start = Instant::now();
        let mut allowance = Allowance::new(ByteRate::per_second(Bytes::new(rate)), start);
        let mut now = start;
        for _ in 0..count {
            now += allowance.take(bytes, now);
        }
        (now - start).as_secs_f64()
    }

    #[test]
    fn the_rate_holds_over_many_operations() {
        let taken = seconds(1024 * 1024, 20, 512 * 1024);
        assert!((9.0..9.3).contains(&taken), "{taken}");
        assert_eq!(seconds(1024 * 1024, 1, 1024), 0.0);
    }

    #[test]
    fn a_flood_of_empty_operations_is_paced() {
        let taken = seconds(64 * 1024, 160, 0);
        assert!((8.9..9.1).contains(&taken), "{taken}");
    }
}

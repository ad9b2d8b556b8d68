//! Brings a commit here, by way of a bare mirror below the cache, and reads the plugin from it.
//!
//! libgit2 works on a thread of its own; progress comes back through a channel. One fetch at a time
//! per mirror (a file lock). What an interrupted fetch left is swept by the next one; packs that
//! arrived whole stay, so only what is missing comes again. A mirror that cannot be read is made
//! anew once.

use std::collections::BTreeMap;
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

use git2::{
    AutotagOption, Direction, FetchOptions, Oid, Remote, RemoteCallbacks, Repository,
    RepositoryInitOptions,
};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};

use super::SourceError;
use super::address::{GitAddress, Selector};
use super::carrier::{self, Means};
use super::catalog::Found;
use super::choice::{Chosen, Head, choose};
use super::{layout, tree};
use crate::model::event::Tell;
use crate::model::{Digest, Observer, Stage, TreePath};
use crate::net::{HttpOptions, Web};
use crate::project::{self, Project};

/// What a repository may cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Most bytes that a server may send.
    pub bytes: u64,
    /// Most objects in what it sends.
    pub objects: usize,
    /// Longest time for all of it.
    pub time: Duration,
}

impl Limits {
    /// The usual ones.
    pub(crate) const DEFAULT: Self =
        Self { bytes: 256 * 1024 * 1024, objects: 1_000_000, time: Duration::from_secs(300) };
}

/// What is wanted.
pub(crate) struct Wanted {
    /// The repository, and what of it.
    pub address: GitAddress,
    /// The program's cache.
    pub cache: PathBuf,
    /// What it may cost.
    pub limits: Limits,
    /// How our HTTP client behaves; `offline` takes only what is in the cache.
    pub http: HttpOptions,
    /// The token for the repository's host.
    pub token: Option<String>,
    /// Tags of this repository that were seen before, with their commits.
    pub known: BTreeMap<String, String>,
}

/// A plugin, and the state of the repository it is from.
#[derive(Debug)]
pub(crate) struct Brought {
    /// The commit.
    pub commit: String,
    /// The tag that led there.
    pub tag: Option<String>,
    /// The branch that led there, when no tag did.
    pub branch: Option<String>,
    /// The plugin's directory; `None` for the root.
    pub path: Option<TreePath>,
    /// The plugin.
    pub project: Project,
}

/// How far a fetch is: objects that came, how many there are, and bytes that came.
type Progress = (usize, usize, usize);

/// What is read from the commit that was chosen.
type Reader<T> = fn(&Repository, &Wanted, Chosen) -> Result<T, SourceError>;

/// Brings the plugin here.
pub(crate) async fn bring(wanted: Wanted, observer: &dyn Observer) -> Result<Brought, SourceError> {
    observed(wanted, observer, read).await
}

/// Lists the plugins of a repository, as they are at what is wanted of it.
pub(crate) async fn catalogue(
    wanted: Wanted,
    observer: &dyn Observer,
) -> Result<Vec<Found>, SourceError> {
    observed(wanted, observer, |repository, wanted, chosen| {
        let id = Oid::from_str(&chosen.commit).map_err(SourceError::Damaged)?;
        let commit = repository.find_commit(id).map_err(SourceError::Damaged)?;
        layout::manifests(repository, commit.tree_id(), &wanted.address)
    })
    .await
}

async fn observed<T: Send + 'static>(
    wanted: Wanted,
    observer: &dyn Observer,
    reader: Reader<T>,
) -> Result<T, SourceError> {
    let subject = wanted.address.to_string();
    let means = Means {
        web: Web::new(wanted.http.clone())?,
        runtime: Handle::current(),
        deadline: Instant::now() + wanted.limits.time,
        limit: wanted.limits.bytes,
        received: Arc::new(AtomicU64::new(0)),
        token: wanted.token.clone(),
    };
    let (sender, mut receiver) = unbounded_channel::<Progress>();
    let work = tokio::task::spawn_blocking(move || on_thread(&wanted, &means, &sender, reader));
    let (mut total, mut received) = (None, 0);
    while let Some((done, all, bytes)) = receiver.recv().await {
        received = bytes;
        if total != Some(all) {
            observer.start_sized(Stage::Download, subject.clone(), all as u64, "objects");
            total = Some(all);
        }
        observer.progress(Stage::Download, done as u64);
    }
    let brought = work.await.map_err(|error| SourceError::Cache(std::io::Error::other(error)))?;
    if total.is_some() && brought.is_ok() {
        observer.finish(Stage::Download, format!("{subject}, {received} bytes"));
    }
    brought
}

fn on_thread<T>(
    wanted: &Wanted,
    means: &Means,
    tell: &UnboundedSender<Progress>,
    reader: Reader<T>,
) -> Result<T, SourceError> {
    let mirror = Mirror::of(wanted)?;
    let _lock = mirror.lock(means.deadline)?;
    mirror.sweep();
    match mirror.bring(wanted, means, tell, reader) {
        Err(SourceError::Damaged(_) | SourceError::Incomplete(_)) if !wanted.http.offline => {
            mirror.remove()?;
            mirror.bring(wanted, means, tell, reader)
        }
        done => done,
    }
}

/// The bare copy of one repository.
struct Mirror {
    dir: PathBuf,
}

impl Mirror {
    fn of(wanted: &Wanted) -> Result<Self, SourceError> {
        let parent = wanted.cache.join("git");
        std::fs::create_dir_all(&parent).map_err(SourceError::Cache)?;
        let name = Digest::of(wanted.address.url.as_str().as_bytes());
        Ok(Self { dir: parent.join(&name.hex()[..32]) })
    }

    fn lock(&self, deadline: Instant) -> Result<File, SourceError> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.dir.with_extension("lock"))
            .map_err(SourceError::Cache)?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) if Instant::now() < deadline => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                Err(TryLockError::WouldBlock) => {
                    return Err(SourceError::Slow("another fetch of the repository".to_owned()));
                }
                Err(TryLockError::Error(error)) => return Err(SourceError::Cache(error)),
            }
        }
    }

    /// Removes halves of packs that an interrupted fetch left.
    fn sweep(&self) {
        let packs = std::fs::read_dir(self.dir.join("objects").join("pack"));
        for entry in packs.into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if !name.ends_with(".pack") && !name.ends_with(".idx") {
                let _ = std::fs::remove_file(entry.path());
            }
        }
    }

    fn remove(&self) -> Result<(), SourceError> {
        match std::fs::remove_dir_all(&self.dir) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(SourceError::Cache(error))
            }
            _ => Ok(()),
        }
    }

    fn open(&self) -> Result<Repository, SourceError> {
        let mut options = RepositoryInitOptions::new();
        options.bare(true).external_template(false).mkpath(true);
        Repository::init_opts(&self.dir, &options).map_err(SourceError::Damaged)
    }

    fn bring<T>(
        &self,
        wanted: &Wanted,
        means: &Means,
        tell: &UnboundedSender<Progress>,
        reader: Reader<T>,
    ) -> Result<T, SourceError> {
        let repository = self.open()?;
        let chosen = match wanted.http.offline && wanted.address.url.scheme() != "file" {
            true => self.kept(&repository, wanted)?,
            false => carrier::with(means, || fetch(&repository, wanted, means, tell))?,
        };
        reader(&repository, wanted, chosen)
    }

    /// What the mirror has from before.
    fn kept(&self, repository: &Repository, wanted: &Wanted) -> Result<Chosen, SourceError> {
        let mut heads = Vec::new();
        let found =
            repository.references_glob(&format!("{KEPT}*")).map_err(SourceError::Damaged)?;
        for reference in found.flatten() {
            let name = reference.name().unwrap_or_default();
            let name = name.strip_prefix(KEPT).unwrap_or_default().to_owned();
            if let Ok(commit) = reference.peel_to_commit() {
                heads.push(Head { name, commit: commit.id().to_string() });
            }
        }
        let missing = || SourceError::NotCached(format!("`{}`", wanted.address));
        let chosen = choose(&wanted.address, &heads).map_err(|_| missing())?;
        match has(repository, &chosen.commit) {
            true => Ok(chosen),
            false => Err(missing()),
        }
    }
}

/// Below this the mirror keeps the refs it fetched, under their own names.
const KEPT: &str = "refs/daino/";

/// Lists the refs, chooses, and fetches what is missing.
fn fetch(
    repository: &Repository,
    wanted: &Wanted,
    means: &Means,
    tell: &UnboundedSender<Progress>,
) -> Result<Chosen, SourceError> {
    let url = wanted.address.url.as_str();
    let failed = |error: git2::Error| explain(error, wanted);
    let mut remote = repository.remote_anonymous(url).map_err(failed)?;
    let callbacks = callbacks(wanted.limits, means.deadline, tell);
    let connection = remote.connect_auth(Direction::Fetch, Some(callbacks), None);
    let mut connection = connection.map_err(failed)?;
    let heads = heads(connection.list().map_err(failed)?);
    let chosen = choose(&wanted.address, &heads)?;
    if let Some(tag) = chosen.tag()
        && let Some(before) = wanted.known.get(tag).filter(|before| **before != chosen.commit)
    {
        return Err(SourceError::Moved {
            tag: tag.to_owned(),
            before: before.clone(),
            now: chosen.commit,
        });
    }
    let from = chosen.name.as_deref().unwrap_or(&chosen.commit);
    let spec = match &chosen.name {
        Some(name) => format!("+{name}:{KEPT}{name}"),
        None => format!("+{from}:{KEPT}commits/{from}"),
    };
    if !has(repository, &chosen.commit) {
        let shallow = wanted.address.url.scheme() != "file";
        let first = download(connection.remote(), &spec, shallow, wanted, means, tell);
        drop(connection);
        match first {
            Ok(()) => {}
            Err(error) if !is_worth_another_try(&error, &chosen) => return Err(failed(error)),
            Err(_) => {
                let all = [
                    "+refs/heads/*:refs/daino/refs/heads/*",
                    "+refs/tags/*:refs/daino/refs/tags/*",
                ];
                let specs: &[&str] = if chosen.name.is_some() { &[&spec] } else { &all };
                let mut remote = repository.remote_anonymous(url).map_err(failed)?;
                for spec in specs {
                    download(&mut remote, spec, false, wanted, means, tell).map_err(failed)?;
                }
            }
        }
    } else {
        drop(connection);
        remember(repository, &chosen)?;
    }
    if !has(repository, &chosen.commit) {
        return Err(match wanted.address.select {
            Selector::Commit(_) => SourceError::NoState {
                repository: wanted.address.repository().to_owned(),
                wanted: chosen.commit,
                known: "no commit that is reachable from a tag or a branch".to_owned(),
            },
            _ => SourceError::Incomplete(wanted.address.to_string()),
        });
    }
    Ok(chosen)
}

/// A server that knows no shallow fetch, or gives no commits by their name, is asked for more.
fn is_worth_another_try(error: &git2::Error, chosen: &Chosen) -> bool {
    error.message().contains("shallow") || chosen.name.is_none()
}

fn has(repository: &Repository, commit: &str) -> bool {
    Oid::from_str(commit).is_ok_and(|id| repository.find_commit(id).is_ok())
}

/// Keeps the ref of a commit that was here already.
fn remember(repository: &Repository, chosen: &Chosen) -> Result<(), SourceError> {
    let Some(name) = &chosen.name else { return Ok(()) };
    let id = Oid::from_str(&chosen.commit).map_err(SourceError::Damaged)?;
    let kept = repository.reference(&format!("{KEPT}{name}"), id, true, "seen again");
    kept.map(drop).map_err(SourceError::Damaged)
}

fn heads(list: &[git2::RemoteHead<'_>]) -> Vec<Head> {
    let mut heads: BTreeMap<String, String> = BTreeMap::new();
    // What a tag object points to comes right after the tag itself, as `<name>^{}`.
    for head in list {
        let name = head.name().trim_end_matches("^{}");
        let is_known =
            name == "HEAD" || name.starts_with("refs/tags/") || name.starts_with("refs/heads/");
        if is_known {
            heads.insert(name.to_owned(), head.oid().to_string());
        }
    }
    heads.into_iter().map(|(name, commit)| Head { name, commit }).collect()
}

fn download(
    remote: &mut Remote<'_>,
    spec: &str,
    shallow: bool,
    wanted: &Wanted,
    means: &Means,
    tell: &UnboundedSender<Progress>,
) -> Result<(), git2::Error> {
    let mut options = FetchOptions::new();
    options
        .remote_callbacks(callbacks(wanted.limits, means.deadline, tell))
        .download_tags(AutotagOption::None)
        .update_fetchhead(false);
    if shallow {
        options.depth(1);
    }
    remote.fetch(&[spec], Some(&mut options), None)
}

fn callbacks<'c>(
    limits: Limits,
    deadline: Instant,
    tell: &'c UnboundedSender<Progress>,
) -> RemoteCallbacks<'c> {
    let mut callbacks = RemoteCallbacks::new();
    let mut told = Instant::now();
    callbacks.transfer_progress(move |progress| {
        let (done, total) = (progress.received_objects(), progress.total_objects());
        if told.elapsed() > Duration::from_millis(50) || done == total {
            told = Instant::now();
            let _ = tell.send((done, total, progress.received_bytes()));
        }
        let large = |what: &str, limit| SourceError::Large { what: what.to_owned(), limit };
        if total > limits.objects {
            carrier::stop(large("the number of objects", limits.objects.to_string()));
        } else if progress.received_bytes() as u64 > limits.bytes {
            let limit = format!("{} MB", limits.bytes / (1024 * 1024));
            carrier::stop(large("what the repository sends", limit));
        } else if Instant::now() >= deadline {
            carrier::stop(SourceError::Slow("the repository".to_owned()));
        } else {
            return true;
        }
        false
    });
    callbacks.sideband_progress(move |_| Instant::now() < deadline);
    callbacks
}

fn explain(error: git2::Error, wanted: &Wanted) -> SourceError {
    let place = wanted.address.repository().to_owned();
    match error.code() {
        git2::ErrorCode::NotFound => SourceError::NotFound(place),
        // A directory that is not there, or is no repository.
        _ if wanted.address.url.scheme() == "file" && error.class() != git2::ErrorClass::Net => {
            SourceError::NotFound(format!("{place}: {}", error.message()))
        }
        _ => SourceError::Protocol { url: place, reason: error.message().to_owned() },
    }
}

/// Reads the plugin at the commit.
fn read(repository: &Repository, wanted: &Wanted, chosen: Chosen) -> Result<Brought, SourceError> {
    let address = &wanted.address;
    let id = Oid::from_str(&chosen.commit).map_err(SourceError::Damaged)?;
    let commit = repository.find_commit(id).map_err(SourceError::Damaged)?;
    let (path, id) = layout::find(repository, commit.tree_id(), address)?;
    let files = tree::read(repository, &tree::tree(repository, id)?)?;
    let shown = path.as_ref().map_or(address.repository(), TreePath::as_str);
    let project = project::of_files(Path::new(shown).to_path_buf(), files)?;
    if let Some(version) = &chosen.version
        && *version != project.manifest.version
    {
        return Err(SourceError::Version {
            tag: chosen.tag().unwrap_or_default().to_owned(),
            manifest: project.manifest.version.to_string(),
            commit: address.at(&chosen.commit),
        });
    }
    let branch = chosen.name.as_deref().and_then(|name| name.strip_prefix("refs/heads/"));
    Ok(Brought {
        tag: chosen.tag().map(str::to_owned),
        branch: branch.map(str::to_owned),
        commit: chosen.commit,
        path,
        project,
    })
}

//! Real repositories, made here object by object, also such as no honest tool makes; fetched from
//! disk and over HTTP from `git http-backend`.

mod hostile;
mod http;
mod local;
#[allow(clippy::duplicate_mod, dead_code, reason = "it does more than these tests ask of it")]
#[path = "../../client/tests/peer.rs"]
mod peer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use git2::{ObjectType, Oid, Repository, RepositoryInitOptions, Signature, Time};

use super::mirror::Brought;
use super::{Limits, SourceError, Wanted, bring};
use crate::error::Coded;
use crate::model::event::Silent;
use crate::net::HttpOptions;

pub(super) const FILE: i32 = 0o100_644;
pub(super) const LINK: i32 = 0o120_000;
pub(super) const SUBMODULE: i32 = 0o160_000;

/// A bare repository in a directory of its own.
pub(super) struct Made {
    pub root: tempfile::TempDir,
    pub repo: Repository,
}

pub(super) fn manifest(slug: &str, version: &str) -> String {
    format!(r#"{{"name":"A plugin","slug":"{slug}","version":"{version}","type":"custom"}}"#)
}

impl Made {
    /// `name` below a temporary directory.
    pub fn named(name: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let mut options = RepositoryInitOptions::new();
        options.bare(true).external_template(false).initial_head("main");
        let repo = Repository::init_opts(root.path().join(name), &options).unwrap();
        Self { root, repo }
    }

    pub fn new() -> Self {
        Self::named("plugin.git")
    }

    /// Its address on disk.
    pub fn url(&self) -> String {
        let path = self.repo.path().to_str().unwrap().trim_end_matches('/').replace(' ', "%20");
        format!("file://{path}")
    }

    /// A tree of these files; the directories in their names are made.
    pub fn tree(&self, files: &[(&str, &str, i32)]) -> Oid {
        let mut here: Vec<(Vec<u8>, i32, Oid)> = Vec::new();
        let mut below: BTreeMap<&str, Vec<(&str, &str, i32)>> = BTreeMap::new();
        for (path, content, mode) in files {
            match path.split_once('/') {
                Some((dir, rest)) => below.entry(dir).or_default().push((rest, content, *mode)),
                None if *mode == SUBMODULE => {
                    here.push((path.as_bytes().to_vec(), *mode, Oid::from_str(content).unwrap()));
                }
                None => {
                    let blob = self.repo.blob(content.as_bytes()).unwrap();
                    here.push((path.as_bytes().to_vec(), *mode, blob));
                }
            }
        }
        for (dir, files) in below {
            here.push((dir.as_bytes().to_vec(), 0o040_000, self.tree(&files)));
        }
        self.raw_tree(here)
    }

    /// A tree exactly as given: nothing is checked.
    pub fn raw_tree(&self, mut entries: Vec<(Vec<u8>, i32, Oid)>) -> Oid {
        entries.sort();
        let mut bytes = Vec::new();
        for (name, mode, id) in entries {
            bytes.extend_from_slice(format!("{mode:o} ").as_bytes());
            bytes.extend_from_slice(&name);
            bytes.push(0);
            bytes.extend_from_slice(id.as_bytes());
        }
        self.repo.odb().unwrap().write(ObjectType::Tree, &bytes).unwrap()
    }

    /// Commits a tree on `main`.
    pub fn commit_tree(&self, tree: Oid) -> Oid {
        let tree = self.repo.find_tree(tree).unwrap();
        let who = Signature::new("A", "a@example.com", &Time::new(1_700_000_000, 0)).unwrap();
        let parent = self.repo.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        self.repo.commit(Some("refs/heads/main"), &who, &who, "x", &tree, &parents).unwrap()
    }

    /// Commits these files, and nothing else, on `main`.
    pub fn commit(&self, files: &[(&str, &str)]) -> Oid {
        let files: Vec<(&str, &str, i32)> = files.iter().map(|(p, c)| (*p, *c, FILE)).collect();
        self.commit_tree(self.tree(&files))
    }

    /// Commits a plugin of this version and gives it the tag.
    pub fn release(&self, version: &str, tag: &str) -> Oid {
        let text = manifest("acme-sms", version);
        let code = format!("export const version = '{version}';");
        let commit = self.commit(&[("manifest.json", &text), ("index.js", &code)]);
        self.tag(tag, commit);
        commit
    }

    /// Lets a tag lead to a commit, also when it led elsewhere.
    pub fn tag(&self, name: &str, commit: Oid) {
        let name = format!("refs/tags/{name}");
        self.repo.reference(&name, commit, true, "x").unwrap();
    }
}

pub(super) fn wanted(source: &str, cache: &Path) -> Wanted {
    Wanted {
        address: source.parse().unwrap_or_else(|e| panic!("{source}: {e}")),
        cache: cache.to_path_buf(),
        limits: Limits { time: Duration::from_secs(30), ..Limits::DEFAULT },
        http: HttpOptions::default(),
        token: None,
        known: BTreeMap::new(),
    }
}

pub(super) async fn get(source: &str, cache: &Path) -> Result<Brought, SourceError> {
    bring(wanted(source, cache), &Silent).await
}

/// The code of the failure that `source` is.
pub(super) async fn code(source: &str, cache: &Path) -> &'static str {
    match get(source, cache).await {
        Ok(brought) => panic!("{source} gave {}", brought.commit),
        Err(error) => error.code().id,
    }
}

pub(super) fn cache() -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_path_buf();
    (dir, path)
}

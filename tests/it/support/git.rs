//! Repositories with plugins in them.

use std::path::Path;

use git2::{Oid, Repository, RepositoryInitOptions, Signature, Time};

/// A bare repository.
pub struct Git {
    repo: Repository,
}

impl Git {
    /// An empty one at `path`.
    pub fn at(path: &Path) -> Self {
        let mut options = RepositoryInitOptions::new();
        options.bare(true).external_template(false).initial_head("main").mkpath(true);
        Self { repo: Repository::init_opts(path, &options).unwrap() }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("file://{}", self.repo.path().to_str().unwrap().trim_end_matches('/'))
    }

    /// Commits these files, and nothing else, on `main`.
    pub fn commit(&self, files: &[(&str, &str)]) -> String {
        let mut index = git2::Index::new().unwrap();
        for (path, content) in files {
            let entry = git2::IndexEntry {
                ctime: git2::IndexTime::new(0, 0),
                mtime: git2::IndexTime::new(0, 0),
                dev: 0,
                ino: 0,
                mode: 0o100_644,
                uid: 0,
                gid: 0,
                file_size: 0,
                id: self.repo.blob(content.as_bytes()).unwrap(),
                flags: 0,
                flags_extended: 0,
                path: path.as_bytes().to_vec(),
            };
            index.add(&entry).unwrap();
        }
        let tree = index.write_tree_to(&self.repo).unwrap();
        let tree = self.repo.find_tree(tree).unwrap();
        let who = Signature::new("A", "a@example.com", &Time::new(1_700_000_000, 0)).unwrap();
        let parent = self.repo.head().ok().and_then(|head| head.peel_to_commit().ok());
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        let commit = self.repo.commit(Some("refs/heads/main"), &who, &who, "x", &tree, &parents);
        commit.unwrap().to_string()
    }

    /// Lets a tag lead to a commit, also when it led elsewhere.
    pub fn tag(&self, name: &str, commit: &str) {
        let id = Oid::from_str(commit).unwrap();
        self.repo.reference(&format!("refs/tags/{name}"), id, true, "x").unwrap();
    }
}

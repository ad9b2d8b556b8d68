//! Starts the built program with a clean environment and a home of its own.

pub mod backup;
pub mod disk;
pub mod git;
#[path = "../../../src/client/tests/peer.rs"]
pub mod peer;
pub mod random;
pub mod registry;
pub mod screen;
pub mod served;
pub mod shop;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A temporary world: a home for the program and a directory to work in. Gone when dropped.
pub struct World {
    root: tempfile::TempDir,
}

/// What one run of the program did.
#[derive(Debug)]
pub struct Run {
    /// Exit code; -1 when a signal ended it.
    pub code: i32,
    /// All of stdout.
    pub stdout: String,
    /// All of stderr.
    pub stderr: String,
}

impl World {
    /// A fresh world.
    pub fn new() -> Self {
        let root = tempfile::Builder::new().prefix("daino-it-").tempdir().unwrap();
        std::fs::create_dir(root.path().join("home")).unwrap();
        std::fs::create_dir(root.path().join("work")).unwrap();
        Self { root }
    }

    /// The directory commands run in.
    pub fn dir(&self) -> PathBuf {
        self.root.path().join("work")
    }

    /// The program's own home (`DAINO_HOME`).
    pub fn home(&self) -> PathBuf {
        self.root.path().join("home")
    }

    /// A command of the program, in `dir`, without terminal, with nothing of the caller's
    /// environment but `PATH`. The PostgreSQL bundle is shared between tests through
    /// `DAINO_CACHE`, because it is fetched once per user in real life, too.
    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_daino-pdk"));
        let usual = std::env::var_os("PATH").unwrap_or_default();
        let own = self.root.path().join("bin");
        let path = std::iter::once(own).chain(std::env::split_paths(&usual));
        command
            .env_clear()
            .env("PATH", std::env::join_paths(path).unwrap())
            .env("HOME", self.home())
            .env("DAINO_HOME", self.home())
            .env("DAINO_CACHE", shared_cache())
            .current_dir(self.dir())
            .stdin(Stdio::null());
        command
    }

    /// Runs the program with these arguments to its end.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Run {
        Run::of(self.command().args(args).output().unwrap())
    }

    /// Writes a file below the working directory.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.dir().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Puts a shell script in front of the programs of the machine.
    #[cfg(unix)]
    pub fn program(&self, name: &str, script: &str) {
        use std::os::unix::fs::PermissionsExt;
        let folder = self.root.path().join("bin");
        std::fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Every file below the working directory, sorted, `/`-separated.
    pub fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(&self.dir(), &self.dir(), &mut found);
        found.sort();
        found
    }
}

/// How often a test repeats something random: `DAINO_TEST_ROUNDS`, for a long run by hand.
pub fn rounds(usual: usize) -> usize {
    std::env::var("DAINO_TEST_ROUNDS").map_or(usual, |rounds| rounds.parse().unwrap())
}

fn shared_cache() -> PathBuf {
    std::env::var_os("DAINO_TEST_CACHE").map_or_else(
        || PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("daino-cache"),
        PathBuf::from,
    )
}

fn walk(root: &Path, dir: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.is_symlink() {
            walk(root, &path, found);
        } else if let Ok(relative) = path.strip_prefix(root) {
            found.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
}

impl Run {
    /// Reads what a finished process left.
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The one JSON document on stdout.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("stdout is not one JSON document ({e}):\n{self:#?}"))
    }

    /// Checks the exit code, and shows everything when it is another.
    #[track_caller]
    pub fn exits(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}\n--- stderr\n{}", self.stdout, self.stderr);
        self
    }

    /// Checks that stderr holds the text.
    #[track_caller]
    pub fn complains(&self, text: &str) -> &Self {
        assert!(self.stderr.contains(text), "no `{text}` in stderr:\n{}", self.stderr);
        self
    }
}

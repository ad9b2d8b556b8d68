//! Files below one directory, reached so that no path, link or race leads out of it.
//!
//! Every path is opened relative to the directory's own descriptor. Where the kernel has
//! `openat2`, it refuses symbolic links and everything above the directory itself; elsewhere each
//! component is opened on its own and may not be a link. Both look at what was opened, never at a
//! name that could mean something else a moment later.
//!
//! Paths are relative, `/`-separated and without `.` or `..`; the caller has checked that.

use std::io;

/// What a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Kind {
    /// A regular file with one name.
    File,
    /// A directory.
    Directory,
    /// Anything else: a link, a pipe, a device, a file with several names. Only its name is shown.
    Other,
}

/// What is known of a file or directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct About {
    /// What it is.
    pub kind: Kind,
    /// Bytes of a file; zero for the rest.
    pub size: u64,
    /// Seconds since 1970 when it was last changed.
    pub modified: i64,
}

/// How to open a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// To read.
    Read,
    /// To write at its end; made when absent.
    Append,
}

/// Prefix of the names under which files are written before they get their own.
pub(crate) const TEMPORARY: &str = ".daino-tmp-";

fn refused(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, what.to_owned())
}

#[cfg(unix)]
pub(crate) use unix::Root;

#[cfg(unix)]
mod unix {
    use std::fs::File;
    use std::io::{self, Write};
    use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
    use std::path::Path;

    use rustix::fs::{AtFlags, Dir, FileType, Mode as Permission, OFlags, Stat};
    use rustix::io::Errno;

    use super::{About, Kind, Mode, TEMPORARY, refused};

    /// Neither links nor terminals nor waiting for the other end of a pipe.
    const CAREFUL: OFlags =
        OFlags::NOFOLLOW.union(OFlags::CLOEXEC).union(OFlags::NOCTTY).union(OFlags::NONBLOCK);
    const FOLDER: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(CAREFUL);

    /// A directory and nothing above it.
    #[derive(Debug)]
    pub(crate) struct Root {
        dir: OwnedFd,
        /// Walk by hand even where the kernel could do it; for tests.
        #[cfg(target_os = "linux")]
        by_hand: bool,
    }

    impl Root {
        /// Opens the directory. `path` itself may lead through links: it is the operator's.
        pub(crate) fn open(path: &Path) -> io::Result<Self> {
            let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
            let dir = rustix::fs::open(path, flags, Permission::empty())?;
            Ok(Self {
                dir,
                #[cfg(target_os = "linux")]
                by_hand: false,
            })
        }

        /// The same, without help of the kernel.
        #[cfg(all(test, target_os = "linux"))]
        pub(crate) fn walking_by_hand(mut self) -> Self {
            self.by_hand = true;
            self
        }

        /// Opens a regular file that has this one name only.
        pub(crate) fn file(&self, path: &str, mode: Mode) -> io::Result<File> {
            let flags = match mode {
                Mode::Read => OFlags::RDONLY,
                Mode::Append => OFlags::WRONLY | OFlags::APPEND | OFlags::CREATE,
            };
            let file = self.open_below(path, flags | CAREFUL)?;
            let stat = rustix::fs::fstat(&file)?;
            match FileType::from_raw_mode(stat.st_mode) {
                FileType::RegularFile if stat.st_nlink == 1 => Ok(File::from(file)),
                FileType::RegularFile => Err(refused("it has a second name (a hard link)")),
                FileType::Directory => Err(Errno::ISDIR.into()),
                _ => Err(refused("it is not a regular file")),
            }
        }

        /// Puts a file in place, whole or not at all. What stood there is replaced, not written to.
        pub(crate) fn replace(&self, path: &str, content: &[u8]) -> io::Result<()> {
            let (parent, name) = self.parent(path)?;
            let mut random = [0; 12];
            getrandom::fill(&mut random).map_err(io::Error::other)?;
            let temporary: String =
                random.iter().fold(TEMPORARY.to_owned(), |name, byte| format!("{name}{byte:02x}"));
            let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | CAREFUL;
            let made =
                rustix::fs::openat(&parent, &temporary, flags, Permission::from_raw_mode(0o644))?;
            let mut file = File::from(made);
            let written = file.write_all(content).and_then(|()| file.sync_data()).and_then(|()| {
                rustix::fs::renameat(&parent, &temporary, &parent, name).map_err(io::Error::from)
            });
            if written.is_err() {
                // What it is called again tells the plugin; the temporary name is no use.
                let _ = rustix::fs::unlinkat(&parent, &temporary, AtFlags::empty());
            }
            written
        }

        /// Removes a file or an empty directory; whether it was there.
        pub(crate) fn remove(&self, path: &str) -> io::Result<bool> {
            let (parent, name) = match self.parent(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
                other => other?,
            };
            let flags = match stat_at(parent.as_fd(), name)? {
                None => return Ok(false),
                Some(stat) if is_directory(&stat) => AtFlags::REMOVEDIR,
                Some(_) => AtFlags::empty(),
            };
            match rustix::fs::unlinkat(&parent, name, flags) {
                Ok(()) => Ok(true),
                Err(Errno::NOENT) => Ok(false),
                Err(error) => Err(error.into()),
            }
        }

        /// What is known of a name; `None` when there is nothing.
        pub(crate) fn about(&self, path: &str) -> io::Result<Option<About>> {
            match self.parent(path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error),
                Ok((parent, name)) => Ok(stat_at(parent.as_fd(), name)?.map(|stat| about(&stat))),
            }
        }

        /// Names in a directory and what they are, at most `most`, unsorted.
        pub(crate) fn list(&self, path: &str, most: usize) -> io::Result<Vec<(String, About)>> {
            let dir = self.open_below(path, FOLDER)?;
            let mut found = Vec::new();
            for entry in Dir::read_from(&dir)? {
                let entry = entry?;
                // A name that is no text cannot be asked for, so it is not shown either.
                let Ok(name) = entry.file_name().to_str() else { continue };
                if matches!(name, "." | "..") || name.starts_with(TEMPORARY) {
                    continue;
                }
                if found.len() == most {
                    return Err(io::Error::new(io::ErrorKind::QuotaExceeded, "too many names"));
                }
                if let Some(stat) = stat_at(dir.as_fd(), name)? {
                    found.push((name.to_owned(), about(&stat)));
                }
            }
            Ok(found)
        }

        /// Makes a directory and those above it.
        pub(crate) fn make_directory(&self, path: &str) -> io::Result<()> {
            let mut made = String::new();
            for part in path.split('/') {
                let parent = self.folder(&made)?;
                match rustix::fs::mkdirat(&parent, part, Permission::from_raw_mode(0o755)) {
                    Ok(()) | Err(Errno::EXIST) => {}
                    Err(error) => return Err(error.into()),
                }
                made = if made.is_empty() { part.to_owned() } else { format!("{made}/{part}") };
            }
            self.folder(path).map(drop)
        }

        fn folder(&self, path: &str) -> io::Result<OwnedFd> {
            if path.is_empty() { self.dir.try_clone() } else { self.open_below(path, FOLDER) }
        }

        fn parent<'a>(&self, path: &'a str) -> io::Result<(OwnedFd, &'a str)> {
            let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
            Ok((self.folder(parent)?, name))
        }

        fn open_below(&self, path: &str, flags: OFlags) -> io::Result<OwnedFd> {
            // A mode without O_CREAT is an error of `openat2`.
            let mode = if flags.contains(OFlags::CREATE) { 0o644 } else { 0 };
            let mode = Permission::from_raw_mode(mode);
            #[cfg(target_os = "linux")]
            if !self.by_hand {
                match open_by_kernel(self.dir.as_fd(), path, flags, mode) {
                    // An old kernel, a container that hides the call, or a link where a directory
                    // is wanted, which a walk by hand tells from a file.
                    Err(Errno::NOSYS | Errno::PERM | Errno::NOTDIR) => {}
                    Err(Errno::LOOP | Errno::XDEV) => {
                        return Err(refused("it leads through a link"));
                    }
                    other => return Ok(other?),
                }
            }
            self.open_by_hand(path, flags, mode)
        }

        fn open_by_hand(&self, path: &str, flags: OFlags, mode: Permission) -> io::Result<OwnedFd> {
            let open = |dir: BorrowedFd<'_>, name: &str, flags, mode| {
                rustix::fs::openat(dir, name, flags, mode).map_err(|error| match error {
                    Errno::LOOP | Errno::MLINK => refused("it leads through a link"),
                    // A link where a directory is wanted: systems do not agree on the error.
                    Errno::NOTDIR => match stat_at(dir, name) {
                        Ok(Some(stat)) if is_link(&stat) => refused("it leads through a link"),
                        _ => error.into(),
                    },
                    other => other.into(),
                })
            };
            let (parents, name) = path.rsplit_once('/').unwrap_or(("", path));
            let mut dir = self.dir.try_clone()?;
            for part in parents.split('/').filter(|part| !part.is_empty()) {
                dir = open(dir.as_fd(), part, FOLDER, Permission::empty())?;
            }
            open(dir.as_fd(), name, flags, mode)
        }
    }

    #[cfg(target_os = "linux")]
    fn open_by_kernel(
        dir: BorrowedFd<'_>,
        path: &str,
        flags: OFlags,
        mode: Permission,
    ) -> Result<OwnedFd, Errno> {
        use rustix::fs::ResolveFlags;
        let resolve =
            ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS | ResolveFlags::NO_MAGICLINKS;
        let mut tries = 0;
        loop {
            match rustix::fs::openat2(dir, path, flags, mode, resolve) {
                // Something was renamed meanwhile.
                Err(Errno::AGAIN | Errno::INTR) if tries < 16 => tries += 1,
                other => return other,
            }
        }
    }

    fn stat_at(dir: BorrowedFd<'_>, name: &str) -> io::Result<Option<Stat>> {
        match rustix::fs::statat(dir, name, AtFlags::SYMLINK_NOFOLLOW) {
            Ok(stat) => Ok(Some(stat)),
            Err(Errno::NOENT) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn is_directory(stat: &Stat) -> bool {
        FileType::from_raw_mode(stat.st_mode) == FileType::Directory
    }

    fn is_link(stat: &Stat) -> bool {
        FileType::from_raw_mode(stat.st_mode) == FileType::Symlink
    }

    fn about(stat: &Stat) -> About {
        let kind = match FileType::from_raw_mode(stat.st_mode) {
            FileType::RegularFile if stat.st_nlink == 1 => Kind::File,
            FileType::Directory => Kind::Directory,
            _ => Kind::Other,
        };
        let size = if kind == Kind::File { u64::try_from(stat.st_size).unwrap_or(0) } else { 0 };
        About { kind, size, modified: stat.st_mtime }
    }
}

#[cfg(not(unix))]
pub(crate) use other::Root;

#[cfg(not(unix))]
mod other {
    use std::fs::File;
    use std::io;
    use std::path::Path;

    use super::{About, Mode};

    /// A directory and nothing above it; not on this system yet.
    #[derive(Debug)]
    pub(crate) enum Root {}

    impl Root {
        /// Not on this system yet.
        pub(crate) fn open(_: &Path) -> io::Result<Self> {
            Err(io::ErrorKind::Unsupported.into())
        }
        /// Opens a file.
        pub(crate) fn file(&self, _: &str, _: Mode) -> io::Result<File> {
            match *self {}
        }
        /// Puts a file in place.
        pub(crate) fn replace(&self, _: &str, _: &[u8]) -> io::Result<()> {
            match *self {}
        }
        /// Removes a name.
        pub(crate) fn remove(&self, _: &str) -> io::Result<bool> {
            match *self {}
        }
        /// What is known of a name.
        pub(crate) fn about(&self, _: &str) -> io::Result<Option<About>> {
            match *self {}
        }
        /// Names in a directory.
        pub(crate) fn list(&self, _: &str, _: usize) -> io::Result<Vec<(String, About)>> {
            match *self {}
        }
        /// Makes a directory.
        pub(crate) fn make_directory(&self, _: &str) -> io::Result<()> {
            match *self {}
        }
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::{Read, Write};
    use std::os::unix::fs::symlink;
    use std::path::PathBuf;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// A root with `in/file`, beside a secret outside, opened both ways.
    fn roots() -> Vec<(tempfile::TempDir, PathBuf, Root)> {
        [false, true]
            .into_iter()
            .map(|by_hand| {
                let temporary = tempfile::tempdir().unwrap();
                let inside = temporary.path().join("root");
                fs::create_dir_all(inside.join("in")).unwrap();
                fs::write(inside.join("in/file"), "inside").unwrap();
                fs::create_dir(temporary.path().join("outside")).unwrap();
                fs::write(temporary.path().join("outside/file"), "secret").unwrap();
                let root = Root::open(&inside).unwrap();
                #[cfg(target_os = "linux")]
                let root = if by_hand { root.walking_by_hand() } else { root };
                (temporary, inside, root)
            })
            .collect()
    }

    fn text(root: &Root, path: &str) -> io::Result<String> {
        let mut text = String::new();
        root.file(path, Mode::Read)?.read_to_string(&mut text)?;
        Ok(text)
    }

    #[test]
    fn files_are_written_read_listed_and_removed() {
        for (_keep, _, root) in roots() {
            assert_eq!(text(&root, "in/file").unwrap(), "inside");
            root.make_directory("a/b").unwrap();
            root.replace("a/b/c", b"one").unwrap();
            root.replace("a/b/c", b"two").unwrap();
            root.file("a/b/c", Mode::Append).unwrap().write_all(b"!").unwrap();
            assert_eq!(text(&root, "a/b/c").unwrap(), "two!");
            let names: Vec<_> = root.list("a/b", 10).unwrap();
            assert_eq!(names.len(), 1);
            assert_eq!((names[0].0.as_str(), names[0].1.size), ("c", 4));
            assert_eq!(root.about("a/b").unwrap().unwrap().kind, Kind::Directory);
            assert!(root.remove("a").is_err(), "not empty");
            assert!(root.remove("a/b/c").unwrap() && !root.remove("a/b/c").unwrap());
            assert!(root.remove("a/b").unwrap());
            assert_eq!(root.about("x/y").unwrap(), None);
            assert!(root.list("in", 0).is_err());
        }
    }

    #[test]
    fn links_are_not_followed_wherever_they_stand() {
        for (temporary, inside, root) in roots() {
            let outside = temporary.path().join("outside");
            symlink(&outside, inside.join("dir-link")).unwrap();
            symlink(outside.join("file"), inside.join("in/file-link")).unwrap();
            symlink("file", inside.join("in/near-link")).unwrap();
            for path in ["dir-link/file", "in/file-link", "in/near-link"] {
                assert!(text(&root, path).is_err(), "{path}");
                assert!(root.file(path, Mode::Append).is_err(), "{path}");
            }
            assert!(root.list("dir-link", 10).is_err());
            assert!(root.replace("dir-link/new", b"x").is_err());
            assert!(root.make_directory("dir-link/new").is_err());
            assert!(root.remove("dir-link/file").is_err());
            assert!(root.about("dir-link/file").is_err());
            assert_eq!(root.about("in/file-link").unwrap().unwrap().kind, Kind::Other);
            // Writing replaces the link; what it led to stays.
            root.replace("in/file-link", b"mine").unwrap();
            assert_eq!(fs::read_to_string(outside.join("file")).unwrap(), "secret");
            assert!(!outside.join("new").exists());
        }
    }

    #[test]
    fn a_file_with_a_second_name_is_neither_read_nor_written() {
        for (temporary, inside, root) in roots() {
            let secret = temporary.path().join("outside/file");
            fs::hard_link(&secret, inside.join("in/hard")).unwrap();
            assert!(text(&root, "in/hard").is_err());
            assert!(root.file("in/hard", Mode::Append).is_err());
            root.replace("in/hard", b"mine").unwrap();
            assert_eq!(fs::read_to_string(&secret).unwrap(), "secret");
            assert_eq!(text(&root, "in/hard").unwrap(), "mine");
        }
    }

    #[test]
    fn a_pipe_and_a_directory_do_not_hang_nor_open() {
        for (_keep, inside, root) in roots() {
            let pipe = inside.join("in/pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
            assert!(text(&root, "in/pipe").is_err());
            assert!(root.file("in/pipe", Mode::Append).is_err());
            assert!(text(&root, "in").is_err());
        }
    }

    /// Swaps a directory for a link to the outside, over and over, while it is read and written.
    #[test]
    fn a_race_for_the_path_is_never_won() {
        for (temporary, inside, root) in roots() {
            let outside = temporary.path().join("outside");
            let stop = AtomicBool::new(false);
            std::thread::scope(|scope| {
                scope.spawn(|| {
                    let (real, aside) = (inside.join("in"), inside.join("aside"));
                    while !stop.load(Ordering::Relaxed) {
                        fs::rename(&real, &aside).unwrap();
                        symlink(&outside, &real).unwrap();
                        fs::remove_file(&real).unwrap();
                        fs::rename(&aside, &real).unwrap();
                    }
                });
                for _ in 0..3_000 {
                    if let Ok(read) = text(&root, "in/file") {
                        assert_ne!(read, "secret");
                    }
                    let _ = root.replace("in/made", b"x");
                }
                stop.store(true, Ordering::Relaxed);
            });
            assert!(!outside.join("made").exists());
            assert_eq!(fs::read_to_string(outside.join("file")).unwrap(), "secret");
        }
    }
}

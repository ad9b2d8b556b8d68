//! Real folders, real events.

use std::time::Duration;

use super::*;
use crate::model::TreePath;

/// A watched folder with one plugin.
struct Desk {
    dir: tempfile::TempDir,
    root: PathBuf,
    _watcher: Watcher,
    signals: UnboundedReceiver<Watched>,
    runtime: tokio::runtime::Runtime,
}

impl Desk {
    fn new(files: &[&str], poll: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap().join("plugin");
        for file in files {
            std::fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            std::fs::write(root.join(file), "1").unwrap();
        }
        let (watcher, signals) = Watcher::start(vec![root.clone()], poll).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        Self { dir, root, _watcher: watcher, signals, runtime }
    }

    /// Signals until one matches; panics with all of them when none does.
    fn until(&mut self, found: impl Fn(&Signal) -> bool) -> Vec<Signal> {
        let mut seen = Vec::new();
        let signals = &mut self.signals;
        self.runtime.block_on(async {
            let wait = async {
                while let Some(watched) = signals.recv().await {
                    if let Watched::Signal(0, signal) = watched {
                        let is_it = found(&signal);
                        seen.push(signal);
                        if is_it {
                            return true;
                        }
                    }
                }
                false
            };
            let found = tokio::time::timeout(Duration::from_secs(10), wait).await;
            assert_eq!(found, Ok(true), "{seen:?}");
        });
        seen
    }

    fn settles(&mut self, file: &str) -> Vec<Signal> {
        let path = TreePath::new(file).unwrap();
        self.until(move |signal| *signal == Signal::Settled(path.clone()))
    }

    fn write(&self, file: &str, text: &str) {
        std::fs::write(self.root.join(file), text).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn plain_and_atomic_saves_settle_again_and_again() {
    let mut desk = Desk::new(&["index.js"], false);
    for round in 0..3 {
        desk.write("index.js", "plain");
        let seen = desk.settles("index.js");
        assert!(
            seen.contains(&Signal::Open(TreePath::new("index.js").unwrap())),
            "{round}: {seen:?}"
        );
        desk.write("index.js.tmp", "atomic");
        std::fs::rename(desk.root.join("index.js.tmp"), desk.root.join("index.js")).unwrap();
        let seen = desk.settles("index.js");
        assert_eq!(seen.len(), 1, "{round}: the file aside is no signal: {seen:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_ignored_is_never_told() {
    let mut desk = Desk::new(&["index.js", "node_modules/x/a.js", "notes/n.txt"], false);
    desk.write(".dainoignore", "notes/\n");
    desk.until(|signal| *signal == Signal::Unsure);
    for file in ["node_modules/x/a.js", "notes/n.txt", ".env", "index.js~", "#index.js#", "4913"] {
        desk.write(file, "2");
    }
    std::fs::read(desk.root.join("index.js")).unwrap();
    desk.write("index.js", "2");
    let seen = desk.settles("index.js");
    assert!(
        seen.iter()
            .all(|s| matches!(s, Signal::Open(p) | Signal::Settled(p) if p.as_str() == "index.js")),
        "{seen:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn files_that_editors_write_beside_are_never_told() {
    let mut desk = Desk::new(&["index.js"], false);
    for file in [
        ".index.js.swp",
        "4913",
        "index.js~",
        "#index.js#",
        ".#index.js",
        "sedGdAm4G",
        "index.js___jb_tmp___",
        "index.js___jb_old___",
        ".goutputstream-X1",
        "index.js.tmp",
    ] {
        desk.write(file, "half");
        std::fs::remove_file(desk.root.join(file)).unwrap();
    }
    desk.write("index.js", "2");
    let seen = desk.settles("index.js");
    let of_index =
        |s: &Signal| matches!(s, Signal::Open(p) | Signal::Settled(p) if p.as_str() == "index.js");
    assert!(seen.iter().all(of_index), "{seen:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_behind_a_link_is_told_where_it_is() {
    let mut desk = Desk::new(&["index.js", "real.js"], false);
    std::os::unix::fs::symlink("real.js", desk.root.join("link.js")).unwrap();
    desk.settles("link.js");
    desk.write("link.js", "through the link");
    desk.settles("real.js");
}

#[cfg(target_os = "linux")]
#[test]
fn new_folders_are_watched_and_moved_ones_forgotten() {
    let mut desk = Desk::new(&["index.js"], false);
    std::fs::create_dir_all(desk.root.join("src/deep")).unwrap();
    desk.until(|signal| *signal == Signal::Unsure);
    // The deepest folder may be registered a moment later than it exists; the look that follows
    // finds what was written before.
    std::thread::sleep(Duration::from_millis(50));
    desk.write("src/deep/a.js", "1");
    desk.settles("src/deep/a.js");
    std::fs::rename(desk.root.join("src"), desk.root.join("lib")).unwrap();
    desk.until(|signal| *signal == Signal::Unsure);
    std::thread::sleep(Duration::from_millis(50));
    desk.write("lib/deep/a.js", "2");
    desk.settles("lib/deep/a.js");
    std::fs::remove_dir_all(desk.root.join("lib")).unwrap();
    desk.until(|signal| *signal == Signal::Unsure);
}

#[cfg(target_os = "linux")]
#[test]
fn what_happened_before_a_sync_is_told_before_it() {
    let mut desk = Desk::new(&["index.js"], false);
    let settled = Signal::Settled(TreePath::new("index.js").unwrap());
    for round in 0..200 {
        desk.write("index.js", &format!("{round}"));
        let number = desk._watcher.sync().unwrap();
        let mut seen = Vec::new();
        loop {
            match desk.signals.blocking_recv().unwrap() {
                Watched::Synced(told) if told == number => break,
                Watched::Signal(_, signal) => seen.push(signal),
                other => panic!("{other:?}"),
            }
        }
        assert!(seen.contains(&settled), "{round}: {seen:?}");
    }
    assert_eq!(Desk::new(&["index.js"], true)._watcher.sync(), None);
}

#[test]
fn a_root_that_goes_away_and_comes_back() {
    for poll in [false, true] {
        let mut desk = Desk::new(&["index.js"], poll);
        let aside = desk.dir.path().join("aside");
        std::fs::rename(&desk.root, &aside).unwrap();
        desk.until(|signal| *signal == Signal::RootGone);
        std::fs::rename(&aside, &desk.root).unwrap();
        desk.until(|signal| *signal == Signal::RootBack);
        std::thread::sleep(Duration::from_millis(300));
        desk.write("index.js", "a longer text");
        let path = TreePath::new("index.js").unwrap();
        desk.until(|signal| matches!(signal, Signal::Settled(p) | Signal::Open(p) if *p == path));
    }
}

#[test]
fn polling_finds_changes_too() {
    let mut desk = Desk::new(&["index.js", "old.js"], true);
    assert_eq!(*desk._watcher.mode(), Mode::Polling("it was asked for".to_owned()));
    desk.write("index.js", "another text");
    std::fs::remove_file(desk.root.join("old.js")).unwrap();
    let seen = desk.until(|signal| matches!(signal, Signal::Open(_)));
    assert!(
        seen.iter().any(|signal| matches!(signal, Signal::Removed(p) if p.as_str() == "old.js")),
        "{seen:?}"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn when_the_system_has_no_more_watches_it_polls_and_says_so() {
    let mut desk = Desk::new(&["index.js"], false);
    let (_sender, told) = channel::<Told>();
    let (signals, mut receiver) = unbounded_channel();
    let mut work = Work {
        roots: vec![Root::new(desk.root.clone())],
        system: notify::recommended_watcher(|_| {}).ok(),
        signals,
        next_look: Instant::now(),
        marks: None,
    };
    work.trouble(&notify::Error::new(notify::ErrorKind::MaxFilesWatch));
    std::thread::spawn(move || work.run(&told));
    let first = receiver.blocking_recv().unwrap();
    assert!(matches!(first, Watched::FellBack(why) if why.contains("max_user_watches")));
    assert_eq!(receiver.blocking_recv(), Some(Watched::Signal(0, Signal::Unsure)));
    std::thread::sleep(Duration::from_millis(50));
    desk.write("index.js", "a longer text");
    let path = TreePath::new("index.js").unwrap();
    assert_eq!(receiver.blocking_recv(), Some(Watched::Signal(0, Signal::Open(path.clone()))));
    desk.settles("index.js");
}

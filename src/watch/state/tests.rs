//! The stories of saving, each told to the machine step by step.

use super::*;
use crate::error::ErrorCode;
use crate::model::ExitCode;

static BROKEN: ErrorCode =
    ErrorCode { id: "test.broken", exit: ExitCode::Usage, meaning: "Broken.", remedy: "Mend." };

/// A machine with a clock and a disk of its own. Effects are carried out at once, as a worker
/// without delay would; loads that the test wants to hold are held. A file whose text is `bad` does
/// not load.
struct Desk {
    state: State,
    now: Duration,
    disk: BTreeMap<TreePath, String>,
    /// What was read of the disk, as the tree in memory has it.
    memory: BTreeMap<TreePath, String>,
    /// What the served versions were made of.
    served: Vec<BTreeMap<TreePath, String>>,
    loads: Vec<Vec<String>>,
    reads: usize,
    told: Vec<String>,
    wake: Option<Duration>,
    holds_loads: bool,
    generation: u64,
}

fn path(text: &str) -> TreePath {
    TreePath::new(text).unwrap()
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let disk = files.iter().map(|(p, text)| (path(p), (*text).to_owned())).collect();
        let mut desk = Self {
            state: State::new(true),
            now: Duration::from_secs(1),
            disk,
            memory: BTreeMap::new(),
            served: Vec::new(),
            loads: Vec::new(),
            reads: 0,
            told: Vec::new(),
            wake: None,
            holds_loads: false,
            generation: 0,
        };
        desk.tell(Input::Asked);
        desk.wait(1_000);
        desk.served.clear();
        desk.loads.clear();
        desk.told.clear();
        desk.reads = 0;
        desk
    }

    fn plugin() -> Self {
        Self::new(&[("manifest.json", "{}"), ("index.js", "1"), ("README.md", "r")])
    }

    fn tell(&mut self, input: Input) {
        let (state, effects) = std::mem::take(&mut self.state).step(self.now, input);
        self.state = state;
        effects.into_iter().for_each(|effect| self.carry_out(effect));
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Serve => self.served.push(self.memory.clone()),
            Effect::Forget => self.told.push("forgotten".to_owned()),
            Effect::WakeAt(at) => self.wake = Some(at),
            Effect::Read(scope) => {
                self.reads += 1;
                let seen = self.read(scope);
                self.tell(Input::Read(Ok(seen)));
            }
            Effect::Load => {
                let Work::Loading(changes) = &self.state.work else { panic!("{:?}", self.state) };
                self.loads.push(changes.iter().map(|c| c.path.to_string()).collect());
                if !self.holds_loads {
                    self.loaded();
                }
            }
            Effect::Report(report) => self.told.push(match report {
                Report::Served { .. } => "served".to_owned(),
                Report::Failed(failure) => format!("failed: {failure}"),
                Report::Noted(changes) => format!("noted {}", changes[0].path),
                Report::Gone => "gone".to_owned(),
                Report::Back => "back".to_owned(),
            }),
        }
    }

    fn loaded(&mut self) {
        let result = if self.memory.values().any(|text| text == "bad") {
            Err(Failure::new(&BROKEN, "it does not parse"))
        } else {
            self.generation += 1;
            Ok(self.generation)
        };
        self.tell(Input::Loaded(result));
    }

    fn read(&mut self, scope: Scope) -> Seen {
        let digest = |text: &String| Digest::of(text.as_bytes());
        match scope {
            Scope::Paths(paths) => {
                for path in &paths {
                    match self.disk.get(path) {
                        Some(text) => drop(self.memory.insert(path.clone(), text.clone())),
                        None => drop(self.memory.remove(path)),
                    }
                }
                let seen = |p: TreePath| (p.clone(), self.memory.get(&p).map(digest));
                Seen { digests: paths.into_iter().map(seen).collect(), ..Seen::default() }
            }
            Scope::AllBut(except) => {
                let mut memory = self.disk.clone();
                for path in except {
                    match self.memory.get(&path) {
                        Some(text) => drop(memory.insert(path, text.clone())),
                        None => drop(memory.remove(&path)),
                    }
                }
                self.memory = memory;
                let seen = |(p, text): (&TreePath, &String)| (p.clone(), Some(digest(text)));
                Seen {
                    whole: true,
                    digests: self.memory.iter().map(seen).collect(),
                    ..Seen::default()
                }
            }
        }
    }

    /// Lets time pass, with every wake that was asked for.
    fn wait(&mut self, millis: u64) {
        let end = self.now + Duration::from_millis(millis);
        while let Some(at) = self.wake.take_if(|at| *at <= end) {
            self.now = self.now.max(at);
            self.tell(Input::Tick);
        }
        self.now = end;
    }

    fn signal(&mut self, signal: Signal) {
        self.tell(Input::Signal(signal));
    }

    /// A plain save: truncate, write, close.
    fn save(&mut self, file: &str, text: &str) {
        self.signal(Signal::Open(path(file)));
        self.disk.insert(path(file), text.to_owned());
        self.signal(Signal::Settled(path(file)));
    }

    fn loaded_files(&self) -> Vec<&str> {
        self.loads.iter().flatten().map(String::as_str).collect()
    }
}

#[test]
fn a_save_is_loaded_at_once() {
    let mut desk = Desk::plugin();
    desk.save("index.js", "2");
    assert_eq!(desk.loaded_files(), ["index.js"], "no time has passed");
    assert_eq!(desk.told, ["served"]);
}

#[test]
fn an_atomic_save_is_one_load() {
    let mut desk = Desk::plugin();
    desk.disk.insert(path("index.js"), "2".to_owned());
    desk.signal(Signal::Settled(path("index.js")));
    desk.wait(500);
    assert_eq!(desk.loads.len(), 1);
}

#[test]
fn a_save_that_moves_the_old_file_away_first_is_one_load_without_a_gap() {
    let mut desk = Desk::plugin();
    let text = desk.disk.remove(&path("index.js")).unwrap();
    desk.signal(Signal::Removed(path("index.js")));
    desk.wait(20);
    assert_eq!(desk.loads.len(), 0, "the absence is not believed yet");
    desk.disk.insert(path("index.js"), format!("{text} and more"));
    desk.signal(Signal::Settled(path("index.js")));
    desk.wait(500);
    assert_eq!(desk.loads.len(), 1);
    assert_eq!(desk.told, ["served"]);
}

#[test]
fn a_deleted_file_is_believed_after_a_moment() {
    let mut desk = Desk::new(&[("manifest.json", "{}"), ("index.js", "1"), ("src/a.js", "1")]);
    desk.disk.remove(&path("src/a.js"));
    desk.signal(Signal::Removed(path("src/a.js")));
    desk.wait(39);
    assert_eq!(desk.loads.len(), 0);
    desk.wait(1);
    assert_eq!(desk.loaded_files(), ["src/a.js"]);
}

#[test]
fn a_new_file_and_a_rename_are_seen() {
    let mut desk = Desk::plugin();
    desk.save("src/new.js", "1");
    assert_eq!(desk.loaded_files(), ["src/new.js"]);
    desk.wait(100);
    let text = desk.disk.remove(&path("src/new.js")).unwrap();
    desk.disk.insert(path("src/other.js"), text);
    desk.signal(Signal::Removed(path("src/new.js")));
    desk.signal(Signal::Settled(path("src/other.js")));
    desk.wait(500);
    assert_eq!(desk.loaded_files(), ["src/new.js", "src/other.js", "src/new.js"]);
}

#[test]
fn a_touch_loads_nothing() {
    let mut desk = Desk::plugin();
    desk.save("index.js", "1");
    desk.wait(500);
    assert_eq!((desk.reads, desk.loads.len()), (1, 0));
    assert!(desk.told.is_empty());
}

#[test]
fn half_a_file_is_not_read() {
    let mut desk = Desk::plugin();
    desk.signal(Signal::Open(path("index.js")));
    desk.disk.insert(path("index.js"), "bad".to_owned());
    desk.wait(600);
    desk.signal(Signal::Open(path("index.js")));
    desk.wait(600);
    assert_eq!(desk.reads, 0, "each write starts the rest anew");
    desk.disk.insert(path("index.js"), "2".to_owned());
    desk.signal(Signal::Settled(path("index.js")));
    assert_eq!(desk.told, ["served"]);
}

#[test]
fn half_a_file_does_not_hold_up_another() {
    let mut desk = Desk::plugin();
    desk.signal(Signal::Open(path("index.js")));
    desk.disk.insert(path("index.js"), "bad half".to_owned());
    desk.save("src/b.js", "1");
    assert_eq!(desk.loaded_files(), ["src/b.js"]);
    desk.wait(100);
    desk.disk.insert(path("src/c.js"), "1".to_owned());
    desk.signal(Signal::Unsure);
    assert_eq!(desk.loaded_files(), ["src/b.js", "src/c.js"]);
}

#[test]
fn a_file_that_is_never_closed_is_read_in_the_end() {
    let mut desk = Desk::plugin();
    desk.disk.insert(path("index.js"), "2".to_owned());
    desk.signal(Signal::Open(path("index.js")));
    desk.wait(999);
    assert_eq!(desk.loads.len(), 0);
    desk.wait(1);
    assert_eq!(desk.loads.len(), 1);
}

#[test]
fn a_storm_costs_twenty_loads_a_second_and_loses_nothing() {
    let mut desk = Desk::plugin();
    let before = desk.now;
    for number in 0..500 {
        desk.save("index.js", &format!("version {number}"));
        desk.wait(2);
    }
    desk.wait(200);
    let seconds = (desk.now - before).as_secs_f64();
    assert!(desk.loads.len() as f64 <= seconds * 20.0 + 1.0, "{} loads", desk.loads.len());
    assert!(desk.loads.len() >= 20, "{} loads", desk.loads.len());
    let last = Digest::of(b"version 499");
    assert_eq!(desk.state.known.get(&path("index.js")), Some(&last));
}

#[test]
fn what_changes_during_a_load_is_loaded_next() {
    let mut desk = Desk::plugin();
    desk.holds_loads = true;
    desk.save("index.js", "2");
    desk.save("index.js", "3");
    desk.save("src/a.js", "1");
    desk.wait(500);
    assert_eq!(desk.loads.len(), 1);
    desk.loaded();
    assert_eq!(desk.told, ["forgotten"]);
    assert_eq!(desk.loads.len(), 2);
    assert_eq!(desk.loads[1], ["index.js", "src/a.js"]);
}

#[test]
fn what_was_read_while_it_was_written_is_not_served() {
    let mut desk = Desk::plugin();
    desk.holds_loads = true;
    // The next write has emptied the file already when it is read; the system says so later.
    desk.disk.insert(path("index.js"), String::new());
    desk.signal(Signal::Settled(path("index.js")));
    assert_eq!(desk.loads.len(), 1);
    desk.signal(Signal::Open(path("index.js")));
    desk.loaded();
    assert_eq!(desk.told, ["forgotten"]);
    desk.disk.insert(path("index.js"), "whole".to_owned());
    desk.signal(Signal::Settled(path("index.js")));
    desk.wait(60);
    desk.loaded();
    assert_eq!(desk.told, ["forgotten", "served"]);
    assert_eq!(desk.served.last().unwrap()[&path("index.js")], "whole");
    assert!(desk.served.iter().all(|files| !files[&path("index.js")].is_empty()));
}

#[test]
fn a_doubted_file_is_looked_at_again_after_a_rest() {
    let mut desk = Desk::plugin();
    let seen = Seen { doubted: [path("index.js")].into(), ..Seen::default() };
    desk.tell(Input::Read(Ok(seen)));
    desk.wait(999);
    assert_eq!(desk.reads, 0);
    desk.wait(1);
    assert_eq!(desk.reads, 1);
}

#[test]
fn what_was_forgotten_is_loaded_even_if_nothing_changed_any_more() {
    let mut desk = Desk::plugin();
    desk.holds_loads = true;
    desk.save("index.js", "2");
    desk.save("index.js", "2");
    desk.loaded();
    desk.wait(60);
    desk.loaded();
    assert_eq!(desk.told, ["forgotten", "served"]);
    assert_eq!(desk.loads, [["index.js"], ["index.js"]]);
}

#[test]
fn a_syntax_error_is_told_and_its_fix_is_served() {
    let mut desk = Desk::plugin();
    desk.save("index.js", "bad");
    desk.wait(100);
    desk.save("index.js", "good");
    assert_eq!(desk.told, ["failed: it does not parse", "served"]);
}

#[test]
fn the_mend_of_a_mistake_does_not_wait_for_the_next_turn() {
    let mut desk = Desk::plugin();
    desk.save("index.js", "bad");
    desk.wait(5);
    desk.save("index.js", "good");
    assert_eq!(desk.loads.len(), 1, "at once would be a storm of mistakes");
    desk.wait(6);
    assert_eq!(desk.told.last().map(String::as_str), Some("served"), "{:?}", desk.told);
    // After a version that is served, the next one waits its turn.
    desk.save("index.js", "better");
    desk.wait(39);
    assert_eq!(desk.loads.len(), 2);
    desk.wait(12);
    assert_eq!(desk.loads.len(), 3);
}

#[test]
fn a_migration_and_the_manifest_load_a_version_and_name_what_they_are() {
    let mut desk = Desk::plugin();
    desk.save("migrations/0001_a.sql", "CREATE TABLE a (id integer);");
    desk.wait(60);
    desk.save("manifest.json", "{\"name\": 1}");
    desk.wait(60);
    assert_eq!(desk.loads, [["migrations/0001_a.sql"], ["manifest.json"]]);
    desk.signal(Signal::Removed(path("migrations/0001_a.sql")));
    desk.disk.remove(&path("migrations/0001_a.sql"));
    desk.wait(60);
    assert_eq!(desk.loads.last().unwrap(), &["migrations/0001_a.sql"]);
}

#[test]
fn a_rename_over_and_back_that_ends_where_it_began_loads_nothing() {
    let mut desk = Desk::plugin();
    desk.disk.remove(&path("index.js"));
    desk.signal(Signal::Removed(path("index.js")));
    desk.disk.insert(path("other.js"), "1".to_owned());
    desk.signal(Signal::Settled(path("other.js")));
    desk.disk.insert(path("index.js"), "1".to_owned());
    desk.disk.remove(&path("other.js"));
    desk.signal(Signal::Removed(path("other.js")));
    desk.signal(Signal::Settled(path("index.js")));
    desk.wait(200);
    assert_eq!(
        desk.memory.keys().map(TreePath::as_str).collect::<Vec<_>>(),
        ["README.md", "index.js", "manifest.json"]
    );
    assert!(
        desk.served.iter().all(|files| files.contains_key(&path("index.js"))),
        "never without it"
    );
}

#[test]
fn when_the_watches_run_out_everything_is_looked_at_and_nothing_is_lost() {
    let mut desk = Desk::plugin();
    // Saved while nobody could tell.
    desk.disk.insert(path("index.js"), "unheard".to_owned());
    desk.signal(Signal::Unsure);
    desk.wait(60);
    assert_eq!(desk.loads, [["index.js"]]);
    // Polling tells of open files, and later that they rest.
    desk.signal(Signal::Open(path("index.js")));
    desk.disk.insert(path("index.js"), "polled".to_owned());
    desk.wait(250);
    desk.signal(Signal::Settled(path("index.js")));
    assert_eq!(desk.served.last().unwrap()[&path("index.js")], "polled");
}

#[test]
fn a_failure_that_a_newer_save_made_old_is_not_told() {
    let mut desk = Desk::plugin();
    desk.holds_loads = true;
    desk.save("index.js", "bad");
    desk.save("README.md", "new");
    desk.save("index.js", "bad");
    desk.loaded();
    assert!(desk.told.is_empty(), "{:?}", desk.told);
    desk.wait(100);
    // What waited changed nothing that runs, so the failure still stands.
    assert_eq!(desk.told, ["noted README.md", "failed: it does not parse"]);
}

#[test]
fn only_what_runs_is_loaded() {
    let mut desk = Desk::plugin();
    for (file, loads) in [
        ("README.md", 0),
        ("tests/unit/a.test.js", 0),
        ("package.json", 0),
        ("manifest.json", 1),
        ("migrations/0001_a.sql", 2),
        ("data/zones.json", 3),
    ] {
        desk.save(file, "changed");
        desk.wait(100);
        assert_eq!(desk.loads.len(), loads, "{file}");
    }
}

#[test]
fn a_deleted_folder_is_every_file_of_it() {
    let mut desk = Desk::new(&[("manifest.json", "{}"), ("src/a.js", "1"), ("src/b.js", "1")]);
    desk.disk.retain(|p, _| !p.is_below("src"));
    desk.signal(Signal::Unsure);
    assert_eq!(desk.loaded_files(), ["src/a.js", "src/b.js"]);
}

#[test]
fn a_plugin_whose_folder_goes_away_waits_for_it() {
    let mut desk = Desk::plugin();
    desk.signal(Signal::RootGone);
    desk.signal(Signal::RootGone);
    desk.signal(Signal::Removed(path("index.js")));
    let disk = std::mem::take(&mut desk.disk);
    desk.wait(5_000);
    assert_eq!((desk.reads, desk.told.as_slice()), (0, ["gone".to_owned()].as_slice()));
    desk.disk = disk;
    desk.disk.insert(path("index.js"), "2".to_owned());
    desk.signal(Signal::RootBack);
    assert_eq!(desk.told, ["gone", "back", "served"]);
}

#[test]
fn a_person_can_ask_for_the_same_again() {
    let mut desk = Desk::plugin();
    desk.tell(Input::Asked);
    assert_eq!(desk.loads.len(), 1);
    desk.tell(Input::Asked);
    desk.wait(50);
    assert_eq!(desk.loads.len(), 2);
}

//! Which tests a change touches: those whose modules, snapshots or fixtures it is in.

use std::collections::{BTreeMap, BTreeSet};

use super::find::{self, Job, JobKind};
use super::{Suite, request, snapshots};
use crate::model::TreePath;
use crate::project::{MANIFEST, Project};
use crate::script::{Packages, load_graph, load_test_graph};

/// What each job stands on, as it was last read.
#[derive(Debug, Default)]
pub(crate) struct Dependencies {
    /// By name of the job; `None` when it cannot be read, so that any change may mend it.
    known: BTreeMap<String, Option<BTreeSet<String>>>,
    paths: BTreeSet<TreePath>,
}

impl Dependencies {
    /// The jobs that a change of these files touches, by name. Learns what the jobs stand on now.
    pub(crate) fn touched(
        &mut self,
        project: &Project,
        suites: &[Suite],
        changed: &BTreeSet<TreePath>,
    ) -> BTreeSet<String> {
        let jobs = find::find(project, suites);
        let concerns_all = |path: &TreePath| {
            path.as_str() == MANIFEST || path.is_below("migrations") || is_settings(path)
        };
        let paths: BTreeSet<TreePath> = project.files.paths().cloned().collect();
        let before = std::mem::replace(&mut self.paths, paths);
        let mut touched: BTreeSet<String> =
            self.known.iter().filter(|(_, on)| stands_on(on, changed)).map(first).collect();
        if before != self.paths {
            // A file that came or went may be what an import means now.
            self.known.clear();
        }
        touched.iter().for_each(|name| drop(self.known.remove(name)));
        for job in &jobs {
            let on = self.known.entry(job.name.clone()).or_insert_with(|| needs(project, job));
            if stands_on(on, changed) {
                touched.insert(job.name.clone());
            }
        }
        let names: BTreeSet<String> = jobs.into_iter().map(|job| job.name).collect();
        self.known.retain(|name, _| names.contains(name));
        if changed.iter().any(concerns_all) {
            return names;
        }
        touched.retain(|name| names.contains(name));
        touched
    }
}

fn first<V>((name, _): (&String, V)) -> String {
    name.clone()
}

fn stands_on(on: &Option<BTreeSet<String>>, changed: &BTreeSet<TreePath>) -> bool {
    on.as_ref().is_none_or(|on| changed.iter().any(|path| on.contains(path.as_str())))
}

/// What the generated suites are told.
fn is_settings(path: &TreePath) -> bool {
    path.as_str() == request::ABOUT
}

/// Every file a job reads; `None` when its modules cannot be read.
fn needs(project: &Project, job: &Job) -> Option<BTreeSet<String>> {
    let mut on = BTreeSet::new();
    let mut add = |path: &TreePath, is_test: bool| {
        let graph = if is_test {
            let packages = Packages::of(&project.root);
            load_test_graph(&project.files, &packages, path, None).ok()?.graph
        } else {
            load_graph(&project.files, path).ok()?
        };
        let loads_plugin = graph.modules.values().any(|module| module.code.contains("loadPlugin"));
        on.extend(graph.modules.into_keys());
        Some(loads_plugin)
    };
    let needs_entry = match &job.kind {
        JobKind::File(path) => add(path, true)?,
        kind => {
            if let Some(path) = kind.handler().and_then(super::handler::Handler::file) {
                add(&path, false)?;
            }
            true
        }
    };
    if needs_entry {
        add(&project.entry, false)?;
    }
    match &job.kind {
        JobKind::File(path) => {
            on.extend(snapshots::path_of(path).map(|path| path.as_str().to_owned()));
        }
        JobKind::Fixture(path) => drop(on.insert(path.as_str().to_owned())),
        _ => {}
    }
    Some(on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileSet;

    fn project(files: &[(&str, &str)]) -> Project {
        let mut set = FileSet::new();
        let manifest = r#"{"name":"A","slug":"acme-a","version":"1.0.0","type":"custom"}"#;
        let usual = [("manifest.json", manifest), ("index.js", "export default {};")];
        for (path, text) in usual.iter().chain(files) {
            set.insert(TreePath::new(path).unwrap(), text.as_bytes().to_vec());
        }
        crate::project::of_files(std::path::PathBuf::new(), set).unwrap()
    }

    fn after(known: &mut Dependencies, files: &[(&str, &str)], changed: &[&str]) -> Vec<String> {
        let changed = changed.iter().map(|path| TreePath::new(path).unwrap()).collect();
        known.touched(&project(files), &[Suite::All], &changed).into_iter().collect()
    }

    #[test]
    fn a_change_touches_what_stands_on_it() {
        let files = [
            ("lib/money.js", "export * from './round.js';"),
            ("lib/round.js", "export const r = 1;"),
            ("tests/a.test.js", "import '../lib/money.js';"),
            ("tests/b.test.js", "it('x', async () => { await loadPlugin(); });"),
            ("tests/fixtures/f.json", "{}"),
        ];
        let mut known = Dependencies::default();
        after(&mut known, &files, &[]);
        let mut of = |changed: &[&str]| after(&mut known, &files, changed);
        assert_eq!(of(&["lib/round.js"]), ["tests/a.test.js"]);
        assert_eq!(of(&["index.js"]), ["tests/b.test.js", "tests/fixtures/f.json"]);
        assert_eq!(of(&["tests/b.test.js"]), ["tests/b.test.js"]);
        assert_eq!(of(&["tests/__snapshots__/a.test.js.snap"]), ["tests/a.test.js"]);
        assert_eq!(of(&["tests/fixtures/f.json"]), ["tests/fixtures/f.json"]);
        assert_eq!(of(&["manifest.json"]).len(), 3);
        assert_eq!(of(&["README.md"]), [""; 0]);
    }

    #[test]
    fn what_cannot_be_read_is_touched_by_any_change_and_what_came_is_found() {
        let mut known = Dependencies::default();
        let broken = [("tests/a.test.js", "import '../later.js';"), ("tests/b.test.js", "")];
        after(&mut known, &broken, &[]);
        let mended = [
            ("later.js", ""),
            ("tests/a.test.js", "import '../later.js';"),
            ("tests/b.test.js", ""),
        ];
        assert_eq!(after(&mut known, &mended, &["later.js"]), ["tests/a.test.js"]);
        // What a file no longer imports touched it until now.
        let apart = [("later.js", ""), ("tests/a.test.js", ""), ("tests/b.test.js", "")];
        assert_eq!(after(&mut known, &apart, &["tests/a.test.js"]), ["tests/a.test.js"]);
        assert_eq!(after(&mut known, &apart, &["later.js"]), [""; 0]);
        // Gone files are no jobs.
        assert_eq!(after(&mut known, &[("later.js", "")], &["tests/b.test.js"]), [""; 0]);
    }
}

//! What one run after another shares: the process that sandboxes are copied from, and the databases.
//! A run of one file so costs what the file costs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::find::{self, Job};
use super::{
    HarnessError, Plugin, Run, RunOptions, coverage, databases, may_use_database, run, run_times,
    snapshots,
};
use crate::model::{Digest, Observer, TreePath};
use crate::project::{MANIFEST, Project};
use crate::sandbox::Template;
use crate::script::Packages;
use crate::store::testing::TestDatabases;

/// Template and databases of several runs of one plugin.
pub(crate) struct Rig {
    template: Template,
    databases: Option<Ready>,
}

/// The databases of a plugin, and what they were made from.
struct Ready {
    made_from: Vec<(TreePath, Digest)>,
    databases: Arc<TestDatabases>,
    is_started: bool,
}

impl Rig {
    /// Nothing is started yet.
    pub(crate) fn new() -> Self {
        Self { template: Template::for_tests(), databases: None }
    }

    /// Starts what the jobs need and takes long: it must not be called off in the middle.
    pub(crate) async fn prepare(
        &mut self,
        project: &Project,
        options: &RunOptions,
        only: Option<&BTreeSet<String>>,
        observer: &dyn Observer,
    ) {
        let needed = jobs(project, options, only).iter().any(|job| may_use_database(project, job));
        let ready = self.databases_of(project, options).await;
        if needed && !ready.is_started {
            ready.databases.prepare(observer).await;
            ready.is_started = true;
        }
    }

    /// Runs the plugin's tests, or only those jobs whose names are in `only`.
    pub(crate) async fn run(
        &mut self,
        project: &Project,
        options: &RunOptions,
        only: Option<&BTreeSet<String>>,
        observer: &dyn Observer,
    ) -> Result<Run, HarnessError> {
        if find::find(project, &options.suites).is_empty() && options.fail_on_no_tests {
            let folders: Vec<String> = options.suites.iter().map(|s| s.folder()).collect();
            return Err(HarnessError::NoFiles(folders.join("`, `")));
        }
        self.prepare(project, options, only, observer).await;
        let databases = Arc::clone(&self.databases_of(project, options).await.databases);
        let counted = options.coverage.then(|| coverage::prepare(project));
        let packages = Packages::of(&project.root);
        let (counted_in, template) = (counted.as_ref(), &self.template);
        let plugin = Plugin { project, counted: counted_in, packages: &packages, template };
        let jobs = jobs(project, options, only);
        // What was needed to get here is not needed while the tests run.
        crate::sys::code::forget();
        let (report, done) = run::run_all(jobs, options, observer, |job| {
            let (databases, plugin) = (&databases, &plugin);
            async move { run_times(plugin, options, &job, databases).await }
        })
        .await;
        let (changes, counts): (Vec<_>, Vec<_>) =
            done.into_iter().map(|more| (more.changes, more.counts)).unzip();
        let counts: Vec<_> = counts.into_iter().flatten().collect();
        let report = run::require_match(report, &options.filter)?;
        let changes = changes.into_iter().flatten().collect();
        let coverage = counted.map(|counted| counted.collect(&counts));
        Ok(Run { report, changes, orphans: snapshots::orphans(&project.files), coverage })
    }

    /// The databases of the plugin as it is now: others when its rights or tables have changed.
    async fn databases_of(&mut self, project: &Project, options: &RunOptions) -> &mut Ready {
        let made_from = sources(project);
        let is_old = |ready: &Ready| ready.made_from != made_from;
        if self.databases.as_ref().is_some_and(is_old) {
            self.close().await;
        }
        self.databases.get_or_insert_with(|| Ready {
            made_from,
            databases: Arc::new(databases(project, options)),
            is_started: false,
        })
    }

    /// Stops the databases.
    pub(crate) async fn close(&mut self) {
        if let Some(ready) = self.databases.take() {
            ready.databases.close().await;
        }
    }
}

fn jobs(project: &Project, options: &RunOptions, only: Option<&BTreeSet<String>>) -> Vec<Job> {
    let all = find::find(project, &options.suites);
    let mut jobs = match options.shard {
        Some(shard) => shard.take(all),
        None => all,
    };
    if let Some(only) = only {
        jobs.retain(|job| only.contains(&job.name));
    }
    jobs
}

/// What a plugin's databases are made from.
fn sources(project: &Project) -> Vec<(TreePath, Digest)> {
    let is_source = |path: &&TreePath| path.as_str() == MANIFEST || path.is_below("migrations");
    let paths = project.files.paths().filter(is_source);
    paths.filter_map(|p| Some((p.clone(), project.files.digest(p.as_str())?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harness::Suite;
    use crate::model::FileSet;
    use crate::model::event::Silent;

    fn project(permissions: &str) -> Project {
        let manifest = format!(
            r#"{{"name":"A","slug":"acme-a","version":"1.0.0","type":"custom","permissions":{permissions}}}"#
        );
        let mut files = FileSet::new();
        for (path, text) in [(MANIFEST, manifest.as_str()), ("index.js", "export default {};")] {
            files.insert(TreePath::new(path).unwrap(), text.as_bytes().to_vec());
        }
        Project {
            root: std::path::PathBuf::new(),
            manifest: crate::project::parse_manifest(&manifest).unwrap(),
            files,
            entry: TreePath::new("index.js").unwrap(),
        }
    }

    /// The probes can fail: a database that gives more than the manifest says.
    #[tokio::test]
    async fn what_works_and_is_not_granted_is_found() {
        let options = RunOptions { suites: vec![Suite::Security], ..RunOptions::default() };
        let narrow = project("{}");
        let wide = project(r#"{"database":["orders:write","customers"]}"#);
        for (given, expected) in
            [(&narrow, None), (&wide, Some("SELECT count(*) FROM sales_orders` works"))]
        {
            let mut rig = Rig::new();
            let databases = Arc::new(databases(given, &options));
            let made_from = sources(&narrow);
            rig.databases = Some(Ready { made_from, databases, is_started: false });
            let run = rig.run(&narrow, &options, None, &Silent).await.unwrap();
            rig.close().await;
            let tests = run.report.files.iter().flat_map(|file| &file.tests);
            let why: Vec<&str> =
                tests.filter_map(|test| Some(test.failure.as_ref()?.message.as_str())).collect();
            assert!(run.report.files[0].tests.len() >= 6, "{:#?}", run.report);
            match expected {
                None => assert!(why.is_empty(), "{why:#?}"),
                Some(text) => assert!(why.len() == 1 && why[0].contains(text), "{why:#?}"),
            }
        }
    }
}

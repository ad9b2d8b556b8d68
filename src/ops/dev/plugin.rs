//! One plugin of the local shop: the version that is served, what is wrong with a newer one, and
//! calls into it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, RwLock};
use std::time::Instant;

use serde_json::{Value, json};

use super::call::{Answer, Request, Trigger, find_route};
use super::database::Data;
use super::fixture::{Finished, Fixtures};
use super::journal::{Journal, What, shown};
use super::names::Names;
use super::parts::{Parts, STORE_ID};
use super::problem::Problem;
use super::recent::Recent;
use super::version::{Done, Linked, Version, Work};
use super::witness::{Used, Witness};
use crate::model::manifest::ResourceLimits;
use crate::model::permission::Permissions;
use crate::model::{FileSet, Manifest};
use crate::project::{Project, ProjectError};
use crate::sandbox::{
    AuditEvent, AuditSink, LARGEST_RAW_BODY, RouteRequest, Subject, Target, Template,
};
use crate::store::{Migration, PluginParts, migrations};

/// A plugin that is watched and served.
pub(crate) struct Plugin {
    /// What it is called in addresses: the slug, or the folder's name while the manifest cannot
    /// be read.
    name: RwLock<String>,
    /// Its folder, by its real path.
    pub root: PathBuf,
    /// Where what happens is told.
    pub journal: Arc<Journal>,
    /// What it was given so far.
    pub parts: Parts,
    /// What it used so far.
    pub used: Arc<Used>,
    version: RwLock<Option<Arc<Version>>>,
    problem: Mutex<Option<Problem>>,
    generations: AtomicU64,
    around: Around,
    /// Whether it was told that nobody signs in here.
    told_of_auth: AtomicBool,
    prepared: tokio::sync::Mutex<Option<(Wants, PluginParts)>>,
    /// What its workers are copied from: the code is the author's own, and starts again and again.
    template: Template,
}

/// What all plugins of a run share.
#[derive(Clone)]
pub(crate) struct Around {
    /// Where what happens is told.
    pub journal: Arc<Journal>,
    /// The last calls.
    pub calls: Arc<Recent>,
    /// The database.
    pub data: Arc<Data>,
    /// Which plugin has which slug.
    pub names: Arc<Names>,
    /// Where calls are written down as tests.
    pub fixtures: Option<Arc<Fixtures>>,
}

/// What a plugin wants of the database.
#[derive(PartialEq)]
struct Wants {
    permissions: Permissions,
    limits: ResourceLimits,
    migrations: Vec<Migration>,
}

impl Plugin {
    /// A plugin of which nothing was read yet.
    pub(crate) fn new(root: PathBuf, name: String, parts: Parts, around: Around) -> Self {
        Self {
            name: RwLock::new(name),
            root,
            journal: Arc::clone(&around.journal),
            parts,
            used: Arc::default(),
            version: RwLock::new(None),
            problem: Mutex::new(None),
            generations: AtomicU64::new(0),
            around,
            told_of_auth: AtomicBool::new(false),
            prepared: tokio::sync::Mutex::new(None),
            template: Template::for_plugins().with_one_ahead(),
        }
    }

    /// What it is called.
    pub(crate) fn name(&self) -> String {
        self.name.read().map(|name| name.clone()).unwrap_or_default()
    }

    /// The version that is served.
    pub(crate) fn version(&self) -> Option<Arc<Version>> {
        self.version.read().ok().and_then(|version| version.clone())
    }

    /// What is wrong with what is on disk; `None` when it is what is served.
    pub(crate) fn problem(&self) -> Option<Problem> {
        self.problem.lock().ok().and_then(|problem| problem.clone())
    }

    /// Says what is wrong with what is on disk.
    pub(crate) fn set_problem(&self, problem: Option<Problem>) {
        if let Ok(mut known) = self.problem.lock() {
            *known = problem;
        }
    }

    /// Loads these files aside, or says why not.
    pub(crate) async fn load(&self, files: FileSet) -> Result<Version, Problem> {
        let project = read_project(self.root.clone(), files)?;
        let slug = project.manifest.slug.to_string();
        // Nothing of the other one may be touched: tables and addresses go by the slug.
        self.around.names.claim(&slug, &self.root)?;
        let witness = Witness::new(&slug, Arc::clone(&self.journal), Arc::clone(&self.used));
        let is_recorded = self.around.fixtures.is_some();
        let witness = Arc::new(if is_recorded { witness.with_tape() } else { witness });
        // What cannot be read must not touch the tables.
        let linked = Linked::new(project).await?;
        let project = &linked.project;
        let kept = self.kept(&project.manifest, &project.files).await?;
        let store = self.around.data.store().await;
        let host = self.parts.host(&project.manifest, Arc::clone(&witness), kept, store);
        let host = host.map_err(|failure| Problem::of(&failure, &project.files))?;
        // Only one load of a plugin runs at a time, so nobody else takes this number.
        let generation = self.generations.load(Ordering::Relaxed) + 1;
        Version::start(linked, host, witness, generation, self.template.clone()).await
    }

    /// Serves a version from now on. Calls in flight hold the old one and end on it.
    pub(crate) fn serve(&self, version: Version) {
        self.generations.store(version.generation, Ordering::Relaxed);
        if let Ok(mut name) = self.name.write() {
            *name = version.project.manifest.slug.to_string();
            self.around.names.keep_only(&name, &self.root);
        }
        let version = Some(Arc::new(version));
        // The old one ends after the swap, not during it: its worker takes a moment to go.
        let old = match self.version.write() {
            Ok(mut served) => std::mem::replace(&mut *served, version),
            Err(_) => return,
        };
        drop(tokio::task::spawn_blocking(move || drop(old)));
    }

    /// Role, rights and tables as the plugin's files say; made anew only when those change.
    async fn kept(
        &self,
        manifest: &Manifest,
        files: &FileSet,
    ) -> Result<Option<PluginParts>, Problem> {
        let mut prepared = self.prepared.lock().await;
        if !self.around.data.is_needed_by(manifest, files) {
            *prepared = None;
            return Ok(None);
        }
        let wants = Wants {
            permissions: manifest.permissions.clone(),
            limits: manifest.resource_limits.clone(),
            migrations: migrations(files),
        };
        if let Some((had, parts)) = &*prepared
            && *had == wants
        {
            return Ok(Some(parts.clone()));
        }
        // What is there is unknown until it is made.
        *prepared = None;
        let parts = self.around.data.prepare(manifest, files).await?;
        *prepared = Some((wants, parts.clone()));
        Ok(Some(parts))
    }

    /// Whether what it keeps is in the database.
    pub(crate) fn uses_database(&self) -> bool {
        self.prepared.try_lock().is_ok_and(|prepared| prepared.is_some())
    }

    /// Makes a call, and tells the journal.
    pub(crate) async fn call(&self, trigger: Trigger) -> Answer {
        let call = self.around.calls.next();
        let name = self.name();
        let version = self.version();
        let generation = version.as_ref().map(|version| version.generation);
        let called =
            What::Called { trigger: shortened(&trigger), generation: generation.unwrap_or(0) };
        self.journal.add(&name, Some(call), called);
        let started = Instant::now();
        let result = match &version {
            Some(version) => self.work(version, call, &trigger).await,
            None => Err(self.nothing_served()),
        };
        let mut answer = Answer {
            call,
            generation,
            ok: result.is_ok(),
            status: None,
            value: Value::Null,
            problem: None,
            millis: started.elapsed().as_secs_f64() * 1_000.0,
            cpu_millis: 0.0,
            host_calls: 0,
            peak_memory: 0,
        };
        match result {
            Ok(Done { outcome, answer: route }) => {
                answer.status = route.as_ref().map(|route| route.status);
                answer.value = route.map_or(outcome.value, |route| route.body);
                answer.cpu_millis = outcome.cpu_millis;
                answer.host_calls = outcome.host_calls;
                answer.peak_memory = outcome.peak_memory;
            }
            Err(problem) => {
                if let Trigger::Route(_) = trigger {
                    (answer.status, answer.value) = refusal(&problem, version.as_deref());
                }
                answer.problem = Some(problem);
            }
        }
        self.journal.record(&name, &trigger, &answer);
        self.write_down(version.as_deref(), &trigger, &answer);
        let told = Answer { value: shown(&answer.value), ..answer.clone() };
        self.journal.add(
            &name,
            Some(call),
            What::Answered { title: trigger.title(), answer: Box::new(told) },
        );
        self.around.calls.keep(call, &name, trigger, answer.clone());
        answer
    }

    /// Makes a test of a call, when that is asked for.
    fn write_down(&self, version: Option<&Version>, trigger: &Trigger, answer: &Answer) {
        let (Some(fixtures), Some(version)) = (&self.around.fixtures, version) else { return };
        let steps = version.steps(answer.call);
        let done = Finished { root: &self.root, version, trigger, answer, steps };
        let text = match fixtures.add(done) {
            Ok(None) => return,
            Ok(Some(path)) => format!("written down as {path}"),
            Err(why) => format!("{} is not written down: {why}", trigger.title()),
        };
        self.journal.add(&self.name(), None, What::Told { text });
    }

    async fn work(&self, version: &Version, call: u64, trigger: &Trigger) -> Result<Done, Problem> {
        let manifest = &version.project.manifest;
        match trigger {
            Trigger::Method { name, arguments } => {
                version
                    .call(call, Work::Call(Target::Method(name.clone()), arguments.clone()))
                    .await
            }
            Trigger::Hook { name, arguments } => {
                let handler = manifest.hooks.iter().find(|(hook, _)| hook.as_str() == name);
                let Some((hook, handler)) = handler else {
                    let message = format!("the plugin does not listen to `{name}`");
                    return Err(Problem::new(&super::NO_TARGET, message));
                };
                let allowed = manifest.permissions.hooks.contains(hook);
                self.saw_hook(call, hook.as_str(), handler, allowed);
                if !allowed {
                    let message = format!("the plugin listens to `{hook}`, but is not granted it");
                    let problem = Problem::new(&super::NOT_GRANTED, message);
                    let hint = format!("add \"{hook}\" to `permissions.hooks` in manifest.json");
                    return Err(Problem { hints: vec![hint], ..problem });
                }
                let target = Target::Hook { handler: handler.clone() };
                version.call(call, Work::Call(target, arguments.clone())).await
            }
            Trigger::Cron { name } => {
                let Some(job) = manifest.cron.iter().find(|job| job.name == *name) else {
                    let message = format!("the plugin has no cron job `{name}`");
                    return Err(Problem::new(&super::NO_TARGET, message));
                };
                let target = Target::Hook { handler: job.handler.clone() };
                let params = job.params.clone().unwrap_or_default();
                version.call(call, Work::Call(target, vec![Value::Object(params)])).await
            }
            Trigger::Route(request) => self.route(version, call, request).await,
        }
    }

    async fn route(
        &self,
        version: &Version,
        call: u64,
        request: &Request,
    ) -> Result<Done, Problem> {
        let manifest = &version.project.manifest;
        let raw = request.bytes();
        let body = body_of(request, &raw);
        if request.store_id(&body).is_none() {
            let message = "the request names no store: send the header `x-store-id`";
            return Err(Problem::new(&super::NO_STORE, message));
        }
        let path = &request.path;
        if path.contains("/webhook") && raw.len() > LARGEST_RAW_BODY {
            return Err(Problem::new(&super::LARGE_BODY, "the body of a webhook is over 100 KB"));
        }
        let Some((route, captures)) = find_route(manifest, &request.method, path) else {
            let message = format!("no route of the plugin answers `{} {path}`", request.method);
            return Err(Problem::new(&super::NO_TARGET, message));
        };
        if route.requires_auth && !self.told_of_auth.swap(true, Ordering::Relaxed) {
            let text = format!(
                "`{} {}` asks for `requiresAuth`; as in DainoStore today nothing is checked and \
                 `req.user` is undefined, so anybody can call it: check who calls by yourself",
                route.method, route.path
            );
            self.journal.add(&self.name(), None, What::Told { text });
        }
        let mut params: BTreeMap<String, String> = captures;
        params.insert("pluginId".to_owned(), manifest.slug.to_string());
        params.insert("0".to_owned(), path.trim_start_matches('/').to_owned());
        let asked = RouteRequest {
            method: request.method.clone(),
            path: path.clone(),
            params,
            query: json!(request.query),
            headers: request.headers.clone(),
            body,
            raw_body: raw,
            ip: "127.0.0.1".to_owned(),
        };
        version.call(call, Work::Route(&route.handler, &asked)).await
    }

    fn saw_hook(&self, call: u64, hook: &str, handler: &str, allowed: bool) {
        let name = self.name();
        let witness = Witness::new(&name, Arc::clone(&self.journal), Arc::clone(&self.used));
        witness.begin(call);
        witness.record(AuditEvent {
            plugin: name,
            call: handler.to_owned(),
            op: "hook".to_owned(),
            subject: Subject::Hook { hook: hook.to_owned() },
            allowed,
            why: (!allowed).then(|| "DAINO_DENIED".to_owned()),
            at: jiff::Timestamp::now(),
        });
    }

    fn nothing_served(&self) -> Problem {
        self.problem().unwrap_or_else(|| {
            Problem::new(&super::NOT_LOADED, "the plugin is not loaded yet; try again in a moment")
        })
    }
}

/// A request from the local shop's own pages, which is always for its one store.
pub(crate) fn with_store(mut request: Request) -> Request {
    if request.header("x-store-id").is_none() {
        request.headers.push(("x-store-id".to_owned(), STORE_ID.to_owned()));
    }
    request
}

fn read_project(root: PathBuf, files: FileSet) -> Result<Project, Problem> {
    crate::project::of_files(root, files.clone())
        .map_err(|error: ProjectError| Problem::of(&error.into(), &files))
}

/// The body as DainoStore parses it: JSON, a form, else nothing.
pub(super) fn body_of(request: &Request, raw: &[u8]) -> Value {
    let kind = request.header("content-type").unwrap_or_default().to_ascii_lowercase();
    if kind.contains("application/x-www-form-urlencoded") {
        let pairs = url::form_urlencoded::parse(raw);
        return Value::Object(pairs.map(|(k, v)| (k.into_owned(), json!(v))).collect());
    }
    serde_json::from_slice(raw).unwrap_or(Value::Null)
}

/// Status and body for a request that the plugin did not answer, as DainoStore words them.
fn refusal(problem: &Problem, version: Option<&Version>) -> (Option<u16>, Value) {
    let mut body = json!({ "success": false, "error": problem.message });
    let status = match problem.code.as_str() {
        "dev.no-target" => 404,
        "dev.large-body" => 413,
        _ if version.is_none() => 503,
        _ => 500,
    };
    if let (404, Some(version)) = (status, version) {
        let routes = version.project.manifest.routes.iter();
        let known = routes.map(|route| format!("{} {}", route.method, route.path));
        body["availableControllers"] = json!(known.collect::<Vec<_>>());
    }
    (Some(status), body)
}

/// A trigger as it is shown.
fn shortened(trigger: &Trigger) -> Trigger {
    let cut = |values: &[Value]| values.iter().map(shown).collect();
    match trigger {
        Trigger::Hook { name, arguments } => {
            Trigger::Hook { name: name.clone(), arguments: cut(arguments) }
        }
        Trigger::Method { name, arguments } => {
            Trigger::Method { name: name.clone(), arguments: cut(arguments) }
        }
        Trigger::Route(request) if request.body.len() > 16_384 => {
            let mut request = request.clone();
            request.body.truncate(request.body.floor_char_boundary(2_000));
            request.body.push('…');
            Trigger::Route(request)
        }
        other => other.clone(),
    }
}

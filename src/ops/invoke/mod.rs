//! Calls into installed plugins: a method, a hook, a route. Everything runs in the sandbox, as the
//! plugin, and every call is written down.

mod target;

use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;
use serde_json::Value;

use crate::error::{Coded, ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::explanation::Explanation;
use crate::model::hook::HookName;
use crate::model::installed::{InstalledPlugin, PluginState};
use crate::model::{ExitCode, Observer, PluginSlug, Stage};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::sandbox::{
    AuditEvent, AuditSink, AuditTrail, CallOutcome, Instance, SandboxError, Subject, Target,
};
use crate::store::lifecycle::{
    self, CallRecord, Change, LifecycleError, Stack, record_call, records, stack_of,
};
use crate::store::{AdminClient, Shop};

pub(crate) use target::RouteCall;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&NOBODY_LISTENS, &target::NO_ROUTE, &target::BODY];

static NOBODY_LISTENS: ErrorCode = ErrorCode {
    id: "invoke.nobody-listens",
    exit: ExitCode::Usage,
    meaning: "No enabled plugin listens to the hook.",
    remedy: "See what there is with `daino-pdk list`; a plugin names its hooks in manifest.json.",
};

/// What to call.
#[derive(Debug, Clone)]
pub(crate) enum Call {
    /// A method, with its input.
    Method {
        /// Its name.
        name: String,
        /// The first argument.
        input: Value,
    },
    /// A hook.
    Hook {
        /// Its name.
        name: HookName,
        /// What it tells.
        payload: Value,
        /// The second argument, which filters get.
        context: Option<Value>,
    },
    /// A route.
    Route(RouteCall),
}

/// A call to make.
#[derive(Debug)]
pub(crate) struct InvokeRequest {
    /// The shop.
    pub place: ShopPlace,
    /// The plugin; `None` only for a hook, which then reaches everyone who listens.
    pub slug: Option<PluginSlug>,
    /// What to call.
    pub call: Call,
    /// Whether to tell what the plugin used and was refused.
    pub explain: bool,
}

/// What one plugin answered.
#[derive(Debug, Serialize)]
pub(crate) struct Answered {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// What was called, such as `method refund`.
    pub target: String,
    /// Its answer; `null` when it failed.
    pub value: Value,
    /// Wall clock of the call, milliseconds, without the plugin's start.
    pub millis: f64,
    /// Requests of the plugin to the shop.
    pub host_calls: u64,
    /// What it used and was refused, when that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Explanation>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Failure>,
}

/// What was answered, in the order of the calls.
#[derive(Debug, Serialize)]
pub(crate) struct InvokeOutcome {
    /// One per plugin.
    pub results: Vec<Answered>,
    /// Whether the plugin was named: then its failure is the failure.
    #[serde(skip)]
    is_named: bool,
}

impl InvokeOutcome {
    /// The failure of the plugin that was named, with its explanation in the details.
    pub(crate) fn failure(&mut self) -> Option<Failure> {
        let answered = self.results.last_mut().filter(|_| self.is_named)?;
        let failure = answered.error.take()?;
        let explanation = answered.explanation.as_ref().map(serde_json::to_value);
        Some(match explanation {
            Some(Ok(told)) => failure.detail("explanation", told),
            Some(Err(_)) | None => failure,
        })
    }

    /// What the process exits with.
    pub(crate) fn exit(&self) -> ExitCode {
        match self.results.iter().any(|answered| answered.error.is_some()) {
            true => ExitCode::Partial,
            false => ExitCode::Done,
        }
    }
}

/// Makes the call. A plugin that was named and fails is the last one called (see
/// [`InvokeOutcome::failure`]); of several that listen to a hook each is called, whatever the others
/// do.
pub(crate) async fn invoke(
    request: InvokeRequest,
    observer: &dyn Observer,
) -> Result<InvokeOutcome, Failure> {
    in_shop(&request.place, observer, async |shop| {
        Change::recover_if_needed(shop, observer).await?;
        let sql = shop.admin().await?;
        let (plugins, is_named) = match &request.slug {
            Some(slug) => (vec![enabled(&sql, slug).await?], true),
            None => (records::all(&sql).await?, false),
        };
        let mut results = Vec::new();
        for plugin in plugins {
            if plugin.state != PluginState::Enabled {
                continue;
            }
            for (target, arguments) in target::of(&request.call, &plugin)? {
                let answered =
                    call(shop, &sql, &plugin, &request, target, arguments, observer).await?;
                let is_over = is_named && answered.error.is_some();
                results.push(answered);
                if is_over {
                    return Ok(InvokeOutcome { results, is_named });
                }
            }
        }
        match (&request.call, results.is_empty()) {
            (Call::Hook { name, .. }, true) => {
                let message = match &request.slug {
                    Some(slug) => format!("`{slug}` does not listen to `{name}`"),
                    None => format!("no enabled plugin listens to `{name}`"),
                };
                Err(Failure::new(&NOBODY_LISTENS, message)
                    .hint("see the plugins of the shop: `daino-pdk list`"))
            }
            _ => Ok(InvokeOutcome { results, is_named }),
        }
    })
    .await
}

async fn enabled(sql: &AdminClient, slug: &PluginSlug) -> Result<InstalledPlugin, Failure> {
    let plugin = records::find(sql, slug).await?;
    match plugin {
        Some(plugin) if plugin.state == PluginState::Enabled => Ok(plugin),
        Some(plugin) if plugin.state.is_installed() => {
            let (slug, state) = (slug.clone(), plugin.state.as_str());
            Err(LifecycleError::NotEnabled { slug, state }.into())
        }
        _ => Err(LifecycleError::NotInstalled(slug.to_string()).into()),
    }
}

/// One call: started, made, told, written down.
async fn call(
    shop: &Shop,
    sql: &AdminClient,
    plugin: &InstalledPlugin,
    request: &InvokeRequest,
    target: Target,
    arguments: Vec<Value>,
    observer: &dyn Observer,
) -> Result<Answered, Failure> {
    let wanted = &request.call;
    let name = target::words(wanted);
    observer.start(Stage::Invoke, format!("{} {name}", plugin.slug));
    let log = PluginLog::new();
    let trail = request.explain.then(Arc::<AuditTrail>::default);
    if let (Some(trail), Target::Hook { handler }) = (&trail, &target) {
        note_hooks(trail, plugin, handler, wanted);
    }
    let clock = Instant::now();
    let watched = (log.clone(), trail.clone());
    let called = run(shop, sql, plugin, wanted, target, arguments, watched).await;
    log.tell(observer);
    let mut answered = Answered {
        slug: plugin.slug.clone(),
        version: plugin.version.clone(),
        target: name.clone(),
        value: Value::Null,
        millis: clock.elapsed().as_secs_f64() * 1000.0,
        host_calls: 0,
        explanation: trail.map(|trail| trail.explain()),
        error: None,
    };
    let outcome = match called {
        Ok(outcome) => {
            answered.value = outcome.value;
            answered.millis = outcome.millis;
            answered.host_calls = outcome.host_calls;
            "done"
        }
        Err(error) => {
            let id = error.code().id;
            answered.error = Some(explained(error));
            id
        }
    };
    record_call(
        sql,
        &CallRecord {
            slug: &plugin.slug,
            version: &plugin.version,
            target: &name,
            outcome,
            millis: answered.millis,
            host_calls: answered.host_calls,
        },
    )
    .await?;
    observer.finish(Stage::Invoke, format!("{:.1} ms", answered.millis));
    Ok(answered)
}

async fn run(
    shop: &Shop,
    sql: &AdminClient,
    plugin: &InstalledPlugin,
    wanted: &Call,
    target: Target,
    arguments: Vec<Value>,
    (log, trail): (Arc<PluginLog>, Option<Arc<AuditTrail>>),
) -> Result<CallOutcome, LifecycleError> {
    let audit = trail.map(|trail| trail as Arc<dyn AuditSink>);
    let instance: Instance = lifecycle::start_audited(shop, sql, plugin, log, audit).await?;
    let called: Result<CallOutcome, SandboxError> = match (wanted, &target) {
        (Call::Route(route), Target::Route { handler }) => {
            let request = route.request(plugin);
            instance.route(handler, &request).await.map(|(_, outcome)| outcome)
        }
        _ => instance.call(target, arguments).await,
    };
    instance.stop().await;
    Ok(called?)
}

/// That the plugin heard: by the names under which its manifest listens.
fn note_hooks(trail: &AuditTrail, plugin: &InstalledPlugin, handler: &str, wanted: &Call) {
    let Call::Hook { name, payload, .. } = wanted else { return };
    let listens = plugin.manifest.hooks.iter().filter(|(hook, named)| {
        *named == handler
            && plugin.manifest.permissions.hooks.contains(hook)
            && hook.hears(name, payload)
    });
    for (hook, _) in listens {
        trail.record(AuditEvent {
            plugin: plugin.slug.to_string(),
            call: target::words(wanted),
            op: "hook".to_owned(),
            subject: Subject::Hook { hook: hook.to_string() },
            allowed: true,
            why: None,
            at: jiff::Timestamp::now(),
        });
    }
}

/// The failure, with the author's own lines as its last cause.
fn explained(error: LifecycleError) -> Failure {
    let stack = match &error {
        LifecycleError::Sandbox(error) => stack_of(error),
        _ => None,
    };
    let failure = Failure::from(error);
    match stack {
        Some(stack) => failure.caused_by(&Stack(stack)),
        None => failure,
    }
}

//! Attacks the sandbox of this machine for real, for `doctor --sandbox`.
//!
//! System attacks run as native code in confined workers, one each, as if a plugin had taken over
//! its engine. Engine attacks are hostile plugins.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

use super::broker::{Process, Received, Template};
use super::confine::attack::ATTACKS;
use super::error::SandboxError;
use super::host::{Host, LogLevel, LogSink};
use super::instance::{Instance, InstanceSpec, Target};
use super::protocol::{AttackOutcome, LayerReport, WorkerToBroker};
use crate::error::Coded;
use crate::model::manifest::ResourceLimits;
use crate::model::size::{Bytes, TimeLimit};
use crate::model::{FileSet, PluginSlug, TreePath};

/// How an attack ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Verdict {
    /// It got an error.
    #[serde(rename = "refused")]
    Refused,
    /// Whoever tried it was ended.
    #[serde(rename = "killed")]
    Killed,
    /// It worked.
    #[serde(rename = "ALLOWED")]
    Allowed,
}

/// How the worker that is attacked, or attacks, came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Way {
    /// The program was executed again.
    Executed,
    /// It is a copy of a template.
    Copied,
}

/// One attack and its end.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AttackRow {
    /// How the worker came to be.
    pub worker: Way,
    /// What was tried.
    pub attack: &'static str,
    /// What should stop it.
    pub layer: &'static str,
    /// How it ended.
    pub outcome: Verdict,
    /// In words.
    pub how: String,
    /// What came of the same attempt without the sandbox, where that is harmless.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_sandbox: Option<String>,
}

/// Hostile plugins: name, code, and the codes of the failures that stop them.
const PLUGINS: &[(&str, &str, &[&str])] = &[
    ("endless loop", "for (;;);", &["sandbox.time-limit"]),
    (
        "endless loop that catches",
        "for (;;) { try { for (;;); } catch {} }",
        &["sandbox.time-limit"],
    ),
    (
        "flood of promises",
        "const f = () => { Promise.resolve().then(f); }; f(); return new Promise(() => {});",
        &["sandbox.time-limit"],
    ),
    (
        "slow regular expression",
        "return /^(a+)+$/.test('a'.repeat(40) + 'b');",
        &["sandbox.time-limit"],
    ),
    (
        "memory bomb",
        "const a = []; for (;;) a.push(new Array(1000).fill(a.length));",
        &["sandbox.memory-limit", "sandbox.thrown"],
    ),
    (
        "memory bomb that catches",
        "let a = []; for (;;) { try { for (;;) a.push('x'.repeat(1e6) + a.length); } catch { a.length = 0; } }",
        &["sandbox.time-limit", "sandbox.memory-limit", "sandbox.thrown"],
    ),
    ("huge text", "let s = 'xy'; for (;;) s += s;", &["sandbox.thrown", "sandbox.memory-limit"]),
    ("deep recursion", "const f = () => f() + 1; return f();", &["sandbox.thrown"]),
    ("huge answer", "return 'x'.repeat(9e6);", &["sandbox.reply-too-large"]),
    ("import of node:fs", "return import('node:' + 'fs');", &["sandbox.thrown"]),
    (
        "import of the platform's natives",
        "return import('daino:' + 'native');",
        &["sandbox.thrown"],
    ),
    (
        "call to a host that is not granted",
        "return fetch('https://example.com/');",
        &["sandbox.thrown"],
    ),
];

struct Silent;

impl LogSink for Silent {
    fn log(&self, _: LogLevel, _: &str) {}
}

/// Tries everything, in both kinds of worker; gives the layers in force and a row for each attack.
pub(crate) async fn attack_sandbox() -> Result<(Vec<LayerReport>, Vec<AttackRow>), SandboxError> {
    let template = Template::for_plugins();
    let (executed, copied) = tokio::join!(attack_workers(None), attack_workers(Some(&template)));
    let ((layers, mut rows), (_, more)) = (executed?, copied?);
    rows.extend(more);
    Ok((layers, rows))
}

async fn attack_workers(
    template: Option<&Template>,
) -> Result<(Vec<LayerReport>, Vec<AttackRow>), SandboxError> {
    let worker = template.map_or(Way::Executed, |_| Way::Copied);
    let mut layers = Vec::new();
    let mut rows = Vec::new();
    for (number, attack) in ATTACKS.iter().enumerate() {
        let (active, (outcome, how)) = attack_system(template, number).await?;
        layers = active;
        let without_sandbox = if attack.is_harmless && template.is_none() {
            Some(attack_without_layers(number).await?)
        } else {
            None
        };
        let (attack, layer) = (attack.name, attack.layer);
        rows.push(AttackRow { worker, attack, layer, outcome, how, without_sandbox });
    }
    for (attack, code, expected) in PLUGINS {
        let (outcome, how) = attack_engine(template, code, expected).await?;
        let layer = "engine, broker";
        rows.push(AttackRow { worker, attack, layer, outcome, how, without_sandbox: None });
    }
    let (outcome, how) = forge_answer(template).await?;
    let (attack, layer) = ("forged answer", "engine");
    rows.push(AttackRow { worker, attack, layer, outcome, how, without_sandbox: None });
    Ok((layers, rows))
}

async fn attack_system(
    template: Option<&Template>,
    number: usize,
) -> Result<(Vec<LayerReport>, (Verdict, String)), SandboxError> {
    let until = Instant::now() + Duration::from_secs(10);
    let memory = Bytes::mb(64).count();
    let mut process = match template {
        Some(template) => template.copy(memory, Some(number)).await?,
        None => Process::start(memory, Some(number)).await?,
    };
    let WorkerToBroker::Hello { layers, .. } = process.receive_until(until).await? else {
        return Err(SandboxError::Protocol("no greeting".to_owned()));
    };
    if let Some((layer, why)) = super::confine::missing(&layers) {
        let how = format!("`{layer}` is absent: {why}");
        return Ok((layers.clone(), (Verdict::Allowed, how)));
    }
    let verdict = match tokio::time::timeout_at(until, process.receive()).await {
        Ok(Received::Message(WorkerToBroker::Attacked { outcome })) => match outcome {
            AttackOutcome::Refused(why) => (Verdict::Refused, why),
            AttackOutcome::Allowed => (Verdict::Allowed, "the system did it".to_owned()),
        },
        Ok(Received::Ended) => (Verdict::Killed, process.ending().await),
        Ok(_) => return Err(SandboxError::Protocol("no outcome of an attack".to_owned())),
        Err(_) => (Verdict::Allowed, "it did not end".to_owned()),
    };
    Ok((layers, verdict))
}

/// The same attempt by a process without any confinement: that it works shows the attack is real.
async fn attack_without_layers(number: usize) -> Result<String, SandboxError> {
    let until = Instant::now() + Duration::from_secs(10);
    let mut process = Process::start_control(number)?;
    let WorkerToBroker::Hello { .. } = process.receive_until(until).await? else {
        return Err(SandboxError::Protocol("no greeting".to_owned()));
    };
    Ok(match tokio::time::timeout_at(until, process.receive()).await {
        Ok(Received::Message(WorkerToBroker::Attacked { outcome })) => match outcome {
            AttackOutcome::Refused(why) => format!("refused, too: {why}"),
            AttackOutcome::Allowed => WORKS.to_owned(),
        },
        // Another program took the process over, and ended well.
        Ok(Received::Ended) => match process.ending().await.as_str() {
            "exit code 0" => WORKS.to_owned(),
            how => format!("ended: {how}"),
        },
        Ok(_) | Err(_) => "no outcome".to_owned(),
    })
}

/// What an attack that is real does without the sandbox.
const WORKS: &str = "works";

async fn start(template: Option<&Template>, code: &str) -> Result<Instance, SandboxError> {
    let path = |text| TreePath::new(text).map_err(|e| SandboxError::Start(e.to_string()));
    let code = format!("export const run = async (...args) => {{ {code} }};");
    let mut files = FileSet::new();
    files.insert(path("index.js")?, code.into_bytes());
    let spec = InstanceSpec {
        slug: PluginSlug::new("self-attack").map_err(|e| SandboxError::Start(e.to_string()))?,
        files,
        entry: path("index.js")?,
        also: Vec::new(),
        permissions: Default::default(),
        apis: BTreeMap::new(),
        limits: ResourceLimits {
            memory: Bytes::mb(32),
            timeout: TimeLimit::new(Duration::from_millis(500)),
            ..ResourceLimits::default()
        },
        host: Host::bare(Arc::new(Silent)),
    };
    match template {
        Some(template) => Instance::copy(template, spec).await,
        None => Instance::start(spec).await,
    }
}

async fn attack_engine(
    template: Option<&Template>,
    code: &str,
    expected: &[&str],
) -> Result<(Verdict, String), SandboxError> {
    let instance = start(template, code).await?;
    let ended = instance.call(Target::Method("run".to_owned()), Vec::new()).await;
    instance.stop().await;
    Ok(match ended {
        Ok(_) => (Verdict::Allowed, "it returned".to_owned()),
        Err(error) => {
            let id = error.code().id;
            let how = format!("{id}: {error}");
            match id {
                // On a busy machine one of these can come before what should have stopped it.
                "sandbox.time-limit" | "sandbox.memory-limit" => (Verdict::Killed, how),
                _ if !expected.contains(&id) => (Verdict::Allowed, format!("unexpected {how}")),
                _ => (Verdict::Refused, how),
            }
        }
    })
}

async fn forge_answer(template: Option<&Template>) -> Result<(Verdict, String), SandboxError> {
    let code = "JSON.stringify = () => '\"forged\"'; globalThis.JSON = {}; \
                Object.prototype.toJSON = undefined; globalThis.Promise = class {}; return 'true';";
    let instance = start(template, code).await?;
    let ended = instance.call(Target::Method("run".to_owned()), Vec::new()).await;
    instance.stop().await;
    Ok(match ended {
        Ok(given) if given.value == "true" => {
            (Verdict::Refused, "the answer is the engine's own".to_owned())
        }
        Ok(given) => (Verdict::Allowed, format!("the answer was {}", given.value)),
        Err(error) => (Verdict::Allowed, format!("unexpected {}: {error}", error.code().id)),
    })
}

//! Fetches a release from a registry and proves who made it: what an install starts with.
//!
//! In this order: find the plugin, read its index and its owner and hold them against the registry's
//! log, choose a release, fetch its archive, hold all of it against the publisher's signature, and
//! prove that the log holds it. Nothing is written but the cache. The caller then calls
//! [`accept_publisher`], which pins the key and the owner, and writes the lock file once the release
//! is in use.

use std::str::FromStr;
use std::time::Duration;

use url::Url;

use crate::client::{
    self, ClientError, ClientOptions, Index, Known, LockFile, Registry, Release, SeenLog,
};
use crate::config::{ConfigError, RegistryChoice, Settings};
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::question::QuestionKind;
use crate::model::release::{PluginName, ReleasePredicate};
use crate::model::{
    Answer, Ask, AskError, Engines, ExitCode, Observer, PluginSlug, PluginSpec, Question, Stage,
};
use crate::package::Package;
use crate::trust::{Continuity, KeyId, OwnerChain, Verified, verify_package};

pub(crate) use crate::client::LOCK_FILE;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&PUBLISHER, &NOT_ANSWERED, &DECLINED, &TRUST_KEY];

static PUBLISHER: ErrorCode = ErrorCode {
    id: "fetch.new-publisher",
    exit: ExitCode::InputNeeded,
    meaning: "Nothing of this publisher was installed here before, so somebody has to accept the \
              key that signs for it.",
    remedy: "Compare the key with what the publisher says, then give it: `--trust-key KEYID`.",
};
static NOT_ANSWERED: ErrorCode = ErrorCode {
    id: "fetch.not-answered",
    exit: ExitCode::Interrupted,
    meaning: "The question about the publisher's key was left unanswered. Nothing was changed.",
    remedy: "Run the command again, or give the key: `--trust-key KEYID`.",
};
static DECLINED: ErrorCode = ErrorCode {
    id: "fetch.publisher-declined",
    exit: ExitCode::Policy,
    meaning: "The publisher's key was not accepted, so nothing was installed.",
    remedy: "Compare the key with what the publisher says, by another way than the registry.",
};
static TRUST_KEY: ErrorCode = ErrorCode {
    id: "fetch.other-key",
    exit: ExitCode::Integrity,
    meaning: "The release is not signed by the key given with `--trust-key`.",
    remedy: "Ask the publisher which key signs the releases.",
};

/// Which key a person accepts beforehand: `--trust-key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TrustKey {
    /// This one, beside those known: for a first install, and when a publisher changed the key.
    Id(KeyId),
    /// Whichever signs for a publisher that is new here. A changed key is still refused.
    New,
}

impl FromStr for TrustKey {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        if text == "new" {
            return Ok(Self::New);
        }
        let wrong =
            |_| "expected `new`, or a key id: `ed25519:` and 64 hexadecimal digits".to_owned();
        text.parse().map(Self::Id).map_err(wrong)
    }
}

/// What to fetch, and from where.
#[derive(Debug, Clone)]
pub(crate) struct FetchRequest {
    /// Which plugin and release.
    pub spec: PluginSpec,
    /// From which registry.
    pub registry: RegistryChoice,
    /// How the client behaves.
    pub client: ClientOptions,
    /// The key accepted beforehand.
    pub trust: Option<TrustKey>,
}

impl FetchRequest {
    /// A request by the settings of this run. `registry` is the flag.
    pub(crate) fn new(
        spec: PluginSpec,
        settings: &Settings,
        registry: Option<&str>,
        offline: bool,
    ) -> Result<Self, ConfigError> {
        let registry = settings.registry(registry)?;
        Ok(Self { spec, registry, client: client_options(settings, offline)?, trust: None })
    }
}

/// How the client behaves by the settings of this run.
pub(crate) fn client_options(
    settings: &Settings,
    offline: bool,
) -> Result<ClientOptions, ConfigError> {
    let idle: Duration = settings.http_idle()?;
    Ok(ClientOptions { cache: settings.dirs().cache.clone(), idle, offline })
}

/// Why the publisher's key counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyStanding {
    /// It is pinned in the lock file.
    Pinned,
    /// A flag accepts it.
    Accepted,
    /// The publisher is new here and nobody accepted the key yet.
    FirstSeen,
}

/// A release that is whole and signed. Whether its publisher is the right one is said by
/// `standing`: pass it to [`accept_publisher`].
#[derive(Debug, Clone)]
pub(crate) struct FetchedRelease {
    /// Its published name.
    pub name: PluginName,
    /// What was signed and fetched; listing, manifest, files and digests are in here.
    pub package: Verified<Package>,
    /// The registry it came from.
    pub registry: Url,
    /// Why the key counts.
    pub standing: KeyStanding,
    /// Whether the registry says that it was withdrawn.
    pub yanked: bool,
    /// The newest release that the index has, signed by the same publisher.
    pub newest: semver::Version,
    /// Who owns the namespace, where the registry has a log.
    pub owner: Option<OwnerChain>,
    /// The registry's log, which holds it; `None` when the registry has none or was not asked.
    pub log: Option<SeenLog>,
}

/// Fetches the release. Nothing but the cache is written; `lock` says which keys are known.
pub(crate) async fn fetch_release(
    request: &FetchRequest,
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<FetchedRelease, Failure> {
    let registry = Registry::open(&request.registry, request.client.clone())?;
    let name = registry.find(&request.spec, lock).await?;
    let known = known(&registry, lock, &name, request.trust.as_ref());
    let index = registry.index(&name, &known, observer).await?;
    index.tell(lock, observer);
    let release = client::choose(&index, &request.spec.version, &Engines::HOST)
        .map_err(|error| explain(error, request, lock, &name))?;
    let version = release.statement.version.clone();
    if release.yanked {
        observer.warn(format!("`{name}` {version} was yanked by its publisher"));
    }
    for advisory in index.history.advisories().filter(|known| known.affected.matches(&version)) {
        observer.warn(format!(
            "`{name}` {version} has a known fault, {} ({}): {}",
            advisory.id,
            advisory.severity.as_str(),
            advisory.summary
        ));
    }
    let statement = &release.statement;
    let bytes = registry.archive(&statement.archive, statement.size, observer).await?;
    observer.start(Stage::Verify, format!("{name} {version}"));
    let package = verify_package(&Package::read(&bytes)?, statement)?;
    refuse_other_host(&name, &package)?;
    observer.finish(Stage::Verify, format!("signed by {}", statement.key_id()));
    let log = registry.prove_logged(release, &index).await?;
    if let Some(log) = &log {
        observer.detail(format!("it is in the registry's log of {} entries", log.size));
    }
    Ok(FetchedRelease {
        standing: standing(release, &index, request, lock),
        yanked: release.yanked,
        newest: newest_of_publisher(&index, statement).unwrap_or(&version).clone(),
        owner: index.chain.clone(),
        registry: registry.url().clone(),
        package,
        name,
        log,
    })
}

/// Another key than the one given with the flag is not a publisher that changed its key.
fn explain(
    error: ClientError,
    request: &FetchRequest,
    lock: &LockFile,
    name: &PluginName,
) -> Failure {
    match (&error, &request.trust) {
        (ClientError::KeyChanged { .. }, Some(TrustKey::Id(key)))
            if lock.pins().of(&name.namespace).is_empty() =>
        {
            Failure::new(&TRUST_KEY, format!("`{name}` is not signed by `{key}`"))
                .caused_by(&error)
                .hint("ask the publisher which key signs the releases")
        }
        _ => error.into(),
    }
}

/// The index is the registry's word; the manifest is the publisher's.
fn refuse_other_host(name: &PluginName, package: &Package) -> Result<(), ClientError> {
    match &package.manifest.engines {
        Some(engines) if !engines.daino.matches(&Engines::HOST) => Err(ClientError::Engine {
            name: name.clone(),
            version: package.listing.version.clone(),
            range: engines.daino.to_string(),
            host: Engines::HOST,
        }),
        _ => Ok(()),
    }
}

/// What is known before the registry is asked: what the lock file has, and the key of a flag.
pub(crate) fn known(
    registry: &Registry,
    lock: &LockFile,
    name: &PluginName,
    trust: Option<&TrustKey>,
) -> Known {
    let mut known = lock.known(registry.url());
    if let Some(TrustKey::Id(key)) = trust {
        known.pins.pin(&name.namespace, key.clone());
    }
    known
}

/// The newest release of whoever made this one: in an owner chain every release is the owner's.
fn newest_of_publisher<'i>(
    index: &'i Index,
    statement: &Verified<ReleasePredicate>,
) -> Option<&'i semver::Version> {
    match index.chain {
        Some(_) => index.newest(),
        None => index.newest_signed_by(&statement.key_id()),
    }
}

/// Whether this publisher was accepted before: the key, or the owner chain that leads to it.
fn is_known(
    lock: &LockFile,
    namespace: &PluginSlug,
    key: &KeyId,
    owner: Option<&OwnerChain>,
) -> bool {
    match owner {
        Some(chain) => lock.pins().follow(chain) == Continuity::GoesOn,
        None => lock.pins().of(namespace).contains(key),
    }
}

fn standing(
    release: &Release,
    index: &Index,
    request: &FetchRequest,
    lock: &LockFile,
) -> KeyStanding {
    let signer = release.statement.key_id();
    if is_known(lock, &index.name.namespace, &signer, index.chain.as_ref()) {
        KeyStanding::Pinned
    } else if request.trust.is_some() {
        KeyStanding::Accepted
    } else {
        KeyStanding::FirstSeen
    }
}

/// Accepts the publisher's key: at once when it is pinned or a flag accepted it, else by asking.
/// Remembers the key and the newest release in `lock`, which the caller writes once the release is
/// in use.
pub(crate) fn accept_publisher(
    fetched: &FetchedRelease,
    lock: &mut LockFile,
    ask: &dyn Ask,
) -> Result<(), Failure> {
    let key = fetched.package.key_id();
    let is_known = is_known(lock, &fetched.name.namespace, &key, fetched.owner.as_ref());
    if fetched.standing == KeyStanding::FirstSeen && !is_known {
        ask_for(&fetched.name, &key, ask)?;
    }
    lock.pin(&fetched.name.namespace, key);
    if let Some(owner) = &fetched.owner {
        lock.pin_owner(owner);
    }
    lock.saw(&fetched.name, &fetched.newest);
    if let Some(log) = &fetched.log {
        lock.saw_log(&fetched.registry, log.clone());
    }
    Ok(())
}

fn ask_for(name: &PluginName, key: &KeyId, ask: &dyn Ask) -> Result<(), Failure> {
    let publisher = &name.namespace;
    let question = Question {
        id: "trust-key",
        text: format!(
            "Nothing of `{publisher}` was installed here before. `{name}` is signed by\n  {key}\n\
             Is this the publisher's key?"
        ),
        flag: "--trust-key KEYID",
        kind: QuestionKind::Confirm { default: false },
    };
    match ask.ask(&question) {
        Ok(Answer::Yes(true)) => Ok(()),
        Ok(_) => Err(Failure::new(&DECLINED, format!("the key of `{publisher}` was not accepted"))),
        Err(error) => {
            let code = if error == AskError::NoTerminal { &PUBLISHER } else { &NOT_ANSWERED };
            let message = format!("`{publisher}` is a new publisher here; its key is `{key}`");
            Err(Failure::new(code, message)
                .caused_by(&error)
                .hint(format!("if that is the publisher's key: `--trust-key {key}`"))
                .hint("to accept any key of a publisher that is new here: `--trust-key new`"))
        }
    }
}

#[cfg(test)]
mod tests;

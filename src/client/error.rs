//! What goes wrong between us and a registry.

use crate::error::{Coded, ErrorCode};
use crate::model::release::PluginName;
use crate::model::{ExitCode, PluginSlug, VersionWanted};
use crate::net::NetError;
use crate::trust::{KeyId, TrustError};

use super::problem::Problem;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &NOT_REGISTRY,
    &NOT_FOUND,
    &AMBIGUOUS,
    &NO_VERSION,
    &ENGINE,
    &KEY_CHANGED,
    &ARCHIVE,
    &LOG,
    &NO_ARCHIVE,
    &NOT_CACHED,
    &PLAIN_HTTP,
    &UNAUTHORIZED,
    &NAMESPACE_KEY,
    &VERSION_TAKEN,
    &OUTDATED,
    &OWNER,
    &TOO_LARGE,
    &REFUSED,
    &REFUSED_SIGNATURE,
    &BUSY,
    &FAILED,
];

macro_rules! codes {
    ($($name:ident = $id:literal, $exit:ident: $meaning:literal, $remedy:literal;)*) => {$(
        static $name: ErrorCode =
            ErrorCode { id: $id, exit: ExitCode::$exit, meaning: $meaning, remedy: $remedy };
    )*};
}

codes! {
    NOT_REGISTRY = "client.not-a-registry", Network:
        "The answer is not one that a registry gives.",
        "Check the address; a web page, a proxy or a captive portal may be answering instead.";
    NOT_FOUND = "client.not-found", Usage:
        "The registry has no such plugin.",
        "Look for it with `daino-pdk search WORD`.";
    AMBIGUOUS = "client.ambiguous", Usage:
        "Several publishers have a plugin of this name.",
        "Write the namespace, too: NAMESPACE/SLUG.";
    NO_VERSION = "client.no-version", Usage:
        "The plugin has no release that is wanted. Yanked releases and pre-releases are only taken when asked for by their number.",
        "Ask for one of the versions that the message lists: `NAMESPACE/SLUG@VERSION`.";
    ENGINE = "client.engine", Policy:
        "The release is for another version of the host.",
        "Ask for a release that fits this host, or update daino-pdk.";
    KEY_CHANGED = "client.key-changed", Integrity:
        "The release is signed by another key than the publisher's releases before. Either the publisher changed the key, or somebody else made this release.",
        "Ask the publisher, by another way than the registry, whether the key was changed. If so, accept it with `--trust-key KEYID`.";
    ARCHIVE = "client.archive", Integrity:
        "The archive that the registry sends is not the one that was signed.",
        "Do not use it; tell the registry's operator.";
    LOG = "client.log", Integrity:
        "The registry's log does not hold the release, or is not the log that was seen before: the registry may show different things to different people.",
        "Do not use the release; ask the registry's operator and its other users.";
    NO_ARCHIVE = "client.no-archive", Network:
        "The registry lists the release and does not have its archive.",
        "Run the command again later; tell the registry's operator.";
    NOT_CACHED = "client.not-cached", Network:
        "The network is switched off, and what is needed was not fetched before.",
        "Run the command once without `--offline` (or unset DAINO_OFFLINE).";
    PLAIN_HTTP = "client.plain-http", Policy:
        "A token is not sent without encryption to another machine: everybody on the way could read it.",
        "Use the registry's https address.";
    UNAUTHORIZED = "client.unauthorized", Authentication:
        "The registry does not accept the token, or there is none.",
        "Set DAINO_TOKEN to a token that may publish in this namespace.";
    NAMESPACE_KEY = "client.namespace-key", Authentication:
        "The namespace belongs to another signing key: the first release binds it.",
        "Sign with that key (`--key NAME`), or publish under another namespace (`--namespace NAME`).";
    VERSION_TAKEN = "client.version-taken", Policy:
        "This version was published before with other content. Releases never change.",
        "Raise `version` in manifest.json and publish again.";
    OUTDATED = "client.outdated-statement", Policy:
        "Something else was signed about this plugin meanwhile, and the statement does not fit it any more.",
        "Run the command again: it signs on what the registry has now.";
    OWNER = "client.owner", Policy:
        "The registry does not take the change of the owner: it has to go on from the last one, signed by as many keys as that asks for.",
        "Look at the owner, `daino-pdk owner list NAMESPACE`, and sign with its keys: `--key NAME`, several times where needed.";
    TOO_LARGE = "client.too-large", Usage:
        "The registry does not take a release of this size.",
        "Keep what the plugin does not need out of it with a `.dainoignore` file.";
    REFUSED = "client.refused", Usage:
        "The registry refuses the release; the message has its reason.",
        "Run `daino-pdk validate` and mend what it finds.";
    REFUSED_SIGNATURE = "client.refused-signature", Integrity:
        "The registry says that the release's signature or digest is wrong: it was changed on its way.",
        "Publish again; if it stays so, a proxy changes what is sent.";
    BUSY = "client.busy", Network:
        "The registry takes no more requests for now.",
        "Wait as long as the message says, then run the command again.";
    FAILED = "client.failed", Network:
        "The registry failed, or gave an answer that is not foreseen.",
        "Run the command again later; tell the registry's operator the request id, when there is one.";
}

/// Why there is no answer to use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ClientError {
    /// The network.
    #[error(transparent)]
    Net(#[from] NetError),
    /// A signature.
    #[error(transparent)]
    Trust(#[from] TrustError),
    /// Not JSON, not the JSON that is due.
    #[error("`{url}` does not answer like a registry: {reason}")]
    NotRegistry {
        /// Asked for.
        url: String,
        /// What is wrong.
        reason: String,
    },
    /// No such plugin.
    #[error("`{registry}` has no plugin `{name}`")]
    NotFound {
        /// Asked for.
        name: String,
        /// Where.
        registry: String,
    },
    /// A slug of several publishers.
    #[error("several publishers have a plugin `{slug}`: {}", list(names))]
    Ambiguous {
        /// Asked for.
        slug: PluginSlug,
        /// Who has it.
        names: Vec<PluginName>,
    },
    /// No release fits.
    #[error("`{name}` has no release `{wanted}`: {reason}")]
    NoVersion {
        /// Of which plugin.
        name: PluginName,
        /// Asked for.
        wanted: VersionWanted,
        /// Which there are, or why none fits.
        reason: String,
    },
    /// A release for another host.
    #[error("`{name}` {version} is for the host's version `{range}`; this is {host}")]
    Engine {
        /// Which plugin.
        name: PluginName,
        /// Which release.
        version: semver::Version,
        /// The versions it is for.
        range: String,
        /// Ours.
        host: semver::Version,
    },
    /// Signed by a key that is not pinned.
    #[error(
        "`{name}` {version} is signed by {}; the key known for `{}` is {}",
        list(offered),
        name.namespace,
        list(pinned)
    )]
    KeyChanged {
        /// Which plugin.
        name: PluginName,
        /// Which release.
        version: semver::Version,
        /// Keys trusted so far.
        pinned: Vec<KeyId>,
        /// Keys of the release.
        offered: Vec<KeyId>,
    },
    /// A release whose signature or statement does not hold.
    #[error("`{name}` {version} is refused: {error}")]
    Refused {
        /// Which plugin.
        name: PluginName,
        /// Which release.
        version: semver::Version,
        /// Why.
        error: TrustError,
    },
    /// Other bytes than signed.
    #[error("`{url}` is not the archive that was signed: {reason}")]
    Archive {
        /// Asked for.
        url: String,
        /// What differs.
        reason: String,
    },
    /// The log contradicts the release, or what was seen of it.
    #[error("`{registry}` is not believed: {reason}")]
    Log {
        /// Which registry.
        registry: String,
        /// What is wrong.
        reason: String,
    },
    /// No bytes.
    #[error("`{url}` is listed and is not there")]
    NoArchive {
        /// Asked for.
        url: String,
    },
    /// Offline, and not fetched before.
    #[error("{0} was not fetched before, and the network is switched off")]
    NotCached(String),
    /// A token over plain HTTP.
    #[error("the token is not sent to `{0}` without encryption")]
    PlainHttp(String),
    /// An answer that says no.
    #[error("{}", problem.sentence(what))]
    Problem {
        /// What was asked for, such as "the registry refuses the release".
        what: &'static str,
        /// The answer.
        problem: Problem,
    },
}

fn list<T: std::fmt::Display>(items: &[T]) -> String {
    if items.is_empty() {
        return "no key that can be read".to_owned();
    }
    items.iter().map(|item| format!("`{item}`")).collect::<Vec<_>>().join(", ")
}

impl Coded for ClientError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Net(error) => error.code(),
            Self::Trust(error) => error.code(),
            Self::Refused { error, .. } => error.code(),
            Self::NotRegistry { .. } => &NOT_REGISTRY,
            Self::NotFound { .. } => &NOT_FOUND,
            Self::Ambiguous { .. } => &AMBIGUOUS,
            Self::NoVersion { .. } => &NO_VERSION,
            Self::Engine { .. } => &ENGINE,
            Self::KeyChanged { .. } => &KEY_CHANGED,
            Self::Archive { .. } => &ARCHIVE,
            Self::Log { .. } => &LOG,
            Self::NoArchive { .. } => &NO_ARCHIVE,
            Self::NotCached(_) => &NOT_CACHED,
            Self::PlainHttp(_) => &PLAIN_HTTP,
            Self::Problem { problem, .. } => problem_code(problem),
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Net(error) => error.hints(),
            Self::NotFound { name, .. } => vec![format!("daino-pdk search {name}")],
            Self::Ambiguous { names, .. } => {
                let first = names.first().map(ToString::to_string).unwrap_or_default();
                vec![format!("name the publisher, too, such as `{first}`")]
            }
            Self::KeyChanged { offered, .. } => {
                let mut hints = vec![
                    "ask the publisher, by another way than the registry, whether the key was changed"
                        .to_owned(),
                ];
                hints.extend(
                    offered
                        .first()
                        .map(|key| format!("only if so, accept it: `--trust-key {key}`")),
                );
                hints
            }
            Self::Problem { problem, .. } => {
                let wait = problem.retry_after.map(|s| format!("try again in {s} s"));
                let cause = problem.cause.as_ref().map(|id| format!("daino-pdk explain {id}"));
                let remedy = [self.code().remedy.to_owned()];
                wait.into_iter().chain(cause).chain(remedy).collect()
            }
            _ => vec![self.code().remedy.to_owned()],
        }
    }
}

/// What an answer's status, and the problem's own code, mean.
fn problem_code(problem: &Problem) -> &'static ErrorCode {
    match (problem.status, problem.code.as_deref()) {
        (403, Some("key-not-owner")) => &NAMESPACE_KEY,
        (401 | 403, _) => &UNAUTHORIZED,
        (409, Some("outdated")) => &OUTDATED,
        (409, _) => &VERSION_TAKEN,
        (422, Some("owner")) => &OWNER,
        (413, _) => &TOO_LARGE,
        (422, _) if is_about_trust(problem) => &REFUSED_SIGNATURE,
        (422, _) => &REFUSED,
        (429, _) => &BUSY,
        _ => &FAILED,
    }
}

fn is_about_trust(problem: &Problem) -> bool {
    matches!(problem.code.as_deref(), Some("signature" | "statement"))
        || problem.cause.as_deref().is_some_and(|cause| cause.starts_with("trust."))
}

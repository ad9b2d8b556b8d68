//! What keeps a release from being published.

use url::Url;

use super::PublishPlan;
use crate::client::ClientError;
use crate::error::{Coded, ErrorCode, Failure};
use crate::model::{Digest, ExitCode};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] =
    &[&NAMESPACE, &TOKEN, &KEY, &NOT_ASKED, &NOT_CONFIRMED, &NOT_SERVED, &SERVED_WRONG];

static NAMESPACE: ErrorCode = ErrorCode {
    id: "publish.namespace",
    exit: ExitCode::Usage,
    meaning: "A plugin is published under a namespace, and none is set.",
    remedy: "Give `--namespace NAME`, set DAINO_NAMESPACE, or set `publish.namespace` in `config.toml`.",
};
static TOKEN: ErrorCode = ErrorCode {
    id: "publish.token",
    exit: ExitCode::Authentication,
    meaning: "Publishing needs a token of the registry, and there is none.",
    remedy: "Set DAINO_TOKEN to a token that may publish in this namespace.",
};
static KEY: ErrorCode = ErrorCode {
    id: "publish.key",
    exit: ExitCode::Usage,
    meaning: "There is no key to sign with.",
    remedy: "Make one with `daino-pdk key generate`, or set DAINO_SIGNING_KEY.",
};
static NOT_ASKED: ErrorCode = ErrorCode {
    id: "publish.not-asked",
    exit: ExitCode::InputNeeded,
    meaning: "A release cannot be taken back, so somebody has to say yes, and there is no terminal \
              to ask on. Nothing was sent.",
    remedy: "Give `-y` to publish without being asked, or `--dry-run` to see what would be sent.",
};
static NOT_CONFIRMED: ErrorCode = ErrorCode {
    id: "publish.not-confirmed",
    exit: ExitCode::Interrupted,
    meaning: "The question whether to publish was not answered with yes. Nothing was sent.",
    remedy: "Run the command again, or give `-y`.",
};
static NOT_SERVED: ErrorCode = ErrorCode {
    id: "publish.not-served",
    exit: ExitCode::Partial,
    meaning: "The registry took the release, but it could not be fetched back yet.",
    remedy: "Run the same command again: what is there already is only checked.",
};
static SERVED_WRONG: ErrorCode = ErrorCode {
    id: "publish.served-wrong",
    exit: ExitCode::Integrity,
    meaning: "The registry took the release and serves something else. No shop will install that.",
    remedy: "Tell the registry's operator.",
};

pub(crate) fn no_namespace() -> Failure {
    Failure::new(&NAMESPACE, "there is no namespace to publish under")
        .hint("give `--namespace NAME`, or set DAINO_NAMESPACE")
}

pub(super) fn no_token(registry: &Url) -> Failure {
    Failure::new(&TOKEN, format!("there is no token for `{registry}`"))
        .hint("set DAINO_TOKEN to a token that may publish")
}

pub(super) fn no_key() -> Failure {
    Failure::new(&KEY, "there is no key to sign with").hint("daino-pdk key generate")
}

pub(super) fn not_asked() -> Failure {
    Failure::new(&NOT_ASKED, "publishing has to be confirmed, and there is no terminal to ask on")
        .hint("publish without being asked: `-y`")
        .hint("see what would be sent: `--dry-run`")
}

pub(super) fn not_confirmed() -> Failure {
    Failure::new(&NOT_CONFIRMED, "publishing was not confirmed").hint("nothing was sent")
}

/// The registry did not take the release.
pub(super) fn sent(error: ClientError, plan: &PublishPlan) -> Failure {
    let is_taken = matches!(&error, ClientError::Problem { problem, .. } if problem.status == 409);
    let failure = Failure::from(error);
    if !is_taken {
        return failure;
    }
    let mut next = semver::Version::new(plan.version.major, plan.version.minor, plan.version.patch);
    next.patch = next.patch.saturating_add(1);
    failure.hint(format!("for example `\"version\": \"{next}\"`"))
}

/// The release was taken and cannot be fetched back.
pub(super) fn served(error: &ClientError, plan: &PublishPlan) -> Failure {
    let release = format!("`{}` {}", plan.name, plan.version);
    if error.code().exit == ExitCode::Integrity {
        let message = format!("the registry serves something else than {release} as it was sent");
        return Failure::new(&SERVED_WRONG, message)
            .caused_by(error)
            .hint("tell the registry's operator; shops will refuse this release");
    }
    Failure::new(&NOT_SERVED, format!("{release} was taken, but cannot be fetched back yet"))
        .caused_by(error)
        .hint("run the same command again: what is there already is only checked")
}

/// The release is there with other content.
pub(super) fn other_content(plan: &PublishPlan, served: &Digest) -> Failure {
    let sent = plan.packed.archive;
    let message = format!(
        "the registry serves `{served}` as {} {}; sent was `{sent}`",
        plan.name, plan.version
    );
    Failure::new(&SERVED_WRONG, message)
        .hint("tell the registry's operator; shops will refuse this release")
}

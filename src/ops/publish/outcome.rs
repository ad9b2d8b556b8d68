//! What is to be published, and what was.

use serde::Serialize;
use url::Url;

use crate::client::ClientOptions;
use crate::config::RegistryChoice;
use crate::model::permission::Permissions;
use crate::model::release::{ListedFile, PluginName};
use crate::model::{Digest, ExitCode};
use crate::ops::test::TestOutcome;
use crate::ops::validate::ValidateOutcome;
use crate::package::Packed;
use crate::trust::{KeyId, SigningKey};

/// A release that may be sent: everything a person looks at before saying yes.
pub(crate) struct PublishPlan {
    /// The published name.
    pub name: PluginName,
    /// Its version.
    pub version: semver::Version,
    /// Its page in the registry's interface.
    pub url: Url,
    /// The key that will sign; none only on a dry run without a key.
    pub key: Option<KeyId>,
    /// Bytes of all files together.
    pub unpacked_size: u64,
    /// What the plugin may touch.
    pub permissions: Permissions,
    /// The same in words, as a shop is asked.
    pub asks: Vec<String>,
    /// What the checks said.
    pub checks: ChecksRun,
    /// What the tests said.
    pub tests: TestsRun,
    pub(super) manifest: Digest,
    pub(super) packed: Packed,
    pub(super) engine: Option<String>,
    pub(super) choice: RegistryChoice,
    pub(super) options: ClientOptions,
    pub(super) signer: Option<SigningKey>,
}

impl PublishPlan {
    /// What a dry run tells.
    pub(crate) fn would_publish(&self) -> PublishOutcome {
        PublishOutcome::of(self, PublishStatus::WouldPublish)
    }

    /// The files of the release.
    pub(crate) fn files(&self) -> &[ListedFile] {
        &self.packed.listing.files
    }

    /// Bytes of the archive.
    pub(crate) fn size(&self) -> u64 {
        self.packed.bytes.len() as u64
    }
}

/// What the checks said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct ChecksRun {
    /// 0 to 100.
    pub score: u32,
    /// Findings below the threshold.
    pub findings: usize,
}

impl ChecksRun {
    pub(super) fn of(outcome: &ValidateOutcome) -> Self {
        let report = &outcome.report;
        Self { score: report.score, findings: report.issues.len() - report.failing }
    }
}

/// What became of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "result")]
pub(crate) enum TestsRun {
    /// They were left out: `--no-test`.
    Skipped,
    /// All passed.
    Passed {
        /// How many.
        tests: usize,
    },
}

/// The finished verdict that keeps a release back.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Refusal {
    /// The checks found something that the store does not take.
    Findings(Box<ValidateOutcome>),
    /// Tests failed.
    Tests(TestOutcome),
}

impl Refusal {
    /// What the process exits with.
    pub(crate) fn exit(&self) -> ExitCode {
        match self {
            Self::Findings(_) => ExitCode::Negative,
            Self::Tests(outcome) => outcome.exit(),
        }
    }
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum PublishStatus {
    /// The release is new.
    Published,
    /// The same release was there before.
    AlreadyPublished,
    /// A dry run.
    WouldPublish,
}

/// What was published, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct PublishOutcome {
    /// What was done.
    pub status: PublishStatus,
    /// The published name.
    pub name: PluginName,
    /// Its version.
    pub version: semver::Version,
    /// Where it is.
    pub registry: Url,
    /// Its page in the registry's interface.
    pub url: Url,
    /// SHA-256 of the archive.
    pub archive: Digest,
    /// SHA-256 of the uncompressed tar.
    pub content: Digest,
    /// Bytes of the archive.
    pub size: u64,
    /// Bytes of all files together.
    pub unpacked_size: u64,
    /// The key that signed it.
    pub key: Option<KeyId>,
    /// What the checks said.
    pub checks: ChecksRun,
    /// What the tests said.
    pub tests: TestsRun,
    /// Whether it was fetched back and found as signed.
    pub verified: bool,
    /// What the plugin may touch.
    pub permissions: Permissions,
    /// Files, sorted by path.
    pub files: Vec<ListedFile>,
}

impl PublishOutcome {
    pub(super) fn of(plan: &PublishPlan, status: PublishStatus) -> Self {
        Self {
            status,
            url: plan.url.clone(),
            name: plan.name.clone(),
            version: plan.version.clone(),
            registry: plan.choice.url.clone(),
            archive: plan.packed.archive,
            content: plan.packed.content,
            size: plan.size(),
            unpacked_size: plan.unpacked_size,
            key: plan.key.clone(),
            checks: plan.checks,
            tests: plan.tests,
            verified: status != PublishStatus::WouldPublish,
            permissions: plan.permissions.clone(),
            files: plan.packed.listing.files.clone(),
        }
    }
}

//! What a new release needs, put in or updated before it: each as a whole, in the order of need.

use super::gate::Gate;
use super::{UpdatedPlugin, Work, describe};
use crate::client::LockFile;
use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, PluginSlug, VersionWanted};
use crate::ops::dependencies::Step;
use crate::ops::fetch_release::LOCK_FILE;
use crate::ops::install::{self, Given, InstallRequest, Source};
use crate::store::lifecycle::Coming;

pub(super) static NEEDS: ErrorCode = ErrorCode {
    id: "update.needs-others",
    exit: ExitCode::Policy,
    meaning: "The new release needs plugins that are not there, or not in a version that fits. Nothing was changed.",
    remedy: "Let them be installed and updated first, in the same command: `--with-dependencies`.",
};
pub(super) static PARTLY: ErrorCode = ErrorCode {
    id: "update.partly",
    exit: ExitCode::Partial,
    meaning: "Plugins that the new release needs were installed or updated, then one failed. Each is whole; the one that was asked for is what it was.",
    remedy: "Mend what the message names and run the command again, or take the others back: `daino-pdk rollback SLUG`.",
};

impl Work<'_> {
    /// Does what has to be done first, in this order. `own` is what comes right after.
    pub(super) async fn first(
        &self,
        steps: Vec<Step>,
        own: (PluginSlug, semver::Version),
        coming: &Coming,
        lines: &mut Vec<UpdatedPlugin>,
    ) -> Result<(), Failure> {
        if steps.is_empty() {
            return Ok(());
        }
        let words: Vec<String> =
            steps.iter().map(Step::becomes).map(|(s, v)| format!("`{s}` {v}")).collect();
        if !self.request.with_dependencies {
            let message = format!("`{}` {} needs {}", own.0, own.1, words.join(", "));
            return Err(self.or_with_dependencies(Failure::new(&NEEDS, message)));
        }
        let mut after = coming.clone();
        after.extend(steps.iter().map(Step::becomes));
        let needs_them = own.0.clone();
        after.insert(own.0, own.1);
        let mut done: Vec<String> = Vec::new();
        for step in steps {
            let (slug, version) = step.becomes();
            let failed = match step {
                Step::Install(one) => self.bring_in(*one).await,
                Step::Update(slug, version) => {
                    let mut line = describe(self.shop, &slug).await?;
                    let gate = Gate {
                        to: Some(VersionWanted::Exact(version)),
                        pin: line.pinned.clone(),
                        ..self.request.gate.clone()
                    };
                    let work = Box::pin(self.one(&mut line, &gate, &after, lines));
                    let updated = work.await;
                    lines.push(line);
                    updated
                }
            };
            if let Err(failure) = failed {
                let failure = failure.within(slug.as_str());
                if done.is_empty() {
                    return Err(failure);
                }
                let message = format!(
                    "{} changed, which `{needs_them}` needs; then: {}",
                    done.join(", "),
                    failure.message()
                );
                let partly = Failure::new(&PARTLY, message).hint(PARTLY.remedy);
                return Err(failure.hints().iter().fold(partly, |partly, hint| partly.hint(hint)));
            }
            done.push(format!("{slug} {version}"));
        }
        Ok(())
    }

    /// Installs a plugin that was not there.
    async fn bring_in(&self, one: (Source, install::Fetched)) -> Result<(), Failure> {
        let request = InstallRequest {
            place: self.request.place.clone(),
            source: one.0,
            given: Given::default(),
            accepted: install::Accepted {
                permissions: self.request.accept_permissions.clone(),
                unsigned: self.request.allow_unsigned,
                findings: self.request.accept_findings,
            },
            accept_defaults: false,
            dry_run: false,
            flags: self.request.flags.clone(),
        };
        let lock = LockFile::read(&self.shop.dir().join(LOCK_FILE))?;
        let (present, ask, observer) = (self.present.install, self.ask, self.observer);
        let requests = vec![(request, one.1)];
        install::install_fetched(self.shop, requests, lock, present, ask, observer).await.map(drop)
    }

    pub(super) fn or_with_dependencies(&self, failure: Failure) -> Failure {
        match self.request.with_dependencies {
            true => failure,
            false => {
                failure.hint("to let them be installed and updated first: `--with-dependencies`")
            }
        }
    }
}

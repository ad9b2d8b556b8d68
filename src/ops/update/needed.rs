//! What a new release needs, put in or updated with it, in the order of need.

use super::gate::Gate;
use super::planned::Planned;
use super::{Known, UpdatedPlugin, Work, describe};
use crate::error::{ErrorCode, Failure};
use crate::model::{ExitCode, PluginSlug, VersionWanted};
use crate::ops::dependencies::Step;
use crate::ops::fetch_release::accept_publisher;
use crate::ops::install::{self, Given, InstallRequest, Prepared, Source};
use crate::ops::open_shop::PluginLog;

pub(super) static NEEDS: ErrorCode = ErrorCode {
    id: "update.needs-others",
    exit: ExitCode::Policy,
    meaning: "The new release needs plugins that are not there, or not in a version that fits. Nothing was changed.",
    remedy: "Let them be installed and updated first, in the same command: `--with-dependencies`.",
};
impl Work<'_> {
    /// Plans what has to be done first, in this order. `own` is what comes right after, in the same change.
    pub(super) async fn first(
        &self,
        steps: Vec<Step>,
        own: (PluginSlug, semver::Version),
        known: &mut Known,
        planned: &mut Vec<Planned>,
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
        known.coming.extend(steps.iter().map(Step::becomes));
        known.coming.insert(own.0, own.1);
        for step in steps {
            let (slug, _) = step.becomes();
            let failed = match step {
                Step::Install(one) => self.bring_in(*one, known, planned).await,
                Step::Update(slug, version) => {
                    let mut line = describe(self.shop, &slug).await?;
                    let gate = Gate {
                        to: Some(VersionWanted::Exact(version)),
                        pin: line.pinned.clone(),
                        ..self.request.gate.clone()
                    };
                    let done = Box::pin(self.one(&mut line, &gate, known, planned, lines)).await;
                    lines.push(line);
                    done
                }
            };
            failed.map_err(|failure| failure.within(slug.as_str()))?;
        }
        Ok(())
    }

    /// Plans a plugin that was not there.
    async fn bring_in(
        &self,
        one: (Source, install::Fetched),
        known: &mut Known,
        planned: &mut Vec<Planned>,
    ) -> Result<(), Failure> {
        let (source, fetched) = one;
        let request = InstallRequest {
            place: self.request.place.clone(),
            source,
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
        if let Some(release) = &fetched.release {
            accept_publisher(release, &mut known.lock, self.ask)?;
        }
        let to_be = fetched.to_be();
        let (shop, observer) = (self.shop, self.observer);
        let prepared = Prepared::alone(shop, request, fetched, &known.coming, observer);
        let mut prepared = prepared.await?;
        (self.present.install)(&prepared.plan, &prepared.scan);
        prepared.agree(&mut known.lock, self.ask)?;
        let log = PluginLog::new();
        let tried = prepared.prove(shop, self.ground, log.clone(), observer).await;
        log.tell(observer);
        tried?;
        known.plugins.push(to_be);
        planned.push(Planned::Install(Box::new(prepared)));
        Ok(())
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

//! Several changes as one: all of them stand, or none does.
//!
//! Each has its entry in the journal, and its code and backup beside what is there, before one transaction
//! does what the database has of all of them. Its commit moves every entry at once, so a program that is
//! killed leaves entries that are all undone, or all finished, by whoever comes next. A single change is the
//! same with one entry.

use std::sync::Arc;

use crate::store::sql::Transaction;

use super::change::Change;
use super::install::{Installation, Planned};
use super::update::UpdatePlanned;
use super::{LifecycleError, install, leftovers, recovery, replace, settings, uninstall, update};
use crate::model::event::Tell;
use crate::model::install_plan::InstallChange;
use crate::model::operation::{Operation, Replacement};
use crate::model::uninstall_plan::{UninstallChoices, UninstallPlan, UninstallReport};
use crate::model::{Observer, PluginSlug, Stage};
use crate::sandbox::LogSink;
use crate::store::Shop;
use crate::store::stream::Budget;
use crate::sys::kill_point::kill_point;

/// One change, planned.
pub(crate) enum Step {
    /// A release comes in, or a plugin gets other settings.
    Install(Box<Installation>, Box<Planned>),
    /// A release takes the place of another.
    Update(Box<Installation>, Box<UpdatePlanned>),
    /// A plugin goes.
    Uninstall(Box<UninstallPlan>, UninstallChoices),
}

/// What a step came to.
pub(crate) enum Done {
    /// A plugin is there now, as was planned.
    There,
    /// What an uninstallation did.
    Gone(Box<UninstallReport>),
}

/// Why none of the changes stands: the plugin that failed, and how.
#[derive(Debug, thiserror::Error)]
#[error("{error}")]
pub(crate) struct NotDone {
    /// Which plugin.
    pub slug: PluginSlug,
    /// What went wrong.
    #[source]
    pub error: LifecycleError,
}

/// What a transaction that decides works with.
pub(super) struct Place<'a> {
    /// The shop.
    pub shop: &'a Shop,
    /// Who hears of it.
    pub observer: &'a dyn Observer,
    /// What the owner's connection may still receive.
    pub budget: Budget,
}

/// One change, ready to be announced.
enum Part {
    Install(Box<install::Ready>),
    Settings(Box<settings::Ready>),
    Update(Box<update::Ready>),
    Uninstall(Box<uninstall::Ready>),
}

/// Carries the steps out, in this order. After a failure the shop is as it was.
pub(crate) async fn apply(
    change: &mut Change<'_>,
    steps: Vec<Step>,
    log: Arc<dyn LogSink>,
) -> Result<Vec<Done>, NotDone> {
    let mut parts = Vec::new();
    for step in steps {
        let slug = step.slug().clone();
        let part = Part::of(change, step).await;
        parts.push(part.map_err(|error| NotDone { slug, error })?);
    }
    let mut announced = 0;
    match carry_out(change, &parts, &mut announced, &log).await {
        Ok(done) => {
            let mut all = Vec::new();
            for (part, done) in parts.iter().zip(done) {
                all.push(part.told(part.finish(change, done, &log).await)?);
            }
            Ok(all)
        }
        Err(failed) => {
            for part in parts[..announced].iter().rev() {
                let undone = part.undo(change).await;
                recovery::tell_if_not_undone(change.observer, undone);
                replace::note_undone(change, part.operation(), part.replacement(), &failed.error)
                    .await;
            }
            Err(failed)
        }
    }
}

/// `announced` counts what has to be undone after a failure.
async fn carry_out(
    change: &mut Change<'_>,
    parts: &[Part],
    announced: &mut usize,
    log: &Arc<dyn LogSink>,
) -> Result<Vec<Done>, NotDone> {
    let Some(first) = parts.first() else { return Ok(Vec::new()) };
    for part in parts {
        part.told(change.journal.begin(&change.sql, part.operation()).await)?;
        *announced += 1;
    }
    for part in parts {
        part.start(change.observer);
        part.told(part.stage(change).await)?;
    }
    let (shop, observer, budget) = (change.shop, change.observer, change.sql.budget());
    let place = Place { shop, observer, budget };
    let begun = async {
        let tx = change.sql.transaction().await?;
        tx.batch_execute("SET LOCAL lock_timeout = '10s'").await?;
        Ok(tx)
    };
    let mut tx = first.told(begun.await)?;
    let mut done = Vec::new();
    for part in parts {
        done.push(part.told(part.decide(&place, &mut tx, log).await)?);
    }
    first.told(tx.commit().await.map_err(LifecycleError::from))?;
    kill_point("together.committed");
    Ok(done)
}

impl Step {
    fn slug(&self) -> &PluginSlug {
        match self {
            Self::Install(wanted, _) | Self::Update(wanted, _) => wanted.slug(),
            Self::Uninstall(plan, _) => &plan.slug,
        }
    }
}

impl Part {
    async fn of(change: &Change<'_>, step: Step) -> Result<Self, LifecycleError> {
        Ok(match step {
            Step::Install(wanted, planned) if planned.plan.change == InstallChange::Settings => {
                Self::Settings(Box::new(settings::Ready::new(*wanted, *planned)?))
            }
            Step::Install(wanted, planned) => {
                Self::Install(Box::new(install::Ready::new(change, *wanted, *planned)?))
            }
            Step::Update(wanted, planned) => {
                Self::Update(Box::new(update::Ready::new(change, *wanted, *planned)?))
            }
            Step::Uninstall(plan, choices) => {
                Self::Uninstall(Box::new(uninstall::Ready::new(change, &plan, choices).await?))
            }
        })
    }

    fn operation(&self) -> &Operation {
        match self {
            Self::Install(ready) => &ready.operation,
            Self::Settings(ready) => &ready.operation,
            Self::Update(ready) => &ready.operation,
            Self::Uninstall(ready) => &ready.operation,
        }
    }

    fn replacement(&self) -> Option<&Replacement> {
        match self {
            Self::Update(ready) => Some(&ready.what),
            _ => None,
        }
    }

    /// Says whose failure it is.
    fn told<T>(&self, result: Result<T, LifecycleError>) -> Result<T, NotDone> {
        result.map_err(|error| NotDone { slug: self.operation().slug.clone(), error })
    }

    fn start(&self, observer: &dyn Observer) {
        let slug = self.operation().slug.as_str();
        match self {
            Self::Install(_) => observer.start(Stage::Install, slug),
            Self::Update(ready) => {
                observer.start(Stage::Install, format!("{slug} {}", ready.what.to))
            }
            Self::Uninstall(_) => observer.start(Stage::Uninstall, slug),
            Self::Settings(_) => {}
        }
    }

    /// What is done beside what is there, before anything is decided.
    async fn stage(&self, change: &mut Change<'_>) -> Result<(), LifecycleError> {
        match self {
            Self::Install(ready) => ready.stage(change),
            Self::Update(ready) => ready.stage(change).await,
            Self::Settings(_) | Self::Uninstall(_) => Ok(()),
        }
    }

    async fn decide(
        &self,
        place: &Place<'_>,
        tx: &mut Transaction<'_>,
        log: &Arc<dyn LogSink>,
    ) -> Result<Done, LifecycleError> {
        match self {
            Self::Install(ready) => ready.decide(place, tx, log.clone()).await?,
            Self::Settings(ready) => ready.decide(tx).await?,
            Self::Update(ready) => ready.decide(place, tx, log.clone()).await?,
            Self::Uninstall(ready) => {
                let report = ready.decide(place, tx, log.clone()).await?;
                return Ok(Done::Gone(Box::new(report)));
            }
        }
        Ok(Done::There)
    }

    /// The last steps of what stands.
    async fn finish(
        &self,
        change: &mut Change<'_>,
        done: Done,
        log: &Arc<dyn LogSink>,
    ) -> Result<Done, LifecycleError> {
        let operation = self.operation();
        match self {
            Self::Install(ready) => {
                recovery::finish_install(change, operation).await?;
                change.observer.finish(Stage::Install, ready.plugin.version.to_string());
            }
            Self::Settings(ready) => {
                change.journal.close(&change.sql, operation).await?;
                ready.tell(change, log.clone()).await;
            }
            Self::Update(ready) => {
                recovery::finish_replacement(change, operation, &ready.what).await?;
                change.observer.finish(Stage::Install, ready.what.to.to_string());
            }
            Self::Uninstall(_) => {
                recovery::finish_uninstall(change, operation).await?;
                change.observer.finish(Stage::Uninstall, "done");
            }
        }
        Ok(match done {
            Done::Gone(report) => {
                let leftovers = leftovers::scan(change, &report.slug, &report.choices).await?;
                Done::Gone(Box::new(UninstallReport { leftovers, ..*report }))
            }
            Done::There => Done::There,
        })
    }

    /// Takes back what was done beside what is there.
    async fn undo(&self, change: &mut Change<'_>) -> Result<(), LifecycleError> {
        let operation = self.operation();
        match self {
            Self::Install(_) => recovery::undo_install(change, operation).await,
            Self::Settings(_) => change.journal.close(&change.sql, operation).await,
            Self::Update(ready) => recovery::undo_replacement(change, operation, &ready.what).await,
            Self::Uninstall(_) => recovery::undo_uninstall(change, operation).await,
        }
    }
}

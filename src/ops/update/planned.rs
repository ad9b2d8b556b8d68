//! One plugin of an update, planned, agreed to and tried out, and ready to be carried out with the others.

use std::sync::Arc;

use super::{CHANGED, Known, UpdatedPlugin, Work, consent};
use crate::client::LockFile;
use crate::error::Failure;
use crate::model::PluginSlug;
use crate::model::event::Tell;
use crate::model::installed::{InstalledPlugin, PluginSource};
use crate::model::update_plan::UpdatePlan;
use crate::ops::install::{self, Fetched, Prepared, Source};
use crate::ops::open_shop::PluginLog;
use crate::ops::together::not_done;
use crate::store::lifecycle::{self, Change, Coming, Installation, Step};

/// What is carried out for one plugin.
pub(super) enum Planned {
    /// A plugin that another one needs comes in.
    Install(Box<Prepared>),
    /// A release takes the place of the installed one.
    Update(Box<Replacing>),
}

/// An update that was agreed to.
pub(super) struct Replacing {
    wanted: Installation,
    plan: UpdatePlan,
    /// What is there before it, or changes with it.
    coming: Coming,
    is_in_lock: bool,
}

impl Planned {
    /// The plugin.
    pub(super) fn slug(&self) -> &PluginSlug {
        match self {
            Self::Install(one) => &one.plan.slug,
            Self::Update(one) => &one.plan.slug,
        }
    }

    /// Whether it updates this plugin.
    pub(super) fn updates(&self, slug: &PluginSlug) -> bool {
        matches!(self, Self::Update(one) if one.plan.slug == *slug)
    }

    fn is_in_lock(&self) -> bool {
        match self {
            Self::Install(one) => one.is_in_lock(),
            Self::Update(one) => one.is_in_lock,
        }
    }
}

impl Replacing {
    /// What is to be done, planned once more.
    async fn step(&self, change: &Change<'_>, log: Arc<PluginLog>) -> Result<Step, Failure> {
        let planned = lifecycle::plan_update(change, &self.wanted, &self.coming, log).await?;
        let part = |plan: &UpdatePlan| UpdatePlan { secrets: Vec::new(), ..plan.clone() };
        if !planned.plan.as_ref().is_some_and(|now| part(now) == part(&self.plan)) {
            return Err(Failure::new(&CHANGED, "the shop changed while the plan was looked at")
                .hint("run the command again to see the new plan"));
        }
        Ok(Step::Update(Box::new(self.wanted.clone()), Box::new(planned)))
    }
}

impl Work<'_> {
    /// Plans an update, obtains what has to be agreed to, and tries the new release out.
    pub(super) async fn plan(
        &self,
        line: &mut UpdatedPlugin,
        plugin: &InstalledPlugin,
        source: Source,
        fetched: Fetched,
        known: &mut Known,
        planned: &mut Vec<Planned>,
    ) -> Result<(), Failure> {
        let Self { shop, request, ask, observer, ground, .. } = *self;
        let to_be = fetched.to_be();
        let (wanted, release) = fetched.with(&request.given)?;
        let scan = install::screen::begin(&wanted.package.files);
        if source.is_from_outside() && !request.dry_run {
            ground.begin();
        }
        let log = PluginLog::new();
        let plan = {
            let change = Change::open(shop, observer).await?;
            lifecycle::plan_update(&change, &wanted, &known.coming, log.clone()).await?.plan
        };
        let scan = scan.end().await?;
        let Some(plan) = plan else { return Ok(()) };
        line.wanted = Some(plan.to.clone());
        line.plan = Some(plan.clone());
        line.scan = Some(scan.clone());
        if request.dry_run {
            return Ok(());
        }
        (self.present.update)(&plan, &scan);
        install::screen::require(&plan.slug, &scan, request.accept_findings)?;
        let unsigned = request.allow_unsigned;
        install::consent::obtain_unsigned(&plan.slug, &plan.to, &wanted.source, unsigned, ask)?;
        consent::obtain(&plan, &request.accept_permissions, &request.accept_breaking, ask)?;
        let mut is_in_lock = release.is_some();
        if let PluginSource::Git { url, tag: Some(tag), commit, .. } = &wanted.source {
            known.lock.saw_tag(url, tag, commit);
            is_in_lock = true;
        }
        if source.is_from_outside() {
            let tried = lifecycle::Tried { wanted: &wanted, previous: Some(plugin) };
            let config = plugin.config.clone();
            let tried = lifecycle::probe(shop, tried, config, ground, log.clone(), observer).await;
            log.tell(observer);
            tried?;
        }
        let coming = known.coming.clone();
        known.coming.insert(plan.slug.clone(), plan.to.clone());
        known.plugins.retain(|one| one.slug != plan.slug);
        known.plugins.push(to_be);
        planned.push(Planned::Update(Box::new(Replacing { wanted, plan, coming, is_in_lock })));
        Ok(())
    }

    /// Carries out what is still what was shown: all of it, or nothing.
    pub(super) async fn apply(&self, planned: &[Planned], lock: &LockFile) -> Result<(), Failure> {
        let Self { shop, observer, .. } = *self;
        let log = PluginLog::new();
        let done = async {
            let mut change = Change::open(shop, observer).await?;
            let mut steps = Vec::new();
            for one in planned {
                match one {
                    Planned::Install(one) => steps.extend(one.step(&change).await?),
                    Planned::Update(one) => steps.push(one.step(&change, log.clone()).await?),
                }
            }
            let count = steps.len();
            let done = lifecycle::apply_together(&mut change, steps, log.clone()).await;
            done.map_err(|failed| not_done(failed, count))?;
            if planned.iter().any(Planned::is_in_lock) {
                lock.write()?;
            }
            Ok::<(), Failure>(())
        }
        .await;
        log.tell(observer);
        done?;
        for one in planned {
            match one {
                Planned::Install(one) => one.warn_of_secrets(observer),
                Planned::Update(one) => {
                    for secret in one.plan.secrets.iter().filter(|secret| !secret.is_set) {
                        let name = &secret.name;
                        observer.warn(format!("the secret `{name}` is not set"));
                    }
                }
            }
        }
        Ok(())
    }
}

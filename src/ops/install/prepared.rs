//! One plugin on its way into a shop: planned, consented to, tried out, and ready to be carried out with
//! the others.

use std::sync::Arc;

use super::{CHANGED, Fetched, InstallRequest, Screened, consent, given, screen};
use crate::client::LockFile;
use crate::error::Failure;
use crate::model::event::Tell;
use crate::model::install_plan::{InstallChange, InstallPlan};
use crate::model::installed::PluginSource;
use crate::model::{Ask, Observer};
use crate::ops::fetch_release::FetchedRelease;
use crate::ops::open_shop::PluginLog;
use crate::store::lifecycle::{self, Change, Coming, Installation, Step};
use crate::store::{ProvingGround, Shop};

/// A plugin that was fetched and planned.
pub(crate) struct Prepared {
    /// What it does.
    pub plan: InstallPlan,
    /// What the security scan says.
    pub scan: Screened,
    request: InstallRequest,
    wanted: Installation,
    config: serde_json::Value,
    release: Option<FetchedRelease>,
    /// What is there before it.
    coming: Coming,
}

impl Prepared {
    /// Plans it. The scan is still to come.
    pub(super) async fn plan(
        change: &Change<'_>,
        request: InstallRequest,
        (wanted, release): (Installation, Option<FetchedRelease>),
        coming: &Coming,
    ) -> Result<Self, Failure> {
        let planned = lifecycle::plan_install(change, &wanted, coming).await?;
        let config = planned.config();
        let downs = planned.rehearse(change, &wanted.package.manifest).await?;
        let plan = InstallPlan { downs, ..planned.plan };
        let (scan, coming) = (Screened::nothing(), coming.clone());
        Ok(Self { plan, scan, request, wanted, config, release, coming })
    }

    /// Plans and scans one alone.
    pub(crate) async fn alone(
        shop: &Shop,
        request: InstallRequest,
        fetched: Fetched,
        coming: &Coming,
        observer: &dyn Observer,
    ) -> Result<Self, Failure> {
        let scan = screen::begin(&fetched.package.files);
        let given = fetched.with(&request.given)?;
        let change = Change::open(shop, observer).await?;
        let mut one = Self::plan(&change, request, given, coming).await?;
        one.scan = scan.end().await?;
        Ok(one)
    }

    /// Whether it is there already.
    pub(super) fn is_nothing(&self) -> bool {
        self.plan.change == InstallChange::Nothing
    }

    /// Whether it has to show that it starts.
    pub(crate) fn is_tried_out(&self) -> bool {
        self.plan.change.brings_code() && self.request.source.is_from_outside()
    }

    /// Whether the lock file has something to remember of where it came from.
    pub(crate) fn is_in_lock(&self) -> bool {
        let is_tagged = matches!(self.wanted.source, PluginSource::Git { tag: Some(_), .. });
        is_tagged || self.release.is_some()
    }

    /// Obtains everything that has to be agreed to, and asks for secrets.
    pub(crate) fn agree(&mut self, lock: &mut LockFile, ask: &dyn Ask) -> Result<(), Failure> {
        let (plan, accepted) = (&self.plan, &self.request.accepted);
        screen::require(
            &plan.slug,
            &self.scan,
            accepted.findings || !self.plan.change.brings_code(),
        )?;
        let unsigned = accepted.unsigned || !self.plan.change.brings_code();
        consent::obtain_unsigned(&plan.slug, &plan.version, &plan.source, unsigned, ask)?;
        consent::obtain(plan, &accepted.permissions, ask)?;
        if !self.request.accept_defaults {
            let asked = given::ask_for_secrets(plan, ask)?;
            self.wanted.secrets.extend(asked);
        }
        if let PluginSource::Git { url, tag: Some(tag), commit, .. } = &self.wanted.source {
            lock.saw_tag(url, tag, commit);
        }
        Ok(())
    }

    /// Lets it show that it starts, when it comes from outside.
    pub(crate) async fn prove(
        &self,
        shop: &Shop,
        ground: &ProvingGround,
        log: Arc<PluginLog>,
        observer: &dyn Observer,
    ) -> Result<(), Failure> {
        if self.is_tried_out() {
            let config = self.config.clone();
            let tried = lifecycle::Tried { wanted: &self.wanted, previous: None };
            lifecycle::probe(shop, tried, config, ground, log, observer).await?;
        }
        Ok(())
    }

    /// What is to be done, planned once more; nothing when it is there already.
    pub(crate) async fn step(&self, change: &Change<'_>) -> Result<Option<Step>, Failure> {
        let planned = lifecycle::plan_install(change, &self.wanted, &self.coming).await?;
        if !is_same(&planned.plan, &self.plan) {
            return Err(Failure::new(&CHANGED, "the shop changed while the plan was looked at")
                .hint("run the command again to see the new plan"));
        }
        let step = || Step::Install(Box::new(self.wanted.clone()), Box::new(planned));
        Ok((!self.is_nothing()).then(step))
    }

    /// Names the secrets that are still missing.
    pub(crate) fn warn_of_secrets(&self, observer: &dyn Observer) {
        for secret in self.plan.secrets.iter().filter(|secret| !secret.is_set) {
            if !self.is_nothing() && !self.wanted.secrets.contains_key(&secret.name) {
                observer.warn(format!(
                    "the secret `{}` is not set; install again with `--secret {}=-` to set it",
                    secret.name, secret.name
                ));
            }
        }
    }
}

/// Whether both plans do the same; which secrets are set by now, and what was tried, does not matter.
fn is_same(now: &InstallPlan, shown: &InstallPlan) -> bool {
    let part =
        |plan: &InstallPlan| InstallPlan { secrets: Vec::new(), downs: Vec::new(), ..plan.clone() };
    part(now) == part(shown)
}

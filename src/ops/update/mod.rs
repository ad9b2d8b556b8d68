//! Updates plugins of a shop, and says what is newer than what is installed.
//!
//! As with an installation, the plan is made twice: once to be shown and agreed to, while nobody is
//! kept from the shop, and once more with the shop locked. Only what was shown is carried out.

mod consent;
mod target;

use serde::Serialize;

use crate::client::LockFile;
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::operation::Recovered;
use crate::model::update_plan::UpdatePlan;
use crate::model::{Ask, ExitCode, Observer, PluginSlug};
use crate::ops::fetch_release::{LOCK_FILE, accept_publisher};
use crate::ops::install::{self, Given, Source};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::store::Shop;
use crate::store::lifecycle::{self, Change, Installation, history, records};

pub(crate) use consent::Accepted;
pub(crate) use target::{Gate, RegistryFlags, Step};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &CHANGED,
    &consent::WIDER,
    &consent::BREAKING,
    &consent::DECLINED,
    &consent::NOT_ANSWERED,
    &target::NO_SOURCE,
    &target::NOT_LET_IN,
];

static CHANGED: ErrorCode = ErrorCode {
    id: "update.plan-changed",
    exit: ExitCode::Policy,
    meaning: "Somebody changed the shop between the plan that was shown and the update. Nothing was changed.",
    remedy: "Run the command again to see the new plan.",
};

/// What to update, and what is let in.
pub(crate) struct UpdateRequest {
    /// The shop.
    pub place: ShopPlace,
    /// The plugins; all of them when there are none.
    pub slugs: Vec<PluginSlug>,
    /// Where the release is, instead of where the plugin came from.
    pub from: Option<Source>,
    /// What is let in.
    pub gate: Gate,
    /// How to reach registries.
    pub flags: RegistryFlags,
    /// Settings and secrets.
    pub given: Given,
    /// Rights that are agreed to beforehand.
    pub accept_permissions: Accepted,
    /// Breaks that are agreed to beforehand.
    pub accept_breaking: Accepted,
    /// Code from a repository, which nobody signed, is accepted beforehand.
    pub allow_unsigned: bool,
    /// What the validator refuses is accepted beforehand.
    pub accept_findings: bool,
    /// Only say what there is.
    pub check: bool,
    /// Show the plan, and change nothing.
    pub dry_run: bool,
}

/// One plugin.
#[derive(Debug, Serialize)]
pub(crate) struct UpdatedPlugin {
    /// The plugin.
    pub slug: PluginSlug,
    /// The version that was installed.
    pub installed: semver::Version,
    /// The newest release there is.
    pub newest: Option<semver::Version>,
    /// The release that is let in.
    pub wanted: Option<semver::Version>,
    /// When it came out, as its publisher says.
    pub published_at: Option<String>,
    /// The range it is pinned to.
    pub pinned: Option<String>,
    /// Why the newest release is not let in.
    pub held_back: Option<String>,
    /// What the update does.
    pub plan: Option<UpdatePlan>,
    /// Whether it was done.
    pub updated: bool,
    /// Why it was not.
    pub error: Option<Failure>,
}

/// What was updated, or could be.
#[derive(Debug, Serialize)]
pub(crate) struct UpdateOutcome {
    /// By slug; of several, those that others need come first.
    pub plugins: Vec<UpdatedPlugin>,
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// Updates. `present` shows each plan to whoever agrees to it.
pub(crate) async fn update(
    request: UpdateRequest,
    present: &dyn Fn(&UpdatePlan),
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<UpdateOutcome, Failure> {
    let place = request.place.clone();
    in_shop(&place, observer, async |shop| {
        let (plugins, recovered) = {
            let change = Change::open(shop, observer).await?;
            (records::all(change.client()).await?, change.recovered)
        };
        let is_several = request.slugs.len() != 1;
        let mut wanted: Vec<PluginSlug> = request.slugs.clone();
        if wanted.is_empty() {
            let installed = plugins.iter().filter(|plugin| plugin.state.is_installed());
            wanted = installed.map(|plugin| plugin.slug.clone()).collect();
        }
        lifecycle::order(&plugins, &mut wanted);
        let mut outcome = UpdateOutcome { plugins: Vec::new(), recovered };
        for slug in wanted {
            let mut line = describe(shop, &slug).await?;
            let done = one(shop, &request, &mut line, present, ask, observer).await;
            match done {
                Ok(()) => {}
                Err(failure) if is_several => {
                    observer.warn(format!("`{slug}` was not updated: {failure}"));
                    line.error = Some(failure);
                }
                Err(failure) => return Err(failure),
            }
            outcome.plugins.push(line);
        }
        Ok(outcome)
    })
    .await
}

async fn describe(shop: &Shop, slug: &PluginSlug) -> Result<UpdatedPlugin, Failure> {
    let sql = shop.admin().await?;
    let found = records::find(&sql, slug).await?.filter(|plugin| plugin.state.is_installed());
    let plugin = found.ok_or_else(|| lifecycle::LifecycleError::NotInstalled(slug.to_string()))?;
    Ok(UpdatedPlugin {
        slug: slug.clone(),
        installed: plugin.version,
        newest: None,
        wanted: None,
        published_at: None,
        pinned: history::pin(&sql, slug).await?,
        held_back: None,
        plan: None,
        updated: false,
        error: None,
    })
}

async fn one(
    shop: &Shop,
    request: &UpdateRequest,
    line: &mut UpdatedPlugin,
    present: &dyn Fn(&UpdatePlan),
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let lock_path = shop.dir().join(LOCK_FILE);
    let mut lock = LockFile::read(&lock_path)?;
    let plugin = {
        let sql = shop.admin().await?;
        records::find(&sql, &line.slug).await?
    };
    let Some(plugin) = plugin else { return Ok(()) };
    let gate = Gate { pin: line.pinned.clone(), ..request.gate.clone() };
    let from = request.from.as_ref();
    let target = target::look(&plugin, from, &gate, &request.flags, &lock, observer).await?;
    line.newest = target.newest;
    line.wanted = target.wanted;
    line.published_at = target.published_at;
    line.held_back = target.held_back;
    let Some(source) = target.source.filter(|_| !request.check) else { return Ok(()) };
    let fetched = install::fetch(&source, &lock, observer).await?;
    if let Some(release) = fetched.release.as_ref().filter(|_| !request.dry_run) {
        accept_publisher(release, &mut lock, ask)?;
    }
    if fetched.package.manifest.slug != line.slug {
        let (found, slug) = (&fetched.package.manifest.slug, &line.slug);
        return Err(Failure::new(&target::NO_SOURCE, format!("that is `{found}`, not `{slug}`")));
    }
    let wanted = Installation {
        set: request.given.set.clone(),
        config: request.given.config()?,
        secrets: request.given.secrets(&fetched.package.manifest.secrets)?,
        yanked: fetched.release.as_ref().is_some_and(|release| release.yanked),
        package: fetched.package,
        source: fetched.source,
        publisher: fetched.publisher,
    };
    let log = PluginLog::new();
    let planned = {
        let change = Change::open(shop, observer).await?;
        lifecycle::plan_update(&change, &wanted, log.clone()).await?.plan
    };
    let Some(plan) = planned else { return Ok(()) };
    line.wanted = Some(plan.to.clone());
    line.plan = Some(plan.clone());
    if request.dry_run {
        return Ok(());
    }
    present(&plan);
    let scan = install::screen::scan(&wanted.package.files);
    install::screen::require(&plan.slug, &scan, request.accept_findings)?;
    let unsigned = request.allow_unsigned;
    install::consent::obtain_unsigned(&plan.slug, &plan.to, &wanted.source, unsigned, ask)?;
    consent::obtain(&plan, &request.accept_permissions, &request.accept_breaking, ask)?;
    let applied = apply(shop, &wanted, &plan, log.clone(), observer).await;
    log.tell(observer);
    applied?;
    if fetched.release.is_some() {
        lock.write()?;
    }
    line.updated = true;
    Ok(())
}

async fn apply(
    shop: &Shop,
    wanted: &Installation,
    shown: &UpdatePlan,
    log: std::sync::Arc<PluginLog>,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let mut change = Change::open(shop, observer).await?;
    let planned = lifecycle::plan_update(&change, wanted, log.clone()).await?;
    let is_same = |now: &UpdatePlan| {
        let part = |plan: &UpdatePlan| UpdatePlan { secrets: Vec::new(), ..plan.clone() };
        part(now) == part(shown)
    };
    if !planned.plan.as_ref().is_some_and(is_same) {
        return Err(Failure::new(&CHANGED, "the shop changed while the plan was looked at")
            .hint("run the command again to see the new plan"));
    }
    lifecycle::update(&mut change, wanted, planned, log).await?;
    for secret in shown.secrets.iter().filter(|secret| !secret.is_set) {
        let name = &secret.name;
        observer.warn(format!("the secret `{name}` is not set"));
    }
    Ok(())
}

//! Updates plugins of a shop, and says what is newer than what is installed.
//!
//! As with an installation, the plan is made twice: once to be shown and agreed to, while nobody is
//! kept from the shop, and once more with the shop locked. Only what was shown is carried out.

mod consent;
mod gate;
mod needed;
mod target;

use serde::Serialize;

use crate::client::LockFile;
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::installed::PluginSource;
use crate::model::operation::Recovered;
use crate::model::update_plan::UpdatePlan;
use crate::model::{Ask, ExitCode, Observer, PluginSlug};
use crate::ops::agreed::Agreed;
use crate::ops::dependencies;
use crate::ops::fetch_release::{LOCK_FILE, accept_publisher};
use crate::ops::install::{self, Given, Screened, Source};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::ops::plan_changed::plan_changed;
use crate::store::Shop;
use crate::store::lifecycle::{self, Change, Coming, Installation, history, records};

pub(crate) use gate::{Gate, Step};
pub(crate) use target::RegistryFlags;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &CHANGED,
    &needed::NEEDS,
    &needed::PARTLY,
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
    pub accept_permissions: Agreed,
    /// Breaks that are agreed to beforehand.
    pub accept_breaking: Agreed,
    /// Code from a repository, which nobody signed, is accepted beforehand.
    pub allow_unsigned: bool,
    /// What the validator refuses is accepted beforehand.
    pub accept_findings: bool,
    /// Install and update first what the new release needs.
    pub with_dependencies: bool,
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
    /// When it came out: as the registry says, else its publisher.
    pub published_at: Option<String>,
    /// The range it is pinned to.
    pub pinned: Option<String>,
    /// Why the newest release is not let in.
    pub held_back: Option<String>,
    /// What the update does.
    pub plan: Option<UpdatePlan>,
    /// What the security scan says of the new release.
    pub scan: Option<Screened>,
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

/// Shows plans to whoever agrees to them.
#[derive(Clone, Copy)]
pub(crate) struct Present<'p> {
    /// Of an update.
    pub update: &'p dyn Fn(&UpdatePlan, &Screened),
    /// Of a plugin that comes in because another one needs it.
    pub install: install::Present<'p>,
}

/// Where an update happens, and who hears of it.
struct Work<'w> {
    shop: &'w Shop,
    request: &'w UpdateRequest,
    present: Present<'w>,
    ask: &'w dyn Ask,
    observer: &'w dyn Observer,
}

/// Updates. `present` shows each plan to whoever agrees to it.
pub(crate) async fn update(
    request: UpdateRequest,
    present: Present<'_>,
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
        let work = Work { shop, request: &request, present, ask, observer };
        for slug in wanted {
            let mut line = describe(shop, &slug).await?;
            let gate = Gate { pin: line.pinned.clone(), ..request.gate.clone() };
            let done = work.one(&mut line, &gate, &Coming::new(), &mut outcome.plugins).await;
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
        scan: None,
        updated: false,
        error: None,
    })
}

impl Work<'_> {
    /// Updates one plugin, and before it what it needs; `lines` gets those. `coming` are plugins that
    /// change right after it.
    async fn one(
        &self,
        line: &mut UpdatedPlugin,
        gate: &Gate,
        coming: &Coming,
        lines: &mut Vec<UpdatedPlugin>,
    ) -> Result<(), Failure> {
        let Self { shop, request, ask, observer, .. } = *self;
        let mut lock = LockFile::read(&shop.dir().join(LOCK_FILE))?;
        let plugins = records::all(&*shop.admin().await?).await?;
        let Some(plugin) = plugins.iter().find(|one| one.slug == line.slug) else { return Ok(()) };
        let from = request.from.as_ref().filter(|_| coming.is_empty());
        let target = target::look(plugin, from, gate, &request.flags, &lock, observer).await?;
        line.newest = target.newest;
        line.wanted = target.wanted;
        line.published_at = target.published_at;
        line.held_back = target.held_back;
        let Some(source) = target.source.filter(|_| !request.check) else { return Ok(()) };
        let fetched = install::fetch(&source, &lock, observer).await?;
        let manifest = &fetched.package.manifest;
        if manifest.slug != line.slug {
            let (found, slug) = (&manifest.slug, &line.slug);
            let message = format!("that is `{found}`, not `{slug}`");
            return Err(Failure::new(&target::NO_SOURCE, message));
        }
        let steps = dependencies::resolve(
            &dependencies::Wanted {
                manifest,
                source: &fetched.source,
                may_update: request.with_dependencies,
                flags: &request.flags,
            },
            &plugins,
            &lock,
            observer,
        )
        .await
        .map_err(|failure| self.or_with_dependencies(failure))?;
        let mut before = coming.clone();
        before.extend(steps.iter().map(dependencies::Step::becomes));
        if !request.dry_run {
            let own = (line.slug.clone(), manifest.version.clone());
            self.first(steps, own, coming, lines).await?;
        }
        if let Some(release) = fetched.release.as_ref().filter(|_| !request.dry_run) {
            accept_publisher(release, &mut lock, ask)?;
        }
        let (wanted, release) = fetched.with(&request.given)?;
        let log = PluginLog::new();
        let planned = {
            let change = Change::open(shop, observer).await?;
            lifecycle::plan_update(&change, &wanted, &before, log.clone()).await?.plan
        };
        let Some(plan) = planned else { return Ok(()) };
        let scan = install::screen::scan(&wanted.package.files);
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
        let is_tagged = match &wanted.source {
            PluginSource::Git { url, tag: Some(tag), commit, .. } => {
                lock.saw_tag(url, tag, commit);
                true
            }
            _ => false,
        };
        let applied = async {
            if source.is_from_outside() {
                let offline = request.place.offline;
                let tried = lifecycle::Tried { wanted: &wanted, previous: Some(plugin) };
                let config = plugin.config.clone();
                lifecycle::probe(shop, tried, config, offline, log.clone(), observer).await?;
            }
            apply(shop, &wanted, &plan, &before, log.clone(), observer).await
        }
        .await;
        log.tell(observer);
        applied?;
        if is_tagged || release.is_some() {
            lock.write()?;
        }
        line.updated = true;
        Ok(())
    }
}

async fn apply(
    shop: &Shop,
    wanted: &Installation,
    shown: &UpdatePlan,
    coming: &Coming,
    log: std::sync::Arc<PluginLog>,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let mut change = Change::open(shop, observer).await?;
    let planned = lifecycle::plan_update(&change, wanted, coming, log.clone()).await?;
    let is_same = |now: &UpdatePlan| {
        let part = |plan: &UpdatePlan| UpdatePlan { secrets: Vec::new(), ..plan.clone() };
        part(now) == part(shown)
    };
    if !planned.plan.as_ref().is_some_and(is_same) {
        return Err(plan_changed(&CHANGED, &change, &shown.slug).await);
    }
    lifecycle::update(&mut change, wanted, planned, log).await?;
    for secret in shown.secrets.iter().filter(|secret| !secret.is_set) {
        let name = &secret.name;
        observer.warn(format!("the secret `{name}` is not set"));
    }
    Ok(())
}

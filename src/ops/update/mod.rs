//! Updates plugins of a shop, and says what is newer than what is installed.
//!
//! As with an installation, the plan is made twice: once to be shown and agreed to, while nobody is
//! kept from the shop, and once more with the shop locked. Only what was shown is carried out.
//!
//! Of several plugins, one that is held back, or that nobody agreed to, is left out and told. What is left
//! is carried out as one change: all of it stands afterwards, or none does.

mod consent;
mod gate;
mod needed;
mod planned;
mod target;

use serde::Serialize;

use crate::client::LockFile;
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::installed::InstalledPlugin;
use crate::model::operation::Recovered;
use crate::model::update_plan::UpdatePlan;
use crate::model::{Ask, ExitCode, Observer, PluginSlug};
use crate::ops::agreed::Agreed;
use crate::ops::dependencies;
use crate::ops::fetch_release::{LOCK_FILE, accept_publisher};
use crate::ops::install::{self, Given, Screened, Source};
use crate::ops::open_shop::{ShopPlace, in_shop};
use crate::store::lifecycle::{self, Change, Coming, history, records};
use crate::store::{ProvingGround, Shop};

pub(crate) use gate::{Gate, Step};
pub(crate) use target::RegistryFlags;

use planned::Planned;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &CHANGED,
    &needed::NEEDS,
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
    ground: &'w ProvingGround,
}

/// What is known while one plugin after the other is planned.
#[derive(Clone)]
struct Known {
    /// The plugins as they will be.
    plugins: Vec<InstalledPlugin>,
    /// Those that change.
    coming: Coming,
    /// The lock file with what was accepted.
    lock: LockFile,
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
        let ground = ProvingGround::new(request.place.offline);
        let work = Work { shop, request: &request, present, ask, observer, ground: &ground };
        let lock = LockFile::read(&shop.dir().join(LOCK_FILE))?;
        let known = Known { plugins, coming: Coming::new(), lock };
        let lines = work.all(wanted, known, is_several).await;
        ground.close().await;
        Ok(UpdateOutcome { plugins: lines?, recovered })
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
    /// Plans all of them, then carries out what can be done.
    async fn all(
        &self,
        wanted: Vec<PluginSlug>,
        mut known: Known,
        is_several: bool,
    ) -> Result<Vec<UpdatedPlugin>, Failure> {
        let (mut lines, mut planned): (Vec<UpdatedPlugin>, Vec<Planned>) = Default::default();
        for slug in wanted {
            if planned.iter().any(|one| *one.slug() == slug) {
                // Another one needs it, and has it planned.
                continue;
            }
            let mut line = describe(self.shop, &slug).await?;
            let gate = Gate { pin: line.pinned.clone(), ..self.request.gate.clone() };
            // What is known because of a plugin that is left out is not known.
            let (mut now, mut own, mut first) = (known.clone(), Vec::new(), Vec::new());
            match self.one(&mut line, &gate, &mut now, &mut own, &mut first).await {
                Ok(()) => {
                    known = now;
                    planned.append(&mut own);
                    lines.append(&mut first);
                }
                Err(failure) if is_several => {
                    self.observer.warn(format!("`{slug}` was not updated: {failure}"));
                    line.error = Some(failure);
                }
                Err(failure) => return Err(failure),
            }
            lines.push(line);
        }
        if planned.is_empty() {
            return Ok(lines);
        }
        self.apply(&planned, &known.lock).await?;
        for line in &mut lines {
            line.updated = planned.iter().any(|one| one.updates(&line.slug));
        }
        Ok(lines)
    }

    /// Plans one plugin, and before it what it needs, until only carrying it out is left; `lines` gets what
    /// it needs.
    async fn one(
        &self,
        line: &mut UpdatedPlugin,
        gate: &Gate,
        known: &mut Known,
        planned: &mut Vec<Planned>,
        lines: &mut Vec<UpdatedPlugin>,
    ) -> Result<(), Failure> {
        let Self { request, ask, observer, .. } = *self;
        let found = known.plugins.iter().find(|one| one.slug == line.slug).cloned();
        let Some(plugin) = found else { return Ok(()) };
        let is_asked_for = !known.coming.contains_key(&line.slug);
        let from = request.from.as_ref().filter(|_| is_asked_for);
        let target =
            target::look(&plugin, from, gate, &request.flags, &known.lock, observer).await?;
        line.newest = target.newest;
        line.wanted = target.wanted;
        line.published_at = target.published_at;
        line.held_back = target.held_back;
        let Some(source) = target.source.filter(|_| !request.check) else { return Ok(()) };
        let fetched = install::fetch(&source, &known.lock, observer).await?;
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
            &known.plugins,
            &known.lock,
            observer,
        )
        .await
        .map_err(|failure| self.or_with_dependencies(failure))?;
        let own = (line.slug.clone(), manifest.version.clone());
        if request.dry_run {
            known.coming.extend(steps.iter().map(dependencies::Step::becomes));
        } else {
            self.first(steps, own, known, planned, lines).await?;
        }
        if let Some(release) = fetched.release.as_ref().filter(|_| !request.dry_run) {
            accept_publisher(release, &mut known.lock, ask)?;
        }
        self.plan(line, &plugin, source, fetched, known, planned).await
    }
}

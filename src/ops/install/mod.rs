//! Installs a plugin into a shop: from a file, a directory, a registry or a Git repository.
//!
//! Whatever it comes from goes the same way: fetched within limits, verified, scanned, shown with
//! what it asks for, tried out on a copy of the shop's schema, and then installed.
//!
//! What a plugin needs and is not there comes in with it, by one plan that shows all of it, and so do
//! several plugins that are asked for at once: all of them are there afterwards, or none is.
//!
//! The plan is made twice: once to be shown and consented to, while nobody is kept from the shop,
//! and once more with the shop locked. Only what was shown is carried out. The security scan, and the
//! server for the trial run, work beside that.

mod by_name;
pub(crate) mod consent;
mod given;
mod locked;
mod prepared;
pub(crate) mod screen;
pub(crate) mod source;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::client::LockFile;
use crate::error::{ErrorCode, Failure};
use crate::model::install_plan::InstallPlan;
use crate::model::installed::InstalledPlugin;
use crate::model::operation::Recovered;
use crate::model::{Ask, ExitCode, Observer, PluginSlug};
use crate::ops::agreed::Agreed;
use crate::ops::dependencies;
use crate::ops::fetch_release::{LOCK_FILE, accept_publisher};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::ops::together::not_done;
use crate::ops::update::RegistryFlags;
use crate::store::lifecycle::{self, Change, Coming, Step, records};
use crate::store::{ProvingGround, Shop};

pub(crate) use given::{Given, SecretFrom};
pub(crate) use locked::{LockedOutcome, LockedRequest, install_locked};
pub(crate) use prepared::Prepared;
pub(crate) use screen::Screened;
pub(crate) use source::{Access, Fetched, GitSource, RegistrySource, Source, fetch};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &CHANGED,
    &TWICE,
    &FOR_ONE,
    &consent::NEEDED,
    &consent::DECLINED,
    &consent::NOT_ANSWERED,
    &given::CONFIG_FILE,
    &given::SECRET,
    &source::UNREADABLE,
    &source::NAME,
    &consent::UNSIGNED,
    &screen::FINDINGS,
    &by_name::TWO_PLACES,
    &locked::NOT_LOCKED,
    &locked::DIFFERS,
    &locked::UNKNOWN,
    &locked::CIRCLE,
];

static CHANGED: ErrorCode = ErrorCode {
    id: "install.plan-changed",
    exit: ExitCode::Policy,
    meaning: "Somebody changed the shop between the plan that was shown and the installation. Nothing was installed.",
    remedy: "Run the command again to see the new plan.",
};

static TWICE: ErrorCode = ErrorCode {
    id: "install.twice",
    exit: ExitCode::Usage,
    meaning: "Two of the sources are releases of the same plugin. Nothing was installed.",
    remedy: "Leave one of them out.",
};

pub(crate) static FOR_ONE: ErrorCode = ErrorCode {
    id: "install.for-one",
    exit: ExitCode::Usage,
    meaning: "Settings and secrets were given with several plugins, and which of them they are for is not said. Nothing was installed.",
    remedy: "Install without them, then give each plugin its own: `daino-pdk install SOURCE --set KEY=VALUE`.",
};

/// What to install, and where.
pub(crate) struct InstallRequest {
    /// The shop.
    pub place: ShopPlace,
    /// The plugin.
    pub source: Source,
    /// Settings and secrets.
    pub given: Given,
    /// What is accepted beforehand.
    pub accepted: Accepted,
    /// Take defaults where something optional would be asked.
    pub accept_defaults: bool,
    /// Show the plan, and change nothing.
    pub dry_run: bool,
    /// How to reach what it needs.
    pub flags: RegistryFlags,
}

/// What is accepted beforehand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Accepted {
    /// The permissions.
    pub permissions: Agreed,
    /// Code from a repository, which nobody signed.
    pub unsigned: bool,
    /// What the validator refuses.
    pub findings: bool,
}

/// What was installed, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct InstallOutcome {
    /// What it does.
    #[serde(flatten)]
    pub plan: InstallPlan,
    /// What the security scan says.
    pub scan: Screened,
    /// Whether it was done.
    pub installed: bool,
    /// Plugins that it needs and that were not there, in the order of their installation.
    pub dependencies: Vec<InstalledOne>,
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// What several sources came to.
#[derive(Debug, Serialize)]
pub(crate) struct SeveralOutcome {
    /// The plugins, with those that they need, in the order of their installation.
    pub plugins: Vec<InstalledOne>,
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// One of the plugins that come in together.
#[derive(Debug, Serialize)]
pub(crate) struct InstalledOne {
    /// What it does.
    #[serde(flatten)]
    pub plan: InstallPlan,
    /// What the security scan says.
    pub scan: Screened,
    /// Whether it was done.
    pub installed: bool,
}

/// Shows the plan to whoever consents.
pub(crate) type Present<'p> = &'p dyn Fn(&InstallPlan, &Screened);

/// Installs one plugin, with what it needs. `present` shows each plan to whoever consents.
pub(crate) async fn install(
    request: InstallRequest,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<InstallOutcome, Failure> {
    let SeveralOutcome { mut plugins, recovered } =
        install_several(vec![request], present, ask, observer).await?;
    let last = plugins.pop();
    let last = last.ok_or_else(|| Failure::new(&source::NAME, "there is nothing to install"))?;
    Ok(InstallOutcome {
        plan: last.plan,
        scan: last.scan,
        installed: last.installed,
        dependencies: plugins,
        recovered,
    })
}

/// Installs all of them, with what they need, or none. They are for the same shop.
pub(crate) async fn install_several(
    requests: Vec<InstallRequest>,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<SeveralOutcome, Failure> {
    let Some(place) = requests.first().map(|request| request.place.clone()) else {
        return Err(Failure::new(&source::NAME, "there is nothing to install"));
    };
    in_shop(&place, observer, async |shop| {
        let lock = LockFile::read(&shop.dir().join(LOCK_FILE))?;
        let mut asked = Vec::new();
        for request in requests {
            let fetched = source::fetch(&request.source, &lock, observer).await?;
            asked.push((request, fetched));
        }
        // Nobody is kept from the shop while people answer questions.
        let recovered = Change::recover_if_needed(shop, observer).await?;
        let plugins = records::all(&*shop.admin().await?).await?;
        let requests = with_needs(in_order(asked)?, plugins, &lock, observer).await?;
        let mut outcome = install_fetched(shop, requests, lock, present, ask, observer).await?;
        outcome.recovered.extend(recovered);
        Ok(outcome)
    })
    .await
}

type Asked = (InstallRequest, Fetched);

/// Those that others among them need come first.
fn in_order(asked: Vec<Asked>) -> Result<Vec<Asked>, Failure> {
    if asked.len() < 2 {
        return Ok(asked);
    }
    let mut by_slug: BTreeMap<PluginSlug, Asked> = BTreeMap::new();
    for one in asked {
        let slug = one.1.package.manifest.slug.clone();
        if by_slug.insert(slug.clone(), one).is_some() {
            let message = format!("`{slug}` is named twice");
            return Err(Failure::new(&TWICE, message).hint(TWICE.remedy));
        }
    }
    let manifests = by_slug.values().map(|(_, fetched)| &fetched.package.manifest);
    let order = dependencies::order(manifests)?;
    Ok(order.into_iter().filter_map(|slug| by_slug.remove(&slug)).collect())
}

/// Before each, what it needs and is neither there nor among them.
async fn with_needs(
    asked: Vec<Asked>,
    mut plugins: Vec<InstalledPlugin>,
    lock: &LockFile,
    observer: &dyn Observer,
) -> Result<Vec<Asked>, Failure> {
    let mut all = Vec::new();
    for (request, fetched) in asked {
        let manifest = &fetched.package.manifest;
        let there = plugins.iter().find(|one| one.slug == manifest.slug);
        // It is there with what it needs, or it is refused.
        if !there.is_some_and(|there| there.state.is_installed()) {
            let flags = &request.flags;
            let source = &fetched.source;
            let needed = dependencies::Wanted { manifest, source, may_update: false, flags };
            for step in dependencies::resolve(&needed, &plugins, lock, observer).await? {
                if let dependencies::Step::Install(one) = step {
                    let (source, fetched) = *one;
                    plugins.push(fetched.to_be());
                    all.push((request.for_dependency(source), fetched));
                }
            }
            plugins.push(fetched.to_be());
        }
        all.push((request, fetched));
    }
    Ok(all)
}

impl InstallRequest {
    /// The same for a plugin that this one needs: it has settings and secrets of its own.
    fn for_dependency(&self, source: Source) -> Self {
        Self {
            place: self.place.clone(),
            source,
            given: Given::default(),
            accepted: self.accepted.clone(),
            accept_defaults: self.accept_defaults,
            dry_run: self.dry_run,
            flags: self.flags.clone(),
        }
    }
}

/// Installs what was fetched, in this order, all of it or nothing. Everything is planned, shown, consented
/// to and tried before anything is changed. `lock` is written when a plugin that is in it is in use.
pub(crate) async fn install_fetched(
    shop: &Shop,
    requests: Vec<(InstallRequest, Fetched)>,
    mut lock: LockFile,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<SeveralOutcome, Failure> {
    let is_dry_run = requests.iter().any(|(request, _)| request.dry_run);
    let offline = requests.iter().any(|(request, _)| request.place.offline);
    if !is_dry_run {
        for release in requests.iter().filter_map(|(_, fetched)| fetched.release.as_ref()) {
            accept_publisher(release, &mut lock, ask)?;
        }
    }
    let ground = ProvingGround::new(offline);
    let done = async {
        let (mut prepared, recovered) =
            plan(shop, requests, (!is_dry_run).then_some(&ground), observer).await?;
        if is_dry_run || prepared.iter().all(Prepared::is_nothing) {
            return Ok(outcome(prepared, false, recovered));
        }
        for one in prepared.iter().filter(|one| !one.is_nothing()) {
            present(&one.plan, &one.scan);
        }
        for one in &mut prepared {
            one.agree(&mut lock, ask)?;
        }
        let log = PluginLog::new();
        let carried_out = async {
            for one in &prepared {
                one.prove(shop, &ground, log.clone(), observer).await?;
            }
            apply(shop, &prepared, &lock, log.clone(), observer).await
        }
        .await;
        log.tell(observer);
        carried_out?;
        Ok(outcome(prepared, true, recovered))
    }
    .await;
    ground.close().await;
    done
}

/// Plans all of them. `ground` is made ready when one of them has to be tried out.
async fn plan(
    shop: &Shop,
    requests: Vec<(InstallRequest, Fetched)>,
    ground: Option<&ProvingGround>,
    observer: &dyn Observer,
) -> Result<(Vec<Prepared>, Vec<Recovered>), Failure> {
    let scans: Vec<_> =
        requests.iter().map(|(_, fetched)| screen::begin(&fetched.package.files)).collect();
    let mut read = Vec::new();
    for (request, fetched) in requests {
        // A secret may come from somebody who types it: nobody is kept from the shop meanwhile.
        let given = fetched.with(&request.given)?;
        read.push((request, given));
    }
    let change = Change::open(shop, observer).await?;
    let (mut prepared, mut coming) = (Vec::new(), Coming::new());
    for (request, given) in read {
        let one = Prepared::plan(&change, request, given, &coming).await?;
        if one.is_tried_out()
            && let Some(ground) = ground
        {
            ground.begin();
        }
        coming.insert(one.plan.slug.clone(), one.plan.version.clone());
        prepared.push(one);
    }
    let recovered = change.recovered;
    for (one, scan) in prepared.iter_mut().zip(scans) {
        one.scan = scan.end().await?;
    }
    Ok((prepared, recovered))
}

/// Carries out what is still what was shown.
async fn apply(
    shop: &Shop,
    prepared: &[Prepared],
    lock: &LockFile,
    log: std::sync::Arc<PluginLog>,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let mut change = Change::open(shop, observer).await?;
    let mut steps: Vec<Step> = Vec::new();
    for one in prepared {
        steps.extend(one.step(&change).await?);
    }
    let count = steps.len();
    let done = lifecycle::apply_together(&mut change, steps, log).await;
    done.map_err(|failed| not_done(failed, count))?;
    // The shop is still ours alone: nobody else writes the file meanwhile.
    if prepared.iter().any(Prepared::is_in_lock) {
        lock.write()?;
    }
    for one in prepared {
        one.warn_of_secrets(observer);
    }
    Ok(())
}

fn outcome(prepared: Vec<Prepared>, was_done: bool, recovered: Vec<Recovered>) -> SeveralOutcome {
    let each = prepared.into_iter().map(|one| InstalledOne {
        installed: was_done && !one.is_nothing(),
        plan: one.plan,
        scan: one.scan,
    });
    SeveralOutcome { plugins: each.collect(), recovered }
}

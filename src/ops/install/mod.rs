//! Installs a plugin into a shop: from a file, a directory, a registry or a Git repository.
//!
//! Whatever it comes from goes the same way: fetched within limits, verified, scanned, shown with
//! what it asks for, tried out on a copy of the shop's schema, and then installed.
//!
//! What the plugin needs and is not there comes in first, by one plan that shows all of it. Each plugin
//! is installed as a whole: killed in between, the shop has the first ones in the order of need.
//!
//! The plan is made twice: once to be shown and consented to, while nobody is kept from the shop,
//! and once more with the shop locked. Only what was shown is carried out.

mod by_name;
pub(crate) mod consent;
mod given;
mod locked;
pub(crate) mod screen;
pub(crate) mod source;

use serde::Serialize;

use crate::client::LockFile;
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::install_plan::{InstallChange, InstallPlan};
use crate::model::installed::PluginSource;
use crate::model::operation::Recovered;
use crate::model::{Ask, ExitCode, Observer};
use crate::ops::agreed::Agreed;
use crate::ops::dependencies;
use crate::ops::fetch_release::{FetchedRelease, LOCK_FILE, accept_publisher};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::ops::plan_changed::plan_changed;
use crate::ops::update::RegistryFlags;
use crate::store::Shop;
use crate::store::lifecycle::{self, Change, Coming, Installation, records};

pub(crate) use given::{Given, SecretFrom};
pub(crate) use locked::{LockedOutcome, LockedRequest, install_locked};
pub(crate) use screen::Screened;
pub(crate) use source::{Access, Fetched, GitSource, RegistrySource, Source, fetch};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &CHANGED,
    &PARTLY,
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
    &locked::PARTLY,
];

static CHANGED: ErrorCode = ErrorCode {
    id: "install.plan-changed",
    exit: ExitCode::Policy,
    meaning: "Somebody changed the shop between the plan that was shown and the installation. Nothing was installed.",
    remedy: "Run the command again to see the new plan.",
};

static PARTLY: ErrorCode = ErrorCode {
    id: "install.partly",
    exit: ExitCode::Partial,
    meaning: "Plugins that the one that was asked for needs were installed, then one failed. Each that is there is whole; the rest is missing.",
    remedy: "Mend what the message names, then run the command again: what is installed stays. Or take the installed ones away with `daino-pdk uninstall`.",
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
    pub dependencies: Vec<InstalledDependency>,
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// A plugin that another one needs.
#[derive(Debug, Serialize)]
pub(crate) struct InstalledDependency {
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

/// Installs, with what the plugin needs. `present` shows each plan to whoever consents.
pub(crate) async fn install(
    request: InstallRequest,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<InstallOutcome, Failure> {
    let place = request.place.clone();
    in_shop(&place, observer, async |shop| {
        let lock = LockFile::read(&shop.dir().join(LOCK_FILE))?;
        let fetched = source::fetch(&request.source, &lock, observer).await?;
        // Nobody is kept from the shop while people answer questions.
        let recovered = Change::recover_if_needed(shop, observer).await?;
        let plugins = records::all(&*shop.admin().await?).await?;
        let steps = match plugins.iter().find(|one| one.slug == fetched.package.manifest.slug) {
            // It is there with what it needs, or it is refused.
            Some(there) if there.state.is_installed() => Vec::new(),
            _ => {
                let needed = dependencies::Wanted {
                    manifest: &fetched.package.manifest,
                    source: &fetched.source,
                    may_update: false,
                    flags: &request.flags,
                };
                dependencies::resolve(&needed, &plugins, &lock, observer).await?
            }
        };
        let mut requests = Vec::new();
        for step in steps {
            if let dependencies::Step::Install(one) = step {
                let (source, fetched) = *one;
                requests.push((request.for_dependency(source), fetched));
            }
        }
        requests.push((request, fetched));
        let mut outcome = install_fetched(shop, requests, lock, present, ask, observer).await?;
        outcome.recovered.extend(recovered);
        Ok(outcome)
    })
    .await
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

/// A plugin that was fetched and planned.
struct Prepared {
    request: InstallRequest,
    wanted: Installation,
    plan: InstallPlan,
    config: serde_json::Value,
    scan: Screened,
    release: Option<FetchedRelease>,
    installed: bool,
}

/// Installs what was fetched, in this order; the last one is what was asked for. Everything is planned,
/// shown, consented to and tried before anything is changed. `lock` is written with each plugin that is
/// in use.
pub(crate) async fn install_fetched(
    shop: &Shop,
    requests: Vec<(InstallRequest, Fetched)>,
    mut lock: LockFile,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<InstallOutcome, Failure> {
    let (mut prepared, mut recovered) = (Vec::new(), Vec::new());
    let mut coming = Coming::new();
    for (request, fetched) in requests {
        if let Some(release) = fetched.release.as_ref().filter(|_| !request.dry_run) {
            accept_publisher(release, &mut lock, ask)?;
        }
        let one = prepare(shop, request, fetched, &coming, &mut recovered, observer).await?;
        coming.insert(one.plan.slug.clone(), one.plan.version.clone());
        prepared.push(one);
    }
    let is_nothing = prepared.iter().all(|one| one.plan.change == InstallChange::Nothing);
    if is_nothing || prepared.iter().any(|one| one.request.dry_run) {
        return outcome(prepared, recovered);
    }
    for one in &prepared {
        present(&one.plan, &one.scan);
    }
    for one in &mut prepared {
        one.agree(ask)?;
        if let PluginSource::Git { url, tag: Some(tag), commit, .. } = &one.wanted.source {
            lock.saw_tag(url, tag, commit);
        }
    }
    let log = PluginLog::new();
    let done = carry_out(shop, &mut prepared, &lock, &log, observer).await;
    log.tell(observer);
    match done {
        Ok(()) => outcome(prepared, recovered),
        Err(failure) => Err(partly(failure, &prepared)),
    }
}

/// Plans one plugin.
async fn prepare(
    shop: &Shop,
    request: InstallRequest,
    fetched: Fetched,
    coming: &Coming,
    recovered: &mut Vec<Recovered>,
    observer: &dyn Observer,
) -> Result<Prepared, Failure> {
    let scan = screen::scan(&fetched.package.files);
    let (wanted, release) = fetched.with(&request.given)?;
    let change = Change::open(shop, observer).await?;
    let planned = lifecycle::plan_install(&change, &wanted, coming).await?;
    let config = planned.config();
    let downs = planned.rehearse(&change, &wanted.package.manifest).await?;
    recovered.extend(change.recovered);
    let plan = InstallPlan { downs, ..planned.plan };
    Ok(Prepared { request, wanted, plan, config, scan, release, installed: false })
}

impl Prepared {
    /// Obtains everything that has to be agreed to, and asks for secrets.
    fn agree(&mut self, ask: &dyn Ask) -> Result<(), Failure> {
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
        Ok(())
    }
}

/// Tries all of them out, then installs one after the other, each as a whole.
async fn carry_out(
    shop: &Shop,
    prepared: &mut [Prepared],
    lock: &LockFile,
    log: &std::sync::Arc<PluginLog>,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    for one in prepared.iter().filter(|one| one.plan.change.brings_code()) {
        if one.request.source.is_from_outside() {
            let (offline, config) = (one.request.place.offline, one.config.clone());
            let tried = lifecycle::Tried { wanted: &one.wanted, previous: None };
            lifecycle::probe(shop, tried, config, offline, log.clone(), observer).await?;
        }
    }
    for one in prepared {
        let is_tagged = matches!(one.wanted.source, PluginSource::Git { tag: Some(_), .. });
        let lock = (is_tagged || one.release.is_some()).then_some(lock);
        apply(shop, &one.wanted, &one.plan, lock, log.clone(), observer).await?;
        one.installed = true;
    }
    Ok(())
}

fn outcome(
    mut prepared: Vec<Prepared>,
    recovered: Vec<Recovered>,
) -> Result<InstallOutcome, Failure> {
    let last = prepared.pop();
    let last = last.ok_or_else(|| Failure::new(&source::NAME, "there is nothing to install"))?;
    let dependencies = prepared.into_iter().map(|one| InstalledDependency {
        plan: one.plan,
        scan: one.scan,
        installed: one.installed,
    });
    Ok(InstallOutcome {
        dependencies: dependencies.collect(),
        plan: last.plan,
        scan: last.scan,
        installed: last.installed,
        recovered,
    })
}

/// What failed after others were installed is a shop that has some of them, each whole.
fn partly(failure: Failure, prepared: &[Prepared]) -> Failure {
    let done = prepared.iter().filter(|one| one.installed);
    let done: Vec<String> = done.map(|one| one.plan.slug.to_string()).collect();
    let next = prepared.iter().find(|one| !one.installed);
    let (false, Some(next)) = (done.is_empty(), next) else { return failure };
    let message = format!(
        "{} installed, which `{}` needs; then: {}",
        done.join(", "),
        next.plan.slug,
        failure.message()
    );
    let partly = Failure::new(&PARTLY, message);
    failure.hints().iter().fold(partly, |partly, hint| partly.hint(hint))
}

async fn apply(
    shop: &Shop,
    wanted: &Installation,
    shown: &InstallPlan,
    lock: Option<&LockFile>,
    log: std::sync::Arc<PluginLog>,
    observer: &dyn Observer,
) -> Result<(), Failure> {
    let mut change = Change::open(shop, observer).await?;
    let planned = lifecycle::plan_install(&change, wanted, &Coming::new()).await?;
    if !is_same(&planned.plan, shown) {
        return Err(plan_changed(&CHANGED, &change, &shown.slug).await);
    }
    lifecycle::install(&mut change, wanted, planned, log).await?;
    // The shop is still ours alone: nobody else writes the file meanwhile.
    if let Some(lock) = lock {
        lock.write()?;
    }
    for secret in shown.secrets.iter().filter(|secret| !secret.is_set) {
        if !wanted.secrets.contains_key(&secret.name) {
            observer.warn(format!(
                "the secret `{}` is not set; install again with `--secret {}=-` to set it",
                secret.name, secret.name
            ));
        }
    }
    Ok(())
}

/// Whether both plans do the same; which secrets are set by now, and what was tried, does not matter.
fn is_same(now: &InstallPlan, shown: &InstallPlan) -> bool {
    let part =
        |plan: &InstallPlan| InstallPlan { secrets: Vec::new(), downs: Vec::new(), ..plan.clone() };
    part(now) == part(shown)
}

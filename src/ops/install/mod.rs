//! Installs a plugin into a shop: from a file, a directory, a registry or a Git repository.
//!
//! Whatever it comes from goes the same way: fetched within limits, verified, scanned, shown with
//! what it asks for, tried out on a copy of the shop's schema, and then installed.
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
use crate::ops::fetch_release::LOCK_FILE;
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::store::Shop;
use crate::store::lifecycle::{self, Change, Installation};

pub(crate) use given::{Given, SecretFrom};
pub(crate) use locked::{LockedOutcome, LockedRequest, install_locked};
pub(crate) use screen::Screened;
use source::Fetched;
pub(crate) use source::{Access, GitSource, RegistrySource, Source, fetch};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[
    &CHANGED,
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
}

/// What is accepted beforehand.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Accepted {
    /// The permissions.
    pub permissions: bool,
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
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// Shows the plan to whoever consents.
pub(crate) type Present<'p> = &'p dyn Fn(&InstallPlan, &Screened);

/// Installs. `present` shows the plan to whoever consents.
pub(crate) async fn install(
    request: InstallRequest,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<InstallOutcome, Failure> {
    let place = request.place.clone();
    in_shop(&place, observer, async |shop| {
        let lock_path = shop.dir().join(LOCK_FILE);
        let mut lock = LockFile::read(&lock_path)?;
        let fetched = source::fetch(&request.source, &lock, observer).await?;
        if let Some(release) = &fetched.release
            && !request.dry_run
        {
            crate::ops::fetch_release::accept_publisher(release, &mut lock, ask)?;
        }
        install_fetched(shop, &request, fetched, lock, present, ask, observer).await
    })
    .await
}

/// Installs what was fetched. `lock` is written once the plugin is in use.
async fn install_fetched(
    shop: &Shop,
    request: &InstallRequest,
    fetched: Fetched,
    mut lock: LockFile,
    present: Present<'_>,
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<InstallOutcome, Failure> {
    let scan = screen::scan(&fetched.package.files);
    let mut wanted = Installation {
        set: request.given.set.clone(),
        config: request.given.config()?,
        secrets: request.given.secrets(&fetched.package.manifest.secrets)?,
        yanked: fetched.release.as_ref().is_some_and(|release| release.yanked),
        package: fetched.package,
        source: fetched.source,
        publisher: fetched.publisher,
    };
    let (plan, config, recovered) = {
        let change = Change::open(shop, observer).await?;
        let planned = lifecycle::plan_install(&change, &wanted).await?;
        let config = planned.config();
        (planned.plan, config, change.recovered)
    };
    if request.dry_run || plan.change == InstallChange::Nothing {
        return Ok(InstallOutcome { plan, scan, installed: false, recovered });
    }
    present(&plan, &scan);
    let is_new = plan.change != InstallChange::Settings;
    screen::require(&plan.slug, &scan, request.accepted.findings || !is_new)?;
    let unsigned = request.accepted.unsigned || !is_new;
    consent::obtain_unsigned(&plan.slug, &plan.version, &plan.source, unsigned, ask)?;
    consent::obtain(&plan, request.accepted.permissions, ask)?;
    if !request.accept_defaults {
        let asked = given::ask_for_secrets(&plan, ask)?;
        wanted.secrets.extend(asked);
    }
    let remembers = match &wanted.source {
        PluginSource::Git { url, tag: Some(tag), commit, .. } => {
            lock.saw_tag(url, tag, commit);
            true
        }
        _ => fetched.release.is_some(),
    };
    let log = PluginLog::new();
    let applied = async {
        if is_new && request.source.is_from_outside() {
            let offline = request.place.offline;
            lifecycle::probe(shop, &wanted, config, offline, log.clone(), observer).await?;
        }
        let lock = remembers.then_some(&lock);
        apply(shop, &wanted, &plan, lock, log.clone(), observer).await
    }
    .await;
    log.tell(observer);
    applied?;
    Ok(InstallOutcome { plan, scan, installed: true, recovered })
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
    let planned = lifecycle::plan_install(&change, wanted).await?;
    if !is_same(&planned.plan, shown) {
        return Err(Failure::new(&CHANGED, "the shop changed while the plan was looked at")
            .hint("run the command again to see the new plan"));
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

/// Whether both plans do the same; which secrets are set by now does not matter.
fn is_same(now: &InstallPlan, shown: &InstallPlan) -> bool {
    let without_secrets = |plan: &InstallPlan| InstallPlan { secrets: Vec::new(), ..plan.clone() };
    without_secrets(now) == without_secrets(shown)
}

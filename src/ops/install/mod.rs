//! Installs a plugin into a shop: from a file, a directory or a registry.
//!
//! The plan is made twice: once to be shown and consented to, while nobody is kept from the shop,
//! and once more with the shop locked. Only what was shown is carried out.

mod consent;
mod given;
mod source;

use serde::Serialize;

use crate::client::LockFile;
use crate::error::{ErrorCode, Failure};
use crate::model::event::Tell;
use crate::model::install_plan::{InstallChange, InstallPlan};
use crate::model::operation::Recovered;
use crate::model::{Ask, ExitCode, Observer};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::store::lifecycle::{self, Change, Installation};

pub(crate) use given::{Given, SecretFrom};
pub(crate) use source::{RegistrySource, Source, fetch};

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
    /// The permissions are accepted beforehand.
    pub accept_permissions: bool,
    /// Take defaults where something optional would be asked.
    pub accept_defaults: bool,
    /// Show the plan, and change nothing.
    pub dry_run: bool,
}

/// What was installed, or would be.
#[derive(Debug, Serialize)]
pub(crate) struct InstallOutcome {
    /// What it does.
    #[serde(flatten)]
    pub plan: InstallPlan,
    /// Whether it was done.
    pub installed: bool,
    /// Interrupted changes that were dealt with on the way.
    pub recovered: Vec<Recovered>,
}

/// Installs. `present` shows the plan to whoever consents.
pub(crate) async fn install(
    request: InstallRequest,
    present: &dyn Fn(&InstallPlan),
    ask: &dyn Ask,
    observer: &dyn Observer,
) -> Result<InstallOutcome, Failure> {
    let place = request.place.clone();
    in_shop(&place, observer, async |shop| {
        let lock_path = shop.dir().join(crate::ops::fetch_release::LOCK_FILE);
        let mut lock = LockFile::read(&lock_path)?;
        let fetched = source::fetch(&request.source, &lock, observer).await?;
        if let Some(release) = &fetched.release
            && !request.dry_run
        {
            crate::ops::fetch_release::accept_publisher(release, &mut lock, ask)?;
        }
        let mut wanted = Installation {
            set: request.given.set.clone(),
            config: request.given.config()?,
            secrets: request.given.secrets(&fetched.package.manifest.secrets)?,
            yanked: fetched.release.as_ref().is_some_and(|release| release.yanked),
            package: fetched.package,
            source: fetched.source,
            publisher: fetched.publisher,
        };
        let (plan, recovered) = {
            let change = Change::open(shop, observer).await?;
            let planned = lifecycle::plan_install(&change, &wanted).await?;
            (planned.plan, change.recovered)
        };
        let outcome = |plan, installed| InstallOutcome { plan, installed, recovered };
        if request.dry_run || plan.change == InstallChange::Nothing {
            return Ok(outcome(plan, false));
        }
        present(&plan);
        consent::obtain(&plan, request.accept_permissions, ask)?;
        if !request.accept_defaults {
            let asked = given::ask_for_secrets(&plan, ask)?;
            wanted.secrets.extend(asked);
        }
        let log = PluginLog::new();
        let applied = apply(shop, &wanted, &plan, log.clone(), observer).await;
        log.tell(observer);
        applied?;
        if fetched.release.is_some() {
            lock.write()?;
        }
        Ok(outcome(plan, true))
    })
    .await
}

async fn apply(
    shop: &crate::store::Shop,
    wanted: &Installation,
    shown: &InstallPlan,
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

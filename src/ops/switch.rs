//! Switches plugins on and off, pins them to a range of versions, and shows what was done to them.

use serde::Serialize;

use crate::error::{ErrorCode, Failure};
use crate::model::history::HistoryEntry;
use crate::model::installed::PluginState;
use crate::model::{ExitCode, Observer, PluginSlug};
use crate::ops::open_shop::{PluginLog, ShopPlace, in_shop};
use crate::store::lifecycle::{self, Change, history, records};

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&OUT_OF_PIN];

static OUT_OF_PIN: ErrorCode = ErrorCode {
    id: "pin.not-in-range",
    exit: ExitCode::Usage,
    meaning: "The plugin cannot be pinned to a range that its installed version is not in.",
    remedy: "Give a range that has the installed version in it; without one, that version alone is meant.",
};

/// What became of a plugin's state.
#[derive(Debug, Serialize)]
pub(crate) struct SwitchOutcome {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its version.
    pub version: semver::Version,
    /// Its state now.
    pub state: PluginState,
    /// Whether that is new.
    pub changed: bool,
}

/// Which way to switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Switch {
    /// On.
    Enable,
    /// Off; `force` although others need it.
    Disable {
        /// Although others need it.
        force: bool,
    },
}

/// Switches a plugin on or off.
pub(crate) async fn switch(
    place: &ShopPlace,
    slug: &PluginSlug,
    way: Switch,
    observer: &dyn Observer,
) -> Result<SwitchOutcome, Failure> {
    in_shop(place, observer, async |shop| {
        let mut change = Change::open(shop, observer).await?;
        let log = PluginLog::new();
        let done = match way {
            Switch::Enable => lifecycle::enable(&mut change, slug, log.clone()).await,
            Switch::Disable { force } => {
                lifecycle::disable(&mut change, slug, force, log.clone()).await
            }
        };
        log.tell(observer);
        let (plugin, changed) = done?;
        Ok(SwitchOutcome {
            slug: plugin.slug,
            version: plugin.version,
            state: plugin.state,
            changed,
        })
    })
    .await
}

/// What a plugin is pinned to.
#[derive(Debug, Serialize)]
pub(crate) struct PinOutcome {
    /// The plugin.
    pub slug: PluginSlug,
    /// Its installed version.
    pub version: semver::Version,
    /// The range now; `None` when it is not pinned.
    pub pinned: Option<String>,
}

/// Pins a plugin to a range, to its installed version when none is given; or takes the pin away.
pub(crate) async fn pin(
    place: &ShopPlace,
    slug: &PluginSlug,
    pin: bool,
    range: Option<&semver::VersionReq>,
    observer: &dyn Observer,
) -> Result<PinOutcome, Failure> {
    in_shop(place, observer, async |shop| {
        let change = Change::open(shop, observer).await?;
        let sql = change.client();
        let found = records::find(sql, slug).await?.filter(|plugin| plugin.state.is_installed());
        let plugin =
            found.ok_or_else(|| lifecycle::LifecycleError::NotInstalled(slug.to_string()))?;
        let pinned = match (pin, range) {
            (false, _) => None,
            (true, None) => Some(format!("={}", plugin.version)),
            (true, Some(range)) if range.matches(&plugin.version) => Some(range.to_string()),
            (true, Some(range)) => {
                let message = format!("`{slug}` {} is not in {range}", plugin.version);
                return Err(Failure::new(&OUT_OF_PIN, message));
            }
        };
        history::set_pin(sql, slug, pinned.as_deref()).await?;
        let action = if pin { "pin" } else { "unpin" };
        let mut entry = history::entry(slug, action, Some(&plugin.version), Some(&plugin.version));
        entry.details = serde_json::json!({ "range": pinned });
        history::add(sql, &entry).await?;
        Ok(PinOutcome { slug: slug.clone(), version: plugin.version, pinned })
    })
    .await
}

/// What was done to plugins.
#[derive(Debug, Serialize)]
pub(crate) struct HistoryOutcome {
    /// Oldest first.
    pub entries: Vec<HistoryEntry>,
}

/// Reads what was done to a plugin, or to all of them.
pub(crate) async fn read_history(
    place: &ShopPlace,
    slug: Option<&PluginSlug>,
    most: u32,
    observer: &dyn Observer,
) -> Result<HistoryOutcome, Failure> {
    in_shop(place, observer, async |shop| {
        Change::recover_if_needed(shop, observer).await?;
        let sql = shop.admin().await?;
        Ok(HistoryOutcome { entries: history::list(&sql, slug, i64::from(most)).await? })
    })
    .await
}

//! `daino-pdk enable`, `disable`, `pin`, `unpin` and `history`.

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::{ExitCode, PluginSlug};
use crate::ops::switch::{self, HistoryOutcome, PinOutcome, Switch, SwitchOutcome};
use crate::ui::plain;

/// Switch a plugin on: `onEnable` and `healthCheck` run, and it may log in.
#[derive(Debug, clap::Args)]
pub(crate) struct EnableArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: PluginSlug,
    #[command(flatten)]
    store: StorePlaceArgs,
}

/// Switch a plugin off: `onDisable` runs, and it cannot log in. Everything it has stays.
#[derive(Debug, clap::Args)]
pub(crate) struct DisableArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: PluginSlug,
    /// Go on although other plugins need it.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    store: StorePlaceArgs,
}

/// Keep a plugin at its version, or in a range: `update` takes nothing outside of it.
#[derive(Debug, clap::Args)]
pub(crate) struct PinArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: PluginSlug,
    /// The range, such as `~1.2`; the installed version alone when absent.
    #[arg(value_name = "RANGE")]
    range: Option<semver::VersionReq>,
    #[command(flatten)]
    store: StorePlaceArgs,
}

/// Let a plugin be updated to any version again.
#[derive(Debug, clap::Args)]
pub(crate) struct UnpinArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: PluginSlug,
    #[command(flatten)]
    store: StorePlaceArgs,
}

/// Show what was done to plugins: when, by whom, from which version to which, and how it ended.
#[derive(Debug, clap::Args)]
pub(crate) struct HistoryArgs {
    /// The plugin; every plugin when absent.
    #[arg(value_name = "SLUG")]
    slug: Option<PluginSlug>,
    /// Show at most this many entries.
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    limit: u32,
    #[command(flatten)]
    store: StorePlaceArgs,
}

pub(crate) fn enable(args: EnableArgs, session: &Session) -> Result<ExitCode, Failure> {
    turn(&args.slug, Switch::Enable, &args.store, session)
}

pub(crate) fn disable(args: DisableArgs, session: &Session) -> Result<ExitCode, Failure> {
    turn(&args.slug, Switch::Disable { force: args.force }, &args.store, session)
}

fn turn(
    slug: &PluginSlug,
    way: Switch,
    store: &StorePlaceArgs,
    session: &Session,
) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let place = store.place(session);
    let outcome = session.block_on(switch::switch(&place, slug, way, &session.ui))?;
    session.ui.result(&outcome, |outcome: &SwitchOutcome| {
        let already = if outcome.changed { "now" } else { "already" };
        format!("{} {} is {already} {}", outcome.slug, outcome.version, outcome.state.as_str())
    });
    Ok(ExitCode::Done)
}

pub(crate) fn pin(args: PinArgs, session: &Session) -> Result<ExitCode, Failure> {
    set_pin(&args.slug, true, args.range.as_ref(), &args.store, session)
}

pub(crate) fn unpin(args: UnpinArgs, session: &Session) -> Result<ExitCode, Failure> {
    set_pin(&args.slug, false, None, &args.store, session)
}

fn set_pin(
    slug: &PluginSlug,
    pin: bool,
    range: Option<&semver::VersionReq>,
    store: &StorePlaceArgs,
    session: &Session,
) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let place = store.place(session);
    let outcome = session.block_on(switch::pin(&place, slug, pin, range, &session.ui))?;
    session.ui.result(&outcome, |outcome: &PinOutcome| match &outcome.pinned {
        Some(range) => format!("{} {} is pinned to {range}", outcome.slug, outcome.version),
        None => format!("{} {} is not pinned", outcome.slug, outcome.version),
    });
    Ok(ExitCode::Done)
}

pub(crate) fn history(args: HistoryArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let place = args.store.place(session);
    let read = switch::read_history(&place, args.slug.as_ref(), args.limit, &session.ui);
    session.ui.result(&session.block_on(read)?, told);
    Ok(ExitCode::Done)
}

fn told(outcome: &HistoryOutcome) -> String {
    if outcome.entries.is_empty() {
        return "Nothing was done yet.".to_owned();
    }
    let mut text = String::new();
    for entry in &outcome.entries {
        let versions = match (&entry.from, &entry.to) {
            (Some(from), Some(to)) if from != to => format!("{from} -> {to}"),
            (Some(one), _) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        };
        let (at, slug, action) = (&entry.at, &entry.slug, plain(&entry.action));
        let (who, verdict) = (plain(&entry.who), plain(&entry.verdict));
        text.push_str(&format!("{at}  {slug}  {action} {versions}  {verdict}  {who}\n"));
        let detail = |key: &str| entry.details.get(key).and_then(serde_json::Value::as_str);
        for (name, value) in [("backup", detail("backup")), ("why", detail("why"))] {
            if let Some(value) = value {
                text.push_str(&format!("    {name}: {}\n", plain(value)));
            }
        }
        let list = |key: &str| entry.details.get(key).and_then(serde_json::Value::as_array);
        for given in list("permissions").into_iter().flatten().filter_map(serde_json::Value::as_str)
        {
            text.push_str(&format!("    was given: {}\n", plain(given)));
        }
        for agreed in list("agreed").into_iter().flatten() {
            let part =
                |key: &str| agreed.get(key).and_then(serde_json::Value::as_str).unwrap_or("");
            let (area, name, words) = (part("area"), part("name"), part("words"));
            text.push_str(&format!(
                "    agreed to: {} {}: {}\n",
                plain(area),
                plain(name),
                plain(words)
            ));
        }
        for name in ["removed", "kept"] {
            let list = entry.details.get(name).and_then(serde_json::Value::as_array);
            for item in list.into_iter().flatten().filter_map(serde_json::Value::as_str) {
                text.push_str(&format!("    {name}: {}\n", plain(item)));
            }
        }
    }
    text
}

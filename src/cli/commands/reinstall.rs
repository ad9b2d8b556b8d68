//! `daino-pdk reinstall`.

use crate::cli::Session;
use crate::cli::release_source::{self, GivenArgs, OutsideArgs, RegistryArgs};
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::install_plan::InstallPlan;
use crate::model::{ExitCode, PluginSlug};
use crate::ops::agreed::Agreed;
use crate::ops::install::{Accepted, Screened};
use crate::ops::reinstall::{self, ReinstallRequest};

/// Install a plugin again from where it came from, with what an uninstallation kept.
///
/// Over an installed plugin whose code was changed or removed, it puts the code back; tables, data,
/// settings and secrets stay.
#[derive(Debug, clap::Args)]
pub(crate) struct ReinstallArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: PluginSlug,
    /// Take the release from this file, directory or registry name instead of where it came from.
    #[arg(long, value_name = "SOURCE")]
    from: Option<String>,
    /// Give the plugin the permissions listed, or `all`, which `-y` does not mean. Without a list they
    /// are shown and asked for.
    #[arg(long, value_name = "NAME,…", num_args = 0..=1, require_equals = true,
          default_missing_value = "", value_delimiter = ',')]
    accept_permissions: Option<Vec<String>>,
    /// Show what would be done, and change nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    outside: OutsideArgs,
    #[command(flatten)]
    given: GivenArgs,
    #[command(flatten)]
    registry: RegistryArgs,
    #[command(flatten)]
    store: StorePlaceArgs,
}

pub(crate) fn run(args: ReinstallArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let flags = args.registry.flags(session)?;
    let from = match &args.from {
        Some(text) => Some(release_source::source(text, &flags, session)?),
        None => None,
    };
    let request = ReinstallRequest {
        place: args.store.place(session),
        slug: args.slug,
        from,
        flags,
        given: args.given.given(session),
        accepted: Accepted {
            permissions: Agreed::of(args.accept_permissions),
            unsigned: args.outside.allow_unsigned,
            findings: args.outside.accept_findings,
        },
        accept_defaults: session.global.yes,
        dry_run: args.dry_run,
    };
    let present = |plan: &InstallPlan, scan: &Screened| {
        session.ui.say(super::install::words(plan, scan).trim_end());
    };
    let outcome =
        session.block_on(reinstall::reinstall(request, &present, &session.ui, &session.ui))?;
    session.ui.result(&outcome, |outcome| super::install::page(outcome, args.dry_run));
    Ok(ExitCode::Done)
}

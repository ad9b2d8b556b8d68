//! `daino-pdk install`.

use crate::cli::Session;
use crate::cli::release_source::{self, GivenArgs, RegistryArgs};
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::model::install_plan::{InstallChange, InstallPlan};
use crate::model::installed::PluginSource;
use crate::ops::install::{self, InstallOutcome, InstallRequest};
use crate::ui::plain;

/// Install a plugin into a shop and start it.
///
/// Shows what the plugin asks for and changes, asks, and does it all or not at all: a failure, or a
/// killed program, leaves the shop as it was. Settings and secrets of a plugin that is installed
/// are changed by installing it again with other ones.
#[derive(Debug, clap::Args)]
pub(crate) struct InstallArgs {
    /// A `.dpk` file, a plugin's directory, or a name in a registry: `sms`, `acme/sms@^1.2`.
    #[arg(value_name = "SOURCE")]
    source: String,
    /// Give the plugin the permissions it asks for; `-y` means that, too.
    #[arg(long)]
    accept_permissions: bool,
    /// Show what would be done, and change nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    given: GivenArgs,
    #[command(flatten)]
    registry: RegistryArgs,
    #[command(flatten)]
    store: StorePlaceArgs,
}

pub(crate) fn run(args: InstallArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let flags = args.registry.flags(session)?;
    let request = InstallRequest {
        place: args.store.place(session),
        source: release_source::source(&args.source, &flags, session)?,
        given: args.given.given(session),
        accept_permissions: args.accept_permissions || session.global.yes,
        accept_defaults: session.global.yes,
        dry_run: args.dry_run,
    };
    let present = |plan: &InstallPlan| session.ui.say(words(plan).trim_end());
    let outcome =
        session.block_on(install::install(request, &present, &session.ui, &session.ui))?;
    session.ui.result(&outcome, |outcome| page(outcome, args.dry_run));
    Ok(ExitCode::Done)
}

pub(super) fn page(outcome: &InstallOutcome, is_dry_run: bool) -> String {
    let plan = &outcome.plan;
    let (slug, version) = (&plan.slug, &plan.version);
    match plan.change {
        InstallChange::Nothing => format!("{slug} {version} is installed already"),
        _ if is_dry_run => format!("{}\nNothing was changed.", words(plan)),
        InstallChange::Settings => format!("Changed the settings of {slug} {version}"),
        _ => format!(
            "Installed {slug} {version}\n\nNext:\n  daino-pdk list\n  daino-pdk invoke {slug} METHOD --input '{{}}'"
        ),
    }
}

/// The plan, for whoever decides.
pub(super) fn words(plan: &InstallPlan) -> String {
    let what = match plan.change {
        InstallChange::New => "new",
        InstallChange::TakesOver => "takes over what an earlier installation left",
        InstallChange::Settings => "is installed; its settings change",
        InstallChange::Nothing => "is installed already",
    };
    let mut text = format!("{} {} ({what})\n", plan.slug, plan.version);
    let mut line = |name: &str, value: &str| text.push_str(&format!("  {name:<12} {value}\n"));
    line("name", &plain(&plan.name));
    line("from", &from(&plan.source));
    match &plan.publisher {
        Some(key) => line("signed by", key),
        None => line("signed by", "nobody: unsigned, so only you vouch for it"),
    }
    if plan.yanked {
        line("withdrawn", "its publisher withdrew this release");
    }
    line("files", &format!("{} ({} bytes)", plan.files, plan.bytes));
    for migration in &plan.migrations {
        let tables = match migration.tables.is_empty() {
            true => "no new tables".to_owned(),
            false => format!("creates {}", migration.tables.join(", ")),
        };
        let down = if migration.has_down { "" } else { "; no down script" };
        line("migration", &plain(&format!("{}: {tables}{down}", migration.name)));
    }
    for migration in &plan.applied {
        line("migration", &plain(&format!("{migration}: ran before")));
    }
    for secret in &plan.secrets {
        let state = if secret.is_set { "set" } else { "not set" };
        line("secret", &format!("{}: {state}", plain(&secret.name)));
    }
    match plan.permissions.is_empty() {
        true => line("permissions", "none"),
        false => text.push_str("  It asks to:\n"),
    }
    for asked in &plan.permissions {
        text.push_str(&format!("    - {}\n", plain(&asked.words)));
    }
    text
}

pub(super) fn from(source: &PluginSource) -> String {
    match source {
        PluginSource::File { path } | PluginSource::Folder { path } => plain(path).into_owned(),
        PluginSource::Registry { name, registry } => format!("{name}, from {}", plain(registry)),
        PluginSource::Backup { name } => format!("the backup {}", plain(name)),
    }
}

//! `daino-pdk install`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::cli::release_source::{self, GivenArgs, OutsideArgs, RegistryArgs};
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::model::install_plan::{InstallChange, InstallPlan};
use crate::model::installed::PluginSource;
use crate::ops::agreed::Agreed;
use crate::ops::install::{
    self, Accepted, InstallOutcome, InstallRequest, LockedOutcome, LockedRequest, Screened,
    SeveralOutcome,
};
use crate::ui::plain;

/// Install a plugin into a shop and start it.
///
/// Fetches, verifies and scans the plugin, shows what it asks for and changes, asks, tries it out on
/// a copy of the shop's schema, and does it all or not at all: a failure, or a killed program, leaves
/// the shop as it was, also when there are several plugins. Settings and secrets of a plugin that is installed
/// are changed by installing it again with other ones.
#[derive(Debug, clap::Args)]
pub(crate) struct InstallArgs {
    /// A `.dpk` file, a plugin's directory, a Git repository (`github:acme/sms@^1.2`,
    /// `https://…/sms.git#v1`), or a name in a registry: `sms`, `acme/sms@^1.2`.
    #[arg(value_name = "SOURCE", required_unless_present = "locked")]
    sources: Vec<String>,
    /// Install exactly what the shop's lock file says, or another one.
    #[arg(long, value_name = "FILE", require_equals = true, conflicts_with_all = ["sources", "set"])]
    locked: Option<Option<PathBuf>>,
    /// Give the plugin the permissions listed, or `all`, as `-y` does. Without a list they are shown
    /// and asked for.
    #[arg(long, value_name = "NAME,…", num_args = 0..=1, require_equals = true,
          default_missing_value = "", value_delimiter = ',')]
    accept_permissions: Option<Vec<String>>,
    #[command(flatten)]
    outside: OutsideArgs,
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
    let given = args.given.given(session);
    let place = args.store.place(session);
    let present =
        |plan: &InstallPlan, scan: &Screened| session.ui.say(words(plan, scan).trim_end());
    let flags = args.registry.flags(session)?;
    if args.sources.is_empty() {
        let request = LockedRequest {
            place,
            lock: args.locked.flatten().map(|path| session.path(&path)),
            given,
            offline: flags.offline,
            settings: flags.settings,
            dry_run: args.dry_run,
        };
        let work = install::install_locked(request, &present, &session.ui, &session.ui);
        let outcome = session.block_on(work)?;
        session.ui.result(&outcome, |outcome| locked_page(outcome, args.dry_run));
        return Ok(ExitCode::Done);
    }
    if args.sources.len() > 1 && given.is_for_one() {
        let message = "`--set`, `--config`, `--secret` and `--secret-file` are for one plugin";
        return Err(Failure::new(&install::FOR_ONE, message).hint(install::FOR_ONE.remedy));
    }
    let accepted = Accepted {
        permissions: match session.global.yes {
            true => Agreed::All,
            false => Agreed::of(args.accept_permissions),
        },
        unsigned: args.outside.allow_unsigned,
        findings: args.outside.accept_findings,
    };
    let mut requests = Vec::new();
    for text in &args.sources {
        requests.push(InstallRequest {
            place: place.clone(),
            source: release_source::source(text, &flags, session)?,
            given: given.clone(),
            accepted: accepted.clone(),
            accept_defaults: session.global.yes,
            dry_run: args.dry_run,
            flags: flags.clone(),
        });
    }
    let (ui, dry_run) = (&session.ui, args.dry_run);
    if requests.len() > 1 {
        let work = install::install_several(requests, &present, ui, ui);
        let outcome = session.block_on(work)?;
        ui.result(&outcome, |outcome| several_page(outcome, dry_run));
    } else if let Some(request) = requests.pop() {
        let outcome = session.block_on(install::install(request, &present, ui, ui))?;
        ui.result(&outcome, |outcome| page(outcome, dry_run));
    }
    Ok(ExitCode::Done)
}

fn several_page(outcome: &SeveralOutcome, is_dry_run: bool) -> String {
    let mut text = String::new();
    for one in &outcome.plugins {
        let (slug, version) = (&one.plan.slug, &one.plan.version);
        text.push_str(&match (is_dry_run, one.plan.change) {
            (_, InstallChange::Nothing) => format!("{slug} {version} is installed already\n"),
            (true, _) => format!("{}\n", words(&one.plan, &one.scan)),
            (false, InstallChange::Settings) => {
                format!("Changed the settings of {slug} {version}\n")
            }
            (false, _) => format!("Installed {slug} {version}\n"),
        });
    }
    if is_dry_run {
        text.push_str("Nothing was changed.\n");
    }
    text
}

fn locked_page(outcome: &LockedOutcome, is_dry_run: bool) -> String {
    let mut text = String::new();
    for done in &outcome.plugins {
        let what = match (is_dry_run, done.installed) {
            (true, _) => "is what the lock file says",
            (false, true) => "installed",
            (false, false) => "is installed already",
        };
        text.push_str(&format!("{} {} {what}\n", done.slug, done.version));
    }
    if is_dry_run {
        text.push_str("Nothing was changed.\n");
    }
    text
}

pub(super) fn page(outcome: &InstallOutcome, is_dry_run: bool) -> String {
    let plan = &outcome.plan;
    let (slug, version) = (&plan.slug, &plan.version);
    let before: String = outcome
        .dependencies
        .iter()
        .map(|one| match is_dry_run {
            true => format!("{}\n", words(&one.plan, &one.scan)),
            false => format!("Installed {} {}\n", one.plan.slug, one.plan.version),
        })
        .collect();
    match plan.change {
        InstallChange::Nothing => format!("{slug} {version} is installed already"),
        _ if is_dry_run => {
            format!("{before}{}\nNothing was changed.", words(plan, &outcome.scan))
        }
        InstallChange::Settings => format!("Changed the settings of {slug} {version}"),
        _ => format!(
            "{before}Installed {slug} {version}\n\nNext:\n  daino-pdk list\n  daino-pdk invoke {slug} METHOD --input '{{}}'"
        ),
    }
}

/// The plan, for whoever decides.
pub(super) fn words(plan: &InstallPlan, scan: &Screened) -> String {
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
    match scan.passed {
        true => line("scan", &format!("passed, score {} of 100", scan.score)),
        false => line("scan", &format!("REFUSED, {} findings", scan.failing)),
    }
    line("files", &format!("{} ({} bytes)", plan.files, plan.bytes));
    for migration in &plan.migrations {
        let tables = match migration.tables.is_empty() {
            true => "no new tables".to_owned(),
            false => format!("creates {}", migration.tables.join(", ")),
        };
        let tried = plan.downs.iter().find(|down| down.migration == migration.name);
        let down = super::update::down_words(migration, tried);
        line("migration", &plain(&format!("{}: {tables}; {down}", migration.name)));
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
        PluginSource::Git { url, path, tag, branch, commit } => {
            let state = match (tag, branch) {
                (Some(tag), _) => format!("tag {tag}, "),
                (None, Some(branch)) => format!("branch {branch}, "),
                (None, None) => String::new(),
            };
            let path = path.as_ref().map_or_else(String::new, |path| format!(", {path}"));
            plain(&format!("{url}{path} ({state}commit {commit})")).into_owned()
        }
        PluginSource::Backup { name } => format!("the backup {}", plain(name)),
    }
}

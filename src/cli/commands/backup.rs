//! `daino-pdk backup`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::backup::Retention;
use crate::model::{ExitCode, PluginSlug};
use crate::ops::backup::{
    self, BackupDetails, BackupList, CreateOutcome, ExportOutcome, ExportRequest, ImportOutcome,
    ImportRequest, PruneOutcome, PruneRequest, RestoreOutcome,
};
use crate::ui::plain;

/// Make, list, verify, restore, export, import and remove backups of plugins.
///
/// Backups of one shop share what they have in common: another one of the same plugin needs room for
/// what changed. Secrets are in none of them.
#[derive(Debug, clap::Args)]
pub(crate) struct BackupArgs {
    #[command(subcommand)]
    command: BackupCommand,
}

#[derive(Debug, clap::Subcommand)]
enum BackupCommand {
    /// List the backups of a shop, and check their digests.
    List(PlaceArgs),
    /// Show what a backup holds.
    Show(NameArgs),
    /// Check every part of a backup, and show what it holds.
    Verify(NameArgs),
    /// Make a backup of a plugin as it is now.
    Create(CreateArgs),
    /// Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs.
    Restore(RestoreArgs),
    /// Write a backup into one file, to be kept elsewhere.
    Export(ExportArgs),
    /// Bring a backup in from such a file.
    Import(ImportArgs),
    /// Remove backups: those named, or those that a rule lets go.
    ///
    /// The rule is in `[backups]` of daino.toml, or in the flags here. It never lets the newest backup
    /// of a plugin go.
    Prune(PruneArgs),
}

#[derive(Debug, clap::Args)]
struct CreateArgs {
    /// The plugin.
    #[arg(value_name = "SLUG")]
    slug: PluginSlug,
    #[command(flatten)]
    store: StorePlaceArgs,
}

#[derive(Debug, clap::Args)]
struct RestoreArgs {
    #[command(flatten)]
    name: NameArgs,
    /// Check the backup and whether there is room for it, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct ExportArgs {
    #[command(flatten)]
    name: NameArgs,
    /// The file; named like the backup when absent.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Encrypt it with a passphrase, asked for or read from `DAINO_BACKUP_PASSPHRASE`; `age -d` opens it, too.
    #[arg(long)]
    encrypt: bool,
}

#[derive(Debug, clap::Args)]
struct ImportArgs {
    /// The file. Of an encrypted one the passphrase is asked for, or read from `DAINO_BACKUP_PASSPHRASE`.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    store: StorePlaceArgs,
}

#[derive(Debug, clap::Args)]
struct PruneArgs {
    /// Names of backups to remove.
    #[arg(value_name = "BACKUP", conflicts_with_all = ["keep_last", "keep_daily", "keep_weekly", "plugin"])]
    backups: Vec<String>,
    /// Only backups of this plugin.
    #[arg(long, value_name = "SLUG")]
    plugin: Option<PluginSlug>,
    /// Keep so many of the newest of each plugin.
    #[arg(long, value_name = "N")]
    keep_last: Option<u32>,
    /// Keep the newest of a day, for so many days.
    #[arg(long, value_name = "N")]
    keep_daily: Option<u32>,
    /// Keep the newest of a week, for so many weeks.
    #[arg(long, value_name = "N")]
    keep_weekly: Option<u32>,
    /// Confirm that the last backup of a plugin that is not there any more goes: its name.
    #[arg(long, value_name = "SLUG")]
    confirm: Option<String>,
    /// Say what would go, and remove nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    store: StorePlaceArgs,
}

#[derive(Debug, clap::Args)]
struct PlaceArgs {
    #[command(flatten)]
    store: StorePlaceArgs,
}

#[derive(Debug, clap::Args)]
struct NameArgs {
    /// Name of a backup, or its directory.
    #[arg(value_name = "BACKUP")]
    backup: PathBuf,
    #[command(flatten)]
    store: StorePlaceArgs,
}

pub(crate) fn run(args: BackupArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    match args.command {
        BackupCommand::List(args) => {
            session.ui.result(&backup::list(&args.store.place(session))?, list);
        }
        BackupCommand::Verify(args) => {
            let details = backup::verify(&args.store.place(session), &args.backup)?;
            session.ui.result(&details, shown);
        }
        BackupCommand::Show(args) => {
            let details = backup::show(&args.store.place(session), &args.backup)?;
            session.ui.result(&details, shown);
        }
        BackupCommand::Create(args) => {
            let place = args.store.place(session);
            let work = backup::create(&place, &args.slug, &session.ui);
            session.ui.result(&session.block_on(work)?, created);
        }
        BackupCommand::Restore(args) => {
            let place = args.name.store.place(session);
            let work = backup::restore(&place, &args.name.backup, args.dry_run, &session.ui);
            session.ui.result(&session.block_on(work)?, restored);
        }
        BackupCommand::Export(args) => {
            let request = ExportRequest {
                place: args.name.store.place(session),
                backup: args.name.backup,
                output: args.output.map(|file| session.path(&file)),
                encrypt: args.encrypt,
                dir: session.dir.clone(),
            };
            session.ui.result(&backup::export(&request, &session.ui)?, exported);
        }
        BackupCommand::Import(args) => {
            let (place, file) = (args.store.place(session), session.path(&args.file));
            let request = ImportRequest { place, file };
            let work = backup::import(&request, &session.ui, &session.ui);
            session.ui.result(&session.block_on(work)?, imported);
        }
        BackupCommand::Prune(args) => {
            let request = PruneRequest {
                place: args.store.place(session),
                rule: rule(&args, session)?,
                backups: args.backups,
                only: args.plugin,
                confirm: args.confirm,
                accept_defaults: session.global.yes,
                dry_run: args.dry_run,
            };
            let present = |names: &[String]| {
                names.iter().for_each(|name| session.ui.say(&format!("  {}", plain(name))));
            };
            let work = backup::prune(&request, &present, &session.ui, &session.ui);
            session.ui.result(&session.block_on(work)?, pruned);
        }
    }
    Ok(ExitCode::Done)
}

/// The rule: each number by flag, else by the settings.
fn rule(args: &PruneArgs, session: &Session) -> Result<Option<Retention>, Failure> {
    let set = Settings::load(&session.dir)?.backups();
    let flags = [args.keep_last, args.keep_daily, args.keep_weekly];
    if set.is_none() && flags.iter().all(Option::is_none) {
        return Ok(None);
    }
    let set = set.unwrap_or_default();
    Ok(Some(Retention {
        keep_last: args.keep_last.unwrap_or(set.keep_last),
        keep_daily: args.keep_daily.unwrap_or(set.keep_daily),
        keep_weekly: args.keep_weekly.unwrap_or(set.keep_weekly),
    }))
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} KB", bytes / 1000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}

fn list(outcome: &BackupList) -> String {
    if outcome.backups.is_empty() {
        return "The shop has no backups.".to_owned();
    }
    let mut text = String::new();
    for backup in &outcome.backups {
        let about = match (&backup.created_at, &backup.damage) {
            (_, Some(damage)) => format!("DAMAGED: {}", plain(damage)),
            (Some(at), None) => {
                format!("{at}, {} rows in tables, {}", backup.rows, size(backup.bytes))
            }
            (None, None) => String::new(),
        };
        text.push_str(&format!("{}  {about}\n", plain(&backup.name)));
    }
    text
}

fn shown(details: &BackupDetails) -> String {
    let manifest = &details.manifest;
    let mut text = format!(
        "{}{}\n  plugin    {} {}\n  made      {}\n",
        plain(&details.name),
        if details.verified { " is whole" } else { "" },
        manifest.slug,
        manifest.version,
        plain(&manifest.created_at)
    );
    for table in &manifest.tables {
        text.push_str(&format!("  table     {}: {} rows\n", plain(&table.name), table.rows));
    }
    text.push_str(&format!("  own store {} rows\n", manifest.data.rows));
    let code = if manifest.code.is_some() { "as it was installed" } else { "not in it" };
    text.push_str(&format!("  code      {code}\n"));
    text.push_str(&format!("  size      {}\n", size(details.bytes)));
    for secret in &manifest.secrets_left_out {
        text.push_str(&format!("  left out  secret {}\n", plain(secret)));
    }
    text
}

fn restored(outcome: &RestoreOutcome) -> String {
    let mut text = format!(
        "{} {} {} ({}), {} rows in tables\n",
        if outcome.restored { "Restored" } else { "Would restore" },
        outcome.slug,
        outcome.version,
        outcome.state.as_str(),
        outcome.rows
    );
    for secret in &outcome.secrets_missing {
        text.push_str(&format!("  set again: secret {}\n", plain(secret)));
    }
    text
}

fn created(outcome: &CreateOutcome) -> String {
    let CreateOutcome { name, slug, version, rows, bytes, secrets_left_out } = outcome;
    let bytes = size(*bytes);
    let mut text =
        format!("{} (verified)\n  {slug} {version}, {rows} rows in tables, {bytes}\n", plain(name));
    for secret in secrets_left_out {
        text.push_str(&format!("  left out  secret {}\n", plain(secret)));
    }
    text
}

fn exported(outcome: &ExportOutcome) -> String {
    let how = if outcome.encrypted { ", encrypted" } else { "" };
    let file = outcome.file.display().to_string();
    format!("{} ({}{how})\n", plain(&file), size(outcome.bytes))
}

fn imported(outcome: &ImportOutcome) -> String {
    let ImportOutcome { name, slug, version, rows, known } = outcome;
    let how = if *known { "was there already" } else { "imported" };
    format!("{}: {how}\n  {slug} {version}, {rows} rows in tables\n", plain(name))
}

fn pruned(outcome: &PruneOutcome) -> String {
    let word = if outcome.done { "removed" } else { "would go" };
    let mut text = String::new();
    for name in &outcome.removed {
        text.push_str(&format!("  {word:<9} {}\n", plain(name)));
    }
    for name in &outcome.kept {
        text.push_str(&format!("  stays     {}\n", plain(name)));
    }
    if outcome.done {
        text.push_str(&format!("{} freed\n", size(outcome.freed.bytes)));
    }
    text
}

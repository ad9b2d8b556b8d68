//! `daino-pdk backup`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::cli::store_place::StorePlaceArgs;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::backup::{self, BackupDetails, BackupList, RestoreOutcome};
use crate::ui::plain;

/// List, verify and restore backups of plugins.
#[derive(Debug, clap::Args)]
pub(crate) struct BackupArgs {
    #[command(subcommand)]
    command: BackupCommand,
}

#[derive(Debug, clap::Subcommand)]
enum BackupCommand {
    /// List the backups of a shop, and check their digests.
    List(PlaceArgs),
    /// Check every part of a backup, and show what it holds.
    Verify(NameArgs),
    /// Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs.
    Restore(NameArgs),
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
            session.ui.result(&details, verified);
        }
        BackupCommand::Restore(args) => {
            let place = args.store.place(session);
            let work = backup::restore(&place, &args.backup, &session.ui);
            session.ui.result(&session.block_on(work)?, restored);
        }
    }
    Ok(ExitCode::Done)
}

fn list(outcome: &BackupList) -> String {
    if outcome.backups.is_empty() {
        return "The shop has no backups.".to_owned();
    }
    let mut text = String::new();
    for backup in &outcome.backups {
        let about = match (&backup.created_at, &backup.damage) {
            (_, Some(damage)) => format!("DAMAGED: {}", plain(damage)),
            (Some(at), None) => format!("{at}, {} rows in tables", backup.rows),
            (None, None) => String::new(),
        };
        text.push_str(&format!("{}  {about}\n", plain(&backup.name)));
    }
    text
}

fn verified(details: &BackupDetails) -> String {
    let manifest = &details.manifest;
    let mut text = format!(
        "{} is whole\n  plugin    {} {}\n  made      {}\n",
        plain(&details.name),
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
    for secret in &manifest.secrets_left_out {
        text.push_str(&format!("  left out  secret {}\n", plain(secret)));
    }
    text
}

fn restored(outcome: &RestoreOutcome) -> String {
    let mut text = format!(
        "Restored {} {} ({}), {} rows in tables\n",
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

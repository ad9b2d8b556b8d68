//! `daino-pdk key`.

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::key::{self, KeyGenerateOutcome, KeyListOutcome};

/// Make and list signing keys.
#[derive(Debug, clap::Args)]
pub(crate) struct KeyArgs {
    #[command(subcommand)]
    command: KeyCommand,
}

#[derive(Debug, clap::Subcommand)]
enum KeyCommand {
    /// Make a signing key. An existing one is never overwritten.
    Generate(GenerateArgs),
    /// List the signing keys of this user.
    List,
}

#[derive(Debug, clap::Args)]
struct GenerateArgs {
    /// Name of the key on this machine. Default: `default`.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Say where the key would be, and make none.
    #[arg(long)]
    dry_run: bool,
}

pub(crate) fn run(args: KeyArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    match args.command {
        KeyCommand::Generate(args) => {
            let outcome = key::generate(args.name.as_deref(), args.dry_run)?;
            session.ui.result(&outcome, generated);
        }
        KeyCommand::List => session.ui.result(&key::list()?, listed),
    }
    Ok(ExitCode::Done)
}

fn generated(outcome: &KeyGenerateOutcome) -> String {
    let path = outcome.path.display();
    match &outcome.key {
        None => format!("Would make the signing key `{}` in {path}\n", outcome.name),
        Some(key) => format!(
            "Made the signing key `{}`\n  id      {}\n  public  {}\n  file    {path}\n\n\
             Keep a copy of the file in a safe place: without it you cannot sign as this key again.\n",
            key.name, key.id, key.public
        ),
    }
}

fn listed(outcome: &KeyListOutcome) -> String {
    if outcome.keys.is_empty() {
        return "No signing keys. Make one with `daino-pdk key generate`.\n".to_owned();
    }
    outcome.keys.iter().map(|key| format!("{:20} {}\n", key.name.as_str(), key.id)).collect()
}

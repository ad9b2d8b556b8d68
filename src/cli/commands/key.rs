//! `daino-pdk key`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::cli::speaker::SpeakerArgs;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::{ExitCode, PluginSlug};
use crate::ops::key::{
    self, ExportRequest, ImportRequest, KeyExportOutcome, KeyGenerateOutcome, KeyImportOutcome,
    KeyListOutcome, KeyRotateOutcome, PassphraseOutcome, PassphraseRequest, Protection,
    RotateRequest, StoredKey,
};
use crate::ops::owner::{self, KeyId, OwnerChange, OwnerRequest};

/// Make, list, protect, move, rotate and revoke signing keys.
///
/// Passphrases are asked for, or read from `DAINO_KEY_PASSPHRASE` (the one a key has) and
/// `DAINO_NEW_KEY_PASSPHRASE` (the one it gets); there is no flag for them, because others can see
/// flags.
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
    /// Write a key for another machine or tool: PKCS#8 in PEM, encrypted with a passphrase.
    Export(ExportArgs),
    /// Take a key from a file: a key file, PKCS#8 in PEM, or a line `ed25519-seed:BASE64`.
    Import(ImportArgs),
    /// Give a key another passphrase. The key itself stays the same.
    Passphrase(PassphraseArgs),
    /// Replace a key by a new one, here and for the namespace it signs for.
    Rotate(RotateArgs),
    /// Let a stolen or lost key sign nothing of a namespace any more. What it signed before stays.
    Revoke(RevokeArgs),
}

#[derive(Debug, clap::Args)]
struct RotateArgs {
    /// The key. Default: `default`.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// The namespace that it signs for.
    #[arg(long, value_name = "NAME")]
    namespace: Option<PluginSlug>,
    /// Name or URL of the registry.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
    /// Store the new secret without a passphrase, and do not ask for one.
    #[arg(long)]
    no_passphrase: bool,
    /// Say what would be replaced, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct RevokeArgs {
    /// Id of the key, as `daino-pdk owner list` shows it.
    #[arg(value_name = "KEY_ID", value_parser = super::owner::key_id)]
    key_id: KeyId,
    /// The namespace.
    #[arg(long, value_name = "NAME")]
    namespace: Option<PluginSlug>,
    /// Why, for those who use its releases.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
    #[command(flatten)]
    speaker: SpeakerArgs,
}

#[derive(Debug, clap::Args)]
struct GenerateArgs {
    /// Name of the key on this machine. Default: `default`.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Store the secret without a passphrase, and do not ask for one.
    #[arg(long)]
    no_passphrase: bool,
    /// Say where the key would be, and make none.
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
struct ExportArgs {
    /// The key. Default: `default`.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Only the public key, in base64.
    #[arg(long, conflicts_with = "output")]
    public: bool,
    /// A new file, readable by you alone. Default: the standard output.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct ImportArgs {
    /// The file; `-` is the standard input.
    #[arg(value_name = "FILE")]
    source: PathBuf,
    /// Name of the key on this machine. Default: `default`.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Store the secret without a passphrase, and do not ask for one.
    #[arg(long)]
    no_passphrase: bool,
}

#[derive(Debug, clap::Args)]
struct PassphraseArgs {
    /// The key. Default: `default`.
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Take the passphrase away: the file alone is enough to sign from then on.
    #[arg(long)]
    remove: bool,
}

pub(crate) fn run(args: KeyArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let ask = &session.ui;
    match args.command {
        KeyCommand::Generate(args) => {
            let protection = protection(args.no_passphrase);
            let outcome = key::generate(args.name.as_deref(), protection, args.dry_run, ask)?;
            session.ui.result(&outcome, generated);
        }
        KeyCommand::List => session.ui.result(&key::list()?, listed),
        KeyCommand::Export(args) => {
            let ExportArgs { name, public, output } = args;
            let output = output.map(|path| session.path(&path));
            let outcome = key::export(&ExportRequest { name, public, output }, ask)?;
            session.ui.result(&outcome, exported);
        }
        KeyCommand::Import(args) => {
            let ImportArgs { source, name, no_passphrase } = args;
            let source = if source.as_os_str() == "-" { source } else { session.path(&source) };
            let request = ImportRequest { source, name, protection: protection(no_passphrase) };
            session.ui.result(&key::import(&request, ask)?, imported);
        }
        KeyCommand::Passphrase(args) => {
            let request = PassphraseRequest { name: args.name, remove: args.remove };
            session.ui.result(&key::change_passphrase(&request, ask)?, changed);
        }
        KeyCommand::Rotate(args) => {
            let request = RotateRequest {
                name: args.name,
                namespace: args.namespace,
                registry: args.registry,
                settings: Settings::load(&session.dir)?,
                no_passphrase: args.no_passphrase,
                dry_run: args.dry_run,
                offline: session.global.offline,
            };
            let outcome = session.block_on(key::rotate(&request, ask, &session.ui))?;
            session.ui.result(&outcome, rotated);
        }
        KeyCommand::Revoke(args) => {
            let change = OwnerChange::Revoke { key: args.key_id, reason: args.reason };
            let speaker = args.speaker.speaker(session)?;
            let request = OwnerRequest { namespace: args.namespace, change, speaker };
            let outcome = session.block_on(owner::change(&request, true, ask, &session.ui))?;
            session.ui.result(&outcome, super::owner::page);
        }
    }
    Ok(ExitCode::Done)
}

fn protection(no_passphrase: bool) -> Protection {
    if no_passphrase { Protection::Never } else { Protection::Offered }
}

fn generated(outcome: &KeyGenerateOutcome) -> String {
    match &outcome.key {
        None => {
            let path = outcome.path.display();
            format!("Would make the signing key `{}` in {path}\n", outcome.name)
        }
        Some(key) => format!(
            "Made the signing key `{}`\n{}\n\
             Keep a copy of the file in a safe place: without it you cannot sign as this key again.\n",
            key.name,
            lines(key)
        ),
    }
}

fn lines(key: &StoredKey) -> String {
    let secret = if key.protected {
        "protected by a passphrase"
    } else {
        "not protected; `daino-pdk key passphrase` gives it a passphrase"
    };
    format!(
        "  id      {}\n  public  {}\n  file    {}\n  secret  {secret}\n",
        key.id,
        key.public,
        key.path.display()
    )
}

fn listed(outcome: &KeyListOutcome) -> String {
    if outcome.keys.is_empty() {
        return "No signing keys. Make one with `daino-pdk key generate`.\n".to_owned();
    }
    let line = |key: &StoredKey| {
        let protected = if key.protected { "  protected" } else { "" };
        format!("{:20} {}{protected}\n", key.name.as_str(), key.id)
    };
    outcome.keys.iter().map(line).collect()
}

fn exported(outcome: &KeyExportOutcome) -> String {
    match (&outcome.path, &outcome.pem) {
        (Some(path), _) => {
            format!("Wrote the signing key `{}` to {}\n", outcome.key.name, path.display())
        }
        (None, Some(pem)) => pem.clone(),
        (None, None) => format!("{}\n", outcome.key.public),
    }
}

fn imported(outcome: &KeyImportOutcome) -> String {
    format!("Took the signing key `{}`\n{}", outcome.key.name, lines(&outcome.key))
}

fn rotated(outcome: &KeyRotateOutcome) -> String {
    let (old, old_name) = (&outcome.old, &outcome.old_name);
    let namespace = &outcome.owner.namespace;
    match &outcome.key {
        None => format!("Would make a new key in place of\n  {old}\nfor `{namespace}`\n"),
        Some(key) => format!(
            "`{namespace}` is signed with a new key\n{}\
             The old one is kept as `{old_name}`; it signs nothing of `{namespace}` any more.\n\
             Keep a copy of the new file in a safe place.\n",
            lines(key)
        ),
    }
}

fn changed(outcome: &PassphraseOutcome) -> String {
    let key = &outcome.key;
    let now = if key.protected { "has a new passphrase" } else { "has no passphrase any more" };
    format!("The signing key `{}` {now}\n", key.name)
}

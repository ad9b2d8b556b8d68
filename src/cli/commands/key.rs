//! `daino-pdk key`.

use std::path::PathBuf;

use crate::cli::Session;
use crate::error::Failure;
use crate::model::ExitCode;
use crate::ops::key::{
    self, ExportRequest, ImportRequest, KeyExportOutcome, KeyGenerateOutcome, KeyImportOutcome,
    KeyListOutcome, PassphraseOutcome, PassphraseRequest, Protection, StoredKey,
};

/// Make, list, protect and move signing keys.
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

fn changed(outcome: &PassphraseOutcome) -> String {
    let key = &outcome.key;
    let now = if key.protected { "has a new passphrase" } else { "has no passphrase any more" };
    format!("The signing key `{}` {now}\n", key.name)
}

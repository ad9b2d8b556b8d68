//! `daino-pdk owner`.

use crate::cli::Session;
use crate::cli::speaker::SpeakerArgs;
use crate::config::Settings;
use crate::error::Failure;
use crate::model::{ExitCode, PluginSlug};
use crate::ops::owner::{
    self, KeyId, OwnerChange, OwnerKey, OwnerOutcome, OwnerRequest, PublicKey,
};
use crate::ops::statement::Speaker;

/// Show and change who owns a namespace.
///
/// Whose key signs the first release of a namespace owns it. Every change is signed by the owner's
/// keys; a registry cannot make one.
#[derive(Debug, clap::Args)]
pub(crate) struct OwnerArgs {
    #[command(subcommand)]
    command: OwnerCommand,
}

#[derive(Debug, clap::Subcommand)]
enum OwnerCommand {
    /// Show the keys that sign for a namespace.
    List(ListArgs),
    /// Let one more key sign for a namespace.
    Add(AddArgs),
    /// Let a key sign for a namespace no more. What it signed before stays.
    Remove(RemoveArgs),
    /// Give a namespace to somebody else. You cannot take it back.
    Transfer(TransferArgs),
}

#[derive(Debug, clap::Args)]
struct ListArgs {
    /// The namespace.
    #[arg(value_name = "NAMESPACE")]
    namespace: PluginSlug,
    /// Name or URL of the registry.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
}

#[derive(Debug, clap::Args)]
struct AddArgs {
    /// The namespace.
    #[arg(value_name = "NAMESPACE")]
    namespace: PluginSlug,
    /// The public key, as `daino-pdk key export --public` prints it.
    #[arg(value_name = "PUBLIC_KEY", value_parser = public_key)]
    public_key: PublicKey,
    /// Keep it offline for the day when the other keys are lost or stolen: it changes the owner alone,
    /// and signs no release.
    #[arg(long)]
    recovery: bool,
    /// How many keys have to sign the next change of the owner.
    #[arg(long, value_name = "N")]
    threshold: Option<u32>,
    #[command(flatten)]
    speaker: SpeakerArgs,
}

#[derive(Debug, clap::Args)]
struct RemoveArgs {
    /// The namespace.
    #[arg(value_name = "NAMESPACE")]
    namespace: PluginSlug,
    /// Id of the key, as `daino-pdk owner list` shows it.
    #[arg(value_name = "KEY_ID", value_parser = key_id)]
    key_id: KeyId,
    /// How many keys have to sign the next change of the owner.
    #[arg(long, value_name = "N")]
    threshold: Option<u32>,
    #[command(flatten)]
    speaker: SpeakerArgs,
}

#[derive(Debug, clap::Args)]
struct TransferArgs {
    /// The namespace.
    #[arg(value_name = "NAMESPACE")]
    namespace: PluginSlug,
    /// Public key of the new owner. Compare it with what the new owner says.
    #[arg(value_name = "PUBLIC_KEY", value_parser = public_key)]
    public_key: PublicKey,
    #[command(flatten)]
    speaker: SpeakerArgs,
}

fn public_key(text: &str) -> Result<PublicKey, String> {
    text.trim().parse::<PublicKey>().map_err(|error| error.to_string())
}

pub(super) fn key_id(text: &str) -> Result<KeyId, String> {
    text.parse::<KeyId>().map_err(|error| error.to_string())
}

pub(crate) fn run(args: OwnerArgs, session: &Session) -> Result<ExitCode, Failure> {
    session.require_format(&["pretty", "json"])?;
    let (namespace, change, speaker) = match args.command {
        OwnerCommand::List(args) => return list(args, session),
        OwnerCommand::Add(args) => {
            let AddArgs { namespace, public_key: key, recovery, threshold, speaker } = args;
            (namespace, OwnerChange::Add { key, recovery, threshold }, speaker)
        }
        OwnerCommand::Remove(args) => {
            let RemoveArgs { namespace, key_id: key, threshold, speaker } = args;
            (namespace, OwnerChange::Remove { key, threshold }, speaker)
        }
        OwnerCommand::Transfer(args) => {
            let TransferArgs { namespace, public_key: key, speaker } = args;
            (namespace, OwnerChange::Transfer { key }, speaker)
        }
    };
    let speaker = speaker.speaker(session)?;
    let request = OwnerRequest { namespace: Some(namespace), change, speaker };
    let yes = session.global.yes;
    let outcome = session.block_on(owner::change(&request, yes, &session.ui, &session.ui))?;
    session.ui.result(&outcome, page);
    Ok(ExitCode::Done)
}

fn list(args: ListArgs, session: &Session) -> Result<ExitCode, Failure> {
    let speaker = Speaker {
        keys: Vec::new(),
        registry: args.registry,
        settings: Settings::load(&session.dir)?,
        dry_run: true,
        offline: session.global.offline,
    };
    let listed = owner::list(Some(args.namespace), &speaker, &session.ui);
    session.ui.result(&session.block_on(listed)?, page);
    Ok(ExitCode::Done)
}

/// The owner in words.
pub(super) fn page(outcome: &OwnerOutcome) -> String {
    let verb = if outcome.changed { "now has" } else { "has" };
    let mut text = format!("`{}` in {} {verb}\n", outcome.namespace, outcome.registry);
    let key = |key: &OwnerKey| format!("{}\n             {}\n", key.id, key.public);
    for own in &outcome.keys {
        text.push_str(&format!("  key        {}", key(own)));
    }
    if let Some(recovery) = &outcome.recovery {
        text.push_str(&format!("  recovery   {}", key(recovery)));
    }
    for revoked in &outcome.revoked {
        text.push_str(&format!("  revoked    {revoked}\n"));
    }
    text.push_str(&format!("  epoch      {}\n", outcome.epoch));
    let (threshold, count) = (outcome.threshold, outcome.keys.len());
    text.push_str(&format!(
        "  threshold  {threshold} of {count} keys sign a change of the owner\n"
    ));
    if outcome.recovery.is_none() && count == 1 {
        text.push_str("  without a recovery key, who loses this key loses the namespace\n");
    }
    text
}

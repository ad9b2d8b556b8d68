//! Flags of commands that sign something and send it to a registry.

use super::Session;
use crate::config::Settings;
use crate::error::Failure;
use crate::ops::statement::Speaker;

/// Who signs, and where it goes.
#[derive(Debug, clap::Args)]
pub(crate) struct SpeakerArgs {
    /// Name of the signing key. Can be given several times, where several keys have to sign.
    #[arg(long = "key", value_name = "NAME")]
    keys: Vec<String>,
    /// Name or URL of the registry.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
    /// Say what would be changed, and send nothing.
    #[arg(long)]
    dry_run: bool,
}

impl SpeakerArgs {
    /// As decided for this run.
    pub(crate) fn speaker(self, session: &Session) -> Result<Speaker, Failure> {
        Ok(Speaker {
            keys: self.keys,
            registry: self.registry,
            settings: Settings::load(&session.dir)?,
            dry_run: self.dry_run,
            offline: session.global.offline,
        })
    }
}

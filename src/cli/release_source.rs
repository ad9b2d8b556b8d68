//! Flags about where a release comes from and what is given to it; shared by `install`, `update` and
//! `reinstall`.

use std::path::PathBuf;

use super::Session;
use crate::config::Settings;
use crate::error::Failure;
use crate::ops::fetch_release::TrustKey;
use crate::ops::install::{Access, Given, SecretFrom, Source};
use crate::ops::update::RegistryFlags;

/// Settings and secrets.
#[derive(Debug, clap::Args)]
pub(crate) struct GivenArgs {
    /// Set a setting of the plugin.
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    set: Vec<(String, String)>,
    /// Read settings from a JSON file; `--set` wins over it.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Read a secret of the plugin from stdin: NAME=-. Or set `DAINO_SECRET_<NAME>`.
    #[arg(long, value_name = "NAME=-", value_parser = secret)]
    secret: Vec<(String, SecretFrom)>,
    /// Read a secret of the plugin from a file.
    #[arg(long, value_name = "NAME=FILE", value_parser = key_value)]
    secret_file: Vec<(String, String)>,
}

impl GivenArgs {
    /// As decided.
    pub(crate) fn given(self, session: &Session) -> Given {
        let mut secrets = self.secret;
        for (name, path) in self.secret_file {
            secrets.push((name, SecretFrom::File(session.path(path.as_ref()))));
        }
        let config = self.config.map(|path| session.path(&path));
        Given { set: self.set, config, secrets, ..Given::default() }
    }
}

/// Which registry, and whom to trust.
#[derive(Debug, clap::Args)]
pub(crate) struct RegistryArgs {
    /// Name or URL of the registry; that of the installation when absent.
    #[arg(long, value_name = "NAME|URL")]
    registry: Option<String>,
    /// Accept this key of a publisher, or `new` for any key of one that is new here.
    #[arg(long, value_name = "KEYID|new")]
    trust_key: Option<TrustKey>,
}

impl RegistryArgs {
    /// As decided.
    pub(crate) fn flags(self, session: &Session) -> Result<RegistryFlags, Failure> {
        Ok(RegistryFlags {
            registry: self.registry,
            trust: self.trust_key,
            offline: session.global.offline,
            settings: Settings::load(&session.dir)?,
        })
    }
}

/// What is taken from outside although something speaks against it.
#[derive(Debug, clap::Args)]
pub(crate) struct OutsideArgs {
    /// Take code from a Git repository, which nobody signed.
    #[arg(long)]
    pub allow_unsigned: bool,
    /// Take the plugin although the validator refuses it.
    #[arg(long)]
    pub accept_findings: bool,
}

/// The source that a text names.
pub(crate) fn source(
    text: &str,
    flags: &RegistryFlags,
    session: &Session,
) -> Result<Source, Failure> {
    Source::of(text, &session.dir, || {
        Ok(Access {
            registry: flags.registry.clone(),
            trust: flags.trust.clone(),
            offline: flags.offline,
            settings: flags.settings.clone(),
        })
    })
}

fn key_value(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.is_empty() => Ok((key.to_owned(), value.to_owned())),
        _ => Err("expected NAME=VALUE".to_owned()),
    }
}

fn secret(text: &str) -> Result<(String, SecretFrom), String> {
    match text.split_once('=') {
        Some((name, "-")) if !name.is_empty() => Ok((name.to_owned(), SecretFrom::Stdin)),
        _ => Err("expected NAME=- and the secret on stdin: a flag is visible to others; \
                  or use --secret-file NAME=FILE"
            .to_owned()),
    }
}

//! Where the tour makes what: all of it below its own directory.

use std::path::{Path, PathBuf};

use url::Url;

use super::{EXISTS, QuickstartRequest, WRITE};
use crate::config::{Credentials, Settings};
use crate::error::Failure;
use crate::sys::dirs::Dirs;
use crate::sys::file::write_atomic;
use crate::sys::private;

/// Namespace of the tour's publisher.
pub(super) const NAMESPACE: &str = "acme";
/// Slug of the tour's plugin.
pub(super) const SLUG: &str = "acme-pay";
/// Secrets of the plugin, and the files that hold them.
pub(super) const SECRETS: [(&str, &str, &str); 2] = [
    ("ACME_PAY_API_KEY", "api-key.txt", "sk_test_quickstart"),
    ("ACME_PAY_WEBHOOK_SECRET", "webhook-secret.txt", "whsec_quickstart"),
];

/// The places.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// The tour's directory, absolute.
    pub root: PathBuf,
}

impl Place {
    /// Makes the directory. One that exists is refused, whatever is in it.
    pub(super) fn make(request: &QuickstartRequest) -> Result<Self, Failure> {
        let root = std::path::absolute(&request.dir).unwrap_or_else(|_| request.dir.clone());
        match std::fs::create_dir(&root) {
            Ok(()) => Ok(Self { root }),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
                Err(Failure::new(&EXISTS, format!("`{}` exists already", request.shown))
                    .hint(format!("remove it: `rm -r {}`", request.shown))
                    .hint("or make the tour elsewhere: `--dir DIR`"))
            }
            Err(e) => Err(Failure::new(&WRITE, format!("cannot make `{}`", request.shown))
                .caused_by(&e)
                .hint("make the tour elsewhere: `--dir DIR`")),
        }
    }

    pub(super) fn home(&self) -> PathBuf {
        self.root.join("home")
    }
    pub(super) fn config(&self) -> PathBuf {
        Dirs::below(&self.home()).config
    }
    pub(super) fn plugin(&self) -> PathBuf {
        self.root.join(SLUG)
    }
    pub(super) fn registry(&self) -> PathBuf {
        self.root.join("registry")
    }
    pub(super) fn shop(&self) -> PathBuf {
        self.root.join(".daino")
    }

    /// The settings of the tour's own home.
    pub(super) fn settings(&self) -> Result<Settings, Failure> {
        Ok(Settings::in_home(&self.home(), &self.root)?)
    }

    /// Writes the settings: which registry, under which namespace, with which token.
    pub(super) fn write_settings(&self, registry: &Url, token: &str) -> Result<(), Failure> {
        private::create_dir(&self.config()).map_err(wrong(&self.config()))?;
        let path = self.config().join("config.toml");
        let text = format!(
            "[registry]\ndefault = \"quickstart\"\n\n[registries.quickstart]\nurl = \"{registry}\"\n\n\
             [publish]\nnamespace = \"{NAMESPACE}\"\n"
        );
        write_atomic(&path, text.as_bytes(), false).map_err(wrong(&path))?;
        Credentials::read(&Dirs::below(&self.home()))?.store(registry, token)?;
        Ok(())
    }

    /// Writes the plugin's secrets into private files, by name.
    pub(super) fn write_secrets(&self) -> Result<Vec<(String, PathBuf)>, Failure> {
        let write = |(name, file, value): (&str, &str, &str)| {
            let path = self.root.join(file);
            private::create_file(&path, value.as_bytes()).map_err(wrong(&path))?;
            Ok((name.to_owned(), path))
        };
        SECRETS.into_iter().map(write).collect()
    }
}

fn wrong(path: &Path) -> impl Fn(std::io::Error) -> Failure {
    let shown = path.display().to_string();
    move |error| Failure::new(&WRITE, format!("cannot write `{shown}`")).caused_by(&error)
}

//! Settings and secrets that come with an installation. A secret is never a flag's value: flags are
//! visible to others.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::PathBuf;

use serde_json::{Map, Value};

use super::consent::NOT_ANSWERED;
use crate::config;
use crate::error::{ErrorCode, Failure};
use crate::model::install_plan::{InstallChange, InstallPlan};
use crate::model::question::QuestionKind;
use crate::model::{Answer, Ask, AskError, ExitCode, Question};
use crate::sys::file::read_limited;

pub(super) static CONFIG_FILE: ErrorCode = ErrorCode {
    id: "install.config-file",
    exit: ExitCode::Usage,
    meaning: "The file given with `--config` cannot be read as an object of settings.",
    remedy: "Give a JSON file that holds one object, such as `{\"currency\": \"EUR\"}`.",
};
pub(super) static SECRET: ErrorCode = ErrorCode {
    id: "install.secret",
    exit: ExitCode::Usage,
    meaning: "A secret could not be read.",
    remedy: "Give it on stdin (`--secret NAME=-`), in a file (`--secret-file NAME=FILE`), or as DAINO_SECRET_<NAME>.",
};

/// Most bytes of a file of settings, and of a secret.
const LONGEST: u64 = 1024 * 1024;
/// Most bytes of a secret.
const LONGEST_SECRET: u64 = 64 * 1024;

/// Where a secret is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum SecretFrom {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// What was given on the command line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Given {
    /// `--set key=value`.
    pub set: Vec<(String, String)>,
    /// `--config FILE`.
    pub config: Option<PathBuf>,
    /// Settings that were read already.
    pub inline: Map<String, Value>,
    /// `--secret NAME=-` and `--secret-file NAME=FILE`.
    pub secrets: Vec<(String, SecretFrom)>,
}

impl Given {
    /// Whether something was given that only one plugin can have.
    pub(crate) fn is_for_one(&self) -> bool {
        !self.set.is_empty()
            || self.config.is_some()
            || !self.inline.is_empty()
            || !self.secrets.is_empty()
    }

    /// The settings of the file.
    pub(crate) fn config(&self) -> Result<Map<String, Value>, Failure> {
        let Some(path) = &self.config else { return Ok(self.inline.clone()) };
        let wrong = |error: &(dyn std::error::Error + 'static)| {
            Failure::new(&CONFIG_FILE, format!("cannot read `{}`", path.display())).caused_by(error)
        };
        let bytes = read_limited(path, LONGEST).map_err(|e| wrong(&e))?;
        serde_json::from_slice(&bytes).map_err(|e| wrong(&e))
    }

    /// The secrets, by flag or environment; a flag wins.
    pub(crate) fn secrets(&self, known: &[String]) -> Result<BTreeMap<String, String>, Failure> {
        let mut secrets = BTreeMap::new();
        for name in known {
            if let Some(value) = config::env::read(&format!("{}{name}", config::env::SECRET)) {
                secrets.insert(name.clone(), value);
            }
        }
        let mut stdin_is_read = false;
        for (name, from) in &self.secrets {
            let wrong =
                |reason: &str| Failure::new(&SECRET, format!("the secret `{name}` {reason}"));
            let read = match from {
                SecretFrom::File(path) => read_limited(path, LONGEST_SECRET),
                SecretFrom::Stdin if stdin_is_read => {
                    return Err(wrong("is the second one from stdin")
                        .hint(format!("put it into a file: `--secret-file {name}=FILE`")));
                }
                SecretFrom::Stdin => {
                    stdin_is_read = true;
                    let mut bytes = Vec::new();
                    let read = std::io::stdin().lock().take(LONGEST_SECRET).read_to_end(&mut bytes);
                    read.map(|_| bytes)
                }
            };
            let bytes = read.map_err(|e| wrong("cannot be read").caused_by(&e))?;
            let text = String::from_utf8(bytes).map_err(|_| wrong("is not text"))?;
            let value = text.strip_suffix('\n').unwrap_or(&text);
            let value = value.strip_suffix('\r').unwrap_or(value);
            if value.is_empty() || value.contains('\0') {
                return Err(wrong("is empty"));
            }
            secrets.insert(name.clone(), value.to_owned());
        }
        Ok(secrets)
    }
}

/// Asks for the secrets that are not set; an empty answer leaves one unset.
pub(super) fn ask_for_secrets(
    plan: &InstallPlan,
    ask: &dyn Ask,
) -> Result<BTreeMap<String, String>, Failure> {
    let mut given = BTreeMap::new();
    if !ask.is_interactive() || plan.change == InstallChange::Settings {
        return Ok(given);
    }
    for secret in plan.secrets.iter().filter(|secret| !secret.is_set) {
        let question = Question {
            id: "secret",
            text: format!("Secret {} (return alone leaves it unset)", secret.name),
            flag: "--secret NAME=-",
            kind: QuestionKind::Secret,
        };
        match ask.ask(&question) {
            Ok(Answer::Text(value)) if !value.is_empty() => {
                given.insert(secret.name.clone(), value);
            }
            Ok(_) | Err(AskError::NoTerminal) => {}
            Err(error) => {
                let message = format!("the secret `{}` was not given", secret.name);
                return Err(Failure::new(&NOT_ANSWERED, message).caused_by(&error));
            }
        }
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_comes_from_a_file_without_its_line_end() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("key");
        let given = |content: &[u8]| {
            std::fs::write(&path, content).unwrap();
            let secrets = vec![("ACME_KEY".to_owned(), SecretFrom::File(path.clone()))];
            Given { secrets, ..Given::default() }.secrets(&["ACME_KEY".to_owned()])
        };
        assert_eq!(given(b"s3cret\r\n").unwrap()["ACME_KEY"], "s3cret");
        for bad in [&b""[..], b"\n", b"a\0b", b"\xff"] {
            assert_eq!(given(bad).unwrap_err().code().id, "install.secret");
        }
    }

    #[test]
    fn settings_are_one_object() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("config.json");
        let read = |text: &str| {
            std::fs::write(&path, text).unwrap();
            Given { config: Some(path.clone()), ..Given::default() }.config()
        };
        assert_eq!(read(r#"{"a":1}"#).unwrap()["a"], 1);
        assert!(read("[1]").is_err() && read("{").is_err());
    }
}

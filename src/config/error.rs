//! What can be wrong with the settings.

use std::io;
use std::path::PathBuf;

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&FORM, &READ, &VALUE, &REGISTRY, &EXPOSED, &DIRS];

static FORM: ErrorCode = ErrorCode {
    id: "config.form",
    exit: ExitCode::Usage,
    meaning: "A settings file is not TOML, or has a key or a value that is not known.",
    remedy: "Mend the line that the message names.",
};
static READ: ErrorCode = ErrorCode {
    id: "config.read",
    exit: ExitCode::Usage,
    meaning: "A settings file exists and cannot be read or written.",
    remedy: "Check that the file is yours and smaller than 1 MB.",
};
static VALUE: ErrorCode = ErrorCode {
    id: "config.value",
    exit: ExitCode::Usage,
    meaning: "A setting has a value that cannot be used.",
    remedy: "Give a value of the form that the message asks for.",
};
static REGISTRY: ErrorCode = ErrorCode {
    id: "config.registry",
    exit: ExitCode::Usage,
    meaning: "No registry is set, or the name given is not set up.",
    remedy: "Give `--registry URL`, set DAINO_REGISTRY, or set `registry.default` in `config.toml`.",
};
static EXPOSED: ErrorCode = ErrorCode {
    id: "config.exposed",
    exit: ExitCode::Usage,
    meaning: "`credentials.toml` can be read by others than its owner.",
    remedy: "Run `chmod 600` on it; if others had access, make new tokens.",
};
static DIRS: ErrorCode = ErrorCode {
    id: "config.dirs",
    exit: ExitCode::Usage,
    meaning: "The program's own directories cannot be found for this user.",
    remedy: "Set DAINO_HOME to a directory of yours.",
};

/// What is wrong with the settings.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    /// Not TOML, or not ours.
    #[error("`{}` line {line}: {message}", path.display())]
    Form {
        /// Which file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong there.
        message: String,
        /// The key that was probably meant.
        suggestion: Option<String>,
    },
    /// Not readable.
    #[error("cannot read or write `{}`", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A value that cannot be used.
    #[error("{place}: `{value}` {problem}")]
    Value {
        /// Where it was given.
        place: String,
        /// What was given.
        value: String,
        /// What is wrong with it.
        problem: String,
    },
    /// No registry.
    #[error("no registry is set")]
    NoRegistry,
    /// A name without a `[registries.NAME]`.
    #[error("there is no registry named `{name}`; known: {known}")]
    UnknownRegistry {
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// Others can read the tokens.
    #[error("`{}` can be read by others", .0.display())]
    Exposed(PathBuf),
    /// No home.
    #[error("cannot find the directory for settings")]
    Dirs(#[source] io::Error),
}

impl Coded for ConfigError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Form { .. } => &FORM,
            Self::File { .. } => &READ,
            Self::Value { .. } => &VALUE,
            Self::NoRegistry | Self::UnknownRegistry { .. } => &REGISTRY,
            Self::Exposed(_) => &EXPOSED,
            Self::Dirs(_) => &DIRS,
        }
    }

    fn hints(&self) -> Vec<String> {
        match self {
            Self::Form { suggestion: Some(key), .. } => vec![format!("did you mean `{key}`?")],
            Self::Exposed(path) => vec![format!("chmod 600 {}", path.display())],
            Self::NoRegistry => vec![
                "give `--registry URL`, or set DAINO_REGISTRY".to_owned(),
                "start one here: `daino-pdk registry serve --data ./registry`".to_owned(),
            ],
            _ => vec![self.code().remedy.to_owned()],
        }
    }
}

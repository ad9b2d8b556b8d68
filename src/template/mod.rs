//! New plugins from templates: choose, render to a plan, write all of it or nothing.
//!
//! A template is a directory below `templates/`: `_shared` and `_shared_<language>` hold what all
//! have, `<template>/_both` what its languages share, `<template>/<language>` the code. Files
//! ending in `.hbs` are rendered (handlebars, strict: an unknown name is an error) and lose the
//! ending; a leading `_` of a file name becomes a dot, so that template files have no effect on
//! the repository they are kept in.

mod language;
mod options;
mod render;
mod write;

use crate::error::{Coded, ErrorCode};
use crate::model::ExitCode;

pub(crate) use language::Language;
pub(crate) use options::{TemplateOption, options};
pub(crate) use render::{Plan, Values, plan};
pub(crate) use write::write;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&EXISTS, &IN_THE_WAY, &WRITE, &BROKEN];

static EXISTS: ErrorCode = ErrorCode {
    id: "create.exists",
    exit: ExitCode::Usage,
    meaning: "The directory of the new plugin exists and is not empty. Nothing was changed.",
    remedy: "Choose another name or `--dir`, or replace the template's files in it with `--force`.",
};
static IN_THE_WAY: ErrorCode = ErrorCode {
    id: "create.in-the-way",
    exit: ExitCode::Usage,
    meaning: "A symbolic link, or a directory where a file must be, stands in the way. Nothing was changed.",
    remedy: "Remove what the message names, or create the plugin elsewhere with `--dir`.",
};
static WRITE: ErrorCode = ErrorCode {
    id: "create.write",
    exit: ExitCode::Usage,
    meaning: "The new plugin could not be written.",
    remedy: "Check that the directory is yours to write in and that the disk has room.",
};
static BROKEN: ErrorCode = ErrorCode {
    id: "create.template",
    exit: ExitCode::Bug,
    meaning: "A template of this program is broken.",
    remedy: "Report it with the message.",
};

/// Why no plugin was created.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TemplateError {
    /// The directory is not empty.
    #[error("`{0}` exists and is not empty")]
    Exists(String),
    /// Something stands where a file must be written.
    #[error("`{0}` {1}")]
    InTheWay(String, &'static str),
    /// The disk said no.
    #[error("cannot write `{path}`")]
    Write {
        /// What was to be written.
        path: String,
        /// Why not.
        #[source]
        cause: std::io::Error,
    },
    /// A template does not render.
    #[error("the template file `{path}` is broken: {reason}")]
    Broken {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
}

impl Coded for TemplateError {
    fn code(&self) -> &'static ErrorCode {
        match self {
            Self::Exists(_) => &EXISTS,
            Self::InTheWay(..) => &IN_THE_WAY,
            Self::Write { .. } => &WRITE,
            Self::Broken { .. } => &BROKEN,
        }
    }
    fn hints(&self) -> Vec<String> {
        match self {
            Self::Exists(_) => vec![
                "choose another directory: `--dir DIR`".to_owned(),
                "or replace the template's files in it: `--force`".to_owned(),
            ],
            Self::InTheWay(path, _) => vec![format!("move `{path}` away, or use `--dir DIR`")],
            Self::Write { .. } | Self::Broken { .. } => Vec::new(),
        }
    }
}

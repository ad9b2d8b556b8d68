//! Looks up what an error code or a rule id means.

use serde::Serialize;

use crate::check::RULES;
pub(crate) use crate::check::RuleText;
use crate::error::{ErrorCode, Failure};
use crate::model::ExitCode;

/// Codes of this module.
pub(crate) const CODES: &[&ErrorCode] = &[&UNKNOWN];

static UNKNOWN: ErrorCode = ErrorCode {
    id: "explain.unknown",
    exit: ExitCode::Usage,
    meaning: "There is no rule and no error code of this name.",
    remedy: "Run `daino-pdk explain` without a name to list all of them.",
};

/// One entry of the reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Entry {
    /// An error the program can end with.
    Error {
        /// Stable id.
        id: String,
        /// What the process exits with.
        exit_code: u8,
        /// What happened.
        meaning: String,
        /// What to do.
        remedy: String,
    },
    /// A rule of the validator.
    Rule {
        /// What it says of itself.
        #[serde(flatten)]
        rule: Box<RuleText>,
    },
}

impl Entry {
    fn id(&self) -> &str {
        match self {
            Self::Error { id, .. } => id,
            Self::Rule { rule } => rule.id,
        }
    }
}

/// An exit code in the reference.
#[derive(Debug, Serialize)]
pub(crate) struct ExitCodeEntry {
    /// The number.
    pub number: u8,
    /// What it tells the caller.
    pub meaning: &'static str,
}

/// Everything `explain` knows.
#[derive(Debug, Serialize)]
pub(crate) struct Reference {
    /// Exit codes, ascending.
    pub exit_codes: Vec<ExitCodeEntry>,
    /// Error codes and rules, sorted by id.
    pub entries: Vec<Entry>,
}

/// The whole reference. `own` are the codes of the caller's layer.
pub(crate) fn reference(own: &[&[&'static ErrorCode]]) -> Reference {
    let exit_codes = ExitCode::ALL
        .iter()
        .map(|code| ExitCodeEntry { number: code.number(), meaning: code.meaning() })
        .collect();
    Reference { exit_codes, entries: list(own) }
}

/// Every entry, sorted by id. `own` are the codes of the caller's layer.
fn list(own: &[&[&'static ErrorCode]]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = TABLE
        .iter()
        .chain(own)
        .flat_map(|codes| codes.iter())
        .map(|code| Entry::Error {
            id: code.id.to_owned(),
            exit_code: code.exit.number(),
            meaning: code.meaning.to_owned(),
            remedy: code.remedy.to_owned(),
        })
        .chain(RULES.iter().map(|rule| Entry::Rule { rule: Box::new(rule.text()) }))
        .collect();
    entries.sort_by(|a, b| a.id().cmp(b.id()));
    entries
}

/// The entry named `id`, or a failure that suggests the nearest ones.
pub(crate) fn explain(id: &str, own: &[&[&'static ErrorCode]]) -> Result<Entry, Failure> {
    let entries = list(own);
    if let Some(entry) = entries.iter().find(|entry| entry.id() == id) {
        return Ok(entry.clone());
    }
    let mut near: Vec<(f64, &str)> =
        entries.iter().map(|e| (strsim::jaro_winkler(id, e.id()), e.id())).collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    let failure = Failure::new(&UNKNOWN, format!("there is no rule or error code `{id}`"));
    Err(match near.first() {
        Some((likeness, best)) if *likeness > 0.75 => {
            failure.hint(format!("did you mean `daino-pdk explain {best}`?"))
        }
        _ => failure.hint("list all of them: `daino-pdk explain`"),
    })
}

/// The codes of every module below the command line.
const TABLE: &[&[&ErrorCode]] = &[
    CODES,
    super::write_files::CODES,
    crate::project::CODES,
    crate::script::CODES,
    crate::harness::CODES,
    crate::template::CODES,
    super::create::CODES,
    #[cfg(feature = "dev")]
    super::dev::CODES,
    super::schema::CODES,
    crate::net::CODES,
    crate::config::CODES,
    crate::sandbox::CODES,
    super::lsp::CODES,
    super::pack::CODES,
    super::permissions::CODES,
    super::test::CODES,
    super::mapped_hosts::CODES,
    #[cfg(feature = "dev")]
    super::test::WATCH_CODES,
    super::validate::CODES,
    super::store_init::CODES,
    super::store_query::CODES,
    crate::store::CODES,
    super::key::CODES,
    super::dependencies::CODES,
    super::install::CODES,
    super::import::CODES,
    super::deploy::CODES,
    crate::bridge::CODES,
    super::invoke::CODES,
    super::uninstall::CODES,
    super::update::CODES,
    super::rollback::CODES,
    super::switch::CODES,
    super::reinstall::CODES,
    crate::store::lifecycle::REPLACE_CODES,
    super::backup::CODES,
    crate::store::lifecycle::CODES,
    crate::store::backup::CODES,
    super::fetch_release::CODES,
    super::publish::CODES,
    super::yank::CODES,
    #[cfg(feature = "registry-server")]
    super::quickstart::CODES,
    crate::client::CODES,
    crate::source::CODES,
    crate::client::LOCK_CODES,
    crate::package::CODES,
    crate::package::UNPACK_CODES,
    crate::trust::CODES,
    crate::trust::KEYRING_CODES,
    #[cfg(feature = "registry-server")]
    crate::registry::CODES,
    #[cfg(feature = "registry-server")]
    super::registry_serve::CODES,
    #[cfg(feature = "registry-server")]
    super::registry_token::CODES,
];

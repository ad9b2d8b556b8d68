//! What a plugin used and what it was refused, one event each.
//!
//! The broker writes an event for every grant it checks; who keeps them is the host's business.
//! [`least_privilege`] folds the events of a run to the permissions that run needed.

mod explain;
mod fold;
mod statement;
mod trail;

use std::fmt;

use serde::Serialize;

pub(crate) use explain::explain;
pub(crate) use fold::least_privilege;
pub(crate) use statement::touched;
pub(crate) use trail::AuditTrail;

use crate::model::permission::Access;

/// What a grant is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Subject {
    /// A table of the shop or of the plugin.
    Table {
        /// Its name.
        table: String,
        /// `read`, `write` or `delete`.
        #[serde(serialize_with = "words")]
        access: Access,
    },
    /// A host.
    Host {
        /// Its name.
        host: String,
        /// Its port.
        port: u16,
    },
    /// A file or folder below the shop's file root.
    File {
        /// Its path, as the plugin gave it, shortened.
        path: String,
        /// Whether it was changed.
        write: bool,
    },
    /// A key of the plugin's own storage.
    Key {
        /// The key.
        key: String,
    },
    /// A hook that the plugin listened to; told by who fires it.
    Hook {
        /// Its name.
        hook: String,
    },
    /// Something that no grant is for.
    Other {
        /// What was asked for, shortened.
        what: String,
    },
}

fn words<S: serde::Serializer>(access: &Access, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(access_word(*access))
}

fn access_word(access: Access) -> &'static str {
    match access {
        Access::Read => "read",
        Access::Write => "write",
        Access::Delete => "delete",
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Table { table, access } => write!(f, "{table} ({})", access_word(*access)),
            Self::Host { host, port: 443 } => f.write_str(host),
            Self::Host { host, port } => write!(f, "{host}:{port}"),
            Self::File { path, .. } => f.write_str(path),
            Self::Key { key } => f.write_str(key),
            Self::Hook { hook } => f.write_str(hook),
            Self::Other { what } => f.write_str(what),
        }
    }
}

/// One use of a grant, or one denial.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct AuditEvent {
    /// The plugin's slug.
    pub plugin: String,
    /// What was called: a method, a hook's handler, a route.
    pub call: String,
    /// What was asked for, such as `db.query`.
    pub op: String,
    /// What it was about.
    pub subject: Subject,
    /// Whether it was granted.
    pub allowed: bool,
    /// Why not, when it was not: a code such as `DAINO_DENIED`.
    pub why: Option<String>,
    /// When.
    pub at: jiff::Timestamp,
}

/// Takes audit events. Must not block.
pub trait AuditSink: Send + Sync {
    /// Takes one event.
    fn record(&self, event: AuditEvent);
}

/// Longest text of a subject that came from the plugin, bytes.
const LONGEST: usize = 200;

/// Text of a plugin, short enough for an event.
pub(super) fn shortened(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    format!("{}…", &text[..text.floor_char_boundary(LONGEST)])
}

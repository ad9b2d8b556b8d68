//! Pure values: no files, no processes, no clock. Everything else in the crate speaks in these.
//!
//! What a person or a network gives is parsed into these types at the edge; a value that exists is
//! a value that was checked.

pub(crate) mod backup;
pub(crate) mod config_schema;
pub(crate) mod consent;
pub(crate) mod difference;
pub(crate) mod digest;
pub(crate) mod event;
pub(crate) mod exit;
pub(crate) mod explanation;
pub(crate) mod files;
pub(crate) mod finding;
pub(crate) mod frame;
pub(crate) mod history;
pub(crate) mod hook;
pub(crate) mod host_hooks;
pub(crate) mod host_names;
pub(crate) mod install_plan;
pub(crate) mod installed;
pub(crate) mod lock;
pub(crate) mod manifest;
pub(crate) mod operation;
pub(crate) mod path;
pub(crate) mod permission;
pub(crate) mod plugin_type;
pub(crate) mod question;
pub(crate) mod release;
pub(crate) mod resolution;
pub(crate) mod resource;
pub(crate) mod rollback_plan;
pub(crate) mod size;
pub(crate) mod slug;
pub(crate) mod spec;
pub(crate) mod test_report;
pub(crate) mod uninstall_plan;
pub(crate) mod update_plan;

pub(crate) use digest::Digest;
pub(crate) use event::{Event, Observer, Stage};
pub(crate) use exit::ExitCode;
pub(crate) use files::FileSet;
pub(crate) use finding::{Finding, Severity, Span};
pub(crate) use frame::Frame;
pub(crate) use manifest::{Engines, Manifest};
pub(crate) use path::TreePath;
pub(crate) use plugin_type::PluginType;
pub(crate) use question::{Answer, Ask, AskError, Question};
pub(crate) use slug::PluginSlug;
pub(crate) use spec::{PluginSpec, VersionWanted};

//! Rules about `manifest.json`: what it says, and what the code needs that it does not say.

pub(super) mod bad_value;
pub(super) mod duplicate_key;
pub(super) mod forbidden_table;
pub(super) mod missing_key;
pub(super) mod syntax;
pub(super) mod undeclared_admin;
pub(super) mod undeclared_folder;
pub(super) mod undeclared_hook;
pub(super) mod undeclared_host;
pub(super) mod undeclared_secret;
pub(super) mod undeclared_table;
pub(super) mod unknown_key;
pub(super) mod unprefixed_widget;
pub(super) mod unproved_permission;
pub(super) mod unused_permission;
pub(super) mod unused_secret;
pub(super) mod version_mismatch;
pub(super) mod wide_host;
pub(super) mod wrong_type;

use crate::check::plugin::{Findings, Plugin};
use crate::model::TreePath;
use crate::project::{IssueKind, MANIFEST};

/// Reports the mistakes of one kind that reading the manifest found.
fn issues(plugin: &Plugin<'_>, findings: &mut Findings<'_>, kind: IssueKind) {
    let path = TreePath::new(MANIFEST).expect("it is a plain file name");
    for issue in plugin.issues.iter().filter(|i| i.kind == kind) {
        let mut message = issue.message.clone();
        if let Some(meant) = &issue.suggestion {
            message.push_str(&format!("; did you mean `{meant}`?"));
        }
        findings.at(&path, issue.span, super::upper_first(&message));
    }
}

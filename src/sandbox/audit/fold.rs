//! Events of a run -> the smallest permissions that would have let the run pass.

use std::collections::{BTreeMap, BTreeSet};

use super::{AuditEvent, Subject};
use crate::model::TreePath;
use crate::model::hook::HookName;
use crate::model::permission::{Access, ApiGrant, Permissions};
use crate::model::resource::{Resource, is_never_grantable};

/// What the events that were allowed needed. What the plugin's own tables, its storage and the
/// mocked parts of a test need no grant for is not in it.
pub(crate) fn least_privilege<'a>(events: impl IntoIterator<Item = &'a AuditEvent>) -> Permissions {
    let mut tables = BTreeMap::<String, Access>::new();
    let mut hosts = BTreeSet::new();
    let mut folders = BTreeSet::new();
    let mut hooks = BTreeSet::new();
    for event in events.into_iter().filter(|event| event.allowed) {
        match &event.subject {
            Subject::Table { table, access } => {
                // An unknown table is one of the plugin's own: the shop lets it reach no other.
                let Some(grant) = grant_of(table) else { continue };
                let widest = tables.entry(grant).or_insert(*access);
                *widest = (*access).max(*widest);
            }
            Subject::Host { host, port: 443 } => drop(hosts.insert(host.clone())),
            Subject::Host { host, port } => drop(hosts.insert(format!("{host}:{port}"))),
            Subject::File { path, .. } => folders.extend(folder_of(path, &event.op)),
            Subject::Hook { hook } => hooks.extend(hook.parse::<HookName>()),
            Subject::Key { .. } | Subject::Other { .. } => {}
        }
    }
    let below_another = |folder: &TreePath| {
        folders.iter().any(|other: &TreePath| other != folder && folder.is_below(other.as_str()))
    };
    Permissions {
        database: tables.iter().filter_map(|(name, access)| grant(name, *access)).collect(),
        api: hosts.iter().filter_map(|host| host.parse::<ApiGrant>().ok()).collect(),
        filesystem: folders.iter().filter(|folder| !below_another(folder)).cloned().collect(),
        hooks: hooks.into_iter().collect(),
        admin: false,
    }
}

/// What a table is granted by: its own name where that is a grant, as the narrowest there is.
pub(super) fn grant_of(table: &str) -> Option<String> {
    if is_never_grantable(table) {
        return None;
    }
    match Resource::find(table) {
        Resource::Known(_) => Some(table.to_owned()),
        Resource::Never | Resource::Unknown => None,
    }
}

fn grant(name: &str, access: Access) -> Option<crate::model::permission::DatabaseGrant> {
    match access {
        Access::Read => name.parse(),
        Access::Write => format!("{name}:write").parse(),
        Access::Delete => format!("{name}:delete").parse(),
    }
    .ok()
}

/// The folder of a file; a folder that was listed is itself.
pub(super) fn folder_of(path: &str, op: &str) -> Option<TreePath> {
    let path = TreePath::new(path).ok()?;
    if op == "files.list" || path.parent().is_empty() {
        return Some(path);
    }
    TreePath::new(path.parent()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(op: &str, allowed: bool, subject: Subject) -> AuditEvent {
        AuditEvent {
            plugin: "acme".into(),
            call: "run".into(),
            op: op.into(),
            subject,
            allowed,
            why: None,
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn table(table: &str, access: Access) -> AuditEvent {
        event("db.query", true, Subject::Table { table: table.into(), access })
    }

    fn file(op: &str, path: &str) -> AuditEvent {
        event(op, true, Subject::File { path: path.into(), write: false })
    }

    #[test]
    fn folds_to_what_was_used_and_no_more() {
        let host = |host: &str, port| Subject::Host { host: host.into(), port };
        let events = [
            table("sales_orders", Access::Read),
            table("sales_orders", Access::Write),
            table("customers", Access::Read),
            table("acme_points", Access::Delete),
            table("plugin_data", Access::Write),
            event("fetch", true, host("api.stripe.com", 443)),
            event("fetch", true, host("alt.example.com", 8443)),
            event("fetch", false, host("evil.example.com", 443)),
            file("files.write", "uploads/analytics/2026/a.csv"),
            file("files.list", "uploads/analytics"),
            event("storage.set", true, Subject::Key { key: "k".into() }),
            event("hook", true, Subject::Hook { hook: "order.payment".into() }),
        ];
        let needed = serde_json::to_value(least_privilege(&events)).unwrap();
        assert_eq!(
            needed,
            serde_json::json!({
                "database": ["customers", "sales_orders:write"],
                "api": ["alt.example.com:8443", "api.stripe.com"],
                "filesystem": ["uploads/analytics"],
                "hooks": ["order.payment"],
                "admin": false,
            })
        );
    }

    #[test]
    fn nothing_used_is_nothing_needed() {
        assert_eq!(least_privilege(&[]), Permissions::default());
    }
}

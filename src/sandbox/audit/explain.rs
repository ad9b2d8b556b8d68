//! The events of a run, told to its author.

use std::collections::BTreeMap;

use super::fold::{folder_of, grant_of};
use super::{AuditEvent, Subject, access_word, least_privilege};
use crate::model::explanation::{Denial, Explanation, Grant, Use};
use crate::model::permission::Access;

/// Why a denial is one that a permission would have prevented.
const MISSING: &[&str] = &["DAINO_DENIED", "42501", "fetch.denied"];

/// Tells what the events were, each thing once, in the order in which they came first.
pub(crate) fn explain(events: &[AuditEvent], not_kept: u64) -> Explanation {
    let mut used: Vec<(&AuditEvent, u64)> = Vec::new();
    let mut denied: Vec<(&AuditEvent, u64)> = Vec::new();
    let mut places = BTreeMap::new();
    for event in events {
        let list = if event.allowed { &mut used } else { &mut denied };
        let place = *places
            .entry((event.allowed, &event.op, &event.subject, &event.why))
            .or_insert(list.len());
        match list.get_mut(place) {
            Some((_, times)) => *times += 1,
            None => list.push((event, 1)),
        }
    }
    let permissions = least_privilege(events);
    let would_be_granted: Vec<AuditEvent> = events
        .iter()
        .filter(|event| event.allowed || grant(event).is_some())
        .map(|event| AuditEvent { allowed: true, ..event.clone() })
        .collect();
    let with_denied = least_privilege(&would_be_granted);
    Explanation {
        permissions_with_denied: (with_denied != permissions).then_some(with_denied),
        permissions,
        used: used
            .into_iter()
            .map(|(event, times)| Use {
                op: event.op.clone(),
                subject: event.subject.to_string(),
                times,
            })
            .collect(),
        denied: denied
            .into_iter()
            .map(|(event, times)| Denial {
                op: event.op.clone(),
                subject: event.subject.to_string(),
                times,
                why: event.why.clone().unwrap_or_default(),
                add: grant(event),
            })
            .collect(),
        not_kept,
    }
}

/// The entry of a manifest that would have let a denied event pass.
fn grant(event: &AuditEvent) -> Option<Grant> {
    if event.allowed || !event.why.as_deref().is_some_and(|why| MISSING.contains(&why)) {
        return None;
    }
    Some(match &event.subject {
        Subject::Table { table, access } => {
            let table = grant_of(table)?;
            let permission = match access {
                Access::Read => table,
                Access::Write | Access::Delete => format!("{table}:{}", access_word(*access)),
            };
            Grant { list: "permissions.database", permission }
        }
        Subject::Host { port: 443, host } => {
            Grant { list: "permissions.api", permission: host.clone() }
        }
        Subject::Host { host, port } => {
            Grant { list: "permissions.api", permission: format!("{host}:{port}") }
        }
        Subject::File { path, .. } => {
            let folder = folder_of(path, &event.op)?;
            Grant { list: "permissions.filesystem", permission: folder.to_string() }
        }
        Subject::Hook { .. } | Subject::Key { .. } | Subject::Other { .. } => {
            return None;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(op: &str, why: Option<&str>, subject: Subject) -> AuditEvent {
        AuditEvent {
            plugin: "acme".into(),
            call: "run".into(),
            op: op.into(),
            subject,
            allowed: why.is_none(),
            why: why.map(str::to_owned),
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    #[test]
    fn names_the_line_that_is_missing_and_counts() {
        let table = |name: &str, access| Subject::Table { table: name.into(), access };
        let host = |host: &str, port| Subject::Host { host: host.into(), port };
        let denied = Some("DAINO_DENIED");
        let file = Subject::File { path: "uploads/acme/a.csv".into(), write: true };
        let events = [
            event("db.query", None, table("sales_orders", Access::Read)),
            event("db.query", None, table("sales_orders", Access::Read)),
            event("db.query", denied, table("customers", Access::Write)),
            event("db.query", denied, table("users", Access::Read)),
            event("fetch", Some("fetch.denied"), host("api.example.com", 8443)),
            event("fetch", Some("fetch.address"), host("inner.example.com", 443)),
            event("files.write", denied, file),
            event("storage.set", Some("DAINO_LIMIT"), Subject::Key { key: "k".into() }),
        ];
        let told = explain(&events, 3);
        assert_eq!(told.used.len(), 1);
        assert_eq!((told.used[0].subject.as_str(), told.used[0].times), ("sales_orders (read)", 2));
        let lines: Vec<_> = told
            .denied
            .iter()
            .map(|d| d.add.as_ref().map(|add| format!("{} {}", add.list, add.permission)))
            .collect();
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            lines,
            [
                some("permissions.database customers:write"),
                None,
                some("permissions.api api.example.com:8443"),
                None,
                some("permissions.filesystem uploads/acme"),
                None,
            ]
        );
        assert_eq!(told.permissions.database.len(), 1);
        let more = told.permissions_with_denied.unwrap();
        let more = serde_json::to_value(more).unwrap();
        assert_eq!(more["database"], serde_json::json!(["customers:write", "sales_orders"]));
        assert_eq!(more["api"], serde_json::json!(["api.example.com:8443"]));
        assert_eq!(told.not_kept, 3);
    }

    #[test]
    fn nothing_refused_leaves_one_block() {
        let used = event("fetch", None, Subject::Host { host: "a.example.com".into(), port: 443 });
        assert_eq!(explain(&[used], 0).permissions_with_denied, None);
    }
}

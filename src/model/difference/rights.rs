//! What a plugin may do and use up.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Area, Found, Level};
use crate::model::Manifest;
use crate::model::consent::asks;

pub(super) fn permissions(before: &Manifest, after: &Manifest, found: &mut Found) {
    // By what it means: a name of `apis` with another host is another right.
    let of = |m: &Manifest| -> BTreeMap<String, BTreeSet<String>> {
        let mut rights: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for ask in asks(m) {
            rights.entry(format!("{}:{}", ask.section, ask.permission)).or_default();
        }
        for grant in &m.permissions.api {
            let hosts = rights.entry(format!("api:{grant}")).or_default();
            if let crate::model::permission::ApiGrant::Name(name) = grant
                && let Some(api) = m.apis.get(name)
            {
                hosts.extend(api.hosts.iter().map(ToString::to_string));
            }
        }
        rights
    };
    let (old, new) = (of(before), of(after));
    let held: BTreeMap<String, crate::model::permission::Access> = before
        .permissions
        .database
        .iter()
        .map(|grant| (grant.resource().to_owned(), grant.access()))
        .collect();
    for ask in asks(after) {
        let key = format!("{}:{}", ask.section, ask.permission);
        let hosts = new.get(&key).cloned().unwrap_or_default();
        let is_held = old.get(&key).is_some_and(|known| hosts.is_subset(known));
        // Less of the same table is not wider.
        let is_less = ask.section == "database"
            && after.permissions.database.iter().any(|grant| {
                grant.to_string() == ask.permission
                    && held.get(grant.resource()).is_some_and(|had| *had >= grant.access())
            });
        if !is_held && !is_less {
            let words = format!("it may now {}", ask.words);
            found.add(Area::Permissions, Level::Breaking, &ask.permission, words);
        }
    }
    for ask in asks(before) {
        if !new.contains_key(&format!("{}:{}", ask.section, ask.permission)) {
            let words = format!("it may no longer {}", ask.words);
            found.add(Area::Permissions, Level::Patch, &ask.permission, words);
        }
    }
}

pub(super) fn limits(before: &Manifest, after: &Manifest, found: &mut Found) {
    let of = |m: &Manifest| match serde_json::to_value(&m.resource_limits) {
        Ok(Value::Object(limits)) => limits,
        _ => Map::new(),
    };
    let (old, new) = (&before.resource_limits, &after.resource_limits);
    let wider = [
        ("memory", new.memory.count() > old.memory.count()),
        ("storage", new.storage.count() > old.storage.count()),
        ("timeout", new.timeout.duration() > old.timeout.duration()),
        ("networkConnections", new.network_connections > old.network_connections),
    ];
    let (old, new) = (of(before), of(after));
    for (name, value) in &new {
        if old.get(name) == Some(value) {
            continue;
        }
        let is_wider = wider.iter().any(|(key, wider)| key == name && *wider);
        let level = if is_wider { Level::Breaking } else { Level::Patch };
        let text = |value: Option<&Value>| match value {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => "the default".to_owned(),
        };
        let words = format!("{} instead of {}", text(Some(value)), text(old.get(name)));
        found.add(Area::Limits, level, name, words);
    }
}

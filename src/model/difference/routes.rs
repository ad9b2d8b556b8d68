//! Routes, and who may call them.

use std::collections::BTreeMap;

use super::{Area, Found, Level};
use crate::model::Manifest;

pub(super) fn routes(before: &Manifest, after: &Manifest, found: &mut Found) {
    let of = |m: &Manifest| -> BTreeMap<String, bool> {
        m.routes.iter().map(|r| (format!("{} {}", r.method, r.path), r.requires_auth)).collect()
    };
    let (old, new) = (of(before), of(after));
    found.sets(
        Area::Routes,
        "route",
        &old.keys().cloned().collect(),
        &new.keys().cloned().collect(),
    );
    for (route, signed_in) in &new {
        match (old.get(route), signed_in) {
            (Some(true), false) => {
                found.add(Area::Routes, Level::Breaking, route, "anybody may call it now");
            }
            (Some(false), true) => {
                found.add(Area::Routes, Level::Breaking, route, "the caller must be signed in now");
            }
            _ => {}
        }
    }
}

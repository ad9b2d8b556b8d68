//! Old and new, and what differs.

use serde_json::{Value, json};

use super::*;

fn manifest(more: Value) -> Manifest {
    let mut whole =
        json!({ "name": "A", "slug": "acme-pay", "version": "1.0.0", "type": "custom" });
    for (key, value) in more.as_object().unwrap() {
        whole[key] = value.clone();
    }
    serde_json::from_value(whole).unwrap()
}

fn differences(old: Value, new: Value) -> Vec<String> {
    let (old, new) = (manifest(old), manifest(new));
    let surface = |manifest| Surface { manifest, methods: None, tables: None };
    compare(surface(&old), surface(&new))
        .iter()
        .map(|d| format!("{} {} {}", d.level.as_str(), d.area.as_str(), d.name))
        .collect()
}

#[test]
fn a_number_promises_what_semver_says() {
    for (from, to, level) in [
        ("1.2.3", "1.2.4", Level::Patch),
        ("1.2.3", "1.3.0", Level::Minor),
        ("1.2.3", "2.0.0", Level::Breaking),
        ("0.2.3", "0.2.4", Level::Patch),
        ("0.2.3", "0.3.0", Level::Breaking),
        ("0.2.3", "1.0.0", Level::Breaking),
        ("1.2.3-rc.1", "1.2.3", Level::Patch),
    ] {
        let of = |text: &str| Version::parse(text).unwrap();
        assert_eq!(Level::promised(&of(from), &of(to)), level, "{from} {to}");
    }
}

#[test]
fn wider_rights_are_told_from_narrower_ones() {
    let apis = |host: &str| json!({ "pay": { "hosts": [host], "purpose": "Charges." } });
    for (old, new, expected) in [
        (json!({}), json!({ "database": ["orders"] }), "breaking permissions orders"),
        (
            json!({ "database": ["orders"] }),
            json!({ "database": ["orders:write"] }),
            "breaking permissions orders:write",
        ),
        (
            json!({ "database": ["orders:write"] }),
            json!({ "database": ["orders"] }),
            "patch permissions orders:write",
        ),
        (json!({ "api": ["a.example"] }), json!({}), "patch permissions a.example"),
        (json!({}), json!({ "admin": true }), "breaking permissions admin"),
        (json!({}), json!({ "filesystem": ["uploads"] }), "breaking permissions uploads"),
    ] {
        let found = differences(json!({ "permissions": old }), json!({ "permissions": new }));
        assert!(found.contains(&expected.to_owned()), "{found:?}");
        let wider = found.iter().filter(|line| line.starts_with("breaking")).count();
        assert_eq!(wider, usize::from(expected.starts_with("breaking")), "{found:?}");
    }
    // The same name, another host behind it.
    let found = differences(
        json!({ "permissions": { "api": ["pay"] }, "apis": apis("a.example") }),
        json!({ "permissions": { "api": ["pay"] }, "apis": apis("evil.example") }),
    );
    assert_eq!(found, ["breaking permissions pay"]);
}

#[test]
fn what_others_rely_on_breaks_when_it_goes() {
    let route = |auth: bool| json!([{ "method": "GET", "path": "/a", "handler": "a", "requiresAuth": auth }]);
    let schema = |properties: Value, required: Value| json!({ "configSchema": { "type": "object", "properties": properties, "required": required } });
    for (old, new, expected) in [
        (json!({ "routes": route(true) }), json!({}), "breaking routes GET /a"),
        (
            json!({ "routes": route(true) }),
            json!({ "routes": route(false) }),
            "breaking routes GET /a",
        ),
        (json!({}), json!({ "routes": route(true) }), "minor routes GET /a"),
        (json!({ "hooks": { "order.payment": "a" } }), json!({}), "breaking hooks order.payment"),
        (schema(json!({ "a": {} }), json!([])), json!({}), "breaking settings a"),
        (json!({}), schema(json!({ "a": {} }), json!(["a"])), "breaking settings a"),
        (json!({}), schema(json!({ "a": { "default": 1 } }), json!(["a"])), "minor settings a"),
        (
            schema(json!({ "a": { "type": "string" } }), json!([])),
            schema(json!({ "a": { "type": "integer" } }), json!([])),
            "breaking settings a",
        ),
        (
            json!({ "license": "MIT" }),
            json!({ "license": "commercial" }),
            "breaking license license",
        ),
        (
            json!({}),
            json!({ "pricing": { "model": "one-time", "price": 5, "currency": "EUR" } }),
            "breaking price pricing",
        ),
        (json!({}), json!({ "resourceLimits": { "memory": "512MB" } }), "breaking limits memory"),
        (json!({}), json!({ "resourceLimits": { "memory": "64MB" } }), "patch limits memory"),
        (json!({}), json!({ "secrets": ["KEY"] }), "minor secrets KEY"),
        (json!({}), json!({ "dependencies": { "acme-a": "^1" } }), "minor dependencies acme-a"),
        (
            json!({ "dependencies": { "acme-a": "^1" } }),
            json!({ "dependencies": { "acme-a": "^2" } }),
            "minor dependencies acme-a",
        ),
        (json!({ "dependencies": { "acme-a": "^1" } }), json!({}), "patch dependencies acme-a"),
        (json!({}), json!({ "engines": { "daino": ">=1.0.0" } }), "minor engine engines.daino"),
        (
            json!({ "pricing": { "model": "one-time", "price": 5, "currency": "EUR" } }),
            json!({ "pricing": { "model": "subscription", "price": 5, "currency": "EUR" } }),
            "breaking price pricing",
        ),
        (
            json!({ "pricing": { "model": "one-time", "price": 5, "currency": "EUR" } }),
            json!({ "pricing": { "model": "free" } }),
            "minor price pricing",
        ),
        (
            schema(json!({ "a": { "default": 1 } }), json!([])),
            schema(json!({ "a": { "default": 2 } }), json!([])),
            "minor settings a",
        ),
        (json!({ "secrets": ["KEY"] }), json!({}), "patch secrets KEY"),
        (
            json!({ "cron": [{ "name": "sync", "schedule": "0 * * * *", "handler": "a" }] }),
            json!({}),
            "breaking parts cron job sync",
        ),
        (json!({ "type": "custom" }), json!({ "type": "shipping" }), "breaking type type"),
    ] {
        assert_eq!(differences(old, new), [expected]);
    }
    assert!(differences(json!({}), json!({ "description": "x", "version": "9.0.0" })).is_empty());
}

#[test]
fn tables_are_compared_column_by_column() {
    let column = |kind: &str, nullable, has_default| ColumnShape {
        kind: kind.to_owned(),
        nullable,
        has_default,
    };
    let of = |columns: &[(&str, ColumnShape)]| -> Tables {
        let columns = columns.iter().map(|(n, c)| ((*n).to_owned(), c.clone())).collect();
        BTreeMap::from([("t".to_owned(), columns)])
    };
    let manifest = manifest(json!({}));
    let compare = |old: &Tables, new: &Tables| -> Vec<String> {
        let surface = |tables| Surface { manifest: &manifest, methods: None, tables: Some(tables) };
        super::compare(surface(old), surface(new))
            .iter()
            .map(|d| format!("{} {}", d.level.as_str(), d.name))
            .collect()
    };
    let a = || ("a", column("text", true, false));
    let one = of(&[a()]);
    assert_eq!(compare(&one, &Tables::new()), ["breaking t"]);
    assert_eq!(compare(&Tables::new(), &one), ["minor t"]);
    assert_eq!(compare(&one, &of(&[])), ["breaking t.a"]);
    assert_eq!(compare(&one, &of(&[("a", column("bigint", true, false))])), ["breaking t.a"]);
    assert_eq!(compare(&one, &of(&[("a", column("text", false, false))])), ["breaking t.a"]);
    assert_eq!(compare(&one, &of(&[a(), ("b", column("text", true, false))])), ["minor t.b"]);
    assert_eq!(compare(&one, &of(&[a(), ("b", column("text", false, true))])), ["minor t.b"]);
    assert_eq!(compare(&one, &of(&[a(), ("b", column("text", false, false))])), ["breaking t.b"]);
}

#[test]
fn methods_that_go_break_and_what_cannot_be_compared_says_nothing() {
    let manifest = manifest(json!({}));
    let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect();
    let (old, new): (BTreeSet<String>, BTreeSet<String>) =
        (names(&["pay", "refund"]), names(&["pay", "void"]));
    let surface = |methods| Surface { manifest: &manifest, methods, tables: None };
    let found = compare(surface(Some(&old)), surface(Some(&new)));
    let words: Vec<String> =
        found.iter().map(|d| format!("{} {} {}", d.level.as_str(), d.name, d.words)).collect();
    assert_eq!(words, ["breaking refund method removed", "minor void method added"]);
    assert!(compare(surface(None), surface(Some(&new))).is_empty());
}

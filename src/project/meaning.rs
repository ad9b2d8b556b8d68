//! What no type can say about a manifest: prices, routes, schedules, names that clash.
//!
//! It reads the tree, not the [`Manifest`](crate::model::Manifest), so that it finds its mistakes
//! in a manifest that has others. A value of the wrong type is left to `shape`.

use std::collections::BTreeMap;

use jsonc_parser::ast::{Array, Object, Value};

use super::manifest::{IssueKind, MAX_ISSUES, ManifestIssue};
use super::shape::{name, short};
use super::spans::{child, range};
use crate::model::{PluginSlug, Span};

mod budgets;
mod cron;
mod currency;

pub(crate) use currency::is_known as is_currency;

/// Checks the whole manifest.
pub(super) fn check(text: &str, tree: &Value<'_>) -> Vec<ManifestIssue> {
    let Value::Object(root) = tree else { return Vec::new() };
    let mut check = Check { text, issues: Vec::new() };
    check.identity(root);
    check.versions(root);
    check.pricing(root);
    check.routes(root);
    check.parts(root);
    check.names(root);
    check.budgets(root);
    check.issues
}

struct Check<'t> {
    text: &'t str,
    issues: Vec<ManifestIssue>,
}

fn get<'a, 'v>(object: &'a Object<'v>, key: &str) -> Option<&'a Value<'v>> {
    object.properties.iter().find(|p| p.name.as_str() == key).map(|p| &p.value)
}

fn text_of<'a>(object: &'a Object<'_>, key: &str) -> Option<(&'a str, (usize, usize))> {
    let value = get(object, key)?;
    Some((value.as_string_lit()?.value.as_ref(), range(value)))
}

fn list<'a, 'v>(object: &'a Object<'v>, key: &str) -> Option<&'a Array<'v>> {
    get(object, key)?.as_array()
}

impl Check<'_> {
    fn bad(&mut self, at: (usize, usize), pointer: impl Into<String>, message: impl Into<String>) {
        if self.issues.len() >= MAX_ISSUES {
            return;
        }
        let span = Span::locate(self.text, at.0, at.1);
        self.issues.push(ManifestIssue::new(IssueKind::BadValue, span, pointer, message));
    }

    fn identity(&mut self, root: &Object<'_>) {
        if let Some((name, at)) = text_of(root, "name") {
            let length = name.chars().count();
            if name.trim().is_empty() || length > 255 {
                self.bad(at, "/name", format!("`name` has {length} characters; it needs 1 to 255"));
            } else if name.contains([',', '(', ')', '"']) || name.chars().any(char::is_control) {
                self.bad(at, "/name", "`name` must not hold `,` `(` `)` `\"` or control characters: the host cannot look such names up");
            }
        }
        for (key, most) in
            [("description", 2_000), ("author", 255), ("license", 255), ("category", 50)]
        {
            if let Some((value, at)) = text_of(root, key)
                && value.chars().count() > most
            {
                self.bad(at, child("", key), format!("`{key}` has more than {most} characters"));
            }
        }
        for key in ["homepage", "repository"] {
            if let Some((value, at)) = text_of(root, key)
                && !url::Url::parse(value)
                    .is_ok_and(|u| u.scheme() == "https" || u.scheme() == "http")
            {
                self.bad(
                    at,
                    child("", key),
                    format!("`{key}` must be an address starting with `https://`"),
                );
            }
        }
        if let Some(words) = list(root, "keywords") {
            if words.elements.len() > 20 {
                let at = (words.range.start, words.range.end);
                self.bad(
                    at,
                    "/keywords",
                    format!("{} keywords; at most 20 are kept", words.elements.len()),
                );
            }
            for (i, word) in words.elements.iter().enumerate() {
                if let Value::StringLit(word_text) = word
                    && !(1..=50).contains(&word_text.value.trim().chars().count())
                {
                    self.bad(
                        range(word),
                        format!("/keywords/{i}"),
                        "a keyword has 1 to 50 characters",
                    );
                }
            }
        }
    }

    fn versions(&mut self, root: &Object<'_>) {
        if let Some((version, at)) = text_of(root, "version") {
            match semver::Version::parse(version) {
                Err(error) => self.bad(
                    at,
                    "/version",
                    format!("`{}` is not a version such as `1.2.3`: {error}", short(version)),
                ),
                Ok(_) if version.len() > 50 => {
                    self.bad(at, "/version", "`version` has more than 50 characters")
                }
                Ok(_) => {}
            }
        }
        if let Some(engines) = get(root, "engines").and_then(Value::as_object)
            && let Some((wanted, at)) = text_of(engines, "daino")
        {
            self.requirement(wanted, at, "/engines/daino");
        }
        for property in
            get(root, "dependencies").and_then(Value::as_object).iter().flat_map(|d| &d.properties)
        {
            let (key, at) = name(&property.name);
            let pointer = child("/dependencies", key);
            if let Err(error) = PluginSlug::new(key) {
                self.bad(at, pointer, error.to_string());
            } else if let Value::StringLit(wanted) = &property.value {
                self.requirement(&wanted.value, range(&property.value), &pointer);
            }
        }
    }

    fn requirement(&mut self, wanted: &str, at: (usize, usize), pointer: &str) {
        if let Err(error) = semver::VersionReq::parse(wanted) {
            let message =
                format!("`{}` is not a version range such as `^1.2`: {error}", short(wanted));
            self.bad(at, pointer, message);
        }
    }

    fn pricing(&mut self, root: &Object<'_>) {
        let Some(pricing) = get(root, "pricing").and_then(Value::as_object) else { return };
        let Some((model, model_at)) = text_of(pricing, "model") else { return };
        let price = get(pricing, "price").filter(|v| !matches!(v, Value::NullKeyword(_)));
        let currency = text_of(pricing, "currency");
        if let Some((code, at)) = currency
            && !currency::is_known(code)
        {
            self.bad(
                at,
                "/pricing/currency",
                format!("`{}` is not an ISO 4217 currency such as `USD`", short(code)),
            );
        }
        if model == "free" {
            if let Some(price) = price {
                self.bad(
                    range(price),
                    "/pricing/price",
                    "a free plugin has no `price`; remove it, or choose another `model`",
                );
            }
            return;
        }
        match price {
            None => self.bad(
                model_at,
                "/pricing/price",
                format!("`pricing.model` is `{}`, so `price` is needed", short(model)),
            ),
            Some(Value::NumberLit(number)) => {
                let amount = number.value.parse::<f64>().unwrap_or(0.0);
                if !(amount > 0.0 && amount <= 1_000_000.0) {
                    self.bad(
                        range(price.expect("it is here")),
                        "/pricing/price",
                        "`pricing.price` must be more than 0 and at most 1,000,000",
                    );
                } else if currency.is_none() {
                    self.bad(
                        model_at,
                        "/pricing/currency",
                        "a `price` needs a `currency` such as `USD`",
                    );
                }
            }
            Some(_) => {}
        }
    }

    fn routes(&mut self, root: &Object<'_>) {
        const METHODS: [&str; 5] = ["GET", "POST", "PUT", "PATCH", "DELETE"];
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for (i, route) in list(root, "routes").iter().flat_map(|r| &r.elements).enumerate() {
            let Value::Object(object) = route else { continue };
            let here = format!("/routes/{i}");
            let method = text_of(object, "method");
            if let Some((method, at)) = method
                && !METHODS.contains(&method)
            {
                self.bad(
                    at,
                    format!("{here}/method"),
                    format!(
                        "`{}` is not one of {}, in upper case",
                        short(method),
                        METHODS.join(", ")
                    ),
                );
            }
            let Some((path, at)) = text_of(object, "path") else { continue };
            if let Some(reason) = path_fault(path) {
                self.bad(
                    at,
                    format!("{here}/path"),
                    format!("`{}` is not a route path: {reason}", short(path)),
                );
                continue;
            }
            // `/a/:id` and `/a/:name` are the same route.
            let shape: Vec<&str> =
                path.split('/').map(|p| if p.starts_with(':') { ":" } else { p }).collect();
            let key = format!("{} {}", method.map_or("", |m| m.0), shape.join("/"));
            if let Some(first) = seen.insert(key, i) {
                self.bad(
                    range(route),
                    here,
                    format!("this route is already the one at `routes[{first}]`"),
                );
            }
        }
    }

    fn parts(&mut self, root: &Object<'_>) {
        for (i, job) in list(root, "cron").iter().flat_map(|r| &r.elements).enumerate() {
            let Value::Object(job) = job else { continue };
            if let Some((schedule, at)) = text_of(job, "schedule")
                && let Some(reason) = cron::fault(schedule)
            {
                let message = format!("`{}` is not a cron schedule: {reason}", short(schedule));
                self.bad(at, format!("/cron/{i}/schedule"), message);
            }
        }
        for (i, secret) in list(root, "secrets").iter().flat_map(|r| &r.elements).enumerate() {
            let Value::StringLit(text) = secret else { continue };
            let fine = text.value.len() <= 100
                && text.value.starts_with(|c: char| c.is_ascii_uppercase())
                && text
                    .value
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
            if !fine {
                let message = format!(
                    "`{}` is not a secret's name: expected A-Z, 0-9 and `_`, such as `STRIPE_SECRET_KEY`",
                    short(&text.value)
                );
                self.bad(range(secret), format!("/secrets/{i}"), message);
            }
        }
        for property in
            get(root, "hooks").and_then(Value::as_object).iter().flat_map(|h| &h.properties)
        {
            if let Value::StringLit(handler) = &property.value
                && handler.value.trim().is_empty()
            {
                let pointer = child("/hooks", name(&property.name).0);
                self.bad(
                    range(&property.value),
                    pointer,
                    "a hook names the method, or the file, that handles it",
                );
            }
        }
    }

    /// Names that must be unique in their list.
    fn names(&mut self, root: &Object<'_>) {
        const LISTS: [(&str, &str); 6] = [
            ("routes", "name"),
            ("cron", "name"),
            ("widgets", "id"),
            ("adminPages", "key"),
            ("entities", "name"),
            ("entities", "table"),
        ];
        for (part, key) in LISTS {
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            for (i, item) in list(root, part).iter().flat_map(|r| &r.elements).enumerate() {
                let Some((value, at)) = item.as_object().and_then(|o| text_of(o, key)) else {
                    continue;
                };
                let pointer = format!("/{part}/{i}/{key}");
                if value.trim().is_empty() || value.len() > 255 {
                    self.bad(at, pointer, format!("`{key}` needs 1 to 255 characters"));
                } else if let Some(first) = seen.insert(value, i) {
                    self.bad(
                        at,
                        pointer,
                        format!("`{}` is already the {key} of `{part}[{first}]`", short(value)),
                    );
                }
            }
        }
    }
}

fn path_fault(path: &str) -> Option<&'static str> {
    let Some(rest) = path.strip_prefix('/') else { return Some("it must start with `/`") };
    if path.len() > 500 {
        return Some("it is longer than 500 characters");
    }
    let is_word = |s: &str| {
        !s.is_empty()
            && s.bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'~'))
    };
    let fine = rest.is_empty()
        || rest.split('/').all(|part| {
            part != ".." && part != "." && is_word(part.strip_prefix(':').unwrap_or(part))
        });
    if fine {
        None
    } else {
        Some(
            "segments hold letters, digits, `-`, `_`, `.`; captures are `:name`; no query, no wildcard",
        )
    }
}

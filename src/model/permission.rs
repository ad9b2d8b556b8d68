//! The permission grammar of `manifest.json`: what a plugin asks for, section by section.
//!
//! Whatever the manifest says, secret columns and tables that are never grantable stay out; that
//! part is in `resource`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hook::HookName;

/// A text that is not a permission of the section it stands in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a {section} permission: {reason}")]
pub struct PermissionError {
    text: String,
    section: &'static str,
    reason: String,
}

fn refuse(text: &str, section: &'static str, reason: impl Into<String>) -> PermissionError {
    let text = text.chars().take(80).flat_map(char::escape_debug).collect();
    PermissionError { text, section, reason: reason.into() }
}

/// The `permissions` object; every list defaults to empty, `admin` to false.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Permissions {
    /// Tables of the shop: `"orders"` reads, `"orders:write"` reads and writes.
    pub database: Vec<DatabaseGrant>,
    /// Hosts it may call: a host name, `*.host`, or a name from `apis`.
    pub api: Vec<ApiGrant>,
    /// Folders below the shop's file root.
    pub filesystem: Vec<super::TreePath>,
    /// Hooks it may listen to.
    pub hooks: Vec<HookName>,
    /// Whether it may have admin routes and pages.
    pub admin: bool,
}

/// How far a database grant goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// SELECT.
    Read,
    /// SELECT, INSERT and UPDATE.
    Write,
    /// SELECT, INSERT, UPDATE and DELETE.
    Delete,
}

/// `resource`, `resource:read`, `resource:write` or `resource:delete`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DatabaseGrant {
    resource: String,
    access: Access,
}

impl DatabaseGrant {
    /// The resource or table name, lower-case.
    pub fn resource(&self) -> &str {
        &self.resource
    }
    /// How far it goes.
    pub fn access(&self) -> Access {
        self.access
    }
}

impl FromStr for DatabaseGrant {
    type Err = PermissionError;
    fn from_str(text: &str) -> Result<Self, PermissionError> {
        let (resource, verb) = text.split_once(':').unwrap_or((text, "read"));
        if matches!(resource, "read" | "write" | "delete") {
            let hint = format!("write `{verb}:{resource}`, the resource comes first");
            return Err(refuse(text, "database", hint));
        }
        let well_formed = resource.starts_with(|c: char| c.is_ascii_lowercase())
            && resource.len() <= 63
            && resource.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !well_formed {
            return Err(refuse(
                text,
                "database",
                "expected a resource such as `orders` or `orders:write`",
            ));
        }
        let access = match verb {
            "read" => Access::Read,
            "write" => Access::Write,
            "delete" => Access::Delete,
            _ => return Err(refuse(text, "database", "the verb is `read`, `write` or `delete`")),
        };
        Ok(Self { resource: resource.to_owned(), access })
    }
}

impl fmt::Display for DatabaseGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.access {
            Access::Read => f.write_str(&self.resource),
            Access::Write => write!(f, "{}:write", self.resource),
            Access::Delete => write!(f, "{}:delete", self.resource),
        }
    }
}

/// A host pattern, or the name of an entry in `apis`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ApiGrant {
    /// A host pattern.
    Host(HostPattern),
    /// A name of `apis`, such as `external-analytics`.
    Name(String),
}

impl FromStr for ApiGrant {
    type Err = PermissionError;
    fn from_str(text: &str) -> Result<Self, PermissionError> {
        if text.contains('.') || text.contains(':') {
            return text.parse().map(Self::Host);
        }
        let is_name = !text.is_empty()
            && text.len() <= 64
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        if is_name {
            return Ok(Self::Name(text.to_owned()));
        }
        Err(refuse(text, "api", "expected a host such as `api.example.com`, or a name from `apis`"))
    }
}

impl fmt::Display for ApiGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Host(host) => host.fmt(f),
            Self::Name(name) => f.write_str(name),
        }
    }
}

/// `host`, `*.host`, each with an optional `:port` (default 443). HTTPS only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HostPattern {
    host: String,
    any_subdomain: bool,
    port: u16,
}

impl HostPattern {
    /// Whether a request to `host`:`port` is covered. `host` as a URL parser gives it.
    pub fn matches(&self, host: &str, port: u16) -> bool {
        if port != self.port {
            return false;
        }
        let host = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        if !self.any_subdomain {
            return host == self.host;
        }
        host.strip_suffix(&self.host).is_some_and(|left| left.len() > 1 && left.ends_with('.'))
    }
}

impl FromStr for HostPattern {
    type Err = PermissionError;
    fn from_str(text: &str) -> Result<Self, PermissionError> {
        const EXPECTED: &str = "expected a host such as `api.example.com` or `*.example.com`, \
                                without scheme or path";
        let (name, port) = match text.rsplit_once(':') {
            Some((name, port)) => (name, port.parse().map_err(|_| refuse(text, "api", EXPECTED))?),
            None => (text, 443),
        };
        let (any_subdomain, host) = match name.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, name),
        };
        let labels_fine = host.len() <= 253
            && host.contains('.')
            && host.split('.').all(|label| {
                (1..=63).contains(&label.len())
                    && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                    && !label.starts_with('-')
                    && !label.ends_with('-')
            });
        if !labels_fine || port == 0 {
            return Err(refuse(text, "api", EXPECTED));
        }
        if host.rsplit('.').next().is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit())) {
            return Err(refuse(text, "api", "an address cannot be granted, only a host name"));
        }
        Ok(Self { host: host.to_ascii_lowercase(), any_subdomain, port })
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.any_subdomain {
            f.write_str("*.")?;
        }
        f.write_str(&self.host)?;
        if self.port != 443 { write!(f, ":{}", self.port) } else { Ok(()) }
    }
}

macro_rules! textual {
    ($($name:ident: $about:literal;)*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({"type": "string", "description": $about})
            }
        }
    )*};
}
textual! {
    DatabaseGrant: "`orders` (read), `orders:write` or `orders:delete`.";
    ApiGrant: "A host such as `api.example.com` or `*.example.com`, or a name from `apis`.";
    HostPattern: "A host such as `api.example.com` or `*.example.com`, with an optional port.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_design_example_parses() {
        let permissions: Permissions = serde_json::from_str(
            r#"{"database":["customers","orders:write"],"api":["external-analytics","api.stripe.com"],
                "filesystem":["uploads/analytics"],"hooks":["order.created","user.login"],"admin":false}"#,
        )
        .unwrap();
        assert_eq!(permissions.database[1].access(), Access::Write);
        assert!(matches!(permissions.api[0], ApiGrant::Name(_)));
    }

    #[test]
    fn hosts_cover_what_they_say_and_no_more() {
        let star: HostPattern = "*.example.com".parse().unwrap();
        assert!(star.matches("a.example.com", 443) && star.matches("A.b.Example.com.", 443));
        assert!(!star.matches("example.com", 443) && !star.matches("evilexample.com", 443));
        assert!(!star.matches("a.example.com", 80));
        assert!(
            "api.example.com:8443".parse::<HostPattern>().unwrap().matches("api.example.com", 8443)
        );
        for bad in ["https://x.y", "x", "127.0.0.1", "*", "*.", "a..b", "x.y/z", "x.y:0", "[::1]:1"]
        {
            assert!(bad.parse::<HostPattern>().is_err(), "{bad}");
        }
    }

    #[test]
    fn reversed_grants_get_a_hint() {
        let error = "read:orders".parse::<DatabaseGrant>().unwrap_err().to_string();
        assert!(error.contains("orders:read"), "{error}");
        for bad in ["", "Orders", "orders:all", "a b", "orders;drop", "pg_catalog.x"] {
            assert!(bad.parse::<DatabaseGrant>().is_err(), "{bad}");
        }
    }
}

//! What a plugin asks for, in words that a shop's operator decides on.

use serde::Serialize;

use super::Manifest;
use super::permission::{Access, ApiGrant};
use super::resource::Resource;

/// One thing the plugin asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// The section of the manifest: `database`, `api`, `filesystem`, `hooks`, `admin`.
    pub section: &'static str,
    /// The permission as the manifest has it.
    pub permission: String,
    /// What it means.
    pub words: String,
}

impl Ask {
    /// Section and permission in one line, as the lock file has it.
    pub fn short(&self) -> String {
        match self.section == self.permission {
            true => self.section.to_owned(),
            false => format!("{} {}", self.section, self.permission),
        }
    }
}

/// A permission that cannot be given, whatever the operator says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refused {
    /// The permission as the manifest has it.
    pub permission: String,
    /// Why not.
    pub why: String,
}

/// Everything the plugin asks for, in the manifest's order.
pub fn asks(manifest: &Manifest) -> Vec<Ask> {
    let permissions = &manifest.permissions;
    let mut asks = Vec::new();
    for grant in &permissions.database {
        let verb = match grant.access() {
            Access::Read => "read",
            Access::Write => "read and change",
            Access::Delete => "read, change and delete",
        };
        let words = match Resource::find(grant.resource()) {
            Resource::Known(reaches) => {
                let tables: Vec<&str> = reaches.iter().map(|reach| reach.table).collect();
                format!("{verb} {} ({})", grant.resource(), tables.join(", "))
            }
            _ => format!("{verb} {}", grant.resource()),
        };
        asks.push(Ask { section: "database", permission: grant.to_string(), words });
    }
    for grant in &permissions.api {
        let words = match grant {
            ApiGrant::Host(host) => format!("send to and receive from {host}"),
            ApiGrant::Name(name) => match manifest.apis.get(name) {
                Some(api) => {
                    let hosts: Vec<String> = api.hosts.iter().map(ToString::to_string).collect();
                    format!("send to and receive from {}: {}", hosts.join(", "), api.purpose)
                }
                None => format!("send to `{name}`, which names no host"),
            },
        };
        asks.push(Ask { section: "api", permission: grant.to_string(), words });
    }
    for path in &permissions.filesystem {
        asks.push(Ask {
            section: "filesystem",
            permission: path.to_string(),
            words: format!("read and write files below {path}"),
        });
    }
    for hook in &permissions.hooks {
        asks.push(Ask {
            section: "hooks",
            permission: hook.to_string(),
            words: format!("be told of {hook}, with its data"),
        });
    }
    if permissions.admin {
        asks.push(Ask {
            section: "admin",
            permission: "admin".to_owned(),
            words: "add pages and routes to the shop's admin".to_owned(),
        });
    }
    asks
}

/// The grants that no shop gives.
pub fn refused(manifest: &Manifest) -> Vec<Refused> {
    let mut refused = Vec::new();
    for grant in &manifest.permissions.database {
        let why = match Resource::find(grant.resource()) {
            Resource::Known(_) => continue,
            Resource::Never => "this table is never given to a plugin".to_owned(),
            Resource::Unknown => {
                let known: Vec<&str> = Resource::names().collect();
                format!("there is no such resource; there are: {}", known.join(", "))
            }
        };
        refused.push(Refused { permission: grant.to_string(), why });
    }
    for grant in &manifest.permissions.api {
        if let ApiGrant::Name(name) = grant
            && !manifest.apis.contains_key(name)
        {
            let why = "`apis` of the manifest has no entry of this name".to_owned();
            refused.push(Refused { permission: name.clone(), why });
        }
    }
    refused
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(permissions: serde_json::Value) -> Manifest {
        serde_json::from_value(serde_json::json!({
            "name": "A", "slug": "acme-pay", "version": "1.0.0", "type": "custom",
            "permissions": permissions,
            "apis": { "pay": { "hosts": ["api.pay.example"], "purpose": "Charges cards." } },
        }))
        .unwrap()
    }

    #[test]
    fn every_permission_has_its_words() {
        let asked = asks(&manifest(serde_json::json!({
            "database": ["orders:write"], "api": ["pay", "x.example"], "filesystem": ["uploads"],
            "hooks": ["order.payment"], "admin": true,
        })));
        let words: Vec<&str> = asked.iter().map(|ask| ask.words.as_str()).collect();
        assert_eq!(words.len(), 6);
        assert!(words[0].starts_with("read and change orders (sales_orders"));
        assert_eq!(words[1], "send to and receive from api.pay.example: Charges cards.");
        assert!(asks(&manifest(serde_json::json!({}))).is_empty());
    }

    #[test]
    fn what_no_shop_gives_is_refused() {
        let refused = refused(&manifest(serde_json::json!({
            "database": ["users", "orders", "wrong"], "api": ["nowhere", "pay"],
        })));
        let names: Vec<&str> = refused.iter().map(|r| r.permission.as_str()).collect();
        assert_eq!(names, ["users", "wrong", "nowhere"]);
    }
}

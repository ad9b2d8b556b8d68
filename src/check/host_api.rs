//! What the host gives to a plugin: members of `ctx`, since when, and what took whose place.
//!
//! Kept as data, so that a change of the host is a line here. `src/sandbox/js/context.js` makes what
//! this describes; a test compares the two.

use semver::Version;

/// One member of `ctx` or of a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its path below `ctx`: `db.query`.
    pub path: &'static str,
    /// The first host version that has it.
    pub since: (u64, u64, u64),
    /// What to use instead; nothing for members that are there.
    pub instead: Option<&'static str>,
}

const V1: (u64, u64, u64) = (1, 0, 0);

const fn there(path: &'static str) -> Member {
    Member { path, since: V1, instead: None }
}

const fn gone(path: &'static str, instead: &'static str) -> Member {
    Member { path, since: V1, instead: Some(instead) }
}

/// Every member, and the names that older texts teach and that are not there.
pub(crate) const MEMBERS: &[Member] = &[
    there("db"),
    there("db.query"),
    there("db.transaction"),
    there("db.many"),
    there("db.one"),
    there("db.from"),
    there("storage"),
    there("storage.get"),
    there("storage.set"),
    there("storage.remove"),
    there("storage.keys"),
    there("log"),
    there("log.debug"),
    there("log.info"),
    there("log.warn"),
    there("log.error"),
    there("events"),
    there("events.emit"),
    there("config"),
    there("secrets"),
    there("store"),
    there("fetch"),
    there("files"),
    there("supabase"),
    there("sequelize"),
    gone("tenantDb", "ctx.db"),
    gone("storeId", "ctx.store.id"),
    gone("database", "ctx.db"),
    gone("logger", "ctx.log"),
    gone("settings", "ctx.config"),
    gone("env", "ctx.secrets"),
    gone("http", "ctx.fetch"),
    gone("emailService", "ctx.fetch"),
    gone("db.raw", "ctx.db.query"),
    gone("db.getClient", "ctx.db.query"),
    gone("db.client", "ctx.db.query"),
    gone("db.execute", "ctx.db.query"),
    gone("storage.delete", "ctx.storage.remove"),
    gone("events.on", "`hooks` of the manifest"),
    gone("log.log", "ctx.log.info"),
    gone("supabase.raw", "ctx.db.query"),
    gone("supabase.storage", "ctx.files"),
    gone("supabase.auth", "`requiresAuth` of the route"),
];

/// Parts whose members are all listed above.
const CLOSED: [&str; 4] = ["db", "storage", "log", "events"];

/// What a path below `ctx` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// It is there.
    There(&'static Member),
    /// It is not, and something else is.
    Gone(&'static str),
    /// It is not there.
    Unknown,
    /// Nothing is known of members of this part.
    Open,
}

/// Looks a member up: `db`, or `db.query`.
pub(crate) fn find(path: &str) -> Found {
    if let Some(member) = MEMBERS.iter().find(|m| m.path == path) {
        return match member.instead {
            Some(instead) => Found::Gone(instead),
            None => Found::There(member),
        };
    }
    match path.split_once('.') {
        Some((part, _)) if !CLOSED.contains(&part) => Found::Open,
        _ => Found::Unknown,
    }
}

/// Members that are there, next to `path`.
pub(crate) fn names(path: &str) -> impl Iterator<Item = &'static str> {
    let part = path.rsplit_once('.').map(|(part, _)| part.to_owned());
    MEMBERS
        .iter()
        .filter(|m| m.instead.is_none())
        .map(|m| m.path)
        .filter(move |own| own.rsplit_once('.').map(|(p, _)| p) == part.as_deref())
}

impl Member {
    /// The first version that has it.
    pub(crate) fn version(&self) -> Version {
        Version::new(self.since.0, self.since.1, self.since.2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_the_sandbox_gives() {
        let script = include_str!("../sandbox/js/context.js");
        for member in MEMBERS.iter().filter(|m| m.instead.is_none()) {
            let own = member.path.rsplit('.').next().unwrap();
            assert!(script.contains(own), "the sandbox does not know `{}`", member.path);
        }
        assert_eq!(find("storage.delete"), Found::Gone("ctx.storage.remove"));
        assert_eq!(find("db.qurey"), Found::Unknown);
        assert_eq!(find("config.anything"), Found::Open);
        assert!(names("db.x").any(|n| n == "db.query"));
        assert!(names("x").all(|n| !n.contains('.')));
    }
}

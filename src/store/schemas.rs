//! The two schemas of a shop, and SQL that names them whatever they are called.
//!
//! SQL of this program, and of plugins, says `public` for the schema of the shop's tables; ours says
//! `daino` for what daino-pdk itself keeps. Where a shop has other names, because two shops share a
//! database, the names are put in on the way to the server: here and nowhere else.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::error::StoreError;
use crate::model::Digest;

/// What SQL calls the schema of the shop's tables.
const SHOP: &str = "public";
/// What SQL calls the schema of our own.
const OWN: &str = "daino";
/// Longest name PostgreSQL keeps whole, bytes.
const LONGEST_NAME: usize = 63;

/// The schemas of one shop and the role of its application; part of `store.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Schemas {
    /// The shop's tables, and its plugins'.
    shop: String,
    /// What daino-pdk keeps.
    own: String,
    /// The role that the shop's application works as; it gets the rights of one that reads and writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    service_role: Option<String>,
}

impl Default for Schemas {
    fn default() -> Self {
        Self { shop: SHOP.to_owned(), own: OWN.to_owned(), service_role: None }
    }
}

impl Schemas {
    /// The schemas of a shop whose tables are in `shop`; `public` when nothing is said.
    pub(crate) fn new(shop: Option<&str>, service_role: Option<&str>) -> Result<Self, StoreError> {
        let shop = shop.unwrap_or(SHOP);
        let is_ours = shop == OWN || shop.starts_with("daino_");
        // `"$user"` stands for another schema in a search path, even in quotes.
        if is_ours || ["information_schema", "$user"].contains(&shop) {
            return Err(wrong("schema", shop, "it is a name of PostgreSQL's or of daino-pdk's"));
        }
        require_name("schema", shop)?;
        if let Some(role) = service_role {
            require_name("service role", role)?;
            // Whoever visits a Supabase project is one of the latter two.
            let never = ["public", "none", "anon", "authenticated"];
            if role.starts_with("daino_p_") || never.contains(&role) {
                return Err(wrong("service role", role, "that is no role of an application"));
            }
        }
        let own = if shop == SHOP { OWN.to_owned() } else { own_beside(shop) };
        Ok(Self { shop: shop.to_owned(), own, service_role: service_role.map(str::to_owned) })
    }

    /// Name of the schema of the shop's tables.
    pub(crate) fn shop(&self) -> &str {
        &self.shop
    }

    /// Name of the schema of our own.
    pub(crate) fn own(&self) -> &str {
        &self.own
    }

    /// The role of the shop's application, when it was named.
    pub(crate) fn service_role(&self) -> Option<&str> {
        self.service_role.as_deref()
    }

    /// Whether they are called as SQL calls them.
    pub(crate) fn is_usual(&self) -> bool {
        self.shop == SHOP && self.own == OWN
    }

    /// The setting by which a session finds the shop's tables, for the options of a connection.
    pub(super) fn session_option(&self) -> String {
        let mut text = String::from("-c search_path=");
        for c in quote(&self.shop).chars() {
            // Options end at a space.
            if c.is_whitespace() || c == '\\' {
                text.push('\\');
            }
            text.push(c);
        }
        text
    }

    /// SQL of ours with the names put in, in the bodies of functions as well.
    pub(super) fn ours<'a>(&self, sql: &'a str) -> Cow<'a, str> {
        if self.is_usual() { Cow::Borrowed(sql) } else { Cow::Owned(self.put_in(sql, true)) }
    }

    /// SQL of a plugin that the gate let through: `public.` is the schema of its shop.
    pub(super) fn plugins<'a>(&self, sql: &'a str) -> Cow<'a, str> {
        if self.shop == SHOP { Cow::Borrowed(sql) } else { Cow::Owned(self.put_in(sql, false)) }
    }

    fn put_in(&self, sql: &str, is_ours: bool) -> String {
        let mut out = String::with_capacity(sql.len() + 64);
        let mut rest = sql;
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '-' if rest.starts_with("--") => rest.find('\n').unwrap_or(rest.len()),
                '/' if rest.starts_with("/*") => comment(rest),
                '\'' => literal(rest, out.ends_with(['e', 'E'])),
                '"' => quoted(rest, '"'),
                '$' if !is_ours => dollar(rest),
                c if is_word(c) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
                c => c.len_utf8(),
            };
            let (token, after) = rest.split_at(length.max(1));
            let is_first = !out.trim_end().ends_with('.');
            match self.name_for(token, after, is_ours) {
                Some(name) if is_first => out.push_str(&quote(name)),
                _ => out.push_str(token),
            }
            rest = after;
        }
        out
    }

    fn name_for(&self, token: &str, after: &str, is_ours: bool) -> Option<&str> {
        if is_ours {
            return match token {
                SHOP => Some(&self.shop),
                OWN => Some(&self.own),
                _ => None,
            };
        }
        let is_shop = token.eq_ignore_ascii_case(SHOP) || token == "\"public\"";
        (is_shop && after.trim_start().starts_with('.')).then_some(&self.shop)
    }
}

/// A name as SQL writes it.
pub(crate) fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Bytes of the literal that `text` begins with.
fn literal(text: &str, has_escapes: bool) -> usize {
    let mut chars = text.char_indices().skip(1).peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if has_escapes => drop(chars.next()),
            '\'' if chars.peek().is_some_and(|(_, next)| *next == '\'') => drop(chars.next()),
            '\'' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Bytes up to and with the closing mark; a doubled one is two of them, side by side.
fn quoted(text: &str, mark: char) -> usize {
    text[1..].find(mark).map_or(text.len(), |at| at + 2)
}

/// Bytes of a comment with those inside it.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < text.len() {
        let here = &text[at..];
        if here.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if here.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return at;
            }
        } else {
            at += here.chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// Bytes of a text between dollars; of the sign alone when it begins none.
fn dollar(text: &str) -> usize {
    let Some(end) = text[1..].find('$').map(|at| at + 2) else { return 1 };
    let tag = &text[..end];
    let name = &tag[1..end - 1];
    if !name.chars().all(is_word) || name.starts_with(|c: char| c.is_ascii_digit()) {
        return 1;
    }
    text[end..].find(tag).map_or(text.len(), |at| end + at + end)
}

/// The schema of our own beside one of another name.
fn own_beside(shop: &str) -> String {
    let whole = format!("{OWN}_{shop}");
    if whole.len() <= LONGEST_NAME {
        return whole;
    }
    let digest = Digest::of(shop.as_bytes()).hex();
    let hash = &digest[digest.len() - 12..];
    let mut cut = LONGEST_NAME - 1 - hash.len();
    while !whole.is_char_boundary(cut) {
        cut -= 1;
    }
    format!("{}_{hash}", &whole[..cut])
}

fn require_name(what: &'static str, name: &str) -> Result<(), StoreError> {
    if name.is_empty() || name.len() > LONGEST_NAME {
        return Err(wrong(what, name, "a name has 1 to 63 bytes"));
    }
    if name.chars().any(char::is_control) {
        return Err(wrong(what, name, "a name has no control characters"));
    }
    if name.starts_with("pg_") {
        return Err(wrong(what, name, "names that begin with `pg_` are PostgreSQL's own"));
    }
    Ok(())
}

fn wrong(what: &'static str, name: &str, why: &'static str) -> StoreError {
    StoreError::Name { what, name: name.to_owned(), why }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(shop: &str) -> Schemas {
        Schemas::new(Some(shop), None).unwrap()
    }

    #[test]
    fn ours_names_the_shops_schemas_also_in_the_body_of_a_function() {
        let bottega = of("Bottega \"uno\"");
        assert_eq!(
            bottega.ours("SELECT 'public.x', \"public\" FROM daino.plugins, public.stores -- it's daino\nREVOKE ALL ON SCHEMA public, daino FROM PUBLIC"),
            "SELECT 'public.x', \"public\" FROM \"daino_Bottega \"\"uno\"\"\".plugins, \"Bottega \"\"uno\"\"\".stores -- it's daino\nREVOKE ALL ON SCHEMA \"Bottega \"\"uno\"\"\", \"daino_Bottega \"\"uno\"\"\" FROM PUBLIC"
        );
        assert_eq!(of("b").ours("AS $$ SELECT daino.f() $$"), "AS $$ SELECT \"daino_b\".f() $$");
        assert!(matches!(Schemas::default().ours("SELECT daino.f()"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_plugins_public_is_its_shop_and_its_texts_stay() {
        let b = of("b");
        for (sql, wanted) in [
            ("SELECT * FROM Public . orders", "SELECT * FROM \"b\" . orders"),
            ("SELECT \"public\".o.id FROM public.o", "SELECT \"b\".o.id FROM \"b\".o"),
            (
                "SELECT 'it''s public.' || E'\\'public.' || x",
                "SELECT 'it''s public.' || E'\\'public.' || x",
            ),
            (
                "SELECT $$public.$$, $a$public.$$ $a$, $1",
                "SELECT $$public.$$, $a$public.$$ $a$, $1",
            ),
            (
                "SELECT o.public.x, publics.y, public FROM daino.x",
                "SELECT o.public.x, publics.y, public FROM daino.x",
            ),
            (
                "/* public. /* */ public. */ SELECT 1 -- public.x",
                "/* public. /* */ public. */ SELECT 1 -- public.x",
            ),
            (
                "SELECT '\u{e9}' FROM public.\u{e9}, 'public.",
                "SELECT '\u{e9}' FROM \"b\".\u{e9}, 'public.",
            ),
        ] {
            assert_eq!(b.plugins(sql), wanted);
        }
    }

    #[test]
    fn names_that_are_taken_or_no_names_are_refused() {
        let long = "x".repeat(63);
        for good in ["public", "select", "Über \"uns\"", "a b", long.as_str(), "null"] {
            let schemas = of(good);
            assert!(schemas.own().len() <= 63 && schemas.own() != good, "{schemas:?}");
        }
        assert_ne!(of(&long).own(), of(&format!("{}y", "x".repeat(62))).own());
        assert_eq!(of("public"), Schemas::default());
        let uber = of(&"\u{fc}".repeat(31));
        assert!(uber.own().len() <= 63);
        for bad in ["", "pg_x", "daino", "daino_b", "$user", "information_schema", "a\nb", "a\0"] {
            assert!(Schemas::new(Some(bad), None).is_err(), "{bad:?}");
        }
        assert!(Schemas::new(Some(&"x".repeat(64)), None).is_err());
        for bad in ["", "pg_monitor", "daino_p_0_x", "none", "public", "anon"] {
            assert!(Schemas::new(None, Some(bad)).is_err(), "{bad:?}");
        }
        assert_eq!(of("a b\\").session_option(), "-c search_path=\"a\\ b\\\\\"");
    }
}

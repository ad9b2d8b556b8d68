//! What SQL touches, read from its tokens, so that text with unknown parts can be read, too.

use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::keywords::Keyword;
use sqlparser::tokenizer::{Token, Tokenizer};

use crate::model::permission::Access;

/// A table that a statement uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TableUse {
    /// Its name, lower-case, with a schema in front when one is written.
    pub table: String,
    /// What is done to it.
    pub access: Access,
}

/// A statement of a migration, roughly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    /// Its tokens, without white space and comments.
    pub words: Vec<String>,
    /// Byte of its first token.
    pub start: usize,
    /// Byte after its last token.
    pub end: usize,
}

const HOLE: char = '\u{0}';

fn tokens(sql: &str) -> Vec<Token> {
    // An unknown part is a parameter: it can be any one thing.
    let text = sql.replace(HOLE, " ? ");
    let text: String = text.chars().take(200_000).collect();
    let all = Tokenizer::new(&PostgreSqlDialect {}, &text).tokenize().unwrap_or_default();
    all.into_iter().filter(|t| !matches!(t, Token::Whitespace(_))).collect()
}

fn keyword(token: &Token) -> Keyword {
    match token {
        Token::Word(word) if word.quote_style.is_none() => word.keyword,
        _ => Keyword::NoKeyword,
    }
}

/// The name that begins at `at`: `table` or `schema.table`, and where it ends.
fn name(list: &[Token], at: usize) -> Option<(String, usize)> {
    let Token::Word(first) = list.get(at)? else { return None };
    let mut text = first.value.to_lowercase();
    let mut end = at + 1;
    while matches!(list.get(end), Some(Token::Period)) {
        let Some(Token::Word(next)) = list.get(end + 1) else { break };
        text.push('.');
        text.push_str(&next.value.to_lowercase());
        end += 2;
    }
    Some((text, end))
}

/// The tables that SQL uses.
pub(crate) fn tables(sql: &str) -> Vec<TableUse> {
    let list = tokens(sql);
    let own: Vec<String> = common_tables(&list);
    let mut uses: Vec<TableUse> = Vec::new();
    let mut add = |table: String, access| {
        let table = table.strip_prefix("public.").map_or(table.clone(), str::to_owned);
        if !own.contains(&table) && !uses.iter().any(|u| u.table == table && u.access == access) {
            uses.push(TableUse { table, access });
        }
    };
    // The word before each open bracket: `EXTRACT(day FROM x)` names no table.
    let mut calls: Vec<String> = Vec::new();
    let mut at = 0;
    while at < list.len() {
        let before = at.checked_sub(1).map_or(Keyword::NoKeyword, |i| keyword(&list[i]));
        match (&list[at], keyword(&list[at])) {
            (Token::LParen, _) => {
                let word = at.checked_sub(1).and_then(|i| match &list[i] {
                    Token::Word(w) => Some(w.value.to_uppercase()),
                    _ => None,
                });
                calls.push(word.unwrap_or_default());
            }
            (Token::RParen, _) => drop(calls.pop()),
            (_, Keyword::FROM) => {
                let in_call = calls.last().is_some_and(|c| {
                    matches!(c.as_str(), "EXTRACT" | "SUBSTRING" | "TRIM" | "OVERLAY" | "POSITION")
                });
                if !in_call && before != Keyword::DISTINCT {
                    let access =
                        if before == Keyword::DELETE { Access::Delete } else { Access::Read };
                    at = sources(&list, at + 1, access, &mut add);
                    continue;
                }
            }
            (_, Keyword::JOIN | Keyword::USING) => {
                at = sources(&list, at + 1, Access::Read, &mut add);
                continue;
            }
            (_, Keyword::INTO) if before == Keyword::INSERT || before == Keyword::MERGE => {
                if let Some((table, end)) = name(&list, at + 1) {
                    add(table, Access::Write);
                    at = end;
                    continue;
                }
            }
            (_, Keyword::UPDATE) if before != Keyword::FOR && before != Keyword::DO => {
                let start = at
                    + 1
                    + usize::from(list.get(at + 1).is_some_and(|t| keyword(t) == Keyword::ONLY));
                if let Some((table, end)) = name(&list, start)
                    && list.get(start).is_some_and(|t| keyword(t) != Keyword::SET)
                {
                    add(table, Access::Write);
                    at = end;
                    continue;
                }
            }
            (_, Keyword::TRUNCATE) => {
                let start = at
                    + 1
                    + usize::from(list.get(at + 1).is_some_and(|t| keyword(t) == Keyword::TABLE));
                if let Some((table, end)) = name(&list, start) {
                    add(table, Access::Delete);
                    at = end;
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    uses
}

/// Tables in a list such as `a, b AS x, (SELECT …)`.
fn sources(
    list: &[Token],
    mut at: usize,
    access: Access,
    add: &mut impl FnMut(String, Access),
) -> usize {
    loop {
        while list.get(at).is_some_and(|t| matches!(keyword(t), Keyword::ONLY | Keyword::LATERAL)) {
            at += 1;
        }
        let Some((table, end)) = name(list, at) else { return at };
        if matches!(list.get(end), Some(Token::LParen)) {
            // A function that returns rows.
            return end;
        }
        let is_word = list.get(at).is_some_and(|t| {
            !matches!(keyword(t), Keyword::SELECT | Keyword::VALUES | Keyword::WHERE | Keyword::SET)
        });
        if is_word {
            add(table, access);
        }
        at = end;
        if list.get(at).is_some_and(|t| keyword(t) == Keyword::AS) {
            at += 1;
        }
        if matches!(list.get(at), Some(Token::Word(w)) if w.keyword == Keyword::NoKeyword) {
            at += 1;
        }
        if !matches!(list.get(at), Some(Token::Comma)) {
            return at;
        }
        at += 1;
    }
}

/// Names that `WITH name AS (` gives.
fn common_tables(list: &[Token]) -> Vec<String> {
    let mut names = Vec::new();
    for (at, token) in list.iter().enumerate() {
        if keyword(token) != Keyword::AS {
            continue;
        }
        let mut next = at + 1;
        while list
            .get(next)
            .is_some_and(|t| matches!(keyword(t), Keyword::NOT | Keyword::MATERIALIZED))
        {
            next += 1;
        }
        if !matches!(list.get(next), Some(Token::LParen)) {
            continue;
        }
        // `name AS (` or `name (a, b) AS (`
        let mut back = at;
        if back > 0 && matches!(list[back - 1], Token::RParen) {
            while back > 0 && !matches!(list[back - 1], Token::LParen) {
                back -= 1;
            }
            back = back.saturating_sub(1);
        }
        if let Some(Token::Word(word)) = back.checked_sub(1).and_then(|i| list.get(i)) {
            names.push(word.value.to_lowercase());
        }
    }
    names
}

/// The statements of a script.
pub(crate) fn statements(sql: &str) -> Option<Vec<Statement>> {
    let all = Tokenizer::new(&PostgreSqlDialect {}, sql).tokenize_with_location().ok()?;
    let starts: Vec<usize> = std::iter::once(0)
        .chain(sql.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1))
        .collect();
    let offset = |line: u64, column: u64| {
        let start = starts.get(line.saturating_sub(1) as usize).copied().unwrap_or(sql.len());
        let rest = &sql[start.min(sql.len())..];
        let bytes = rest.char_indices().nth(column.saturating_sub(1) as usize).map(|(i, _)| i);
        (start + bytes.unwrap_or(rest.len())).min(sql.len())
    };
    let mut found = Vec::new();
    let mut current = Statement { words: Vec::new(), start: 0, end: 0 };
    for item in all {
        match &item.token {
            Token::Whitespace(_) => {}
            Token::SemiColon => {
                if !current.words.is_empty() {
                    found.push(std::mem::replace(
                        &mut current,
                        Statement { words: Vec::new(), start: 0, end: 0 },
                    ));
                }
            }
            token => {
                if current.words.is_empty() {
                    current.start = offset(item.span.start.line, item.span.start.column);
                }
                current.end = offset(item.span.end.line, item.span.end.column);
                let word = match token {
                    Token::Word(w) if w.quote_style.is_none() => w.value.to_lowercase(),
                    Token::Word(w) => w.value.clone(),
                    other => other.to_string(),
                };
                current.words.push(word);
            }
        }
    }
    if !current.words.is_empty() {
        found.push(current);
    }
    Some(found)
}

impl Statement {
    fn is(&self, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(i, w)| self.words.get(i).is_some_and(|own| own == w))
    }

    /// The table after `skip` words, past `if [not] exists` and `only`.
    fn table_after(&self, skip: usize) -> Option<String> {
        let mut at = skip;
        while matches!(
            self.words.get(at)?.as_str(),
            "if" | "not" | "exists" | "only" | "concurrently"
        ) {
            at += 1;
        }
        let mut name = self.words.get(at)?.clone();
        while self.words.get(at + 1).is_some_and(|w| w == ".") {
            at += 2;
            name = format!("{name}.{}", self.words.get(at)?);
        }
        Some(name.strip_prefix("public.").map_or(name.clone(), str::to_owned))
    }

    /// The table that the statement creates.
    pub(crate) fn creates(&self) -> Option<String> {
        for head in [&["create", "table"][..], &["create", "unlogged", "table"]] {
            if self.is(head) {
                return self.table_after(head.len());
            }
        }
        None
    }

    /// The table that the statement changes or drops.
    pub(crate) fn alters(&self) -> Option<String> {
        if self.is(&["alter", "table"]) || self.is(&["drop", "table"]) {
            return self.table_after(2);
        }
        if self.is(&["truncate"]) {
            return self
                .table_after(1 + usize::from(self.words.get(1).is_some_and(|w| w == "table")));
        }
        if self.is(&["insert", "into"]) || self.is(&["delete", "from"]) {
            return self.table_after(2);
        }
        if self.is(&["update"]) {
            return self.table_after(1);
        }
        let is_index = self.is(&["create", "index"]) || self.is(&["create", "unique", "index"]);
        let is_trigger = self.words.first().is_some_and(|w| w == "create")
            && self.words.iter().take(5).any(|w| w == "trigger");
        if is_index || is_trigger {
            let on = self.words.iter().position(|w| w == "on")?;
            return self.table_after(on + 1);
        }
        None
    }

    /// Whether running it twice fails.
    pub(crate) fn fails_twice(&self) -> bool {
        let has = |word: &str| self.words.iter().any(|w| w == word);
        let creates = self.is(&["create", "table"])
            || self.is(&["create", "index"])
            || self.is(&["create", "unique", "index"])
            || self.is(&["create", "sequence"]);
        let drops = self.is(&["drop"]);
        let adds = self.is(&["alter", "table"])
            && self.words.windows(2).any(|w| w[0] == "add" && w[1] == "column");
        let removes = self.is(&["alter", "table"])
            && self.words.windows(2).any(|w| w[0] == "drop" && w[1] == "column");
        (creates || drops || adds || removes) && !(has("if") && has("exists"))
    }

    /// What about privileges, roles or the server it changes.
    pub(crate) fn privilege(&self) -> Option<&'static str> {
        let first = self.words.first()?.as_str();
        let second = self.words.get(1).map(String::as_str).unwrap_or_default();
        Some(match (first, second) {
            ("grant", _) => "grants rights",
            ("revoke", _) => "takes rights",
            ("create" | "alter" | "drop", "role" | "user" | "group") => "changes roles",
            ("create" | "alter" | "drop", "extension") => "changes extensions",
            ("create" | "alter" | "drop", "database" | "schema" | "tablespace" | "server") => {
                "changes the database itself"
            }
            ("alter", "system") | ("alter", "default") => "changes the server's settings",
            ("set", "role" | "session") | ("reset", "role") => "changes who is acting",
            ("copy", _) => "copies between tables and files",
            ("do", _) => "runs code that cannot be checked",
            ("create", _)
                if self.words.iter().any(|w| w == "function" || w == "procedure")
                    && self.words.windows(2).any(|w| w[0] == "security" && w[1] == "definer") =>
            {
                "creates a function that runs with another's rights"
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brief(sql: &str) -> Vec<String> {
        tables(sql).into_iter().map(|u| format!("{} {:?}", u.table, u.access)).collect()
    }

    #[test]
    fn tables_and_what_is_done_to_them() {
        assert_eq!(
            brief("SELECT a FROM customers c, public.orders o JOIN items ON true"),
            ["customers Read", "orders Read", "items Read"]
        );
        assert_eq!(
            brief("INSERT INTO t (a) VALUES ($1) ON CONFLICT (a) DO UPDATE SET a = 1"),
            ["t Write"]
        );
        assert_eq!(brief("DELETE FROM t WHERE a IS DISTINCT FROM b"), ["t Delete"]);
        assert_eq!(
            brief("WITH x AS (INSERT INTO t VALUES (1) RETURNING a) SELECT * FROM x, f(1) AS y"),
            ["t Write"]
        );
        assert_eq!(brief("SELECT EXTRACT(day FROM created_at) FROM t FOR UPDATE"), ["t Read"]);
        assert_eq!(brief("UPDATE \"T\" SET a = (SELECT 1 FROM u)"), ["t Write", "u Read"]);
        assert_eq!(brief("SELECT * FROM \u{0} WHERE x"), Vec::<String>::new());
        assert_eq!(brief("not sql at all '"), Vec::<String>::new());
    }

    #[test]
    fn statements_know_what_they_do() {
        let list = statements("CREATE TABLE IF NOT EXISTS a (b int);\n-- x\nALTER TABLE customers ADD COLUMN c int;\nGRANT ALL ON a TO public;").unwrap();
        assert_eq!(list.len(), 3);
        assert_eq!(list[0].creates().as_deref(), Some("a"));
        assert!(!list[0].fails_twice() && list[1].fails_twice());
        assert_eq!(list[1].alters().as_deref(), Some("customers"));
        assert!(list[2].privilege().is_some());
        assert_eq!(list[1].start, 43);
    }
}

//! Search over the newest release of every plugin.

use rusqlite::{Connection, Row, params};

use super::super::RegistryError;
use super::releases;
use crate::model::PluginType;
use crate::model::release::PluginName;

/// Most words of a query that are looked at.
const MAX_WORDS: usize = 10;

/// What is searched for.
#[derive(Debug, Clone, Default)]
pub(in crate::registry) struct Query {
    /// Words, each the beginning of one in the plugin; none finds all.
    pub text: String,
    /// Only plugins of this type.
    pub kind: Option<PluginType>,
    /// Most results.
    pub limit: u32,
    /// Results to leave out.
    pub offset: u32,
}

/// One result.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::registry) struct Hit {
    /// The plugin.
    pub name: PluginName,
    /// Its newest version that is not withdrawn.
    pub version: String,
    /// The name people read.
    pub title: String,
    /// What it is for.
    pub description: Option<String>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: PluginType,
    /// Its words for search.
    pub keywords: Vec<String>,
    /// When the version was published, RFC 3339.
    pub published_at: String,
}

/// Writes anew what search knows about a plugin.
pub(super) fn renew(connection: &Connection, name: &PluginName) -> Result<(), RegistryError> {
    let parameters = params![name.namespace.as_str(), name.slug.as_str()];
    connection
        .prepare_cached(
            "DELETE FROM search WHERE rowid =
                 (SELECT id FROM plugins WHERE namespace = ?1 AND slug = ?2)",
        )?
        .execute(parameters)?;
    connection
        .prepare_cached(
            "INSERT INTO search (rowid, title, slug, namespace, keywords, description)
             SELECT p.id, r.title, p.slug, p.namespace, r.keywords, coalesce(r.description, '')
             FROM plugins p JOIN releases r ON r.id = p.newest
             WHERE p.namespace = ?1 AND p.slug = ?2",
        )?
        .execute(parameters)?;
    Ok(())
}

/// The words of a query as an expression of FTS5: each quoted, so that none is an operator, and
/// each a beginning. `None` when it has no word.
fn expression(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .take(MAX_WORDS)
        .map(|word| format!("\"{word}\"*"))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}

const HIT: &str = "p.namespace, p.slug, r.version, r.title, r.description, r.kind, r.keywords, \
                   r.published_at";

struct Raw {
    names: (String, String),
    version: String,
    title: String,
    description: Option<String>,
    kind: String,
    keywords: String,
    published_at: String,
}

fn raw(row: &Row<'_>) -> rusqlite::Result<Raw> {
    Ok(Raw {
        names: (row.get(0)?, row.get(1)?),
        version: row.get(2)?,
        title: row.get(3)?,
        description: row.get(4)?,
        kind: row.get(5)?,
        keywords: row.get(6)?,
        published_at: row.get(7)?,
    })
}

impl TryFrom<Raw> for Hit {
    type Error = RegistryError;
    fn try_from(raw: Raw) -> Result<Self, RegistryError> {
        Ok(Self {
            name: releases::name(&raw.names.0, &raw.names.1)?,
            version: raw.version,
            title: raw.title,
            description: raw.description,
            kind: releases::kind(&raw.kind)?,
            keywords: releases::keywords(&raw.keywords)?,
            published_at: raw.published_at,
        })
    }
}

/// How many plugins fit, and the page of them that was asked for: best first, or newest first when
/// there are no words.
pub(in crate::registry) fn find(
    connection: &Connection,
    query: &Query,
) -> Result<(u32, Vec<Hit>), RegistryError> {
    let expression = expression(&query.text);
    let (from, order) = match expression {
        Some(_) => (
            "search JOIN plugins p ON p.id = search.rowid JOIN releases r ON r.id = p.newest
             WHERE search MATCH ?1",
            "bm25(search, 10, 10, 3, 5, 1), p.id",
        ),
        None => ("plugins p JOIN releases r ON r.id = p.newest WHERE ?1 IS NULL", "r.id DESC"),
    };
    let kind = query.kind.map(PluginType::as_str);
    let total = connection
        .prepare_cached(&format!("SELECT count(*) FROM {from} AND (?2 IS NULL OR r.kind = ?2)"))?
        .query_row(params![expression, kind], |row| row.get(0))?;
    let mut select = connection.prepare_cached(&format!(
        "SELECT {HIT} FROM {from} AND (?2 IS NULL OR r.kind = ?2)
         ORDER BY {order} LIMIT ?3 OFFSET ?4"
    ))?;
    let rows = select.query_map(params![expression, kind, query.limit, query.offset], raw)?;
    let hits = rows.map(|row| Hit::try_from(row?)).collect::<Result<_, _>>()?;
    Ok((total, hits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_an_operator() {
        for (text, expected) in [
            ("pay", Some("\"pay\"*")),
            ("stripe-pay  2", Some("\"stripe\"* \"pay\"* \"2\"*")),
            ("a OR b", Some("\"a\"* \"OR\"* \"b\"*")),
            ("\"x\" NEAR(\0*^:", Some("\"x\"* \"NEAR\"*")),
            ("größe 電話", Some("\"größe\"* \"電話\"*")),
            (" -*\" ", None),
            ("", None),
        ] {
            assert_eq!(expression(text).as_deref(), expected, "{text:?}");
        }
        assert_eq!(expression(&"a ".repeat(500)).unwrap().matches('*').count(), MAX_WORDS);
    }
}

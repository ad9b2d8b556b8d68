//! `manifest.json` from text to [`Manifest`], with every mistake and its place.
//!
//! Three passes: JSON (spans), keys and types against the generated schema (shape), and what no
//! type can say (meaning). Only a syntax error ends the search for more.

use std::fmt;

use serde::Serialize;

use super::{meaning, shape, spans};
use crate::error::{Coded, ErrorCode};
use crate::model::{ExitCode, Manifest, Span};

pub(super) static INVALID: ErrorCode = ErrorCode {
    id: "manifest.invalid",
    exit: ExitCode::Usage,
    meaning: "manifest.json is not valid. Each mistake is listed with its line and column.",
    remedy: "Mend the listed places; `daino-pdk schema` prints the JSON Schema for your editor.",
};

/// Most mistakes reported at once.
pub(super) const MAX_ISSUES: usize = 100;

/// What kind of mistake it is; the validator makes a rule of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum IssueKind {
    /// Not JSON, too large, too deep, or not an object.
    Syntax,
    /// A key that no manifest has.
    UnknownKey,
    /// A required key is absent.
    MissingKey,
    /// The same key twice in one object.
    DuplicateKey,
    /// Text where a list is needed, and so on.
    WrongType,
    /// The right type with a value that is not accepted.
    BadValue,
}

/// One mistake in a manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ManifestIssue {
    /// Kind of mistake.
    pub kind: IssueKind,
    /// Where.
    #[serde(flatten)]
    pub span: Span,
    /// JSON pointer of the value.
    pub pointer: String,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What was probably meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggestion: Option<String>,
}

impl ManifestIssue {
    pub(super) fn new(
        kind: IssueKind,
        span: Span,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (pointer, message) = (pointer.into(), message.into());
        Self { kind, span, pointer, message, suggestion: None }
    }
}

impl fmt::Display for ManifestIssue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "manifest.json:{}:{}: {}", self.span.line, self.span.column, self.message)?;
        match &self.suggestion {
            Some(meant) => write!(f, "; did you mean `{meant}`?"),
            None => Ok(()),
        }
    }
}

/// All mistakes of a manifest, at least one, in the order of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ManifestError {
    /// The mistakes.
    pub issues: Vec<ManifestIssue>,
    chain: Option<Box<Link>>,
}

/// One mistake as the cause of the error before it, so that every one of them is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Link {
    text: String,
    next: Option<Box<Link>>,
}

impl ManifestError {
    pub(super) fn new(mut issues: Vec<ManifestIssue>) -> Self {
        issues.sort_by_key(|issue| (issue.span.line, issue.span.column));
        issues.truncate(MAX_ISSUES);
        let chain = issues
            .iter()
            .rev()
            .fold(None, |next, issue| Some(Box::new(Link { text: issue.to_string(), next })));
        Self { issues, chain }
    }
}

impl fmt::Display for ManifestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.issues.len() {
            1 => f.write_str("`manifest.json` has a mistake"),
            n => write!(f, "`manifest.json` has {n} mistakes"),
        }
    }
}

impl std::error::Error for ManifestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.chain.as_ref().map(|link| &**link as _)
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Link {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.next.as_ref().map(|link| &**link as _)
    }
}

impl Coded for ManifestError {
    fn code(&self) -> &'static ErrorCode {
        &INVALID
    }
    fn hints(&self) -> Vec<String> {
        vec!["see what a manifest may hold: `daino-pdk schema`".to_owned()]
    }
    fn details(&self) -> Option<serde_json::Value> {
        serde_json::to_value(serde_json::json!({ "issues": self.issues })).ok()
    }
}

/// Reads a manifest, or finds every mistake in it.
pub(crate) fn parse_manifest(text: &str) -> Result<Manifest, ManifestError> {
    let tree = spans::parse(text).map_err(|issue| ManifestError::new(vec![issue]))?;
    let mut issues = shape::check(text, &tree);
    issues.extend(meaning::check(text, &tree));
    // Two passes may see the same place; the first one knows better.
    let mut seen = std::collections::BTreeSet::new();
    issues.retain(|i| {
        i.kind == IssueKind::DuplicateKey
            || seen.insert((i.pointer.clone(), i.kind == IssueKind::MissingKey))
    });
    if !issues.is_empty() {
        return Err(ManifestError::new(issues));
    }
    serde_json::from_str(text).map_err(|error| {
        let span = Span {
            line: error.line() as u32,
            column: error.column() as u32,
            end_line: error.line() as u32,
            end_column: error.column() as u32 + 1,
        };
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or(&words).to_owned();
        ManifestError::new(vec![ManifestIssue::new(IssueKind::BadValue, span, "", words)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"name":"A","slug":"acme-pay","version":"1.0.0","type":"custom"}"#;

    fn issues(text: &str) -> Vec<ManifestIssue> {
        parse_manifest(text).unwrap_err().issues
    }

    fn with(extra: &str) -> String {
        GOOD.replacen('{', &format!("{{{extra},"), 1)
    }

    #[test]
    fn the_design_examples_parse() {
        parse_manifest(GOOD).unwrap();
        let text = r#"{
  "name": "Analytics Plugin", "slug": "analytics-plugin", "version": "1.0.0", "type": "analytics",
  "permissions": {
    "database": ["customers", "orders"],
    "api": ["external-analytics"],
    "filesystem": ["uploads/analytics"],
    "hooks": ["order.created", "user.login"],
    "admin": false
  },
  "resourceLimits": { "memory": "128MB", "storage": "1GB" },
  "pricing": { "model": "subscription", "price": 29.99, "currency": "USD", "trial": 14 },
  "license": "commercial"
}"#;
        parse_manifest(text).unwrap();
    }

    #[test]
    fn every_mistake_is_found_at_its_place() {
        let text = "{\n  \"nmae\": \"A\",\n  \"slug\": \"Acme Pay\",\n  \"version\": 1,\n  \"type\": \"payment\",\n  \"permissions\": { \"database\": [\"read:orders\"], \"admin\": \"no\" }\n}";
        let found = issues(text);
        let brief: Vec<_> = found
            .iter()
            .map(|i| {
                (i.kind, i.span.line, i.span.column, i.pointer.as_str(), i.suggestion.as_deref())
            })
            .collect();
        assert_eq!(
            brief,
            [
                (IssueKind::MissingKey, 1, 1, "/name", None),
                (IssueKind::UnknownKey, 2, 3, "/nmae", Some("name")),
                (IssueKind::BadValue, 3, 11, "/slug", Some("acme-pay")),
                (IssueKind::WrongType, 4, 14, "/version", None),
                (IssueKind::BadValue, 5, 11, "/type", None),
                (IssueKind::BadValue, 6, 33, "/permissions/database/0", Some("orders:read")),
                (IssueKind::WrongType, 6, 58, "/permissions/admin", None),
            ]
        );
    }

    #[test]
    fn syntax_is_strict_and_bounded() {
        for (text, words) in [
            ("", "empty"),
            (" \n", "empty"),
            ("\u{feff}{}", "byte order mark"),
            ("[]", "a JSON object"),
            ("{\"a\":1,}", "comma"),
            ("{/* x */}", "comments"),
            ("{a:1}", "double quotes"),
            ("{\"a\":\"", "ends too early"),
            ("{'a':1}", "double quotes"),
            ("{\"a\":0x1}", "JSON"),
            ("{} {}", "JSON"),
        ] {
            let found = issues(text);
            assert!(found[0].message.contains(words), "{text}: {}", found[0].message);
        }
        let deep = format!("{{\"configSchema\":{}", "[".repeat(100_000));
        assert!(issues(&deep)[0].message.contains("deeper"));
        assert!(issues(&" ".repeat(2 << 20))[0].message.contains("larger"));
    }

    #[test]
    fn places_count_characters_and_no_cut_panics() {
        let text = GOOD.replace("\"A\"", "\"éè😀\",\"x\":1");
        let found = issues(&text);
        assert_eq!((found[0].pointer.as_str(), found[0].span.column), ("/x", 15));
        for end in (0..text.len()).filter(|i| text.is_char_boundary(*i)) {
            assert!(parse_manifest(&text[..end]).is_err());
            let _ = parse_manifest(&format!("{}null{}", &text[..end], &text[end..]));
        }
        let many = format!("{{{}}}", vec!["\"a\":1"; 50_000].join(","));
        assert_eq!(issues(&many).len(), MAX_ISSUES);
    }

    #[test]
    fn meaning_is_checked() {
        for (extra, pointer) in [
            (r#""pricing":{"model":"free","price":1}"#, "/pricing/price"),
            (r#""pricing":{"model":"one-time"}"#, "/pricing/price"),
            (r#""pricing":{"model":"one-time","price":0,"currency":"USD"}"#, "/pricing/price"),
            (r#""pricing":{"model":"one-time","price":1,"currency":"usd"}"#, "/pricing/currency"),
            (r#""pricing":{"model":"one-time","price":1,"currency":"ZZZ"}"#, "/pricing/currency"),
            (r#""routes":[{"method":"get","path":"/a","handler":"x"}]"#, "/routes/0/method"),
            (r#""routes":[{"method":"GET","path":"a","handler":"x"}]"#, "/routes/0/path"),
            (
                r#""routes":[{"method":"GET","path":"/a","handler":"x"},{"method":"GET","path":"/a","handler":"y"}]"#,
                "/routes/1",
            ),
            (r#""cron":[{"name":"n","schedule":"* * * *","handler":"x"}]"#, "/cron/0/schedule"),
            (r#""cron":[{"name":"n","schedule":"61 * * * *","handler":"x"}]"#, "/cron/0/schedule"),
            (r#""secrets":["stripe_key"]"#, "/secrets/0"),
            (r#""dependencies":{"Bad Slug":"^1"}"#, "/dependencies/Bad Slug"),
            (r#""dependencies":{"other":"one"}"#, "/dependencies/other"),
            (r#""engines":{"daino":"x.y.z.w"}"#, "/engines/daino"),
            (r#""hooks":{"Order Placed":"x"}"#, "/hooks/Order Placed"),
            (r#""hooks":{"order.payment":""}"#, "/hooks/order.payment"),
            (r#""main":"../x.js""#, "/main"),
            (r#""resourceLimits":{"memory":"lots"}"#, "/resourceLimits/memory"),
            (r#""resourceLimits":{"networkConnections":-1}"#, "/resourceLimits/networkConnections"),
            (r#""description":"a","description":"b""#, "/description"),
            (r#""homepage":"javascript:alert(1)""#, "/homepage"),
        ] {
            let found = issues(&with(extra));
            assert_eq!(found.len(), 1, "{extra}: {found:#?}");
            assert_eq!(found[0].pointer, pointer, "{extra}");
        }
        let name = GOOD.replace("\"A\"", "\"A (2)\"");
        assert_eq!(issues(&name)[0].pointer, "/name");
        let words = (0..21).map(|i| format!("\"k{i}\"")).collect::<Vec<_>>().join(",");
        assert_eq!(issues(&with(&format!("\"keywords\":[{words}]")))[0].pointer, "/keywords");
    }

    #[test]
    fn everything_a_manifest_may_hold_parses() {
        let extra = r#""$schema":"x","description":null,"keywords":["a"],"main":"src/index.ts","engines":{"daino":"^1"},
            "apis":{"acme":{"hosts":["api.acme.example"],"purpose":"charges"}},"permissions":{"api":["acme"]},
            "hooks":{"order.payment":"onPayment"},"routes":[{"method":"GET","path":"/a/:id","handler":"x","requiresAuth":false}],
            "cron":[{"name":"n","schedule":"*/5 0-6,12 1 JAN mon-FRI","handler":"x","timezone":"Europe/Rome","params":{"a":1}}],
            "widgets":[{"id":"acme-pay-w","name":"W","file":"widgets/w.js"}],
            "adminPages":[{"key":"k","name":"K","file":"admin/k.js","order":3}],
            "entities":[{"name":"Payment","table":"acme_pay_payments"}],
            "configSchema":{"type":"object","properties":{"deep":{"anything":[1,null]}}},
            "secrets":["ACME_KEY"],"dependencies":{"other-plugin":">=1, <2"},
            "pricing":{"model":"free"},"adminNavigation":{"enabled":true,"label":"Pay"}"#;
        parse_manifest(&with(extra)).unwrap();
    }
}

//! SQL as text: bounds, splitting at semicolons, parsing.
//!
//! What this program reads must be what the server reads, so characters on which two readers could
//! differ are refused, and each statement is later sent alone, from its first token to its last.

use sqlparser::ast::Statement;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::keywords::Keyword;
use sqlparser::parser::Parser;
use sqlparser::tokenizer::{Location, Token, TokenWithSpan, Tokenizer};

use super::Refusal;

/// Deepest nesting of queries and expressions.
const DEEPEST: usize = 50;
/// Most operators and keywords of one statement: a chain of them nests as deep as it is long.
const MOST_OPERATORS: usize = 2_000;
/// Most statements of one text.
const MOST_STATEMENTS: usize = 2_000;
/// Longest text, bytes.
const LONGEST: usize = 1024 * 1024;

/// One statement, without its semicolon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Line where it begins, from 1.
    pub line: u64,
    /// Its text.
    pub sql: String,
}

/// A statement that cannot be read.
pub(super) struct Unread {
    /// Line in the statement, from 1.
    pub line: u64,
    /// The parser's reason.
    pub reason: String,
}

/// The statements in `sql`. Empty ones and comments between them are dropped.
pub(super) fn split(sql: &str) -> Result<Vec<Piece>, Box<Refusal>> {
    if sql.len() > LONGEST {
        return Err(Refusal::new("the SQL has more than 1 MB"));
    }
    if let Some(odd) = sql.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Refusal::new(format!("the SQL holds the control character {odd:?}")));
    }
    let tokens = Tokenizer::new(&PostgreSqlDialect {}, sql)
        .with_unescape(false)
        .tokenize_with_location()
        .map_err(|e| Refusal::new(format!("the SQL cannot be read: {e}")))?;
    let starts = Lines::of(sql);
    let mut pieces = Vec::new();
    let mut begun: Option<(&TokenWithSpan, &TokenWithSpan)> = None;
    let mut operators = 0;
    for token in &tokens {
        match &token.token {
            Token::Whitespace(_) | Token::EOF => continue,
            Token::SemiColon => {
                pieces.extend(begun.take().map(|span| starts.piece(span)));
                operators = 0;
                continue;
            }
            other => operators += usize::from(is_operator(other)),
        }
        if operators > MOST_OPERATORS {
            let message =
                format!("a statement has more than {MOST_OPERATORS} operators and keywords");
            return Err(Refusal::new(message));
        }
        begun = Some((begun.map_or(token, |(first, _)| first), token));
    }
    pieces.extend(begun.map(|span| starts.piece(span)));
    if pieces.len() > MOST_STATEMENTS {
        return Err(Refusal::new(format!("there are more than {MOST_STATEMENTS} statements")));
    }
    Ok(pieces)
}

/// Whether the token can make an expression one level deeper.
fn is_operator(token: &Token) -> bool {
    match token {
        Token::Word(word) => !matches!(
            word.keyword,
            Keyword::NoKeyword | Keyword::NULL | Keyword::TRUE | Keyword::FALSE | Keyword::DEFAULT
        ),
        Token::Number(..)
        | Token::SingleQuotedString(_)
        | Token::EscapedStringLiteral(_)
        | Token::UnicodeStringLiteral(_)
        | Token::DollarQuotedString(_)
        | Token::HexStringLiteral(_)
        | Token::NationalStringLiteral(_)
        | Token::Placeholder(_)
        | Token::Comma
        | Token::Period
        | Token::LParen
        | Token::RParen => false,
        _ => true,
    }
}

/// Where each line of a text begins.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { text, starts }
    }

    /// The byte at a place that the tokenizer names: lines and characters from 1.
    fn byte(&self, place: Location) -> usize {
        let number = |n: u64| usize::try_from(n).unwrap_or(usize::MAX).saturating_sub(1);
        let Some(start) = self.starts.get(number(place.line)).copied() else {
            return self.text.len();
        };
        let line = &self.text[start..];
        line.char_indices().nth(number(place.column)).map_or(self.text.len(), |(at, _)| start + at)
    }

    fn piece(&self, (first, last): (&TokenWithSpan, &TokenWithSpan)) -> Piece {
        let (start, end) = (self.byte(first.span.start), self.byte(last.span.end));
        Piece {
            line: first.span.start.line,
            sql: self.text.get(start..end).unwrap_or_default().to_owned(),
        }
    }
}

/// Parses one statement.
pub(super) fn parse(sql: &str) -> Result<Statement, Unread> {
    let unread = |reason: String| {
        // The parser ends its reasons with "at Line: 2, Column: 7".
        let line = reason
            .rsplit_once("Line: ")
            .and_then(|(_, rest)| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
        let reason = reason.trim_start_matches("sql parser error: ").to_owned();
        Unread { line: line.unwrap_or(1), reason }
    };
    let parsed = Parser::new(&PostgreSqlDialect {})
        .with_recursion_limit(DEEPEST)
        .try_with_sql(sql)
        .and_then(|mut parser| parser.parse_statements());
    match parsed {
        Err(error) => Err(unread(error.to_string())),
        Ok(mut statements) => match (statements.pop(), statements.is_empty()) {
            (Some(statement), true) => Ok(statement),
            _ => Err(unread("it is not one statement".to_owned())),
        },
    }
}

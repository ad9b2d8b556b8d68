//! Prices and states that a client chooses.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::ir::{
    Binary, Expr, ExprKind, Function, Key, Pattern, PatternKind, Place, Property, Stmt, StmtKind,
    Unary, Visitor, visit_module,
};
use crate::check::plugin::{Findings, Plugin, Source};
use crate::check::rule::{Check, Rule};
use crate::check::rules::builder;
use crate::check::syntax::folded;
use crate::model::Severity;
use crate::model::finding::Category;

pub(in crate::check::rules) static RULE: Rule = Rule {
    id: "client-chosen-value",
    category: Category::Security,
    severity: Severity::Warning,
    class: "client-chosen-value",
    summary: "A price, state, role or owner comes from the request and is stored as it is.",
    explanation: "Whoever sends the request pays what they like, approves their own review, or writes in the name of another customer. That holds also for what follows from a field of the request, such as `verified = !!order_id`, and in a route without login for a state that decides which rows are shown. A value that a list of permitted ones is asked about first is not reported.",
    help: "Compute the value on the server, or read it from the order.",
    bad: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    async function save(req, res) {\n      await ctx.db.query('INSERT INTO acme_plugin_a (price) VALUES ($1)', [req.body.price]);\n      res.json({});\n    }\n    return save;\n  }\n}\n",
    )],
    good: &[(
        "index.js",
        "export default class Plugin {\n  async track(input, ctx) {\n    async function save(req, res) {\n      await ctx.db.query('INSERT INTO acme_plugin_a (text) VALUES ($1)', [req.body.text]);\n      res.json({});\n    }\n    return save;\n  }\n}\n",
    )],
    check: Check::Plugin(look),
};

fn look(plugin: &Plugin<'_>, findings: &mut Findings<'_>) {
    let routes = plugin.manifest.map(|m| m.routes.as_slice()).unwrap_or_default();
    let handlers = |needs_login: bool| -> BTreeSet<&str> {
        routes
            .iter()
            .filter(|r| r.requires_auth == needs_login)
            .map(|r| r.handler.as_str())
            .collect()
    };
    let (open, guarded) = (handlers(false), handlers(true));
    for source in plugin.sources.iter().filter(|s| !s.is_test && !s.is_dense) {
        let Some(module) = &source.module else { continue };
        let mut request = Request { source, symbols: BTreeMap::new(), whole: BTreeMap::new() };
        visit_module(module, &mut request);
        let mut listed = Listed(BTreeSet::new());
        visit_module(module, &mut listed);
        let names: Vec<&str> = vec![source.path.as_str()];
        let mut stored = Stored {
            request: &request,
            listed: &listed.0,
            open: &open,
            guarded: &guarded,
            names,
            functions: Vec::new(),
            found: Vec::new(),
        };
        visit_module(module, &mut stored);
        for (place, message) in stored.found {
            findings.code(source, place, message);
        }
    }
}

/// Columns whose values decide about money, rights or visibility.
fn is_trusted(name: &str) -> bool {
    matches!(
        folded(name).as_str(),
        "price"
            | "unitprice"
            | "amount"
            | "total"
            | "totalprice"
            | "totalamount"
            | "subtotal"
            | "discount"
            | "cost"
            | "role"
            | "isadmin"
            | "paid"
            | "ispaid"
            | "balance"
            | "points"
            | "credit"
            | "credits"
            | "customerid"
            | "userid"
            | "ownerid"
    ) || is_state(name)
}

/// Columns that say what a person decided about a row.
fn is_state(name: &str) -> bool {
    matches!(
        folded(name).as_str(),
        "status"
            | "state"
            | "verified"
            | "isverified"
            | "verifiedpurchase"
            | "isverifiedpurchase"
            | "approved"
            | "isapproved"
            | "published"
            | "ispublished"
            | "moderated"
    )
}

/// Variables that hold what a request says.
struct Request<'s> {
    source: &'s Source,
    /// Fields; whether they come from the query.
    symbols: BTreeMap<u32, bool>,
    /// Whole parts: `const body = req.body`.
    whole: BTreeMap<u32, bool>,
}

impl Request<'_> {
    /// Whether a value is a part of the request, and then whether it is the query.
    fn part(&self, value: &Expr) -> Option<bool> {
        match &value.kind {
            ExprKind::Symbol(symbol) => self.whole.get(symbol).copied(),
            ExprKind::Logical(_, a, _) => self.part(a),
            ExprKind::Await(inner) => self.part(inner),
            ExprKind::Call(call) => match &call.callee.kind {
                ExprKind::Member(object, name) if &**name == "json" => {
                    matches!(self.source.slice(object.place), "req" | "request").then_some(false)
                }
                // `JSON.parse(req.body)`
                ExprKind::Member(_, name) if &**name == "parse" => self.part(call.args.first()?),
                ExprKind::Member(object, name) if &**name == "toString" => self.part(object),
                _ => None,
            },
            ExprKind::Member(..) => {
                match self.source.slice(value.place).replace('?', "").as_str() {
                    "req.body" | "request.body" | "ctx.request.body" | "req.params"
                    | "request.params" => Some(false),
                    "req.query" | "request.query" => Some(true),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether a value is a field of the request, or follows from one; then whether it comes from
    /// the query.
    fn field(&self, value: &Expr) -> Option<bool> {
        let is_fixed = |e: &Expr| matches!(e.kind, ExprKind::Bool(_) | ExprKind::Number(_));
        match &value.kind {
            ExprKind::Symbol(symbol) => self.symbols.get(symbol).copied(),
            ExprKind::Member(object, _) => self.part(object),
            ExprKind::Index(object, _) => self.part(object),
            ExprKind::Logical(_, a, b) => self.field(a).or_else(|| self.field(b)),
            ExprKind::Unary(Unary::Not | Unary::Number, inner) | ExprKind::Await(inner) => {
                self.field(inner)
            }
            ExprKind::Binary(Binary::Arithmetic | Binary::Add, a, b) => {
                self.field(a).or_else(|| self.field(b))
            }
            ExprKind::Binary(Binary::Unequal, a, b) => match (&a.kind, &b.kind) {
                (_, ExprKind::Null | ExprKind::Undefined) => self.field(a),
                _ => None,
            },
            ExprKind::Conditional(test, a, b) if is_fixed(a) && is_fixed(b) => self.field(test),
            ExprKind::Conditional(_, a, b) => self.field(a).or_else(|| self.field(b)),
            ExprKind::Call(call) => match &call.callee.kind {
                ExprKind::Global(name)
                    if matches!(
                        &**name,
                        "Number" | "String" | "Boolean" | "parseInt" | "parseFloat"
                    ) =>
                {
                    self.field(call.args.first()?)
                }
                ExprKind::Member(object, name)
                    if matches!(
                        &**name,
                        "trim" | "toString" | "toLowerCase" | "toUpperCase" | "toFixed"
                    ) =>
                {
                    self.field(object)
                }
                _ => None,
            },
            _ => None,
        }
    }

    fn bind(&mut self, pattern: &Pattern, is_query: bool) {
        match &pattern.kind {
            PatternKind::Symbol(symbol) => {
                self.symbols.insert(*symbol, is_query);
            }
            PatternKind::Object(parts, _) => {
                parts.iter().for_each(|(_, inner)| self.bind(inner, is_query));
            }
            _ => {}
        }
    }
}

impl Visitor for Request<'_> {
    fn statement(&mut self, stmt: &Stmt) {
        let StmtKind::Declare(pattern, Some(value)) = &stmt.kind else { return };
        match (&pattern.kind, self.part(value)) {
            (PatternKind::Symbol(symbol), Some(is_query)) => {
                self.whole.insert(*symbol, is_query);
            }
            (PatternKind::Object(..), Some(is_query)) => self.bind(pattern, is_query),
            (PatternKind::Symbol(symbol), None) => {
                if let Some(is_query) = self.field(value) {
                    self.symbols.insert(*symbol, is_query);
                }
            }
            // `const { body, query } = req`
            (PatternKind::Object(parts, _), None)
                if matches!(self.source.slice(value.place), "req" | "request") =>
            {
                for (key, inner) in parts {
                    let Key::Name(key) = key else { continue };
                    if !matches!(&**key, "body" | "query" | "params") {
                        continue;
                    }
                    let is_query = &**key == "query";
                    match &inner.kind {
                        PatternKind::Symbol(symbol) => {
                            self.whole.insert(*symbol, is_query);
                        }
                        _ => self.bind(inner, is_query),
                    }
                }
            }
            _ => {}
        }
    }
}

/// Variables that a list of permitted values is asked about.
struct Listed(BTreeSet<u32>);

impl Visitor for Listed {
    fn expression(&mut self, expr: &Expr) {
        if let ExprKind::Call(call) = &expr.kind
            && let ExprKind::Member(_, name) = &call.callee.kind
            && matches!(&**name, "includes" | "has" | "indexOf" | "hasOwn")
        {
            self.0.extend(call.args.iter().filter_map(|a| match a.kind {
                ExprKind::Symbol(symbol) => Some(symbol),
                _ => None,
            }));
        }
    }
}

struct Stored<'a> {
    request: &'a Request<'a>,
    listed: &'a BTreeSet<u32>,
    open: &'a BTreeSet<&'a str>,
    guarded: &'a BTreeSet<&'a str>,
    names: Vec<&'a str>,
    functions: Vec<String>,
    found: Vec<(Place, String)>,
}

impl Stored<'_> {
    fn is_in(&self, handlers: &BTreeSet<&str>) -> bool {
        self.names.iter().any(|n| handlers.contains(n))
            || self.functions.iter().any(|f| handlers.contains(f.as_str()))
    }

    /// Whether the sender chooses this value for this column.
    fn is_chosen(&self, column: &str, value: &Expr) -> bool {
        let is_listed = matches!(&value.kind, ExprKind::Symbol(s) if self.listed.contains(s));
        let is_moderation = is_state(column) && self.is_in(self.guarded);
        is_trusted(column) && !is_listed && !is_moderation && self.request.field(value).is_some()
    }

    fn store(&mut self, column: &str, value: &Expr) {
        if self.is_chosen(column, value) {
            let message = format!("Whoever sends the request chooses `{column}`");
            self.found.push((value.place, message));
        }
    }

    /// A state from the query decides which rows an open route shows.
    fn show(&mut self, column: &str, value: &Expr) {
        let is_listed = matches!(&value.kind, ExprKind::Symbol(s) if self.listed.contains(s));
        if is_state(column)
            && !is_listed
            && self.request.field(value) == Some(true)
            && self.is_in(self.open)
        {
            let message = format!("Whoever sends the request chooses which `{column}` is shown");
            self.found.push((value.place, message));
        }
    }

    /// A statement, and the values that are bound to it.
    fn statement(&mut self, sql: &str, binds: &[Expr]) {
        let lower = sql.to_lowercase();
        let words: String = lower.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.starts_with("insert into")
            && let Some((columns, values)) = inserted(&words)
        {
            for (column, value) in columns.iter().zip(values) {
                if let Some(bound) = bound(&value, binds) {
                    self.store(column, bound);
                }
            }
            return;
        }
        for (column, value) in compared(&words) {
            let Some(bound) = bound(&value, binds) else { continue };
            let at = words.find(&format!("{column} = {value}")).unwrap_or_default();
            let is_set = words.starts_with("update ")
                && words.find(" where ").is_none_or(|condition| at < condition);
            if is_set {
                self.store(&column, bound);
            } else if words.starts_with("select ") {
                self.show(&column, bound);
            }
        }
    }
}

/// The columns of an insert, and what is put there.
fn inserted(words: &str) -> Option<(Vec<String>, Vec<String>)> {
    let list = |text: &str| -> Option<Vec<String>> {
        let inner = text.split_once('(')?.1.split_once(')')?.0;
        Some(inner.split(',').map(|c| c.trim().trim_matches('"').to_owned()).collect())
    };
    let (columns, values) = words.split_once(" values")?;
    Some((list(columns)?, list(values)?))
}

/// `column = $1`, wherever it stands.
fn compared(words: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (at, _) in words.match_indices(" = $") {
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let column: String = words[..at]
            .chars()
            .rev()
            .take_while(|c| is_word(*c))
            .collect::<Vec<_>>()
            .iter()
            .rev()
            .collect();
        let number: String = words[at + 4..].chars().take_while(char::is_ascii_digit).collect();
        found.push((column, format!("${number}")));
    }
    found
}

/// The value that is bound to `$n`.
fn bound<'e>(value: &str, binds: &'e [Expr]) -> Option<&'e Expr> {
    let number = value.strip_prefix('$')?;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    binds.get(digits.parse::<usize>().ok()?.checked_sub(1)?)
}

impl Visitor for Stored<'_> {
    fn enter_function(&mut self, f: &Function) {
        self.functions.push(f.name.as_deref().unwrap_or_default().to_owned());
    }
    fn leave_function(&mut self, _: &Function) {
        self.functions.pop();
    }

    fn expression(&mut self, expr: &Expr) {
        let ExprKind::Call(call) = &expr.kind else { return };
        let ExprKind::Member(object, name) = &call.callee.kind else { return };
        let Some(first) = call.args.first() else { return };
        match &**name {
            "insert" | "update" | "upsert" => {
                for (_, column, value) in builder::keys(first) {
                    self.store(column, value);
                }
            }
            "set" if self.request.source.slice(object.place).ends_with("storage") => {
                if let Some(row) = call.args.get(1) {
                    for (_, column, value) in builder::keys(row) {
                        self.store(column, value);
                    }
                }
            }
            "eq" if builder::table(object).is_some() => {
                if let (Some(column), Some(value)) = (builder::text(Some(first)), call.args.get(1))
                {
                    self.show(column, value);
                }
            }
            "query" | "execute" => {
                let text = match &first.kind {
                    ExprKind::Text(text) => text.to_string(),
                    ExprKind::Template(parts) => parts
                        .iter()
                        .map(|p| match &p.kind {
                            ExprKind::Text(text) => text.to_string(),
                            _ => " ? ".to_owned(),
                        })
                        .collect(),
                    _ => return,
                };
                let list = call.args.get(1).and_then(|options| match &options.kind {
                    ExprKind::Array(list) => Some(list),
                    ExprKind::Object(parts) => parts.iter().find_map(|part| match part {
                        Property::Value(Key::Name(key), _, value) if &**key == "bind" => {
                            match &value.kind {
                                ExprKind::Array(list) => Some(list),
                                _ => None,
                            }
                        }
                        _ => None,
                    }),
                    _ => None,
                });
                if let Some(binds) = list {
                    self.statement(&text, binds);
                }
            }
            _ => {}
        }
    }
}

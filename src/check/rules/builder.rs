//! Calls of the query builder: `supabase.from('t').select('a').eq('b', 1)`.

use crate::check::ir::{Expr, ExprKind, Key, Module, Place, Property, Visitor, visit_module};

/// One call of a chain that begins with `from`.
#[derive(Debug)]
pub(super) struct Link<'m> {
    /// The table.
    pub table: &'m str,
    /// The method.
    pub name: &'m str,
    /// Its arguments.
    pub args: &'m [Expr],
    /// The chain up to here.
    pub place: Place,
}

/// The table that a chain begins with.
pub(super) fn table(value: &Expr) -> Option<&str> {
    let mut at = value;
    loop {
        let ExprKind::Call(call) = &at.kind else { return None };
        let ExprKind::Member(object, name) = &call.callee.kind else { return None };
        if &**name == "from"
            && let [Expr { kind: ExprKind::Text(table), .. }] = call.args.as_slice()
            && is_client(object)
        {
            return Some(table);
        }
        at = object;
    }
}

/// The calls of a chain, the last one first, without `from`.
pub(super) fn links(value: &Expr) -> Vec<Link<'_>> {
    let mut list = Vec::new();
    let Some(table) = table(value) else { return list };
    let mut at = value;
    while let ExprKind::Call(call) = &at.kind {
        let ExprKind::Member(object, name) = &call.callee.kind else { break };
        if &**name == "from" {
            break;
        }
        list.push(Link { table, name, args: &call.args, place: at.place });
        at = object;
    }
    list
}

/// Every whole chain of a file.
pub(super) fn chains(module: &Module, mut each: impl FnMut(&Expr, &[Link<'_>])) {
    struct Chains<'f> {
        /// Where chains end whose outer calls were seen.
        inner: std::collections::BTreeSet<Place>,
        each: &'f mut dyn FnMut(&Expr, &[Link<'_>]),
    }
    impl Visitor for Chains<'_> {
        fn expression(&mut self, expr: &Expr) {
            if !matches!(expr.kind, ExprKind::Call(_)) || self.inner.contains(&expr.place) {
                return;
            }
            let links = links(expr);
            if links.is_empty() {
                return;
            }
            self.inner.extend(links.iter().map(|l| l.place));
            (self.each)(expr, &links);
        }
    }
    let mut chains = Chains { inner: std::collections::BTreeSet::new(), each: &mut each };
    visit_module(module, &mut chains);
}

/// `supabase`, `db`, `ctx.supabase`: what has tables.
fn is_client(value: &Expr) -> bool {
    match &value.kind {
        ExprKind::Symbol(_) | ExprKind::Global(_) => true,
        ExprKind::Member(_, name) => matches!(&**name, "supabase" | "db"),
        _ => false,
    }
}

/// Keys that a row, or the rows of a list, give.
pub(super) fn keys(rows: &Expr) -> Vec<(Place, &str, &Expr)> {
    let mut found = Vec::new();
    match &rows.kind {
        ExprKind::Object(parts) => {
            for part in parts {
                if let Property::Value(Key::Name(name), _, value) = part {
                    found.push((value.place, &**name, value));
                }
            }
        }
        ExprKind::Array(list) => list.iter().for_each(|row| found.extend(keys(row))),
        _ => {}
    }
    found
}

/// Whether a link changes rows.
pub(super) fn changes(link: &Link<'_>) -> bool {
    matches!(link.name, "insert" | "update" | "upsert" | "delete")
}

/// Text of an argument.
pub(super) fn text(arg: Option<&Expr>) -> Option<&str> {
    match &arg?.kind {
        ExprKind::Text(text) => Some(text),
        _ => None,
    }
}

/// The value that an options object gives a key.
pub(super) fn option<'e>(options: Option<&'e Expr>, key: &str) -> Option<&'e Expr> {
    let ExprKind::Object(parts) = &options?.kind else { return None };
    parts.iter().find_map(|part| match part {
        Property::Value(Key::Name(name), _, value) if &**name == key => Some(value),
        _ => None,
    })
}
